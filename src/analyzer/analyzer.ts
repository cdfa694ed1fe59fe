import { createJudge, type Fabric } from '#fabric'
import type { Answer, AnswerError, Question, Verdict } from '#model'
import { errorOf, settledAnswer, settledVerdict } from './compose-answer.ts'
import { verdictOf } from './decide-boxes.ts'
import { createDecider } from './decide-verdict.ts'
import { createEvidence } from './evidence/evidence.ts'
import { createExplainer } from './explain-question.ts'
import { createFollower } from './follow.ts'
import { createPlainLane, UNPLAIN } from './plain/plain-lane.ts'
import type { QuestionResolution, ResolvedQuestion } from './resolve/question-resolution.ts'
import { createQuestionResolver } from './resolve/resolver.ts'
import { type AnswerWriter, createAnswerWriter } from './write/write-answer.ts'

/** The short form of an answer: no explanation. */
export interface VerdictOnly {
  readonly verdict: Verdict
}

/**
 * Answers questions over one fabric. Nothing here throws on a question: what cannot be asked is an
 * `AnswerError`. Not for use by two callers at the same time.
 */
export interface Analyzer {
  /** The whole answer with its proof; an error where the question cannot be asked. */
  readonly ask: (question: Question) => Answer | AnswerError
  /** The verdict alone, a hundred times faster. */
  readonly verdict: (question: Question) => VerdictOnly | AnswerError
  /** A question in the fabric's numbers, for who asks the same thing often. */
  readonly resolve: (question: Question) => QuestionResolution
  /** The verdict of a resolved question; nearly always without allocating anything. */
  readonly decide: (resolved: ResolvedQuestion) => Verdict
  /** The explained answer of a question that was resolved by this analyzer. */
  readonly explain: (question: Question, resolved: ResolvedQuestion) => Answer
  /** Answers of this analyzer as JSON: what `JSON.stringify` makes of them, several times faster. */
  readonly write: AnswerWriter
}

/** An analyzer of a fabric. Cost: linear in the fabric's addresses, once. */
export function createAnalyzer(fabric: Fabric): Analyzer {
  const show = createEvidence(fabric)
  const resolve = createQuestionResolver(fabric, show)
  const judge = createJudge(fabric)
  const follower = createFollower(fabric, judge)
  const explain = createExplainer(fabric, follower, judge, show)
  const decideBoxes = createDecider(follower)
  const lane = createPlainLane(fabric, judge)

  function decide({ boxes }: ResolvedQuestion): Verdict {
    const outcome = boxes.length === 1 ? lane(boxes[0]) : UNPLAIN
    return outcome === UNPLAIN ? decideBoxes(boxes) : verdictOf(outcome)
  }

  function ask(question: Question): Answer | AnswerError {
    const resolved = resolve(question)
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
    const resolved = resolve(question, false)
    switch (resolved.kind) {
      case 'resolved':
        return { verdict: decide(resolved) }
      case 'settled':
        return { verdict: settledVerdict(resolved) }
      case 'unaskable':
        return errorOf(question, resolved)
    }
  }

  return { ask, verdict, resolve, decide, explain, write: createAnswerWriter() }
}
