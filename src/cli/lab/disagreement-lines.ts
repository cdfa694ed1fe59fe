import { componentName, fill, ruleName, say } from '#findings'
import type { MeasuredQuestion } from '#conformance'

import { labelled, labelsOf, paintMark, paragraph } from '../report/report-style.ts'
import type { Mark, ReportStyle } from '../report/report-style.ts'
import { againCommand } from './again-command.ts'
import { packetName } from './packet-name.ts'
import type { Verification } from './verification.ts'
import { wordsOf } from './verify-words.ts'
import type { VerifyWords } from './verify-words.ts'

const apart = { sign: '✖', tone: 'bad' } as const satisfies Mark

/** One disagreement: the packet, what each side says, and how to ask again. */
export function disagreementLines(
  one: MeasuredQuestion,
  nth: number,
  { source }: Verification,
  style: ReportStyle,
): readonly string[] {
  const words = wordsOf(style)
  const { answer, question, disagrees } = one
  const about = disagrees.map((aspect) => words.aspects[aspect]).join(', ')
  const lead = `${nth + 1}. ${paintMark(style, apart)} `
  const leadWidth = String(nth + 1).length + 4
  const indent = 2 + leadWidth
  const line = (label: string, text: string): readonly string[] =>
    paragraph(style, { indent, text: labelled(style, label, text) })
  const again = againCommand(question, source)
  const { id } = answer.to
  return [
    ...paragraph(style, {
      indent: 2,
      lead,
      leadWidth,
      text: `${packetName(question, id, style)} · ${about}`,
    }),
    ...line(words.paper, paperSays(one, style)),
    ...line(words.wire, wireSays(one, style)),
    ...(again === undefined ? [] : line(words.again, again)),
  ]
}

function paperSays({ answer, comparison, disagrees }: MeasuredQuestion, style: ReportStyle) {
  const words = wordsOf(style)
  const blocking = answer.findings.filter(({ effect }) => effect === 'blocks')
  const [first] = blocking
  const back = first?.leg === 'return' ? words.onReturn : ''
  const more = blocking.length > 1 ? fill(words.more, () => String(blocking.length - 1)) : ''
  return joined(style, [
    labelsOf(style).verdicts[answer.verdict],
    ...(first ? [say(first, style.language) + back + more] : []),
    ...(disagrees.includes('stops') ? [stopsText(comparison.paperHops, style)] : []),
  ])
}

function wireSays({ evidence, comparison, disagrees }: MeasuredQuestion, style: ReportStyle) {
  const { blocker } = evidence
  const words = wordsOf(style)
  return joined(style, [
    labelsOf(style).verdicts[comparison.wire],
    outcomeText(evidence.told.outcome, words),
    ...(blocker ? [blockerText(blocker, style)] : []),
    ...(disagrees.includes('stops') ? [stopsText(comparison.wireHops, style)] : []),
  ])
}

function joined({ language }: ReportStyle, parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(language === 'zh-CN' ? '，' : ', ')
}

type Told = MeasuredQuestion['evidence']['told']

function outcomeText(outcome: Told['outcome'], words: VerifyWords): string {
  switch (outcome.kind) {
    case 'answered':
      return words.answered
    case 'refused':
      return fill(words.refused, () =>
        outcome.by === 'unreachable' ? outcome.icmp.from : outcome.by,
      )
    case 'error':
      return fill(words.failed, () => outcome.errno)
    case 'expired':
      return words.expired
    case 'silent':
      return words.silent
    case 'not_measured':
      return outcome.why
  }
}

function blockerText(
  { by, code, component, rule, leg }: NonNullable<MeasuredQuestion['evidence']['blocker']>,
  style: ReportStyle,
): string {
  const words = wordsOf(style)
  const { language } = style
  const values: Record<string, string> = {
    reason: code,
    component: componentName(component, language),
    rule: ruleName(rule, component, language),
  }
  const sentence = { rule: words.dropped, route: words.ledNowhere, silence: words.perhaps }[by]
  const back = leg === 'return' ? words.onReturn : ''
  return fill(sentence, (name) => values[name]) + back
}

function stopsText(stops: readonly string[], style: ReportStyle): string {
  const words = wordsOf(style)
  const text = stops.length === 0 ? words.noStops : stops.join(' → ')
  return fill(words.stops, () => text)
}
