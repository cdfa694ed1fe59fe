// whole: rows are filled by one closure over flat arrays; its parts share a dozen of them (decision 0006)
/* oxlint-disable max-lines-per-function -- one closure on purpose (decision 0006) */
import type { Classes } from './number-classes.ts'
import { PairNumbers } from './number-pairs.ts'
import { letsThrough, type Memberships } from './lets-through.ts'
import type { SetLists } from './set-lists.ts'

/** What one direction's lists say, and the ends that they speak of. */
export interface Side {
  /** Lists of the ends of this side. */
  readonly lists: SetLists
  /** Classes of this side: told apart by their lists, and by what the lists of the other side name. */
  readonly classes: Classes
  /** By class: its list. */
  readonly listOf: Int32Array
  /** By class: classes with one number are alike to the lists of the other side. */
  readonly alike: Int32Array
  /** Of each end in order: its set of groups and its rank. */
  readonly sets: Int32Array
  readonly ranks: Int32Array
}

/**
 * Takes a row: bit `s` of the first words says whether the `s`th class of a domain of sources may
 * send to a destination class, as far as groups go. The words are used again for the next row.
 */
export type TakeRow = (destinationClass: number, domain: number, row: Int32Array) => void

/** What a row of destination classes is about. */
export interface RowPlan {
  readonly domainOf: (destinationClass: number) => number
  /** The domains of sources that can get to a class at all. */
  readonly open: (destinationClass: number) => readonly number[]
  /** Classes of one domain for which `open` names the same have one number. */
  readonly openness: (destinationClass: number) => number
}

/**
 * Makes the rows of all destination classes, class by class and domain by domain: a bit is set
 * where the outbound list of the source's class and the inbound list of the row's class both let
 * the packets through. Rows are handed over and not kept: at 100,000 interfaces with groups of
 * their own they are 126 MB, and what asks for one pair reads the lists as fast.
 */
export function makeRows(
  source: Side,
  destination: Side,
  { domainOf, open, openness }: RowPlan,
  memberships: Memberships,
  take: TakeRow,
): void {
  const { classes: from, lists: outbound } = source
  const { classes: to, lists: inbound } = destination
  const domains = from.first.length
  const wordsOf = (domain: number): number => (from.behind[domain] - from.first[domain] + 31) >> 5
  const widest = Math.max(1, ...Array.from(from.first.keys(), wordsOf))
  const left = new Int32Array(widest)
  const row = new Int32Array(widest)
  const byGroup = classesByGroup(source, memberships)
  const rangeCount = inbound.low.length
  const bounds = new Int32Array(2 * rangeCount * domains).fill(-1)
  const listsIn = listBits(source)
  const egress = new Map<number, Int32Array | undefined>()
  const both = new Int32Array(widest)
  visit()

  /** Classes of one list, domain and openness share their inbound rows: each is made once. */
  function visit(): void {
    const { order, ends } = sharedRows()
    for (let group = 0, at = 0; group < ends.length; group++) {
      const c = order[at]
      for (const domain of open(c)) {
        inboundRow(destination.listOf[c], domainOf(c), domain)
        for (let i = at; i < ends[group]; i++) handOver(order[i], domain)
      }
      at = ends[group]
    }
  }

  /** Destination classes in groups, and where each group ends. */
  function sharedRows(): { readonly order: Int32Array; readonly ends: Int32Array } {
    const numbers = new PairNumbers(to.count)
    const groupOf = new Int32Array(to.count).fill(-1)
    const sizes = new Int32Array(to.count)
    for (let c = 0; c < to.count; c++) {
      if (to.end[c] < 0) continue
      groupOf[c] = numbers.number(destination.listOf[c], openness(c))
      sizes[groupOf[c]]++
    }
    const ends = sizes.slice(0, groupsIn(sizes))
    for (let group = 1; group < ends.length; group++) ends[group] += ends[group - 1]
    const order = new Int32Array(ends.at(-1) ?? 0)
    const next = ends.slice()
    for (let c = to.count - 1; c >= 0; c--) if (groupOf[c] >= 0) order[--next[groupOf[c]]] = c
    return { order, ends }
  }

  function handOver(c: number, domain: number): void {
    const out = outboundRow(c, domainOf(c), domain)
    if (out === undefined) return take(c, domain, row)
    for (let w = 0; w < out.length; w++) both[w] = row[w] & out[w]
    take(c, domain, both)
  }

  /** What a list lets in from one domain, into `row`. */
  function inboundRow(list: number, here: number, domain: number): void {
    const count = wordsOf(domain)
    const base = from.first[domain]
    const all = from.behind[domain] - base
    const drops = inbound.drops[list] === 1
    const accepts = inbound.accepts[list] === 1
    row.fill(0, 0, count)
    if (drops || accepts) fillBits(left, all)
    for (let at = inbound.offsets[list]; at < inbound.offsets[list + 1]; at++) {
      const code = inbound.codes[at]
      const predicate = code >> 1
      const accept = (code & 1) === 1
      if (predicate >= inbound.groupBase) {
        if (here !== domain) continue
        const group = predicate - inbound.groupBase
        for (let i = byGroup.offsets[group]; i < byGroup.offsets[group + 1]; i++) {
          const bit = byGroup.classes[i] - base
          if (bit < 0 || bit >= all) continue
          if (accept) row[bit >> 5] |= (drops ? left[bit >> 5] : -1) & (1 << (bit & 31))
          if (drops || accepts) left[bit >> 5] &= ~(1 << (bit & 31))
        }
        continue
      }
      const known = boundsOf(predicate, domain)
      applyRange(bounds[known] - base, bounds[known + 1] - base, accept, drops, drops || accepts)
    }
    if (accepts) for (let w = 0; w < count; w++) row[w] |= left[w]
  }

  /** An entry about the classes from `low` to before `high`. */
  function applyRange(
    low: number,
    high: number,
    accept: boolean,
    drops: boolean,
    tracks: boolean,
  ): void {
    if (low >= high) return
    const last = (high - 1) >> 5
    for (let w = low >> 5; w <= last; w++) {
      let mask = -1
      if (w === low >> 5) mask &= -1 << (low & 31)
      if (w === last) mask &= -1 >>> (31 - ((high - 1) & 31))
      if (accept) row[w] |= drops ? left[w] & mask : mask
      if (tracks) left[w] &= ~mask
    }
  }

  /** Where the classes of a domain lie that a range holds; they are in the order of their cells. */
  function boundsOf(predicate: number, domain: number): number {
    const at = 2 * (predicate * domains + domain)
    if (bounds[at] >= 0) return at
    bounds[at] = firstFrom(inbound.low[predicate], domain)
    bounds[at + 1] = firstFrom(inbound.high[predicate] + 1, domain)
    return at
  }

  /** First class of a domain with ends at or behind a rank; ranges are cut at cells. */
  function firstFrom(rank: number, domain: number): number {
    let low = from.first[domain]
    let high = from.behind[domain]
    while (low < high) {
      const middle = (low + high) >> 1
      if (source.ranks[from.end[middle]] < rank) low = middle + 1
      else high = middle
    }
    return low
  }

  /** What outbound lists of one domain let out to a class; undefined: everything. */
  function outboundRow(c: number, here: number, domain: number): Int32Array | undefined {
    const end = to.end[c]
    const alike = destination.alike[c] * domains + domain
    const known = egress.get(alike)
    if (known || egress.has(alike)) return known
    const made = new Int32Array(wordsOf(domain))
    let whole = true
    const [rank, set] = [destination.ranks[end], destination.sets[end]]
    for (const { list, bits } of listsIn[domain]) {
      if (!letsThrough(outbound, list, rank, set, here === domain, memberships)) {
        whole = false
        continue
      }
      for (let i = 0; i < bits.length; i += 2) made[bits[i]] |= bits[i + 1]
    }
    egress.set(alike, whole ? undefined : made)
    return whole ? undefined : made
  }
}

