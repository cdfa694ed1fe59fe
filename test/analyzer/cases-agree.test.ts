import { expect, test } from 'vitest'
import { accessCases } from '../oracle/cases-access.ts'
import { balancerCases } from '../oracle/cases-balancer.ts'
import { edgeCases } from '../oracle/cases-edge.ts'
import { equalRouteCases } from '../oracle/cases-equal-routes.ts'
import { guestCases } from '../oracle/cases-guest.ts'
import { routeCases } from '../oracle/cases-route.ts'
import { toNetwork } from '#conformance'
import { ask, tinySketch } from '../oracle/tiny-network.ts'
import { compare, readNetwork } from './compare-engines.ts'

const rows = Object.entries({
  ...accessCases,
  ...routeCases,
  ...edgeCases,
  ...guestCases,
  ...equalRouteCases,
  ...balancerCases,
}).flatMap(([semantic, its]) => its.map((row) => [semantic, ...row] as const))

test.each(rows)('follow and search know what the oracle knows of %s: %s', (...row) => {
  const [, , change, question] = row
  const sketch = tinySketch()
  change(sketch)
  const told = compare(readNetwork(toNetwork(sketch)), ask(question)) ?? []
  expect(told.map(({ about, says }) => `${about}: ${says}`)).toEqual([])
})
