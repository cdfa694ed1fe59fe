// whole: rows are filled by one closure over flat arrays; its parts share a dozen of them (decision 0006)
/* oxlint-disable max-lines-per-function -- one closure on purpose (decision 0006) */
import type { Classes } from './number-classes.ts'
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

/** Which class may send to which, as far as groups go. */
export interface ClassRows {
  /** Row of destination class d: words `offsets[d]` on, for one domain of sources after the other. */
  readonly offsets: Int32Array
  readonly words: Int32Array
}

/** Membership in groups, as room fabric holds it. */
export interface Memberships {
  readonly setOffsets: Int32Array
  readonly members: Int32Array
  /** How many groups are listed. */
  readonly groups: number
}

/**
 * Fills the rows of destination classes over source classes: bit `s` of a row is set where the
 * outbound list of class s and the inbound list of the row's class both let the packets through.
 * `open` names the domains of sources that can get to a destination class at all.
 */
export function fillRows(
  source: Side,
  destination: Side,
  domainOf: (destinationClass: number) => number,
  open: (destinationClass: number) => readonly number[],
  memberships: Memberships,
): ClassRows {
  const { setOffsets, members } = memberships
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
  const order = classesByList()
  const offsets = new Int32Array(to.count + 1)
  const words = new Int32Array(layOut())
  fill()
  return { offsets, words }

  function layOut(): number {
    let total = 0
    for (let c = 0; c < to.count; c++) {
      offsets[c] = total
      if (to.end[c] < 0) continue
      for (const domain of open(c)) total += wordsOf(domain)
    }
    offsets[to.count] = total
    return total
  }

  /** Classes of one list and one domain share their inbound row: it is made once for all of them. */
  function classesByList(): Int32Array {
    const some = Int32Array.from(to.end.subarray(0, to.count).keys()).filter((c) => to.end[c] >= 0)
    const { listOf } = destination
    return some.sort((a, b) => listOf[a] - listOf[b] || domainOf(a) - domainOf(b) || a - b)
  }

  function fill(): void {
    const filled = new Int32Array(to.count)
    filled.set(offsets.subarray(0, to.count))
    const { listOf } = destination
    for (let at = 0; at < order.length;) {
      const [list, here] = [listOf[order[at]], domainOf(order[at])]
      let end = at
      while (end < order.length && listOf[order[end]] === list && domainOf(order[end]) === here) {
        end++
      }
      fillGroup(order.subarray(at, end), list, here)
      at = end
    }
  }

  function fillGroup(group: Int32Array, list: number, here: number): void {
    let made = -1
    const byDomain = new Map<number, number[]>()
    for (const c of group) {
      let offset = offsets[c]
      for (const domain of open(c)) {
        const known = byDomain.get(domain)
        if (known) known.push(c, offset)
        else byDomain.set(domain, [c, offset])
        offset += wordsOf(domain)
      }
    }
    for (const [domain, rows] of byDomain) {
      if (made !== domain) inboundRow(list, here, domain)
      made = domain
      for (let i = 0; i < rows.length; i += 2) join(rows[i], rows[i + 1], here, domain)
    }
  }

  function join(c: number, offset: number, here: number, domain: number): void {
    const out = outboundRow(c, here, domain)
    const count = wordsOf(domain)
    if (out === undefined) for (let w = 0; w < count; w++) words[offset + w] = row[w]
    else for (let w = 0; w < count; w++) words[offset + w] = row[w] & out[w]
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
    for (const { list, bits } of listsIn[domain]) {
      if (!letsOut(list, destination.ranks[end], destination.sets[end], here === domain)) {
        whole = false
        continue
      }
      for (let i = 0; i < bits.length; i += 2) made[bits[i]] |= bits[i + 1]
    }
    egress.set(alike, whole ? undefined : made)
    return whole ? undefined : made
  }

  function letsOut(list: number, rank: number, set: number, isNear: boolean): boolean {
    for (let at = outbound.offsets[list]; at < outbound.offsets[list + 1]; at++) {
      const predicate = outbound.codes[at] >> 1
      const matches =
        predicate >= outbound.groupBase
          ? isNear && hasGroup(set, predicate - outbound.groupBase)
          : outbound.low[predicate] <= rank && rank <= outbound.high[predicate]
      if (matches) return (outbound.codes[at] & 1) === 1
    }
    return outbound.accepts[list] === 1
  }

  function hasGroup(set: number, group: number): boolean {
    for (let i = setOffsets[set]; i < setOffsets[set + 1]; i++) {
      if (members[i] === group) return true
    }
    return false
  }
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
