import type { AlibabaSemantic } from '#fabric'
import { describe, expect, test } from 'vitest'
import { walk } from './brute-force.ts'
import { accessCases } from './cases-access.ts'
import { edgeCases } from './cases-edge.ts'
import { routeCases } from './cases-route.ts'
import { toNetwork } from './sketch.ts'
import { ask, tinySketch } from './tiny-network.ts'
import type { Case } from './tiny-case.ts'

/** Complete by its type: a semantic without a case does not compile. */
const cases: Readonly<Record<AlibabaSemantic, readonly Case[]>> = {
  ...accessCases,
  ...routeCases,
  ...edgeCases,
}

for (const [semantic, its] of Object.entries(cases)) {
  describe(semantic, () => {
    test.each(its)('%s', (_says, change, question, expected) => {
      const sketch = tinySketch()
      change(sketch)
      const { verdict, branches } = walk(toNetwork(sketch), ask(question))
      const blockers = branches.flatMap(({ blocker }) => blocker ?? [])
      const reasons = new Set(
        blockers.map(({ code, leg }) => (leg === 'return' ? `${code} on return` : code)),
      )
      const found = [verdict, ...reasons].join(' ')
      expect(found, JSON.stringify(branches, null, 1)).toBe(expected)
    })
  })
}
