import { expect, test } from 'vitest'
import { createAnalyzer, createReach, type Analyzer, type ReachRow } from '#analyzer'
import { diceOf, randomNetwork, seededRandom } from '#conformance'
import { compileFabric, type Fabric } from '#fabric'
import type { Network } from '#model'
import { askedVerdict, partsOf, rowsOf, samplesOf, verdictIn } from './reach-pairs.ts'

const networks = Number(process.env.HOPWISE_NETWORKS ?? 12)
const firstSeed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)
const everyPacket = { protocol: 'any', why: true } as const
const favourites = [1, 22, 80, 443, 3306, 8080, 65_535]

interface Wrong {
  readonly seed: number
  readonly from: string
  readonly to: string
}

test('who reaches a place, and what it reaches, is what each pair is told, port by port', () => {
  process.stdout.write(`reach-agrees: ${networks} networks from HOPWISE_SEED=${firstSeed}\n`)
  let asked = 0
  const wrong: Wrong[] = []
  for (let seed = firstSeed; seed < firstSeed + networks; seed++) {
    const random = seededRandom(seed)
    const network = randomNetwork(random)
    const fabric = compileFabric(network)
    const analyzer = createAnalyzer(fabric)
    const reach = createReach(fabric)
    const dice = diceOf(random)
    const places = placesOf(network)
    for (const place of [dice.pick(places), dice.pick(places), 'internet']) {
      const from = rowsOf(reach.from(place, everyPacket))
      const to = rowsOf(reach.to(place, everyPacket))
      for (const { id } of network.networkInterface ?? []) {
        const pairs = [
          { from: place, to: id, rows: from.filter((row) => row.to[0].id === id) },
          { from: id, to: place, rows: to.filter((row) => row.from[0].id === id) },
        ]
        for (const pair of pairs) {
          if (place === 'internet' && pair.from === 'internet') continue
          const found = disagreements(fabric, analyzer, pair)
          asked += found.asked
          wrong.push(...found.wrong.map((one) => ({ seed, from: pair.from, to: pair.to, ...one })))
        }
      }
    }
  }
  expect(wrong.slice(0, 3).map((one) => JSON.stringify(one))).toEqual([])
  expect(asked).toBeGreaterThan(networks * 400)
})

interface Pair {
  readonly from: string
  readonly to: string
  readonly rows: readonly ReachRow[]
}

function disagreements(fabric: Fabric, analyzer: Analyzer, { from, to, rows }: Pair) {
  const wrong: object[] = []
  const resolution = analyzer.resolve({ from, to, protocol: 'any' })
  if (askedVerdict(analyzer, { from, to, protocol: 'any' }) === undefined) {
    return { asked: 1, wrong: rows.length > 0 ? [{ rows }] : [] }
  }
  const isIpv6 =
    resolution.kind === 'resolved' && resolution.boxes[0].destination >= fabric.line.starts4.length
  const parts = partsOf(rows, isIpv6)
  const samples = samplesOf(parts, favourites)
  for (const sample of samples) {
    const verdict = askedVerdict(analyzer, { from, to, ...sample })
    const told = verdictIn(parts, sample)
    if (told !== verdict) wrong.push({ sample, told, verdict, parts })
  }
  return { asked: samples.length, wrong }
}

/** Things that a question may name, each by its id. */
function placesOf({
  instance = [],
  networkInterface = [],
  haVip = [],
  loadBalancer = [],
}: Network) {
  return [...instance, ...networkInterface, ...haVip, ...loadBalancer].map(({ id }): string => id)
}
