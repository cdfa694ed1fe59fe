import type { SetLists } from './set-lists.ts'

/** Membership in groups, as room fabric holds it. */
export interface Memberships {
  readonly setOffsets: Int32Array
  readonly members: Int32Array
  /** How many groups are listed or named. */
  readonly groups: number
}

/** Whether a list lets packets through of which the far end has this rank and these groups. */
export function letsThrough(
  { offsets, codes, groupBase, low, high, accepts }: SetLists,
  list: number,
  rank: number,
  set: number,
  isNear: boolean,
  memberships: Memberships,
): boolean {
  for (let at = offsets[list]; at < offsets[list + 1]; at++) {
    const predicate = codes[at] >> 1
    const matches =
      predicate >= groupBase
        ? isNear && hasGroup(memberships, set, predicate - groupBase)
        : low[predicate] <= rank && rank <= high[predicate]
    if (matches) return (codes[at] & 1) === 1
  }
  return accepts[list] === 1
}

function hasGroup({ setOffsets, members }: Memberships, set: number, group: number): boolean {
  for (let i = setOffsets[set]; i < setOffsets[set + 1]; i++) {
    if (members[i] === group) return true
  }
  return false
}
