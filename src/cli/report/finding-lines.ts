import { advise, componentName, say } from '#findings'
import type { Alternative, Answer, Assumption, FindingRecord } from '#model'

import { commandLines, splitAdvice } from './advice-command.ts'
import {
  effectMarks,
  labelled,
  labelsOf,
  paintMark,
  paragraph,
  verdictMarks,
} from './report-style.ts'
import type { ReportStyle } from './report-style.ts'

/** The findings in the given order, numbered, each with what to do about it. */
export function findingLines(
  findings: readonly FindingRecord[],
  style: ReportStyle,
): readonly string[] {
  return findings.flatMap((finding, index) => [
    ...sentenceLines(finding, style, `${index + 1}. `),
    ...detailLines(finding, style),
    ...adviceLines(finding, style),
  ])
}

/** Other ways to open the path, each with the findings that would have to be mended. */
export function alternativeLines(
  alternatives: readonly Alternative[],
  style: ReportStyle,
): readonly string[] {
  return alternatives.flatMap(({ via, findings }) => [
    ...paragraph(style, { indent: 2, text: componentName(via, style.language) }),
    ...findings.flatMap((finding) => [
      ...sentenceLines(finding, style, '  '),
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

/** Which of the asked packets share which verdict. */
export function partLines(
  parts: NonNullable<Answer['parts']>,
  style: ReportStyle,
): readonly string[] {
  const labels = labelsOf(style)
  return parts.flatMap(({ verdict, source, destination, protocol, sourcePorts, ports }) => {
    const fields = [
      labels.verdicts[verdict],
      `${labels.protocol} ${protocol}`,
      source === undefined ? undefined : `${labels.source} ${withPorts(source, sourcePorts)}`,
      destination === undefined ? undefined : `${labels.destination} ${destination}`,
      ports === undefined ? undefined : `${labels.ports} ${ports}`,
    ]
    const text = fields.filter((field) => field !== undefined).join(' · ')
    const lead = `${paintMark(style, verdictMarks[verdict])} `
    return paragraph(style, { indent: 2, lead, leadWidth: 2, text })
  })
}

function withPorts(source: string, ports: string | undefined): string {
  return ports === undefined ? source : `${source} (${ports})`
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
