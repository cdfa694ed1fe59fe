import type { Fabric } from '#fabric'
import type { ReachEnd } from '../reach-end.ts'
import type { Atom } from './atom.ts'
import { entriesAbout } from './atom-rules.ts'
import { makeRows, type RowPlan, type Side, type TakeRow } from './class-rows.ts'
import { letsThrough } from './lets-through.ts'
import { type Classes, numberClasses } from './number-classes.ts'
import { PairNumbers } from './number-pairs.ts'
import { createPlaceDecider, PLACED } from './place-verdicts.ts'
import type { Places } from './places.ts'
import { cellsBetween, type RankCells } from './rank-cells.ts'
import { mergeLists, type SetLists, signaturesOf } from './set-lists.ts'

/** The plain ends about one atom: their classes, and what groups and places say of them. */
export interface AtomClasses {
  readonly atom: Atom
  readonly source: Side
  readonly destination: Side
  /** Verdicts of pairs of places, destinations by rows (`PLACED`). */
  readonly placed: Uint8Array
  /** Hands over what groups say of whole classes, row by row. */
  readonly rows: (take: TakeRow) => void
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
  const decidePlaces = createPlaceDecider(fabric, ends, places)
  const memberships = {
    setOffsets: groups.setOffsets,
    members: groups.members,
    groups: groups.listIn.length + groups.unreadIds.length,
  }

  return (atom) => {
    const placed = decidePlaces(atom)
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
    const plan = planRows(places, placed, destination.classes)
    const rows = (take: TakeRow): void => makeRows(source, destination, plan, memberships, take)
    const admits = (from: number, to: number): boolean => {
      const isNear = places.domain[places.of[from]] === places.domain[places.of[to]]
      return (
        letsThrough(letsOut, letsOut.of[sets[from]], ranks[to], sets[to], isNear, memberships) &&
        letsThrough(letsIn, letsIn.of[sets[to]], ranks[from], sets[from], isNear, memberships)
      )
    }
    return { atom, source, destination, rows, placed, admits }
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

function planRows(places: Places, placed: Uint8Array, { end }: Classes): RowPlan {
  const openTo = openDomains(places, placed)
  const openness = alikeOpen(places, openTo)
  const placeOf = (c: number): number => places.of[end[c]]
  return {
    domainOf: (c) => places.domain[placeOf(c)],
    open: (c) => openTo[placeOf(c)],
    openness: (c) => openness[placeOf(c)],
  }
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

/** Places of one domain that are open to the same domains have one number. */
function alikeOpen({ domain }: Places, openTo: readonly (readonly number[])[]): Int32Array {
  const numbers = new Map<string, number>()
  return Int32Array.from(openTo, (domains, place) => {
    const key = `${domain[place]} ${domains.join()}`
    const known = numbers.get(key) ?? numbers.size
    numbers.set(key, known)
    return known
  })
}
