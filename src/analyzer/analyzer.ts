import type { Fabric } from '#fabric'
import { orderFindings, type FindingCode, finding } from '#findings'
import {
  type Answer,
  type AnswerError,
  answerFormat,
  type Component,
  type FindingRecord,
  indexNetwork,
  type LegOutcome,
  type Question,
  type Verdict,
} from '#model'
import type { AskedPacket } from './asked-packet.ts'
import { type DecidedBox, type DecidedBoxes, decideBoxes, decideVerdict, MAX_WALKS } from './decide-boxes.ts'
import { describeParts } from './describe-parts.ts'
import { createEvidence } from './evidence.ts'
import { createFollower } from './follow.ts'
import {
  createQuestionResolver,
  protocolText,
  type QuestionResolution,
  type ResolvedQuestion,
  type SettledQuestion,
  type UnaskableQuestion,
} from './resolve-question.ts'
import { createSearcher, type Walk } from './search.ts'

/** The short form of an answer: no explanation, no allocation beyond this. */
export interface VerdictOnly {
  readonly verdict: Verdict
}

/** Answers questions over one fabric. Not for use by two callers at the same time. */
export interface Analyzer {
  /** The whole answer with its proof; an error where the question cannot be asked. */
  ask(question: Question): Answer | AnswerError
  /** The verdict alone, a hundred times faster. */
  verdict(question: Question): VerdictOnly | AnswerError
  /** A question in the fabric's numbers, for who asks the same thing often. */
  resolve(question: Question): QuestionResolution
  /** The verdict of a resolved question. */
  decide(resolved: ResolvedQuestion): Verdict
  /** The explained answer of a resolved question. */
  explain(question: Question, resolved: ResolvedQuestion): Answer
}

/** Parts of a question that are explained one by one; the rest share their findings. */
const EXPLAINED_PARTS = 4

export function createAnalyzer(fabric: Fabric): Analyzer {
  const show = createEvidence(fabric)
  const resolver = createQuestionResolver(fabric, indexNetwork(fabric.network), show.address)
  const follower = createFollower(fabric)
  const searcher = createSearcher(fabric)

  function explain(question: Question, resolved: ResolvedQuestion): Answer {
    const decided = decideBoxes(follower, resolved.boxes)
    const told = decided.boxes.filter(({ verdict }) => verdict !== 'reachable')
    const [first, ...more] = told.length > 0 ? told : decided.boxes
    const walk = searcher.search(first.box, first.choices)
    const findings = [...walk.findings]
    for (const part of differing(more, first).slice(0, EXPLAINED_PARTS - 1)) {
      findings.push(...searcher.search(part.box, part.choices).findings)
    }
    addSummaries(findings, decided, first)
    return answerOf(question, resolved, decided, walk, findings)
  }

  function answerOf(
    question: Question,
    resolved: ResolvedQuestion,
    decided: DecidedBoxes,
    walk: Walk,
    findings: readonly FindingRecord[],
  ): Answer {
    const uniform = decided.boxes.every(({ verdict }) => verdict === decided.verdict)
    return {
      ...head(question, resolved),
      verdict: decided.verdict,
      findings: findings.length < 2 ? findings : orderFindings(findings),
      hops: walk.hops,
      legs: legsOf(walk, decided),
      assumptions: walk.assumptions,
      ...(uniform ? {} : { parts: describeParts(fabric, decided.boxes) }),
      ...(walk.others.length > 0 ? { alternatives: walk.others.map((other) => alternative(other)) } : {}),
      ...(decided.cut === undefined ? {} : { cut: { walked: decided.cut, limit: MAX_WALKS } }),
    }
  }

  function ask(question: Question): Answer | AnswerError {
    const resolved = resolver.resolve(question)
    switch (resolved.kind) {
      case 'resolved':
        return explain(question, resolved)
      case 'settled':
        return settledAnswer(question, resolved)
      case 'unaskable':
        return errorOf(question, resolved)
    }
  }

  function verdict(question: Question): VerdictOnly | AnswerError {
    const resolved = resolver.resolve(question, false)
    switch (resolved.kind) {
      case 'resolved':
        return { verdict: decide(resolved) }
      case 'settled':
        return { verdict: settledFinding(resolved).effect === 'blocks' ? 'unreachable' : 'undetermined' }
      case 'unaskable':
        return errorOf(question, resolved)
    }
  }

  const decide = (resolved: ResolvedQuestion): Verdict => decideVerdict(follower, resolved.boxes)

  return { ask, verdict, resolve: resolver.resolve, decide, explain }
}

