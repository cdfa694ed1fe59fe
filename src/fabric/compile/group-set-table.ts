import type { SecurityGroup, Home } from '#model'
import type { Draft } from './draft.ts'
import type { Groups } from '../places.ts'

/** Sets of group numbers, stored once each. */
export class SetTable {
  private readonly numbers = new Map<string, number>()
  private readonly offsets: number[] = [0]
  private readonly members: number[] = []

  intern(ids: readonly string[], near: Home, draft: Draft): number {
    const found = ids.map((id) => draft.securityGroups.number(id, near))
    const wanted = draft.on('sg.merged') ? found : found.slice(0, 1)
    const sorted = [...new Set(wanted)].sort((a, b) => a - b)
    const key = sorted.join()
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    const number = this.offsets.length - 1
    this.members.push(...sorted)
    this.offsets.push(this.members.length)
    this.numbers.set(key, number)
    return number
  }

  columns(
    groups: readonly SecurityGroup[],
    draft: Draft,
  ): Pick<
    Groups,
    'setOffsets' | 'members' | 'setEgressAccept' | 'setUnread' | 'setEmpty' | 'unreadIds'
  > {
    const sets = this.offsets
      .slice(0, -1)
      .map((start, set) => this.members.slice(start, this.offsets[set + 1]))
    const isOpen = (set: readonly number[]): boolean =>
      set.length === 0 || set.some((group) => isUnread(draft, groups[group]))
    return {
      setOffsets: Int32Array.from(this.offsets),
      members: Int32Array.from(this.members),
      setEgressAccept: Uint8Array.from(sets, (set) => (letsOut(draft, set, groups) ? 1 : 0)),
      setUnread: Uint8Array.from(sets, (set) => (isOpen(set) ? 1 : 0)),
      setEmpty: this.numbers.get('') ?? -1,
      unreadIds: draft.securityGroups.unreadIds,
    }
  }
}

function letsOut(
  { on }: Draft,
  set: readonly number[],
  groups: readonly (SecurityGroup | undefined)[],
): boolean {
  return set.every((group) =>
    groups[group]?.type === 'basic'
      ? on('sg.basic-egress-accept')
      : !on('sg.enterprise-egress-drop'),
  )
}

/** A group whose rules were not read. */
function isUnread({ index }: Draft, group: SecurityGroup | undefined): boolean {
  return !group || index.isDoubted('securityGroup', group)
}
