import { expect, test } from 'vitest'
import { sortSteps } from '../../src/lab/host/sort-steps.ts'
import type { ProbeResult } from '../../src/lab/wire/index.ts'

const silent: readonly ProbeResult[] = [
  { id: 1, flow: { kind: 'udp', sourcePort: 40_000 }, outcome: { kind: 'not_measured', why: '' } },
]
const incomplete = (overflowed: readonly string[], isDeaf: boolean) =>
  sortSteps(silent, { events: [], overflowed }, isDeaf).map((told) => told.incomplete)

test('what nftables said is complete only if all namespaces were heard, and nothing was lost', () => {
  expect(incomplete([], false)).toEqual([false])
  expect(incomplete(['i0'], false)).toEqual([true])
  expect(incomplete([], true)).toEqual([true])
})
