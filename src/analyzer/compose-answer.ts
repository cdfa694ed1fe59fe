import { finding, orderFindings } from '#findings'
import {
  type Answer,
  type AnswerError,
  answerFormat,
  type AnswerPart,
  type Assumption,
  type Component,
  type Decision,
  type FindingRecord,
  type LegName,
  type LegOutcome,
  type Question,
  type Verdict,
} from '#model'
import { type DecidedBoxes, MAX_WALKS } from './decide-boxes.ts'
import { numberFindings } from './number-findings.ts'
import { protocolText } from './resolve/protocol.ts'
import type {
  ResolvedQuestion,
  SettledCode,
  SettledQuestion,
  Settlement,
  UnaskableQuestion,
} from './resolve/question-resolution.ts'
import type { Walk } from './search/walk.ts'

/** Everything an answer is made of. */
export interface AnswerMaterial {
  readonly question: Question
  readonly resolved: ResolvedQuestion
  readonly decided: DecidedBoxes
  /** The walk that is shown. */
  readonly walk: Walk
  /** Of every explained part, in the order of the walks. */
  readonly findings: readonly FindingRecord[]
  readonly assumptions: readonly Assumption[]
  /** Absent where all packets share one verdict. */
  readonly parts?: readonly AnswerPart[]
}

/** Built field by field: a million answers a minute leave no room for spreading absent fields. */
export function composeAnswer(material: AnswerMaterial): Answer {
  const { question, resolved, decided, walk, assumptions, parts } = material
  const several = material.findings.length > 1
  const findings = several ? orderFindings(material.findings) : material.findings
  const answer: Writable<Answer> = {
    kind: answerFormat,
    from: endOf(resolved.from, question.from),
    to: endOf(resolved.to, question.to),
    protocol: protocolText(question.protocol),
    verdict: decided.verdict,
    findings,
    hops: several ? numberFindings(walk.hops, walk.findings, findings) : walk.hops,
    legs: legsOf(walk, decided.verdict === 'partial'),
    assumptions,
  }
  if (question.id !== undefined) answer.id = question.id
  if (question.port !== undefined) answer.port = question.port
  if (parts !== undefined) answer.parts = parts
  if (walk.others.length > 0) answer.alternatives = walk.others.map(alternative)
  if (decided.cut !== undefined) answer.cut = { walked: decided.cut, limit: MAX_WALKS }
  return answer
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** The answer of a question that one of its ends decides: no hop, one finding. */
export function settledAnswer(question: Question, settled: SettledQuestion): Answer {
  const found = settledFinding(settled)
  const blocks = found.effect === 'blocks'
  return {
    ...head(question, settled),
    verdict: blocks ? 'unreachable' : 'undetermined',
    findings: [found],
    hops: [],
    legs: { forward: blocks ? 'refused' : 'undetermined', return: 'not_walked' },
    assumptions: [],
  }
}

export const settledVerdict = (settled: SettledQuestion): Verdict =>
  settledFinding(settled).effect === 'blocks' ? 'unreachable' : 'undetermined'

export function errorOf(question: Question, unaskable: UnaskableQuestion): AnswerError {
  const { code, message, candidates } = unaskable
  return {
    kind: answerFormat,
    ...(question.id === undefined ? {} : { id: question.id }),
    error: { code, message, ...(candidates === undefined ? {} : { candidates }) },
  }
}

type Head = Pick<Answer, 'kind' | 'id' | 'from' | 'to' | 'protocol' | 'port'>

function head(question: Question, { from, to }: Pick<ResolvedQuestion, 'from' | 'to'>): Head {
  return {
    kind: answerFormat,
    ...(question.id === undefined ? {} : { id: question.id }),
    from: endOf(from, question.from),
    to: endOf(to, question.to),
    protocol: protocolText(question.protocol),
    ...(question.port === undefined ? {} : { port: question.port }),
  }
}

function endOf(
  { kind, id, name, address }: ResolvedQuestion['from'],
  asked: string,
): Answer['from'] {
  const end: Writable<Answer['from']> = { kind, id, asked }
  if (name !== undefined) end.name = name
  if (address !== undefined) end.address = address
  return end
}

function legsOf(walk: Walk, mixed: boolean): Answer['legs'] {
  const forward = legOutcome(walk, 'forward', mixed)
  if (walk.return === 'not_walked') return { forward, return: 'not_walked' }
  return { forward, return: legOutcome(walk, 'return', mixed) }
}

/** @param mixed some packets or branches get through */
function legOutcome(walk: Walk, leg: LegName, mixed: boolean): LegOutcome {
  const end = walk[leg]
  if (end === 'dead' || hasEffect(walk, leg, 'blocks') || hasStage(walk, leg, 'refuse'))
    return mixed ? 'partial' : 'refused'
  if (end === 'stuck' || hasEffect(walk, leg, 'undecides') || hasStage(walk, leg, 'unknown'))
    return 'undetermined'
  return end === 'left' ? 'leaves_model' : 'admitted'
}

/** A reason that holds for both legs is written down once, and each stage that met it refers to it. */
function hasStage({ hops }: Walk, leg: LegName, decision: Decision): boolean {
  for (const hop of hops) {
    if (hop.leg !== leg) continue
    for (const stage of hop.stages) if (stage.decision === decision) return true
  }
  return false
}

function hasEffect(
  { findings, hops }: Walk,
  leg: LegName,
  effect: FindingRecord['effect'],
): boolean {
  for (const item of findings) if (item.leg === leg && item.effect === effect) return true
  if (findings.length === 0) return false
  return hops.some(
    (hop) =>
      hop.leg === leg &&
      hop.stages.some(
        ({ finding }) => finding !== undefined && findings[finding].effect === effect,
      ),
  )
}

const question: Component = { kind: 'question', id: 'question' }

const alternative = (walk: Walk): NonNullable<Answer['alternatives']>[number] => ({
  via: walk.via ?? question,
  findings: orderFindings(walk.findings),
})

function settledFinding<C extends SettledCode>(settled: Settlement<C>): FindingRecord {
  return finding(settled.code, { component: settled.component, facts: settled.facts })
}
