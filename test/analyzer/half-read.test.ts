import { expect, test } from 'vitest'
import type { Gap, Network, Verdict } from '#model'
import { decideBoxes } from '../../src/analyzer/decide-boxes.ts'
import type { ConcreteQuestion } from '../oracle/brute-force.ts'
import { halfReadNetwork, randomQuestion, seededRandom } from '../oracle/random-network.ts'
import { type Readings, readNetwork } from './compare-engines.ts'

const networks = Number(process.env.HOPWISE_NETWORKS ?? 150)
const questions = 120
const firstSeed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)

test('what was not read may open an answer, and never turns it round', () => {
  process.stdout.write(`half-read: ${networks} networks from HOPWISE_SEED=${firstSeed}\n`)
  const seeds = Array.from({ length: networks }, (_, nth) => firstSeed + nth)
  const pairs = seeds.flatMap(askBoth)
  expect(pairs.filter(({ whole, half }) => whole !== half && half !== 'undetermined')).toEqual([])
  const opened = pairs.filter(({ whole, half }) => whole !== half).length
  // A gap that opened nothing, or everything, would prove nothing.
  expect(opened).toBeGreaterThan(pairs.length * 0.02)
  expect(opened).toBeLessThan(pairs.length * 0.5)
})

interface Pair {
  readonly seed: number
  readonly gaps: readonly Gap[]
  readonly question: ConcreteQuestion
  readonly whole: Verdict
  readonly half: Verdict
}

function askBoth(seed: number): readonly Pair[] {
  const random = seededRandom(seed)
  const { whole, half } = halfReadNetwork(random)
  const readings = { whole: readNetwork(whole), half: readNetwork(half) }
  return Array.from({ length: questions }, () => randomQuestion(whole, random)).flatMap(
    (question) => {
      const verdicts = {
        whole: verdictOf(readings.whole, question),
        half: verdictOf(readings.half, question),
      }
      if (verdicts.whole === undefined || verdicts.half === undefined) return []
      const gaps = gapsOf(half)
      return [{ seed, gaps, question, whole: verdicts.whole, half: verdicts.half }]
    },
  )
}

const gapsOf = ({ gaps = [] }: Network): readonly Gap[] => gaps

/** Undefined where the question cannot be put to this network. */
function verdictOf({ ask, follower }: Readings, question: ConcreteQuestion): Verdict | undefined {
  const asked = ask(question)
  return asked && decideBoxes(follower, [asked]).verdict
}
