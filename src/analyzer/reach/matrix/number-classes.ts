import { PairNumbers } from './number-pairs.ts'
import { type RankCells } from './rank-cells.ts'

/** What tells ends of one direction apart. */
export interface ClassFacts {
  /** Of each end in order: its place, its set of groups, its rank. */
  readonly places: Int32Array
  readonly sets: Int32Array
  readonly ranks: Int32Array
  readonly placeDomain: Int32Array
  /** By set: its own list, and which groups it has that far lists name. */
  readonly listOf: Int32Array
  readonly signatureOf: Int32Array
  /** Cells between the bounds of the ranges that far lists name. */
  readonly cells: RankCells
}

/**
 * Ends that no rule about an atom tells apart, numbered in the order of the ends: those of a domain
 * stand together, from a multiple of 32 on, and in the order of their cells.
 */
export interface Classes {
  readonly count: number
  /** Class of each end in order. */
  readonly of: Int32Array
  /** An end of each class, in order; -1 for numbers that were left out before a new domain. */
  readonly end: Int32Array
  readonly cell: Int32Array
  readonly size: Int32Array
  /** First class of each domain and the one behind its last; words are `first >> 5` on. */
  readonly first: Int32Array
  readonly behind: Int32Array
}

export function numberClasses(facts: ClassFacts, domains: number): Classes {
  const { places, sets, ranks, placeDomain, listOf, signatureOf, cells } = facts
  const ends = places.length
  const most = ends + 32 * domains
  const of = new Int32Array(ends)
  const [end, cell] = [new Int32Array(most).fill(-1), new Int32Array(most)]
  const size = new Int32Array(most)
  const [first, behind] = [new Int32Array(domains), new Int32Array(domains)]
  const chain = new PairNumbers(ends)
  const known = new Int32Array(4 * ends + 1).fill(-1)
  let count = 0
  let domain = -1
  let here = 0
  for (let at = 0; at < ends; at++) {
    const place = places[at]
    if (placeDomain[place] !== domain) {
      domain = placeDomain[place]
      here = cells.cellOf(ranks[at])
      count = (count + 31) & ~31
      first[domain] = count
    }
    while (here + 1 < cells.starts.length && cells.starts[here + 1] <= ranks[at]) here++
    const set = sets[at]
    const link = chain.number(
      chain.number(chain.number(place, listOf[set]), signatureOf[set]),
      here,
    )
    if (known[link] < 0) {
      known[link] = count
      end[count] = at
      cell[count++] = here
    }
    of[at] = known[link]
    size[of[at]]++
    behind[domain] = count
  }
  return { count, of, end, cell, size, first, behind }
}
