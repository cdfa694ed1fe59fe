import { expect, test } from 'vitest'
import { accessCases } from '../oracle/cases-access.ts'
import { edgeCases } from '../oracle/cases-edge.ts'
import { routeCases } from '../oracle/cases-route.ts'
import { toNetwork } from '../oracle/sketch.ts'
import { ask, tinySketch } from '../oracle/tiny-network.ts'
import { compare, readNetwork } from './compare-engines.ts'

/** Cases in which the engines are known to say something else, and why. */
const otherwise: ReadonlySet<string> = new Set([
  // The fabric takes every VPN gateway for the edge of the model, also one that nobody listed.
  'a next hop that may not have been read',
  // ri-1 says that its opposite is in vpc-2, ri-2 says that it is in no VPC: the fabric believes ri-1.
  'a border router at the far end',
])

const rows = Object.entries({ ...accessCases, ...routeCases, ...edgeCases })
  .flatMap(([semantic, its]) => its.map((row) => [semantic, ...row] as const))
  .filter(([, says]) => !otherwise.has(says))

test.each(rows)('follow and search know what the oracle knows of %s: %s', (...row) => {
  const [, , change, question] = row
  const sketch = tinySketch()
  change(sketch)
  const told = compare(readNetwork(toNetwork(sketch)), ask(question)) ?? []
  expect(told.map(({ about, says }) => `${about}: ${says}`)).toEqual([])
})
