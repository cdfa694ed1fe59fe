import { expect, test } from 'vitest'
import type { AskedPacket } from '#analyzer'
import { addressesOf, compileFabric, type Fabric, rankFamily } from '#fabric'
import type { Network } from '#model'
import { formatAddress } from '#net'
import { type DecidedBox, decideBoxes } from '../../src/analyzer/decide-boxes.ts'
import { createFollower, type Follower } from '../../src/analyzer/follow.ts'
import { askConcrete } from '../oracle/ask-concrete.ts'
import { type ConcreteQuestion, walk } from '../oracle/brute-force.ts'
import { type Dice, diceOf, randomNetwork, randomQuestion, seededRandom } from '#conformance'

const networks = 60
const questions = 60
const samplesPerBox = 3
const firstSeed = Number(process.env.HOPWISE_SEED ?? Date.now() % 1_000_000_000)

test('decided boxes part what was asked, and each packet in a box has its verdict', () => {
  process.stdout.write(`boxes: ${networks} networks from HOPWISE_SEED=${firstSeed}\n`)
  const seen: Seen = { wrong: [], asked: 0, boxes: 0, mixed: 0 }
  for (let seed = firstSeed; seed < firstSeed + networks; seed++) askNetwork(seed, seen)
  expect(seen.wrong).toEqual([])
  expect(seen.asked).toBeGreaterThan((networks * questions) / 2)
  // Without questions whose packets part ways, the test would test nothing.
  expect(seen.boxes).toBeGreaterThan(seen.asked * 1.2)
  expect(seen.mixed).toBeGreaterThan(networks * 2)
})

interface Seen {
  readonly wrong: string[]
  asked: number
  boxes: number
  /** Questions with more than one verdict. */
  mixed: number
}

/** One question whose ports, and perhaps source, are left open. */
interface Open {
  readonly network: Network
  readonly fabric: Fabric
  readonly follower: Follower
  readonly dice: Dice
  readonly question: ConcreteQuestion
  readonly asked: AskedPacket
}

function askNetwork(seed: number, seen: Seen): void {
  const random = seededRandom(seed)
  const dice = diceOf(random)
  const network = randomNetwork(random)
  const fabric = compileFabric(network)
  const follower = createFollower(fabric)
  for (let i = 0; i < questions; i++) {
    const question = randomQuestion(network, random)
    const one = askConcrete(fabric, network, question)
    if (!one) continue
    const asked = openUp(fabric, dice, one)
    const { boxes, cut } = decideBoxes(follower, [asked])
    if (cut !== undefined) continue
    seen.asked++
    seen.boxes += boxes.length
    if (new Set(boxes.map(({ verdict }) => verdict)).size > 1) seen.mixed++
    const open = { network, fabric, follower, dice, question, asked }
    const mistakes = [
      ...partMistakes(asked, boxes),
      ...boxes.flatMap((box) => mistakesIn(open, box)),
    ]
    const tell = { seed, question, asked }
    seen.wrong.push(...mistakes.map((mistake) => `${mistake} ${JSON.stringify(tell)}`))
  }
}

/** Any port, some ports, any client port; from outside also any host between two known ones. */
function openUp(fabric: Fabric, dice: Dice, one: AskedPacket): AskedPacket {
  const outside = one.port < 0 && one.instance < 0
  const source = outside && dice.chance(0.7) ? outsideStretch(fabric, one.source) : undefined
  if (one.protocol !== 6 && one.protocol !== 17) return { ...one, ...source }
  const low = dice.chance(0.5) ? 1 : Math.max(1, one.destinationPort - dice.whole(0, 200))
  const high = low === 1 ? 65535 : Math.min(65535, one.destinationPort + dice.whole(0, 2000))
  const clients = dice.chance(0.7) ? { sourcePort: 1024, sourcePortHigh: 65535 } : {}
  return { ...one, ...source, ...clients, destinationPort: low, destinationPortHigh: high }
}

