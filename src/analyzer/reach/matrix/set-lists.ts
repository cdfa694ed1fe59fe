/* oxlint-disable max-lines-per-function -- one closure over the arrays that it fills (decision 0006) */
import { ACCEPT, type Fabric, GROUP_PEER } from '#fabric'
import type { GroupEntries } from './atom-rules.ts'
import { PairNumbers } from './number-pairs.ts'

/**
 * The rules of one direction as sets of groups apply them to an atom: the lists of their groups
 * merged, equal lists stored once. An entry is a code: `predicate * 2`, and one more if it accepts.
 */
export interface SetLists {
  /** List of each set. */
  readonly of: Int32Array
  /** Codes of list l stand at `offsets[l]` to `offsets[l + 1] - 1`. */
  readonly offsets: Int32Array
  readonly codes: Int32Array
  /** 1 where a list accepts what none of its entries matches. */
  readonly accepts: Uint8Array
  /** 1 where some entry of a list drops. */
  readonly drops: Uint8Array
  /** Ranges of ranks by predicate; predicates from `groupBase` on are groups. */
  readonly low: Int32Array
  readonly high: Int32Array
  readonly groupBase: number
  /** By group: 1 where some list names it. */
  readonly named: Uint8Array
}

/** How members of one group meet: before the rules, behind them, or not in this direction. */
export type Intra = 'first' | 'last' | 'none'

/** Merges the lists of the groups of each wanted set. */
export function mergeLists(
  { rules, groups }: Fabric,
  { offsets: groupOffsets, entries }: GroupEntries,
  sets: Int32Array,
  acceptsOf: (set: number) => boolean,
  intra: Intra,
): SetLists {
  const ranges = new PairNumbers()
  const lows: number[] = []
  const highs: number[] = []
  const groupCount = groups.listIn.length
  const named = new Uint8Array(groupCount)
  const codeOf = entryCodes()
  const chain = new PairNumbers(sets.length * 4)
  const listAt: number[] = []
  const offsets: number[] = [0]
  const codes: number[] = []
  const accepts: number[] = []
  const drops: number[] = []
  const of = new Int32Array(groups.setUnread.length).fill(-1)
  const merged: number[] = []
  for (const set of sets) {
    gather(set)
    of[set] = listOf(acceptsOf(set))
  }
  return {
    of,
    offsets: Int32Array.from(offsets),
    codes: Int32Array.from(codes),
    accepts: Uint8Array.from(accepts),
    drops: Uint8Array.from(drops),
    low: Int32Array.from(lows),
    high: Int32Array.from(highs),
    groupBase: ranges.count,
    named,
  }

  /** Groups come behind the ranges, of which the number is known once all entries were read. */
  function entryCodes(): Int32Array {
    const predicates = Int32Array.from(entries, (entry) => {
      const word = rules.words[entry * 4 + 1]
      const [first, last] = [rules.words[entry * 4 + 2], rules.words[entry * 4 + 3]]
      if (word & GROUP_PEER) {
        named[first] = 1
        return -1 - first
      }
      const range = ranges.number(first, last)
      lows[range] = first
      highs[range] = last
      return range
    })
    return predicates.map((predicate, at) => {
      const number = predicate < 0 ? ranges.count - 1 - predicate : predicate
      return number * 2 + (rules.words[entries[at] * 4 + 1] & ACCEPT ? 1 : 0)
    })
  }

  function gather(set: number): void {
    merged.length = 0
    const [start, end] = [groups.setOffsets[set], groups.setOffsets[set + 1]]
    for (let i = start; i < end; i++) {
      const group = groups.members[i]
      for (let at = groupOffsets[group]; at < groupOffsets[group + 1]; at++) insert(at)
    }
    for (let i = 0; i < merged.length; i++) merged[i] = codeOf[merged[i]]
    if (intra === 'none') return
    let front = 0
    for (let i = start; i < end; i++) {
      const group = groups.members[i]
      if (groups.intra[group] !== 1) continue
      named[group] = 1
      const code = (ranges.count + group) * 2 + 1
      if (intra === 'first') merged.splice(front++, 0, code)
      else merged.push(code)
    }
  }

  /** By key: of equal ones, which say the same, the order does not matter. */
  function insert(at: number): void {
    const key = rules.keys[entries[at]]
    let place = merged.length
    while (place > 0 && rules.keys[entries[merged[place - 1]]] > key) {
      merged[place] = merged[place - 1]
      place--
    }
    merged[place] = at
  }

  /** Chains begin with a negative number, which no pair has: so chains of any length are told apart. */
  function listOf(accept: boolean): number {
    let link = accept ? -2 : -1
    for (const code of merged) link = chain.number(link, code)
    const at = link + 2
    while (listAt.length <= at) listAt.push(-1)
    if (listAt[at] >= 0) return listAt[at]
    codes.push(...merged)
    offsets.push(codes.length)
    accepts.push(accept ? 1 : 0)
    drops.push(merged.some((code) => (code & 1) === 0) ? 1 : 0)
    listAt[at] = accepts.length - 1
    return listAt[at]
  }
}

/** The groups of each set that lists name, as a number: sets of one number are alike to all lists. */
export function signaturesOf({ groups }: Fabric, sets: Int32Array, named: Uint8Array): Int32Array {
  const chain = new PairNumbers(sets.length * 2)
  const of = new Int32Array(groups.setUnread.length).fill(-1)
  for (const set of sets) {
    let link = -1
    for (let i = groups.setOffsets[set]; i < groups.setOffsets[set + 1]; i++) {
      if (named[groups.members[i]] === 1) link = chain.number(link, groups.members[i])
    }
    of[set] = link
  }
  return of
}
