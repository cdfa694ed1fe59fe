import { caveat, foldFindings, orderFindings, sayVerdict } from '#findings'
import type { Answer, FindingRecord, Stage } from '#model'

import { alternativeLines, assumptionLines, findingLines } from './finding-lines.ts'
import { partLines } from './part-lines.ts'
import { legLines } from './path-lines.ts'
import { labelled, labelsOf, paintMark, paragraph, verdictMarks } from './report-style.ts'
import type { ReportStyle } from './report-style.ts'

/** The report of one answer for a terminal: verdict, path, findings with their fix, caveat. */
export function renderReport(answer: Answer, style: ReportStyle): string {
  const labels = labelsOf(style)
  const findings = shownFindings(answer, style)
  const folded = orderFindings(answer.findings).length - findings.length
  const numberOf = ({ finding }: Stage) => {
    if (finding === undefined) return undefined
    const at = findings.indexOf(answer.findings[finding])
    return at < 0 ? undefined : at + 1
  }
  const sections = [
    verdictLines(answer, style),
    legLines(answer, 'forward', style, numberOf),
    legLines(answer, 'return', style, numberOf),
    section(style, labels.findings, findingLines(findings, folded, style)),
    section(style, labels.alternatives, alternativeLines(answer.alternatives ?? [], style)),
    section(style, labels.parts, partLines(answer.parts ?? [], style)),
    section(style, labels.assumptions, assumptionLines(answer.assumptions, style)),
    paragraph(style, { indent: 0, text: labelled(style, labels.caveat, caveat(style.language)) }),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function shownFindings(answer: Answer, { detail }: ReportStyle): readonly FindingRecord[] {
  const { shown, folded } = foldFindings(answer)
  return detail === 'short' ? shown : [...shown, ...folded]
}

function verdictLines(answer: Answer, style: ReportStyle): readonly string[] {
  const mark = verdictMarks[answer.verdict]
  return paragraph(style, {
    indent: 0,
    lead: `${paintMark(style, mark)} `,
    leadWidth: 2,
    text: sayVerdict(answer, style.language),
    tone: 'strong',
  })
}

function section(style: ReportStyle, title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : [...paragraph(style, { indent: 0, text: title, tone: 'strong' }), ...lines]
}
