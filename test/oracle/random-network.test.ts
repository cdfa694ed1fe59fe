import { verdicts } from '#model'
import type { Verdict } from '#model'
import { expect, test } from 'vitest'
import { walk } from './brute-force.ts'
import { randomNetwork, randomQuestion, seededRandom } from '#conformance'

/** How often each thing was seen. */
type Counts = Map<string, number>

interface Seen {
  readonly verdicts: Counts
  readonly codes: Counts
  readonly doubts: Counts
}

const networks = 100
const packets = 50
const seen = walkMany()

test('every verdict occurs often among five thousand random packets', ({ annotate }) => {
  const shares: Readonly<Record<Verdict, number>> = {
    reachable: 1000,
    unreachable: 1000,
    undetermined: 100,
    leaves_model: 50,
    partial: 8,
  }
  const rare = verdicts.filter((verdict) => (seen.verdicts.get(verdict) ?? 0) < shares[verdict])
  expect(rare).toEqual([])
  return annotate(describeCounts(seen.verdicts), 'distribution')
})

test('the packets are dropped for more than fifty reasons, on both legs', async ({ annotate }) => {
  const codes = [...seen.codes.keys()]
  expect(new Set(codes.map((name) => name.split(' ')[0])).size).toBeGreaterThanOrEqual(45)
  expect(codes.length).toBeGreaterThan(50)
  expect(codes.filter((name) => name.endsWith('return')).length).toBeGreaterThan(12)
  await annotate(describeCounts(seen.codes), 'distribution')
  await annotate(describeCounts(seen.doubts), 'distribution')
})

test('the same seed gives the same network and the same packets', () => {
  const draw = () => {
    const random = seededRandom(7)
    const network = randomNetwork(random)
    return { network, question: randomQuestion(network, random) }
  }
  expect(draw()).toEqual(draw())
})

test('a network without gaps says so and still leaves the unanalysed open', () => {
  const network = randomNetwork(seededRandom(3), { gaps: false, vpcs: 2, classic: true })
  expect(network.gaps).toEqual([])
  expect(network.vpc).toHaveLength(2)
  expect(network.instance?.some(({ classic }) => classic)).toBe(true)
})

function walkMany(): Seen {
  const counts: Seen = { verdicts: new Map(), codes: new Map(), doubts: new Map() }
  for (let seed = 1; seed <= networks; seed++) {
    const random = seededRandom(seed)
    const network = randomNetwork(random)
    for (let nth = 0; nth < packets; nth++) {
      const { verdict, branches } = walk(network, randomQuestion(network, random))
      count(counts.verdicts, verdict)
      const blockers = branches.flatMap(({ blocker }) => blocker ?? [])
      const codes = new Set(blockers.map(({ code, leg }) => `${code} ${leg}`))
      for (const code of codes) count(counts.codes, code)
      const doubts = branches.flatMap((branch) => branch.doubts)
      for (const doubt of new Set(doubts.map((text) => text.split(' ')[0]))) {
        count(counts.doubts, doubt)
      }
    }
  }
  return counts
}

function count(counts: Counts, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function describeCounts(counts: Counts): string {
  const sorted = [...counts].toSorted((a, b) => b[1] - a[1])
  return sorted.map(([name, times]) => `${times} ${name}`).join(', ')
}
