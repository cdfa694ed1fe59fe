import { expect, test } from 'vitest'
import { randomNetwork, randomQuestion, seededRandom } from '#conformance'
import { compare, type Disagreement, readNetwork } from './compare-engines.ts'

const questions = 200
const networks = Number(process.env.HOPWISE_NETWORKS ?? 120)
const firstSeed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)

/** Pairs of refusals at one place are endless; beyond these few, a new one is a mistake. */
const strayShare = 0.0005

test('the oracle, follow and search agree on tens of thousands of random packets', () => {
  process.stdout.write(`engines-agree: ${networks} networks from HOPWISE_SEED=${firstSeed}\n`)
  const { asked, skipped, told } = askAll()
  expect(asked).toBeGreaterThan(networks * questions * 0.85)
  expect(skipped).toBeLessThan(networks * questions * 0.15)
  expect(told.filter(({ about }) => about !== 'oracle code').map(describe)).toEqual([])
  const strays = told.filter(({ about }) => about === 'oracle code')
  expect(strays.length > 10 + asked * strayShare ? strays.map(describe) : []).toEqual([])
})

interface Told extends Disagreement {
  readonly seed: number
  readonly question: unknown
}

function askAll(): { asked: number; skipped: number; told: readonly Told[] } {
  const told: Told[] = []
  let skipped = 0
  for (let seed = firstSeed; seed < firstSeed + networks; seed++) {
    const random = seededRandom(seed)
    const network = randomNetwork(random)
    const readings = readNetwork(network)
    for (let i = 0; i < questions; i++) {
      const question = randomQuestion(network, random)
      const found = compare(readings, question)
      if (!found) skipped++
      else told.push(...found.map((one) => ({ ...one, seed, question })))
    }
  }
  return { asked: networks * questions - skipped, skipped, told }
}

/** Everything needed to look into it: HOPWISE_SEED with HOPWISE_NETWORKS=1, and both trails. */
function describe({ seed, question, about, says, oracle, found }: Told): string {
  const branches = oracle.branches.slice(0, 2).map(({ blocker, doubts, trail }) => ({
    blocker,
    doubts,
    trail,
  }))
  const findings = found?.findings.map(({ code, leg, component }) => [code, leg, component.id])
  return JSON.stringify({ seed, about, says, question, oracle: branches, search: findings })
}
