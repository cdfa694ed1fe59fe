import { expect, test } from 'vitest'
import { createAnalyzer, createReach, type ReachRow } from '#analyzer'
import { diceOf, randomNetwork, seededRandom } from '#conformance'
import { compileFabric } from '#fabric'
import { type Network, parseNetwork } from '#model'
import { generateNetwork } from '../../bench/workload/generate-network.mjs'
import { askedVerdict, rowsOf, samplesOf, verdictIn } from './reach-pairs.ts'

const networks = Number(process.env.HOPWISE_NETWORKS ?? 15)
const firstSeed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)
const favourites = [1, 25, 80, 443, 3306, 65_535]

test('the lines of a matrix hold every pair with exactly the ports that it is told', () => {
  process.stdout.write(`reach-matrix-rows: ${networks} networks from HOPWISE_SEED=${firstSeed}\n`)
  for (let seed = firstSeed; seed < firstSeed + networks; seed++) {
    const random = seededRandom(seed)
    const found = disagreements(randomNetwork(random), diceOf(random).whole, 60)
    expect({ seed, wrong: found.wrong.slice(0, 2) }).toEqual({ seed, wrong: [] })
  }
})

test('places that only a translation on the way to odd ends tells apart are in lines of their own', () => {
  // In this network two interfaces differ in nothing but a translation on the way to odd ends.
  const random = seededRandom(1_100_055)
  const found = disagreements(randomNetwork(random), diceOf(random).whole, 120)
  expect(found.wrong.slice(0, 2)).toEqual([])
  expect(found.asked).toBeGreaterThan(1_000)
})

test.each(['realistic', 'adversarial'] as const)(
  'the lines of the %s workload hold every pair with exactly the ports that it is told',
  (workload) => {
    process.stdout.write(`reach-matrix-rows: ${workload} from HOPWISE_SEED=${firstSeed}\n`)
    const size = { vpcs: 4, subnets: 4, interfaces: 6 }
    const parsed = parseNetwork(generateNetwork(size, workload, firstSeed).network)
    if (!parsed.ok) throw new Error('the workload is refused')
    const random = seededRandom(firstSeed)
    const { asked, reachable, wrong } = disagreements(parsed.network, diceOf(random).whole, 400)
    expect(wrong.slice(0, 2)).toEqual([])
    expect(reachable).toBeGreaterThan(asked / 100)
  },
)

function disagreements(
  network: Network,
  whole: (least: number, most: number) => number,
  pairs: number,
) {
  const fabric = compileFabric(network)
  const analyzer = createAnalyzer(fabric)
  const rows = rowsOf(createReach(fabric).matrix({ protocol: 'any' }))
  const enis = (network.networkInterface ?? []).filter(({ id, addresses }) =>
    createsOneEnd(rows, id, addresses[0]),
  )
  const wrong: object[] = []
  let asked = 0
  let reachable = 0
  for (let i = 0; i < pairs && enis.length > 0; i++) {
    const [a, b] = [enis[whole(0, enis.length - 1)], enis[whole(0, enis.length - 1)]]
    if (askedVerdict(analyzer, { from: a.id, to: b.id, protocol: 'any' }) === undefined) continue
    const parts = rows
      .filter(
        ({ from, to }) => holds(from, a.id, a.addresses[0]) && holds(to, b.id, b.addresses[0]),
      )
      .flatMap((row) => row.parts)
    for (const sample of samplesOf(parts, favourites)) {
      asked++
      const verdict = askedVerdict(analyzer, { from: a.id, to: b.id, ...sample })
      const told = verdictIn(parts, sample)
      if (told === 'reachable') reachable++
      if (told !== verdict) wrong.push({ from: a.id, to: b.id, sample, told, verdict, parts })
    }
  }
  return { asked, reachable, wrong }
}

const holds = (places: ReachRow['from'], id: string, address: string): boolean =>
  places.some((place) => place.id === id && place.address === address)

/** A cut-through EIP stands for the address of its interface: those have a name of their own. */
function createsOneEnd(rows: readonly ReachRow[], id: string, address: string): boolean {
  const named = rows.flatMap(({ from, to }) => [...from, ...to]).filter((place) => place.id === id)
  return named.every((place) => place.address === address)
}
