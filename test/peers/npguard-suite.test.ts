import { expect, test } from 'vitest'
import { npguardEnd } from './npguard-verdict.ts'
import { casesOf, suitesPresent } from './suites.ts'

const cases = casesOf('aws-npguard')
  .filter(({ question }) => question !== 'explain')
  .map((one) => [one.id, one] as const)

test.skipIf(!suitesPresent).each(cases)('np-guard’s case %s ends as it expects', (_, one) => {
  expect(npguardEnd(one)).toBe(one.expected)
})
