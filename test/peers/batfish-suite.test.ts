import { expect, test } from 'vitest'
import type { Answer, AnswerError } from '#model'
import { analyzerOf, questionsOf } from './batfish-question.ts'
import { casesOf, suitesPresent } from './suites.ts'

const cases = casesOf('aws-batfish')

test.skipIf(!suitesPresent).each(cases.map((one) => [one.id, one] as const))(
  'Batfish’s case %s ends as it expects',
  (_, one) => {
    const some = one.question === 'exists-flow'
    const ends = questionsOf(one).map((question) => endOf(analyzerOf(one).ask(question), some))
    expect([...new Set(ends)]).toEqual([one.expected])
  },
)

/** What leaves for the customer's side arrives, as far as the peer is concerned. */
function endOf(answer: Answer | AnswerError, some: boolean): string {
  if (!('verdict' in answer)) return answer.error.message
  const { verdict } = answer
  return verdict === 'leaves_model' || (some && verdict === 'partial') ? 'reachable' : verdict
}
