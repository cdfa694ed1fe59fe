import { expect, test } from 'vitest'
import { batfishEnds } from './batfish-verdict.ts'
import { casesOf, suitesPresent } from './suites.ts'

const cases = casesOf('aws-batfish').map((one) => [one.id, one] as const)

test.skipIf(!suitesPresent).each(cases)('Batfish’s case %s ends as it expects', (_, one) => {
  expect(batfishEnds(one)).toEqual([one.expected])
})
