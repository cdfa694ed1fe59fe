import type { AlibabaSemantic } from '#fabric'
import { expect, test } from 'vitest'
import { walk } from './brute-force.ts'
import { accessCases } from './cases-access.ts'
import { balancerCases } from './cases-balancer.ts'
import { edgeCases } from './cases-edge.ts'
import { equalRouteCases } from './cases-equal-routes.ts'
import { guestCases } from './cases-guest.ts'
import { routeCases } from './cases-route.ts'
import { toNetwork } from '#conformance'
import type { Case } from './tiny-case.ts'
import { ask, tinySketch } from './tiny-network.ts'

/** Complete by its type: a semantic without a case does not compile. */
const cases: Readonly<Record<AlibabaSemantic, readonly Case[]>> = {
  ...accessCases,
  ...routeCases,
  ...edgeCases,
  ...guestCases,
  ...equalRouteCases,
  ...balancerCases,
}

const rows = Object.entries(cases).flatMap(([semantic, its]) =>
  its.map((row) => [semantic, ...row] as const),
)

test.each(rows)('the oracle knows %s: %s', (_semantic, _says, change, question, expected) => {
  const sketch = tinySketch()
  change(sketch)
  const { verdict, branches } = walk(toNetwork(sketch), ask(question))
  const blockers = branches.flatMap(({ blocker }) => blocker ?? [])
  const reasons = blockers.map(({ code, leg }) => (leg === 'return' ? `${code} on return` : code))
  expect([verdict, ...new Set(reasons)].join(' ')).toBe(expected)
})