function head(question: Question, ends: { readonly from: Component; readonly to: Component }): Pick<Answer, 'kind' | 'id' | 'from' | 'to' | 'protocol' | 'port'> {
  return {
    kind: answerFormat,
    ...(question.id === undefined ? {} : { id: question.id }),
    from: ends.from,
    to: ends.to,
    protocol: protocolText(question.protocol),
    ...(question.port === undefined ? {} : { port: question.port }),
  }
}

/** Parts whose verdict or place in the box differs from the one already explained. */
function differing(parts: readonly DecidedBox[], explained: DecidedBox): DecidedBox[] {
  return parts.filter(({ box }) => box.protocol !== explained.box.protocol || box.destinationPort !== explained.box.destinationPort || box.source !== explained.box.source)
}

function addSummaries(findings: FindingRecord[], decided: DecidedBoxes, explained: DecidedBox): void {
  const question: Component = { kind: 'question', id: 'question' }
  if (decided.cut !== undefined) {
    findings.push(finding('query.branches-cut', { component: question, facts: { walked: String(decided.cut), limit: String(MAX_WALKS) } }))
  }
  if (explained.branches > 1 && explained.failing > 0 && explained.failing < explained.branches) {
    const facts = { failing: String(explained.failing), branches: String(explained.branches) }
    findings.push(finding('route.ecmp-partial', { component: question, facts }))
  }
}

function legsOf(walk: Walk, decided: DecidedBoxes): Answer['legs'] {
  const mixed = decided.verdict === 'partial'
  const forward = legOutcome(walk, 'forward', mixed)
  if (walk.return === 'not_walked') return { forward, return: 'not_walked' }
  return { forward, return: legOutcome(walk, 'return', mixed) }
}

function legOutcome(walk: Walk, leg: 'forward' | 'return', mixed: boolean): LegOutcome {
  const end = walk[leg]
  const own = walk.findings.filter((item) => item.leg === leg)
  if (end === 'dead' || own.some(({ effect }) => effect === 'blocks')) return mixed ? 'partial' : 'refused'
  if (end === 'stuck' || own.some(({ effect }) => effect === 'undecides')) return 'undetermined'
  return end === 'left' ? 'leaves_model' : 'admitted'
}

const alternative = (walk: Walk): NonNullable<Answer['alternatives']>[number] => ({
  via: walk.via ?? { kind: 'question', id: 'question' },
  findings: orderFindings(walk.findings),
})

function settledFinding(settled: SettledQuestion): FindingRecord {
  // The resolver pairs each code with its facts; the catalogue's types cannot follow it through a union.
  return finding<FindingCode>(settled.code, { component: settled.component, facts: settled.facts as never })
}

function settledAnswer(question: Question, settled: SettledQuestion): Answer {
  const found = settledFinding(settled)
  return {
    ...head(question, settled),
    verdict: found.effect === 'blocks' ? 'unreachable' : 'undetermined',
    findings: [found],
    hops: [],
    legs: { forward: found.effect === 'blocks' ? 'refused' : 'undetermined', return: 'not_walked' },
    assumptions: [],
  }
}

function errorOf(question: Question, { code, message, candidates }: UnaskableQuestion): AnswerError {
  return {
    kind: answerFormat,
    ...(question.id === undefined ? {} : { id: question.id }),
    error: { code, message, ...(candidates === undefined ? {} : { candidates }) },
  }
}

export type { AskedPacket }
