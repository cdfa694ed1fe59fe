import { expect, test } from 'vitest'
import { type Analyzer, createAnalyzer, createPairs, createReach, type ReachPart } from '#analyzer'
import { diceOf, randomNetwork, seededRandom } from '#conformance'
import { compileFabric } from '#fabric'
import { type Network, parseNetwork } from '#model'
import { AddressSet, formatAddress, type IpAddress, parseAddress } from '#net'
import { drawAzure } from './draw-azure.ts'
import { askedVerdict, rowsOf, samplesOf, verdictIn } from './reach-pairs.ts'

const networks = Number(process.env.HOPWISE_NETWORKS ?? 15)
const firstSeed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)
const favourites = [1, 25, 443, 65_535]

/** No host of the Internet, though it looks like one. */
const azurePlatform = '168.63.129.16'

const clouds = [
  { cloud: 'Alibaba Cloud', draw: randomNetwork, share: 20 },
  { cloud: 'Azure', draw: drawAzure, share: 1 },
] as const

test.each(clouds)(
  'what $cloud exposes is told to each address, at and around every boundary',
  (one) => {
    const { cloud, draw, share } = one
    process.stdout.write(`reach-exposed: ${networks} of ${cloud} from HOPWISE_SEED=${firstSeed}\n`)
    const wrong: string[] = []
    let asked = 0
    for (let seed = firstSeed; seed < firstSeed + networks; seed++) {
      const random = seededRandom(seed)
      const network = draw(random)
      const fabric = compileFabric(network)
      // Where public addresses were not read, a stranger's may be one of ours.
      if (fabric.flags.publicsUnread) continue
      const analyzer = createAnalyzer(fabric)
      const dice = diceOf(random)
      for (const { to, parts } of rowsOf(createReach(fabric).exposed({ protocol: 'any' }))) {
        const address = to[0].address ?? ''
        for (const from of strangers(parts, address)) {
          const known = { from, to: address }
          if (!isStranger(network, from)) continue
          if (!isFromOutside(analyzer, known) || from === azurePlatform) continue
          const here = parts.filter((part) => isFrom(part, from))
          for (const sample of dice.some(samplesOf(here, favourites), 0.4)) {
            asked++
            const verdict = askedVerdict(analyzer, { ...known, ...sample })
            const told = verdictIn(here, sample)
            if (told !== verdict) wrong.push(JSON.stringify({ seed, known, sample, told, verdict }))
          }
        }
      }
    }
    expect(wrong.slice(0, 3)).toEqual([])
    expect(asked).toBeGreaterThan(networks * share)
  },
)

test('one more rule that accepts in every group never makes a reachable pair unreachable', () => {
  process.stdout.write(`reach-exposed: more rules from HOPWISE_SEED=${firstSeed}\n`)
  const closed: object[] = []
  let opened = 0
  for (let seed = firstSeed; seed < firstSeed + networks; seed++) {
    const random = seededRandom(seed)
    const network = randomNetwork(random, { gaps: false })
    const before = createPairs(compileFabric(network)).at('tcp', 443)
    const after = createPairs(compileFabric(withRule(network))).at('tcp', 443)
    const total = createPairs(compileFabric(network)).places.length
    for (let from = 0; from < total; from++) {
      for (let to = 0; to < total; to++) {
        const stays = after.verdict(from, to) === 'reachable'
        if (before.verdict(from, to) === 'reachable' && !stays) closed.push({ seed, from, to })
      }
    }
    opened += after.count() - before.count()
  }
  expect(closed.slice(0, 3)).toEqual([])
  expect(opened).toBeGreaterThan(0)
})

/** First and last addresses of the ranges of the parts, and those next to them. */
function strangers(parts: readonly ReachPart[], to: string): readonly string[] {
  const texts = parts.flatMap(({ sources }) => sources ?? [])
  const ranges = texts.flatMap((text) =>
    AddressSet.ranges(AddressSet.parse(text) ?? AddressSet.empty),
  )
  const near = ranges.flatMap(({ family, low, high }) =>
    [low - 1n, low, high, high + 1n]
      .filter((value) => value > 0n && value < 1n << (family === 4 ? 32n : 128n))
      .map((value): IpAddress => ({ family, value })),
  )
  const some = to.includes(':') ? '2001:db8:ffff::9' : '203.0.113.9'
  return [...new Set([some, ...near.map(formatAddress)])]
}

const isFrom = ({ sources }: ReachPart, address: string): boolean => {
  const parsed = parseAddress(address)
  if (sources === undefined || !parsed) return sources === undefined
  return AddressSet.contains(AddressSet.parse(sources) ?? AddressSet.empty, parsed)
}

/** An address of the network itself is asked about as its owner. */
function isStranger(
  { publicAddress = [], instance = [], networkInterface = [] }: Network,
  address: string,
) {
  const own = [
    ...publicAddress.map((item) => item.address),
    ...instance.map((item) => item.classic?.publicAddress),
    ...networkInterface.flatMap((item) => (item.ipv6Addresses ?? []).map((one) => one.address)),
  ]
  return !own.some((one) => one === address)
}

/** Private addresses are no hosts of the Internet, whatever is asked about them. */
function isFromOutside(analyzer: Analyzer, ends: { readonly from: string; readonly to: string }) {
  const resolution = analyzer.resolve({ ...ends, protocol: 'any' })
  if (resolution.kind !== 'resolved') return false
  const [{ port, instance }] = resolution.boxes
  return port < 0 && instance < 0
}

/** In every group: a rule for one group alone opens nothing in most drawn networks. */
function withRule(network: Network): Network {
  const rule = {
    id: 'one-more',
    direction: 'ingress',
    action: 'accept',
    priority: 1,
    protocol: 6,
    ports: [{ from: 443, to: 443 }],
    peer: { kind: 'cidr', cidr: '0.0.0.0/0' },
  }
  const securityGroup = network.securityGroup?.map((group) => ({
    ...group,
    rules: [...group.rules, rule],
  }))
  const parsed = parseNetwork({ ...network, securityGroup })
  if (!parsed.ok) throw new Error('the rule is refused')
  return parsed.network
}
