import { type Fabric, publicOf, rankFamily } from '#fabric'
import type { ReachEnd } from '../reach-end.ts'
import { PairNumbers } from './number-pairs.ts'
import { cellsBetween, type RankCells } from './rank-cells.ts'
import { changesOf, routeBehaviours } from './route-behaviour.ts'

/**
 * Plain ends by where they are: two ends of one place are told apart by security groups alone. The
 * ends stand in the order of their domains, then of their ranks.
 */
export interface Places {
  readonly count: number
  /** Ends in order: positions in the list that was given. */
  readonly ends: Int32Array
  /** Place of each end in order. */
  readonly of: Int32Array
  readonly domain: Int32Array
  readonly family: Uint8Array
  /** An end of each place, and one of another guest (-1 where there is none). */
  readonly first: Int32Array
  readonly second: Int32Array
  /** Pairs of different ends that may be of one guest, both ways round. */
  readonly kin: readonly (readonly [from: number, to: number])[]
}

/** Sorts the plain ends into places. */
export function placesOf(fabric: Fabric, all: readonly ReachEnd[], plain: Uint8Array): Places {
  const { ports, line } = fabric
  const ends = Int32Array.from([...all.keys()].filter((end) => plain[end] === 1))
  ends.sort(
    (a, b) =>
      ports.domain[all[a].port] - ports.domain[all[b].port] || all[a].rank - all[b].rank || a - b,
  )
  const cells = placeCells(fabric, [...new Set([...ends].map((end) => all[end].port))])
  const numbers = new PairNumbers()
  const dense = new Map<number, number>()
  const of = Int32Array.from(ends, (end) => {
    const number = placeNumber(fabric, cells, numbers, all[end])
    const place = dense.get(number) ?? dense.size
    dense.set(number, place)
    return place
  })
  const count = dense.size
  const first = new Int32Array(count).fill(-1)
  const second = new Int32Array(count).fill(-1)
  ends.forEach((end, at) => {
    const place = of[at]
    if (first[place] < 0) first[place] = end
    else if (second[place] < 0 && !sharesGuest(fabric, all[first[place]], all[end])) {
      second[place] = end
    }
  })
  return {
    count,
    ends,
    of,
    domain: Int32Array.from(first, (end) => ports.domain[all[end].port]),
    family: Uint8Array.from(first, (end) => rankFamily(line, all[end].rank)),
    first,
    second,
    kin: kinOf(fabric, all, ends),
  }
}

function kinOf({ ports }: Fabric, all: readonly ReachEnd[], ends: Int32Array): Places['kin'] {
  const guests = new Map<number, number[]>()
  for (const end of ends) {
    const { port } = all[end]
    const guest = ports.instance[port] < 0 ? -1 - port : ports.instance[port]
    const known = guests.get(guest)
    if (known) known.push(end)
    else guests.set(guest, [end])
  }
  return [...guests.values()].flatMap((guest) =>
    guest.flatMap((from) => guest.flatMap((to) => (from === to ? [] : [[from, to] as const]))),
  )
}

/** Whether two ends may belong to one operating system: their pair is asked as any other. */
export function sharesGuest({ ports }: Fabric, a: ReachEnd, b: ReachEnd): boolean {
  if (a.port === b.port) return true
  return ports.instance[a.port] >= 0 && ports.instance[a.port] === ports.instance[b.port]
}

function placeNumber(
  fabric: Fabric,
  { cellOf }: RankCells,
  numbers: PairNumbers,
  { port, rank }: ReachEnd,
): number {
  const { ports, subnets, owners, publics } = fabric
  const subnet = ports.subnet[port]
  const filtered = subnets.aclIn[subnet] !== -1 || subnets.aclOut[subnet] !== -1
  const isShared = owners.offsets[rank + 1] - owners.offsets[rank] > 1
  const at = rankFamily(fabric.line, rank) === 6 ? publicOf(fabric, rank) : -1
  const facts = [
    ports.table[port],
    filtered ? subnet : -1,
    ports.state[port],
    ports.flags[port],
    isShared ? 1 : 0,
    at < 0 ? -1 : publics.kind[at],
    cellOf(rank),
  ]
  return facts.reduce((number, fact) => numbers.number(number, fact), ports.domain[port])
}

/** Cut wherever a route, a list of a subnet or a map of the cloud begins to say something else. */
function placeCells(fabric: Fabric, plainPorts: readonly number[]): RankCells {
  const { ports, subnets, domains, rules, line } = fabric
  const behaviours = routeBehaviours(fabric)
  const behaviour = (route: number): number => (route < 0 ? -1 : behaviours[route])
  const distinct = (column: (port: number) => number): number[] =>
    [...new Set(plainPorts.map(column))].filter((one) => one >= 0)
  const cuts = [line.starts4.length]
  for (const table of distinct((port) => ports.table[port])) {
    cuts.push(...changesOf(fabric, table, behaviour))
  }
  for (const domain of distinct((port) => ports.domain[port])) {
    cuts.push(...changesOf(fabric, domains.privateMap[domain]))
    cuts.push(...changesOf(fabric, domains.ownMap[domain]))
  }
  cuts.push(...changesOf(fabric, fabric.privateSpace), ...changesOf(fabric, fabric.filterExempt))
  const lists = new Set(
    distinct((port) => ports.subnet[port]).flatMap((subnet) => [
      subnets.aclIn[subnet],
      subnets.aclOut[subnet],
    ]),
  )
  for (const list of lists) {
    if (list < 0) continue
    for (let entry = rules.offsets[list]; entry < rules.offsets[list + 1]; entry++) {
      cuts.push(rules.words[entry * 4 + 2], rules.words[entry * 4 + 3] + 1)
    }
  }
  return cellsBetween(cuts)
}
