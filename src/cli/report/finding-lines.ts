import { advise, componentName, fill, say } from '#findings'
import type { Alternative, Assumption, FindingRecord } from '#model'

import { commandLines, splitAdvice } from './advice-command.ts'
import { effectMarks, labelled, labelsOf, paintMark, paragraph } from './report-style.ts'
import type { ReportStyle } from './report-style.ts'

/**
 * The findings in the given order, numbered, each with what to do about it.
 * @param folded how many others there are
 */
export function findingLines(
  findings: readonly FindingRecord[],
  folded: number,
  style: ReportStyle,
): readonly string[] {
  const lines = findings.flatMap((finding, index) => [
    ...sentenceLines(finding, style, `${index + 1}. `),
    ...detailLines(finding, style),
    ...adviceLines(finding, style),
  ])
  if (folded === 0) return lines
  const more = `${fill(labelsOf(style).foldedFindings, () => String(folded))} (--wide)`
  return [...lines, ...paragraph(style, { indent: 2, text: more, tone: 'faint' })]
}

/** Other ways to open the path, each with the findings that would have to be mended. */
export function alternativeLines(
  alternatives: readonly Alternative[],
  style: ReportStyle,
): readonly string[] {
  return alternatives.flatMap(({ via, findings }) => [
    ...paragraph(style, { indent: 2, text: componentName(via, style.language) }),
    ...findings.flatMap((finding) => [
      ...sentenceLines(finding, style, '   '),
      ...adviceLines(finding, style),
    ]),
  ])
}

/** What the verdict takes for granted. */
export function assumptionLines(
  assumptions: readonly Assumption[],
  style: ReportStyle,
): readonly string[] {
  return assumptions.flatMap((assumption) =>
    paragraph(style, { indent: 2, lead: '- ', text: say(assumption, style.language) }),
  )
}

function sentenceLines(
  finding: FindingRecord,
  style: ReportStyle,
  lead: string,
): readonly string[] {
  const mark = effectMarks[finding.effect]
  const word = labelsOf(style).effects[finding.effect]
  return paragraph(style, {
    indent: 2,
    lead: `${lead}${paintMark(style, mark)} `,
    leadWidth: lead.length + 2,
    text: labelled(style, word, say(finding, style.language)),
  })
}

/** Below a sentence: three columns for the number, two for the mark. */
const below = 7

function detailLines(finding: FindingRecord, style: ReportStyle): readonly string[] {
  if (style.detail === 'short') return []
  const labels = labelsOf(style)
  const { code, leg, component, rule, facts } = finding
  const head = [
    code,
    ...(leg === undefined ? [] : [labels[leg]]),
    `${component.kind} ${component.id}`,
  ]
  const text = rule === undefined ? head : [...head, rule]
  const lines = paragraph(style, { indent: below, text: text.join(' · '), tone: 'faint' })
  if (style.detail !== 'trace') return lines
  const evidence = Object.entries(facts).map(([name, value]) => `${name} ${value}`)
  if (evidence.length === 0) return lines
  const told = labelled(style, labels.evidence, evidence.join(' · '))
  return [...lines, ...paragraph(style, { indent: below, text: told, tone: 'faint' })]
}

function adviceLines(finding: FindingRecord, style: ReportStyle): readonly string[] {
  const { prose, command } = splitAdvice(advise(finding, style.language))
  const text = labelled(style, labelsOf(style).fix, prose)
  const lines = paragraph(style, { indent: below, text })
  return command === undefined ? lines : [...lines, ...commandLines(command, below + 2, style)]
}
