import { expect, test } from 'vitest'
import { walk } from './brute-force.ts'
import { randomNetwork, randomQuestion, seededRandom } from './random-network.ts'

interface Seen {
  readonly verdicts: Map<string, number>
  readonly codes: Map<string, number>
  readonly doubts: Map<string, number>
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function walkMany(networks: number, questions: number): Seen {
  const seen: Seen = { verdicts: new Map(), codes: new Map(), doubts: new Map() }
  for (let seed = 1; seed <= networks; seed++) {
    const random = seededRandom(seed)
    const network = randomNetwork(random)
    for (let nth = 0; nth < questions; nth++) {
      const answer = walk(network, randomQuestion(network, random))
      count(seen.verdicts, answer.verdict)
      for (const { blocker, doubts } of answer.branches.slice(0, 1)) {
        if (blocker) count(seen.codes, `${blocker.code} ${blocker.leg}`)
        for (const doubt of doubts) count(seen.doubts, doubt.split(' ')[0])
      }
    }
  }
  return seen
}

test('five thousand packets', () => {
  const t0 = performance.now()
  const seen = walkMany(100, 50)
  const show = (m: Map<string, number>) => [...m].sort((a, b) => b[1] - a[1])
  console.log(performance.now() - t0, show(seen.verdicts), show(seen.codes), show(seen.doubts))
  expect(1).toBe(1)
})
