import type { Answer, AnswerError } from '#model'
import { analyzerOf, questionsOf } from './batfish-question.ts'
import type { PeerCase } from './suites.ts'

/** How the questions of a case end, each word once. */
export function batfishEnds(one: PeerCase): readonly string[] {
  const some = one.question === 'exists-flow'
  const ends = questionsOf(one).map((question) => endOf(analyzerOf(one).ask(question), some))
  return [...new Set(ends)]
}

/** What leaves for the customer's side arrives, as far as the peer is concerned. */
function endOf(answer: Answer | AnswerError, some: boolean): string {
  if (!('verdict' in answer)) return answer.error.message
  const { verdict } = answer
  return verdict === 'leaves_model' || (some && verdict === 'partial') ? 'reachable' : verdict
}
