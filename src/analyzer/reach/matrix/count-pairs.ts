import type { Fabric } from '#fabric'
import type { ReachEnd } from '../reach-end.ts'
import type { AtomClasses } from './atom-classes.ts'
import type { Classes } from './number-classes.ts'
import { PLACED } from './place-verdicts.ts'
import { type Places, sharesGuest } from './places.ts'

/** How many pairs are reachable: bits by the sizes of their classes, and the pairs that bits do not tell. */
export function countPairs(
  fabric: Fabric,
  ends: readonly ReachEnd[],
  places: Places,
  positions: Int32Array,
  classes: AtomClasses,
  verdict: (from: number, to: number) => string | undefined,
): number {
  let total = countBits(places, classes)
  const isReachable = (from: number, to: number): boolean => verdict(from, to) === 'reachable'
  total -= countSelves(places, classes)
  for (const [from, to] of places.kin) {
    if (isCounted(places, classes, positions[from], positions[to])) total--
    if (isReachable(from, to)) total++
  }
  for (const [from, to] of askedPairs(fabric, ends, places, positions, classes)) {
    if (isReachable(from, to)) total++
  }
  return total
}

/** Ends that their class lets send to themselves; neighbours are of one class as a rule. */
function countSelves(places: Places, classes: AtomClasses): number {
  const from = classes.source.classes.of
  const to = classes.destination.classes.of
  let total = 0
  let isSelf = false
  for (let at = 0; at < places.ends.length; at++) {
    const isAlike = at > 0 && from[at] === from[at - 1] && to[at] === to[at - 1]
    if (!isAlike) isSelf = isCounted(places, classes, at, at)
    if (isSelf) total++
  }
  return total
}

function isCounted(
  { of, count }: Places,
  { placed, admits }: AtomClasses,
  source: number,
  destination: number,
): boolean {
  return (
    placed[of[destination] * count + of[source]] === PLACED.reachable && admits(source, destination)
  )
}

/** Pairs that are asked one by one: of odd ends with all, and those between places that are walked. */
function* askedPairs(
  fabric: Fabric,
  ends: readonly ReachEnd[],
  { ends: order, of, count }: Places,
  positions: Int32Array,
  { placed }: AtomClasses,
): Generator<readonly [number, number]> {
  for (let odd = 0; odd < ends.length; odd++) {
    if (positions[odd] >= 0) continue
    for (let end = 0; end < ends.length; end++) {
      yield [odd, end]
      if (positions[end] >= 0) yield [end, odd]
    }
  }
  if (!placed.includes(PLACED.walked)) return
  for (const [source, from] of order.entries()) {
    for (const [destination, to] of order.entries()) {
      const walked = placed[of[destination] * count + of[source]] === PLACED.walked
      if (walked && !sharesGuest(fabric, ends[from], ends[to])) yield [from, to]
    }
  }
}

function countBits(places: Places, { source, destination, rows, placed }: AtomClasses): number {
  const { classes: from } = source
  const { classes: to } = destination
  const weights = byteWeights(from)
  const masks = maskMaker(places, from, placed)
  let total = 0
  rows((c, domain, row) => {
    const mask = masks(places.of[to.end[c]], domain)
    const base = from.first[domain] >> 5
    let sum = 0
    for (let w = 0; w < mask.length; w++) {
      const word = row[w] & mask[w]
      if (word !== 0) sum += weightOf(weights, base + w, word)
    }
    total += sum * to.size[c]
  })
  return total
}

const weightOf = (weights: Int32Array, word: number, bits: number): number =>
  weights[(word << 10) | (bits & 255)] +
  weights[(word << 10) | 256 | ((bits >>> 8) & 255)] +
  weights[(word << 10) | 512 | ((bits >>> 16) & 255)] +
  weights[(word << 10) | 768 | (bits >>> 24)]

/** For each byte of each word and each value of it, how many ends its classes have. */
function byteWeights({ count, size }: Classes): Int32Array {
  const bytes = ((count + 31) >> 5) << 2
  const weights = new Int32Array(bytes << 8)
  for (let byte = 0; byte < bytes; byte++) {
    const base = byte << 8
    for (let value = 1; value < 256; value++) {
      const lowest = 31 - Math.clz32(value & -value)
      weights[base | value] = weights[base | (value & (value - 1))] + size[(byte << 3) | lowest]
    }
  }
  return weights
}

/** The classes of a domain from which a place is reachable, as words. */
function maskMaker(
  { count, of }: Places,
  { first, behind, end }: Classes,
  placed: Uint8Array,
): (place: number, domain: number) => Int32Array {
  const known = new Map<number, Int32Array>()
  return (place, domain) => {
    const key = place * first.length + domain
    const kept = known.get(key)
    if (kept) return kept
    const base = first[domain]
    const mask = new Int32Array((behind[domain] - base + 31) >> 5)
    for (let c = base; c < behind[domain]; c++) {
      if (placed[place * count + of[end[c]]] === PLACED.reachable) {
        mask[(c - base) >> 5] |= 1 << ((c - base) & 31)
      }
    }
    known.set(key, mask)
    return mask
  }
}