/** Ranks around an outside one that are outside too: private space and addresses with an owner are not. */
function outsideStretch(
  { line, maps, privateSpace, publics, owners }: Fabric,
  rank: number,
): Pick<AskedPacket, 'source' | 'sourceHigh'> {
  const own = new Set(publics.rank.subarray(0, publics.addresses))
  const isPrivate = (at: number) => {
    const starts = maps.starts.subarray(maps.offsets[privateSpace], maps.offsets[privateSpace + 1])
    return maps.values[maps.offsets[privateSpace] + starts.findLastIndex((s) => s <= at)] === 1
  }
  const isOutside = (at: number) =>
    at >= 0 &&
    at < line.starts4.length + line.starts6.length &&
    rankFamily(line, at) === rankFamily(line, rank) &&
    !isPrivate(at) &&
    owners.offsets[at] === owners.offsets[at + 1] &&
    !own.has(at)
  let [source, sourceHigh] = [rank, rank]
  while (isOutside(source - 1)) source--
  while (isOutside(sourceHigh + 1)) sourceHigh++
  return { source, sourceHigh }
}

const dimensions = [
  ['source', 'sourceHigh'],
  ['destination', 'destinationHigh'],
  ['sourcePort', 'sourcePortHigh'],
  ['destinationPort', 'destinationPortHigh'],
] as const

/** Inside the asked box, disjoint, and together as large: nothing is missing and nothing twice. */
function partMistakes(asked: AskedPacket, boxes: readonly DecidedBox[]): string[] {
  const strays = boxes.filter(({ box }) =>
    dimensions.some(([low, high]) => box[low] < asked[low] || box[high] > asked[high]),
  )
  const overlaps = boxes.filter((one, i) => boxes.slice(0, i).some((other) => meet(one, other)))
  const size = boxes.reduce((sum, { box }) => sum + sizeOf(box), 0)
  return [
    ...(strays.length > 0 ? [`${strays.length} boxes leave the asked one`] : []),
    ...(overlaps.length > 0 ? [`${overlaps.length} boxes overlap`] : []),
    ...(size === sizeOf(asked) ? [] : [`${size} of ${sizeOf(asked)} packets are decided`]),
  ]
}

const meet = ({ box: a }: DecidedBox, { box: b }: DecidedBox): boolean =>
  dimensions.every(([low, high]) => a[low] <= b[high] && b[low] <= a[high])

const sizeOf = (box: AskedPacket): number =>
  dimensions.reduce((product, [low, high]) => product * (box[high] - box[low] + 1), 1)

/** The corners and a packet between them, asked by themselves: of follow and of the oracle. */
function mistakesIn(open: Open, { box, verdict }: DecidedBox): string[] {
  const { follower, network, dice } = open
  return Array.from({ length: samplesPerBox }, (_, i) => {
    const packet = packetIn(box, (low, high) => [low, high, dice.whole(low, high)][i])
    const alone = decideBoxes(follower, [packet]).verdict
    const oracle = walk(network, concrete(open, packet))
    const agrees = oracle.verdict === verdict
    return alone === verdict && agrees
      ? []
      : [`box ${verdict}, alone ${alone}, oracle ${oracle.verdict} at ${JSON.stringify(packet)}`]
  }).flat()
}

function packetIn(box: AskedPacket, pick: (low: number, high: number) => number): AskedPacket {
  const point = { ...box }
  const fixed = dimensions.map(([low, high]) => {
    const at = pick(box[low], box[high])
    return { [low]: at, [high]: at }
  })
  return Object.assign(point, ...fixed)
}

function concrete({ fabric, question, asked }: Open, packet: AskedPacket): ConcreteQuestion {
  const { sourcePort, destinationPort, source } = packet
  const ports = { sourcePort, destinationPort }
  if (asked.sourceHigh === asked.source) return { ...question, ...ports }
  const family = rankFamily(fabric.line, source)
  const address = formatAddress({ family, value: addressesOf(fabric.line, source).low })
  return { ...question, ...ports, from: { kind: 'address', address } }
}
