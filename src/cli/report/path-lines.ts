import { componentName, fill, isImpliedRule, ruleName, shownId } from '#findings'
import type { Answer, Component, Hop, LegName, Stage } from '#model'

import { displayWidth } from './display-width.ts'
import {
  decisionMarks,
  labelled,
  labelsOf,
  markOfHop,
  paintMark,
  paragraph,
} from './report-style.ts'
import type { ReportStyle } from './report-style.ts'

/** One leg as an indented column: its stops, and at each what decided. */
export function legLines(
  answer: Answer,
  leg: LegName,
  style: ReportStyle,
  numberOf: (stage: Stage) => number | undefined,
): readonly string[] {
  const hops = answer.hops.filter((hop) => hop.leg === leg)
  return [
    ...legHeading(answer, leg, style),
    ...hops.flatMap((hop) => hopLines(hop, style, numberOf)),
  ]
}

function legHeading(answer: Answer, leg: LegName, style: ReportStyle): readonly string[] {
  const labels = labelsOf(style)
  const { legs } = answer
  // Nothing answers a packet that was dropped.
  const begun = leg === 'forward' || legs.forward !== 'refused'
  const outcome = (begun ? labels.outcomes : labels.supposedOutcomes)[legs[leg]]
  const told = firstSupposing(answer, style) === leg ? [outcome, labels.supposing] : [outcome]
  const text = labelled(style, labels[leg], told.join(' · '))
  return paragraph(style, { indent: 0, text, tone: 'strong' })
}

/** The first leg on which something is shown behind a drop; what follows there is not a fact. */
function firstSupposing({ hops }: Answer, style: ReportStyle): LegName | undefined {
  return (['forward', 'return'] as const).find((leg) => {
    const decisions = hops
      .filter((hop) => hop.leg === leg)
      .flatMap((hop) => ['stop' as const, ...shownStages(hop, style).map((one) => one.decision)])
    const dropped = decisions.indexOf('refuse')
    return dropped >= 0 && dropped < decisions.length - 1
  })
}

function hopLines(
  hop: Hop,
  style: ReportStyle,
  numberOf: (stage: Stage) => number | undefined,
): readonly string[] {
  const place = [
    componentName(hop.at, style.language),
    ...(hop.interface === undefined ? [] : [hop.interface]),
    ...(hop.address === undefined ? [] : [hop.address]),
  ]
  return [
    ...paragraph(style, {
      indent: 2,
      lead: `${paintMark(style, markOfHop(hop))} `,
      leadWidth: 2,
      text: place.join(' · '),
    }),
    ...shownStages(hop, style).flatMap((stage) =>
      stageLines(stage, hop.at, style, numberOf(stage)),
    ),
  ]
}

const shownStages = ({ stages }: Hop, style: ReportStyle): readonly Stage[] =>
  stages.filter((stage) => isShown(stage, style))

/** A stage that was not asked, or that only says where the packet is, decides nothing. */
function isShown({ stage, decision }: Stage, { detail }: ReportStyle): boolean {
  if (detail !== 'short') return true
  if (decision === 'exempt') return false
  return decision !== 'continue' || (stage !== 'start' && stage !== 'deliver')
}

function stageLines(
  stage: Stage,
  at: Component,
  style: ReportStyle,
  number: number | undefined,
): readonly string[] {
  const labels = labelsOf(style)
  const word = labels.decisions[stage.decision]
  const padding = ' '.repeat(columnOf(labels.decisions) - displayWidth(word))
  return paragraph(style, {
    indent: 6,
    lead: `${paintMark(style, decisionMarks[stage.decision])} ${word}${padding}  `,
    leadWidth: 4 + columnOf(labels.decisions),
    text: stageText(stage, at, style, number),
  })
}

function stageText(
  stage: Stage,
  at: Component,
  style: ReportStyle,
  number: number | undefined,
): string {
  const { component, rule, packet, decision } = stage
  const elsewhere = component.kind !== at.kind || component.id !== at.id
  const decided = decision === 'refuse' || decision === 'unknown'
  const rulesShown =
    style.detail !== 'short' || decided || (rule !== undefined && isImpliedRule(rule))
  const labels = labelsOf(style)
  return [
    labels.stages[stage.stage],
    ...(elsewhere || style.detail === 'trace' ? [stageComponent(stage, style)] : []),
    ...(rule !== undefined && rulesShown ? [ruleName(rule, component, style.language)] : []),
    ...(packet === undefined ? [] : [fill(labels.packetNow, () => packet)]),
    ...(number === undefined ? [] : [`[${number}]`]),
  ].join(' · ')
}

/** The label of a filter's stage says already of which kind its component is. */
function stageComponent({ stage, component }: Stage, { detail, language }: ReportStyle): string {
  const filters = stage.startsWith('group.') || stage.startsWith('acl.')
  if (!filters || detail !== 'short') return componentName(component, language)
  const id = shownId(component.id)
  const { name } = component
  return name === undefined || name === '' || name === id ? id : `${id} (${name})`
}

function columnOf(words: Readonly<Record<string, string>>): number {
  return Math.max(...Object.values(words).map(displayWidth))
}
