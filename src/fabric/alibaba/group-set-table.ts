import type { SecurityGroup, Home } from '#model'
import type { Draft } from './draft.ts'
import type { Groups } from '../places.ts'

/** Sets of group numbers, stored once each. */
export class SetTable {
  private readonly numbers = new Map<string, number>()
  private readonly offsets: number[] = [0]
  private readonly members: number[] = []
  private readonly unread: number[] = []

  intern(ids: readonly string[], near: Home, draft: Draft): number {
    const found = ids.map((id) => draft.ids.securityGroup.find(id, near))
    const wanted = draft.on('sg.merged') ? found : found.slice(0, 1)
    const sorted = [...new Set(wanted)].sort((a, b) => a - b)
    const key = sorted.join()
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    const number = this.offsets.length - 1
    this.members.push(...sorted.filter((group) => group >= 0))
    this.offsets.push(this.members.length)
    this.unread.push(ids.length === 0 || sorted.includes(-1) ? 1 : 0)
    this.numbers.set(key, number)
    return number
  }

  columns(
    groups: readonly SecurityGroup[],
    draft: Draft,
  ): Pick<Groups, 'setOffsets' | 'members' | 'setEgressAccept' | 'setUnread' | 'setEmpty'> {
    const sets = this.unread.map((_, set) =>
      this.members.slice(this.offsets[set], this.offsets[set + 1]),
    )
    return {
      setOffsets: Int32Array.from(this.offsets),
      members: Int32Array.from(this.members),
      setEgressAccept: Uint8Array.from(sets, (set) => (letsOut(draft, set, groups) ? 1 : 0)),
      setUnread: Uint8Array.from(sets, (set, i) =>
        this.unread[i] || set.some((g) => isUnread(draft, groups[g])) ? 1 : 0,
      ),
      setEmpty: this.numbers.get('') ?? -1,
    }
  }
}

function letsOut({ on }: Draft, set: readonly number[], groups: readonly SecurityGroup[]): boolean {
  return set.every((group) =>
    groups[group].type === 'basic'
      ? on('sg.basic-egress-accept')
      : !on('sg.enterprise-egress-drop'),
  )
}

/** A group whose rules, or a list it draws on, were not read. */
function isUnread(draft: Draft, group: SecurityGroup): boolean {
  if (draft.gaps('securityGroup', group, group.id)?.id !== undefined) return true
  return group.rules.some(
    ({ peer }) =>
      peer.kind === 'prefixList' &&
      (draft.ids.prefixList.find(peer.prefixListId, group) < 0 ||
        draft.gaps('prefixList', group, peer.prefixListId)?.id !== undefined),
  )
}
