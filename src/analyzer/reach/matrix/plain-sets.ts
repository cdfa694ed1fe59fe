import { type Fabric, NARROWED, UNREAD_PEER } from '#fabric'

/** Sets of groups that were read, with rules about far ends and destination ports only. */
export function plainSets({ groups, rules }: Fabric): Uint8Array {
  const plainList = (list: number): boolean => {
    if (list < 0) return true
    for (let entry = rules.offsets[list]; entry < rules.offsets[list + 1]; entry++) {
      if (rules.words[entry * 4 + 1] & (NARROWED | UNREAD_PEER)) return false
    }
    return true
  }
  const plainGroup = Uint8Array.from(groups.listIn, (list, group) =>
    plainList(list) && plainList(groups.listOut[group]) ? 1 : 0,
  )
  return Uint8Array.from(groups.setUnread, (unread, set) => {
    if (unread === 1) return 0
    for (let at = groups.setOffsets[set]; at < groups.setOffsets[set + 1]; at++) {
      if (plainGroup[groups.members[at]] !== 1) return 0
    }
    return 1
  })
}