/** Groups are numbered without gaps. */
function groupsIn(sizes: Int32Array): number {
  const end = sizes.indexOf(0)
  return end < 0 ? sizes.length : end
}

/** The first `count` bits; those behind them in the last word are clear. */
function fillBits(words: Int32Array, count: number): void {
  words.fill(-1, 0, count >> 5)
  if (count & 31) words[count >> 5] = -1 >>> (32 - (count & 31))
}

interface GroupClasses {
  readonly offsets: Int32Array
  readonly classes: Int32Array
}

/** The source classes with each group; all ends of a class have the same of those that matter. */
function classesByGroup(
  { classes: { count, end }, sets }: Side,
  { setOffsets, members, groups }: Memberships,
): GroupClasses {
  const offsets = new Int32Array(groups + 1)
  const each = (visit: (group: number, source: number) => void): void => {
    for (let c = 0; c < count; c++) {
      if (end[c] < 0) continue
      const set = sets[end[c]]
      for (let i = setOffsets[set]; i < setOffsets[set + 1]; i++) visit(members[i], c)
    }
  }
  each((group) => offsets[group + 1]++)
  for (let group = 0; group < groups; group++) offsets[group + 1] += offsets[group]
  const classes = new Int32Array(offsets[groups])
  const next = offsets.slice()
  each((group, c) => {
    classes[next[group]++] = c
  })
  return { offsets, classes }
}

/** A list, and the classes of one domain that have it: words and their bits in turn. */
interface ListBits {
  readonly list: number
  readonly bits: number[]
}

function listBits({ classes: { first, behind, end }, listOf }: Side): readonly ListBits[][] {
  return Array.from(first, (base, domain) => {
    const found = new Map<number, ListBits>()
    for (let c = base; c < behind[domain]; c++) {
      if (end[c] < 0) continue
      const known = found.get(listOf[c]) ?? { list: listOf[c], bits: [] }
      found.set(listOf[c], known)
      const word = (c - base) >> 5
      const bit = 1 << ((c - base) & 31)
      const last = known.bits.length - 2
      if (known.bits[last] === word) known.bits[last + 1] |= bit
      else known.bits.push(word, bit)
    }
    return [...found.values()]
  })
}
