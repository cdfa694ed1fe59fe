import { expect, test } from 'vitest'
import { createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import type { FindingRecord, Gap, Network, Question, Verdict } from '#model'
import { decideBoxes } from '../../src/analyzer/decide-boxes.ts'
import type { ConcreteQuestion } from '../oracle/brute-force.ts'
import { halfReadNetwork, randomQuestion, seededRandom } from '#conformance'
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

test('an open answer names a call that some gap of the input names, and the verdict has its reason', () => {
  const seeds = Array.from({ length: networks }, (_, nth) => firstSeed + nth)
  const wrong = seeds.flatMap((seed) => {
    const random = seededRandom(seed)
    const { half } = halfReadNetwork(random)
    const analyzer = createAnalyzer(compileFabric(half))
    const calls = new Set(gapsOf(half).map(({ call }) => call))
    return Array.from({ length: 30 }, () => questionText(randomQuestion(half, random))).flatMap(
      (question) => {
        const answer = analyzer.ask(question)
        if ('error' in answer) return []
        const { verdict, findings } = answer
        const missing = findings.filter(({ code }) => code === 'query.input-missing')
        const unnamed = missing.filter(
          ({ facts }) =>
            !calls.has(facts.call ?? '') &&
            gapsOf(half).some(({ kind }) => kind === facts.missing?.split(' ')[0]),
        )
        const effects = new Set(findings.map(({ effect }) => effect))
        const needed = neededEffect[verdict]
        const bare = needed !== undefined && !effects.has(needed)
        return unnamed.length > 0 || bare
          ? [{ seed, question, verdict, unnamed, gaps: gapsOf(half) }]
          : []
      },
    )
  })
  expect(wrong).toEqual([])
})

const neededEffect: Partial<Record<Verdict, FindingRecord['effect']>> = {
  unreachable: 'blocks',
  undetermined: 'undecides',
}

function questionText({ from, to, protocol, destinationPort }: ConcreteQuestion): Question {
  const ported = protocol === 6 || protocol === 17
  return {
    from: from.kind === 'address' ? from.address : from.id,
    to,
    protocol,
    ...(ported ? { port: destinationPort } : {}),
    ...(from.kind === 'address' && from.vpcId !== undefined ? { scope: from.vpcId } : {}),
  }
}

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
