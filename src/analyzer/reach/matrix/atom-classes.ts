import { type Fabric, hasPortWords } from '#fabric'
import type { ReachEnd } from '../reach-end.ts'
import type { Atom } from './atom.ts'
import { entriesAbout, speaksOf } from './atom-rules.ts'
import { type ClassRows, fillRows, type Side } from './class-rows.ts'
import { type Classes, numberClasses } from './number-classes.ts'
import { PairNumbers } from './number-pairs.ts'
import { createPlaceDecider, PLACED } from './place-verdicts.ts'
import type { Places } from './places.ts'
import { waysBetween } from './place-ways.ts'
import { cellsBetween, type RankCells } from './rank-cells.ts'
import { mergeLists, type SetLists, signaturesOf } from './set-lists.ts'

/** The plain ends about one atom: their classes, and what groups and places say of them. */
export interface AtomClasses {
  readonly atom: Atom
  readonly source: Side
  readonly destination: Side
  readonly rows: ClassRows
  /** Verdicts of pairs of places, destinations by rows (`PLACED`). */
  readonly placed: Uint8Array
  /** By place of the destination: the domains that its rows are about. */
  readonly openTo: readonly (readonly number[])[]
  /** Whether groups let packets through between two ends, by their order. */
  readonly admits: (source: number, destination: number) => boolean
}

/** Classifies the plain ends of a fabric, atom by atom. */
export function createClassifier(
  fabric: Fabric,
  ends: readonly ReachEnd[],
  places: Places,
): (atom: Atom) => AtomClasses {
  const { ports, groups, flags } = fabric
  const sets = Int32Array.from(places.ends, (end) => ports.set[ends[end].port])
  const ranks = Int32Array.from(places.ends, (end) => ends[end].rank)
  const used = Int32Array.from(new Set(sets))
  const ways = waysBetween(fabric, ends, places)
  const decidePlaces = createPlaceDecider(fabric, ends, places, ways)
  const known = new Map<string, Uint8Array>()
  const filters = subnetLists(fabric, ends, places)
  const memberships = {
    setOffsets: groups.setOffsets,
    members: groups.members,
    groups: groups.listIn.length + groups.unreadIds.length,
  }

  function placedAt(atom: Atom): Uint8Array {
    const key = filterKey(fabric, filters, atom)
    const placed = known.get(key) ?? decidePlaces(atom)
    known.set(key, placed)
    return placed
  }

  return (atom) => {
    const placed = placedAt(atom)
    const intra = flags.intraGroupFirst ? 'first' : 'last'
    const inbound = entriesAbout(fabric, atom, groups.listIn)
    const outbound = entriesAbout(fabric, atom, groups.listOut)
    const letsIn = mergeLists(fabric, inbound, used, () => flags.ingressDefaultAccept, intra)
    const isOpen = (set: number): boolean => groups.setEgressAccept[set] === 1
    const letsOut = mergeLists(fabric, outbound, used, isOpen, 'none')
    const sideOf = (own: SetLists, far: SetLists): Side => {
      const cells = cellsOf(far)
      const signatureOf = signaturesOf(fabric, used, far.named)
      const facts = { places: places.of, sets, ranks, placeDomain: places.domain }
      const all = { ...facts, listOf: own.of, signatureOf, cells }
      const classes = numberClasses(all, fabric.domains.count)
      return sideFrom(own, classes, places, { sets, ranks, signatureOf })
    }
    const source = sideOf(letsOut, letsIn)
    const destination = sideOf(letsIn, letsOut)
    const openTo = openDomains(places, placed)
    const placeOf = (c: number): number => places.of[destination.classes.end[c]]
    const rows = fillRows(
      source,
      destination,
      (c) => places.domain[placeOf(c)],
      (c) => openTo[placeOf(c)],
      memberships,
    )
    const admits = bitsOf(places, source.classes, destination.classes, rows, openTo)
    return { atom, source, destination, rows, placed, openTo, admits }
  }
}

const cellsOf = ({ low, high }: SetLists): RankCells =>
  cellsBetween([...low, ...high.map((rank) => rank + 1)])

function sideFrom(
  lists: SetLists,
  classes: Classes,
  places: Places,
  { sets, ranks, signatureOf }: Readonly<Record<'sets' | 'ranks' | 'signatureOf', Int32Array>>,
): Side {
  const { count, end, cell } = classes
  const chain = new PairNumbers(count)
  const listOf = new Int32Array(count).fill(-1)
  const alike = new Int32Array(count).fill(-1)
  for (let c = 0; c < count; c++) {
    if (end[c] < 0) continue
    listOf[c] = lists.of[sets[end[c]]]
    const domain = places.domain[places.of[end[c]]]
    alike[c] = chain.number(chain.number(cell[c], signatureOf[sets[end[c]]]), domain)
  }
  return { lists, classes, listOf, alike, sets, ranks }
}

/** By place: the domains from which some packet gets there, where groups let it. */
function openDomains({ count, domain }: Places, placed: Uint8Array): number[][] {
  return Array.from({ length: count }, (_, to) => {
    const open = new Set<number>()
    for (let from = 0; from < count; from++) {
      const way = placed[to * count + from]
      if (way !== PLACED.unreachable && way !== PLACED.walked) open.add(domain[from])
    }
    return [...open].sort((a, b) => a - b)
  })
}

function bitsOf(
  { of: placeOf, domain }: Places,
  from: Classes,
  to: Classes,
  { offsets, words }: ClassRows,
  openTo: AtomClasses['openTo'],
): AtomClasses['admits'] {
  return (source, destination) => {
    const wanted = domain[placeOf[source]]
    let offset = offsets[to.of[destination]]
    for (const one of openTo[placeOf[destination]]) {
      if (one === wanted) break
      offset += (from.behind[one] - from.first[one] + 31) >> 5
    }
    const bit = from.of[source] - from.first[wanted]
    return (words[offset + (bit >> 5)] & (1 << (bit & 31))) !== 0
  }
}

/** The stateless lists that the plain ends stand behind. */
function subnetLists(
  { ports, subnets }: Fabric,
  ends: readonly ReachEnd[],
  { ends: order }: Places,
): readonly number[] {
  const lists = new Set<number>()
  for (const end of order) {
    const subnet = ports.subnet[ends[end].port]
    lists.add(subnets.aclIn[subnet]).add(subnets.aclOut[subnet])
  }
  return [...lists].filter((list) => list >= 0)
}

/** Atoms of one key get from place to place alike: on the way back, ports are those of clients. */
function filterKey({ rules, flags }: Fabric, lists: readonly number[], atom: Atom): string {
  const { protocol, low, families } = atom
  const entries: number[] = []
  for (const list of lists) {
    for (let entry = rules.offsets[list]; entry < rules.offsets[list + 1]; entry++) {
      if (speaksOf(rules.words, entry, atom)) entries.push(entry)
    }
  }
  const isBlocked =
    protocol === flags.blockedProtocol && (!hasPortWords(protocol) || low === flags.blockedPort)
  return [protocol, families.join(), isBlocked, ...entries].join(' ')
}
