import { finding, orderFindings } from '#findings'
import {
  type Answer,
  type AnswerError,
  answerFormat,
  type AnswerPart,
  type Component,
  type FindingRecord,
  type LegName,
  type LegOutcome,
  type Question,
  type Verdict,
} from '#model'
import { type DecidedBoxes, MAX_WALKS } from './decide-boxes.ts'
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
  /** Absent where all packets share one verdict. */
  readonly parts: readonly AnswerPart[] | undefined
}

/** Built field by field: a million answers a minute leave no room for spreading absent fields. */
export function composeAnswer(material: AnswerMaterial): Answer {
  const { question, resolved, decided, walk, findings, parts } = material
  const answer: Writable<Answer> = {
    kind: answerFormat,
    from: resolved.from,
    to: resolved.to,
    protocol: protocolText(question.protocol),
    verdict: decided.verdict,
    findings: findings.length < 2 ? findings : orderFindings(findings),
    hops: walk.hops,
    legs: legsOf(walk, decided.verdict === 'partial'),
    assumptions: walk.assumptions,
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

function head(question: Question, { from, to }: Pick<Answer, 'from' | 'to'>): Head {
  return {
    kind: answerFormat,
    ...(question.id === undefined ? {} : { id: question.id }),
    from,
    to,
    protocol: protocolText(question.protocol),
    ...(question.port === undefined ? {} : { port: question.port }),
  }
}

function legsOf(walk: Walk, mixed: boolean): Answer['legs'] {
  const forward = legOutcome(walk, 'forward', mixed)
  if (walk.return === 'not_walked') return { forward, return: 'not_walked' }
  return { forward, return: legOutcome(walk, 'return', mixed) }
}

/** @param mixed some packets or branches get through */
function legOutcome(walk: Walk, leg: LegName, mixed: boolean): LegOutcome {
  const end = walk[leg]
  if (end === 'dead' || hasEffect(walk, leg, 'blocks')) return mixed ? 'partial' : 'refused'
  if (end === 'stuck' || hasEffect(walk, leg, 'undecides')) return 'undetermined'
  return end === 'left' ? 'leaves_model' : 'admitted'
}

function hasEffect(walk: Walk, leg: LegName, effect: FindingRecord['effect']): boolean {
  for (const item of walk.findings) if (item.leg === leg && item.effect === effect) return true
  return false
}

const question: Component = { kind: 'question', id: 'question' }

const alternative = (walk: Walk): NonNullable<Answer['alternatives']>[number] => ({
  via: walk.via ?? question,
  findings: orderFindings(walk.findings),
})

function settledFinding<C extends SettledCode>(settled: Settlement<C>): FindingRecord {
  return finding(settled.code, { component: settled.component, facts: settled.facts })
}
