import type { Answer, Component, FindingRecord, Hop, Question, Stage } from '#model'
import type { DecidedBox } from '../decide-boxes.ts'
import type { ResolvedQuestion } from '../resolve/question-resolution.ts'
import type { Tagged } from './header-set.ts'
import type { ReachReason } from './reach-row.ts'

/** What an explanation says of a decided box. */
export interface BoxTold {
  readonly because: readonly ReachReason[]
  readonly findings: readonly FindingRecord[]
  /** What takes the packets; absent where they do not arrive. */
  readonly at: Component | undefined
}

/** Explains decided boxes of one question: the rules on the way of those that get through. */
export function createTeller(
  explain: (question: Question, resolved: ResolvedQuestion) => Answer,
  question: Question,
  resolved: ResolvedQuestion,
): (decided: DecidedBox) => Tagged<BoxTold> {
  return ({ box, verdict }) => {
    const { hops, findings, legs } = explain(question, { ...resolved, boxes: [box] })
    const passes = verdict === 'reachable' || verdict === 'partial'
    const told = {
      because: passes ? reasonsOf(hops) : [],
      findings: verdict === 'reachable' ? [] : findings.filter(decides),
      at:
        legs.forward === 'refused' ? undefined : hops.findLast(({ leg }) => leg === 'forward')?.at,
    }
    return { key: keyOf(told), tag: told }
  }
}

const decides = ({ effect }: FindingRecord): boolean =>
  effect === 'blocks' || effect === 'undecides'

/** Stages that a rule or a route of the input, or its default, decided. */
const reasonsOf = (hops: readonly Hop[]): ReachReason[] =>
  hops.flatMap(({ leg, stages }) =>
    stages.flatMap(({ stage, component, decision, rule }) =>
      rule === undefined || rule === 'session' || !lets.has(decision)
        ? []
        : [{ leg, stage, component, rule }],
    ),
  )

const lets: ReadonlySet<Stage['decision']> = new Set(['admit', 'continue'])

/** Facts are left out: they name the ports, and parts are told apart by what decides. */
const keyOf = ({ because, findings, at }: BoxTold): string =>
  JSON.stringify([
    because,
    findings.map(({ code, leg, component, rule }) => [code, leg, component.id, rule]),
    at?.id,
  ])
