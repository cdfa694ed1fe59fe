import { expect, test } from 'vitest'
import { createAnalyzer } from '#analyzer'
import { diceOf, type Random, randomNetwork, seededRandom } from '#conformance'
import { compileFabric } from '#fabric'
import type { Network } from '#model'
import { drawAws } from './draw-aws.ts'
import { drawAzure } from './draw-azure.ts'
import { askedVerdict } from './reach-pairs.ts'
import { matrixOf } from './matrix-of.ts'

const networks = Number(process.env.HOPWISE_NETWORKS ?? 40)
const firstSeed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)
const ports = [22, 80, 443, 3306, 8080, 65_535]

const clouds = [
  { cloud: 'Alibaba Cloud', draw: drawAlibaba, quickShare: 0.1 },
  // Groups count across peerings there, so that every pair is walked (decision 0011).
  { cloud: 'AWS', draw: drawAws, quickShare: 0 },
  { cloud: 'Azure', draw: drawAzure, quickShare: 0 },
] as const

test.each(clouds)('a matrix of $cloud says of each pair what the pair is told', (one) => {
  const { cloud, draw, quickShare } = one
  process.stdout.write(`reach-matrix: ${networks} of ${cloud} from HOPWISE_SEED=${firstSeed}\n`)
  const wrong: string[] = []
  let asked = 0
  let quick = 0
  for (let seed = firstSeed; seed < firstSeed + networks; seed++) {
    const random = seededRandom(seed)
    const network = draw(random, seed)
    const fabric = compileFabric(network)
    const analyzer = createAnalyzer(fabric)
    const { matrix, walked } = matrixOf(fabric)
    const port = diceOf(random).pick(ports)
    for (const protocol of ['tcp', 'udp'] as const) {
      const atom = {
        protocol: protocol === 'tcp' ? 6 : 17,
        low: port,
        high: port,
        families: [4, 6] as const,
      }
      const shown = matrix.at(atom)
      let reachable = 0
      matrix.ends.forEach((source, from) =>
        matrix.ends.forEach((destination, to) => {
          const before = walked()
          const told = shown.verdict(from, to)
          if (told === 'reachable') reachable++
          if (!isFirst(source.place, network) || !isFirst(destination.place, network)) return
          if (source.family !== 4 || destination.family !== 4) return
          asked++
          if (walked() === before) quick++
          const question = { from: source.place.id, to: destination.place.id, protocol, port }
          const verdict = askedVerdict(analyzer, question)
          if (told !== verdict) wrong.push(JSON.stringify({ seed, question, told, verdict }))
        }),
      )
      const count = shown.count()
      if (count !== reachable)
        wrong.push(JSON.stringify({ seed, protocol, port, count, reachable }))
    }
  }
  expect(wrong.slice(0, 5)).toEqual([])
  expect(asked).toBeGreaterThan(networks * 50)
  expect(quick / asked).toBeGreaterThanOrEqual(quickShare)
})

function drawAlibaba(random: Random, seed: number): Network {
  return simpler(randomNetwork(random), seed)
}

/** Made-up networks are odd all over; in most of them guests and narrow rules are left out. */
function simpler(network: Network, seed: number): Network {
  if (seed % 4 === 0) return network
  const { guests: _guests, ...rest } = network
  const securityGroup = network.securityGroup?.map((group) => ({
    ...group,
    rules: group.rules.map(({ sourcePorts: _ports, local: _local, ...rule }) => rule),
  }))
  return { ...rest, ...(securityGroup ? { securityGroup } : {}) }
}

/** By its id, a question means the first address. */
function isFirst(
  { id, address }: { readonly id: string; readonly address?: string },
  network: Network,
) {
  const eni = network.networkInterface?.find((item) => item.id === id)
  return eni === undefined || eni.addresses[0] === address
}
