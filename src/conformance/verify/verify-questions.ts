import type { Analyzer } from '#analyzer'
import {
  type Ask,
  type Evidence,
  type HostAnswers,
  journeyReader,
  type Lab,
  type LabPlan,
  placeQuestion,
  readEvidence,
} from '#lab'
import type { Answer, Network } from '#model'
import { compareAnswer } from '../compare-answer.ts'
import type { ConcreteQuestion } from '../draw/concrete-question.ts'
import { pairQuestion, type QuestionPair } from '../pair-question.ts'
import { unfit, usualSettings } from '../probe-network.ts'
import { batches } from './batch-questions.ts'
import { greSession } from './gre-session.ts'
import type { Aspect, Unmeasured, Verified } from './verified.ts'

/** What tells the rules of a lab in a trace. */
export type RuleNames = Pick<HostAnswers['build'], 'handles' | 'guestRules'>

/** A lab that stands, and what it stands for. */
export interface StandingLab {
  readonly lab: Lab
  readonly network: Network
  readonly plan: LabPlan
  /** How the host named the rules when it was built. */
  readonly names: RuleNames
}

/**
 * Asks paper and wire the same questions; the results are in the order of the questions. What the
 * questions need listens already. `onProgress` is told how many are done.
 */
export async function verifyQuestions(
  standing: StandingLab,
  analyzer: Analyzer,
  questions: readonly ConcreteQuestion[],
  onProgress: (done: number) => void = () => {},
): Promise<readonly Verified[]> {
  const results = new Map<ConcreteQuestion, Verified>()
  const sendable: Sendable[] = []
  const sessions = new Set<string>()
  for (const question of questions) {
    const prepared = prepare(standing, analyzer, question)
    if ('kind' in prepared) results.set(question, prepared)
    else if (!opensAnother(standing, prepared, sessions))
      results.set(question, unmeasured(question, again))
    else sendable.push(prepared)
  }
  const found = (sent: Sendable, result: Verified): void => {
    // One that was seen once stays seen, even if the second packet tells nothing.
    if (result.kind === 'measured' || !results.has(sent.question))
      results.set(sent.question, result)
    onProgress(results.size)
  }
  for (const batch of batches(sendable)) await send(standing, batch, found)
  const doubtful = sendable.filter(({ question }) => disagrees(results.get(question)))
  for (const one of doubtful.slice(0, MOST_TWICE)) await send(standing, [one], found)
  return questions.flatMap((question) => results.get(question) ?? [])
}

/**
 * A disagreement is asked once more, alone: a translation may have given a packet of the same batch
 * the number of this flow, and what that one met would be told of this one.
 */
const MOST_TWICE = 100

function disagrees(result: Verified | undefined): boolean {
  return result?.kind === 'measured' && result.disagrees.length > 0
}

async function send(
  standing: StandingLab,
  batch: readonly Sendable[],
  found: (sent: Sendable, result: Verified) => void,
): Promise<void> {
  const { lab, plan, names } = standing
  const asks = batch.map(({ ask }, id) => ({ ...ask, id }))
  const { timeoutMs } = usualSettings
  const told = await lab.ask({ op: 'ask', asks, timeoutMs, evidence: true })
  const read = journeyReader(plan, names.handles)
  const evidence = await readEvidence(lab, plan, read, asks, told, names.guestRules)
  for (const [nth, sent] of batch.entries()) found(sent, compare(standing, sent, evidence[nth]))
}

/** A question that can be sent, with the paper's answer to it. */
interface Sendable {
  readonly question: ConcreteQuestion
  readonly answer: Answer
  readonly ask: Omit<Ask, 'id'>
}

function prepare(
  { network, plan }: StandingLab,
  analyzer: Analyzer,
  question: ConcreteQuestion,
): Sendable | Verified {
  const pair = pairQuestion(question, question.sourcePort)
  if (!pair) return unmeasured(question, other('no such packet'))
  const answer = analyzer.ask(pair.paper)
  if ('error' in answer) return unmeasured(question, other(answer.error.message))
  const leftOut = plan.unrealised.map(({ component }) => `"${component.id}"`)
  const why = unfit(plan, network, question, answer, leftOut)
  if (why !== undefined) return unmeasured(question, explain(plan, pair, answer, why))
  const placed = placeQuestion(plan, pair.wire)
  if (placed.kind === 'absent') return unmeasured(question, other(placed.why))
  return { question, answer, ask: placed.ask }
}

function opensAnother(
  { network, plan }: StandingLab,
  { ask, question }: Sendable,
  sessions: Set<string>,
): boolean {
  if (ask.protocol !== 'gre') return true
  const session = greSession(network, plan, question)
  const fresh = !sessions.has(session)
  sessions.add(session)
  return fresh
}

const again = other('GRE between these two is one session, which an earlier question opened')

function unmeasured(question: ConcreteQuestion, because: Unmeasured): Verified {
  return { kind: 'unmeasured', question, because }
}

function other(words: string): Unmeasured {
  return { kind: 'other', words }
}

/** Puts what `unfit` says into facts. */
function explain(plan: LabPlan, { wire }: QuestionPair, answer: Answer, why: string): Unmeasured {
  const text = JSON.stringify([answer.hops, answer.from, answer.to])
  const missed = plan.unrealised.find(({ component }) => text.includes(`"${component.id}"`))
  const { verdict, findings, hops } = answer
  if (why === verdict || hops.length === 0) {
    const reason = findings.find(({ effect }) => effect === 'undecides') ?? findings.at(0)
    return { kind: 'open', verdict, ...(reason ? { code: reason.code, reason } : {}) }
  }
  if (missed) return { kind: 'left-out', id: missed.component.id, reason: missed.reason }
  const placed = placeQuestion(plan, wire)
  return other(placed.kind === 'absent' ? placed.why : why)
}

function compare(
  { network, plan }: StandingLab,
  { question, answer }: Sendable,
  evidence: Evidence | undefined,
): Verified {
  const comparison = evidence && compareAnswer(network, plan, answer, evidence)
  if (!comparison) {
    const outcome = evidence?.told.outcome
    const why = outcome?.kind === 'not_measured' ? outcome.why : 'the lab did not answer'
    return unmeasured(question, other(why))
  }
  const said: Record<Aspect, boolean | undefined> = {
    verdict: comparison.verdict,
    rule: ruleSaid(evidence, comparison.rule),
    stops: evidence.told.incomplete ? undefined : comparison.hops,
  }
  const aspects = (['verdict', 'rule', 'stops'] as const).filter((one) => said[one] !== undefined)
  const disagrees = aspects.filter((one) => said[one] === false)
  return {
    kind: 'measured',
    question,
    answer,
    evidence,
    comparison,
    disagrees,
    compared: aspects,
  }
}

/** What a wire that only stays silent suggests is a guess, and no word against the paper's. */
function ruleSaid({ blocker }: Evidence, same: boolean | undefined): boolean | undefined {
  return same === false && (!blocker || blocker.by === 'silence') ? undefined : same
}
