import { expect, test } from 'vitest'
import type { Answer } from '#model'
import { elsewhere } from './batfish-elsewhere.ts'
import { batfishPath } from './batfish-path.ts'
import { analyzerOf, networkOf, questionsOf } from './batfish-question.ts'
import { casesOf, type PeerCase, suitesPresent } from './suites.ts'

const cases = casesOf('aws-batfish').filter(({ expectedPath }) => expectedPath)

const same = cases.filter(({ id }) => !elsewhere.has(id)).map((one) => [one.id, one] as const)
const other = cases.filter(({ id }) => elsewhere.has(id)).map((one) => [one.id, one] as const)

test.skipIf(!suitesPresent).each(same)('the stops of Batfish’s case %s are ours', (_, one) => {
  const answer = answerTo(one)
  const forward = batfishPath(networkOf(one), answer, 'forward')
  expect(comparable(forward)).toEqual(comparable(one.expectedPath ?? []))
  const back = one.expectedReturnPath && batfishPath(networkOf(one), answer, 'return')
  expect(back && comparable(back)).toEqual(
    one.expectedReturnPath && comparable(one.expectedReturnPath),
  )
  expect([forward.at(-1), undefined, null]).toContain(one.blockedAt)
})

test.skipIf(!suitesPresent).each(other)('the stops of Batfish’s case %s are others', (_, one) => {
  const stops = comparable(batfishPath(networkOf(one), answerTo(one), 'forward'))
  expect(stops).not.toEqual(comparable(one.expectedPath ?? []))
})

test.skipIf(!suitesPresent)('every case that stops elsewhere is one of the suite', () => {
  expect(other).toHaveLength(elsewhere.size)
})

function answerTo(one: PeerCase): Answer {
  const [question] = questionsOf(one)
  const answer = analyzerOf(one).ask(question)
  if (!('verdict' in answer)) throw new Error(answer.error.message)
  return answer
}

/** Behind a load balancer every target is a branch; on premises, names are the peer’s. */
function comparable(path: readonly string[]): readonly string[] {
  const known = path.filter((stop) => !stop.startsWith('onprem'))
  const balancer = known.findIndex((stop) => stop.startsWith('lb:'))
  if (balancer < 0) return known
  return known[0]?.startsWith('i-0c8') ? known.slice(0, balancer + 1) : known.slice(balancer)
}
