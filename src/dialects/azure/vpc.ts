import type { Vpc } from '#model'

import { idOf } from '../brand.ts'
import { cidrAt } from '../note.ts'
import { elementsOf } from '../spot.ts'
import type { AdminMembers } from './admin-member.ts'
import { ask } from './ask.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ArmRecord } from './record.ts'

/** Virtual networks, with the rule collections of network managers that hold for them. */
export function readVpcs(reading: Reading, members: AdminMembers): readonly Vpc[] {
  return recordsOf(reading, 'virtualNetwork').map((record) => {
    const { cidrs, ipv6Cidrs } = rangesOf(reading, record)
    const groups = members(record.id)
    return {
      id: idOf(record.id),
      ...identityOf(record),
      cidrs,
      ...(ipv6Cidrs.length > 0 && { ipv6Cidrs }),
      ...(groups.length > 0 && { adminGroupIds: groups.map((id) => idOf(id)) }),
    }
  })
}

function rangesOf(
  reading: Reading,
  record: ArmRecord,
): { readonly cidrs: Vpc['cidrs']; readonly ipv6Cidrs: Vpc['cidrs'] } {
  const list = at(record, 'addressSpace', 'addressPrefixes')
  const ranges = elementsOf(list).flatMap((spot) => {
    const read = cidrAt(reading, spot)
    if (!read) unreadable(reading, 'vpc', record, spot, 'a range of it', ask(record.id))
    return read ?? []
  })
  if (ranges.length === 0) unreadable(reading, 'vpc', record, list, 'its ranges', ask(record.id))
  const ofFamily = (family: 4 | 6): Vpc['cidrs'] => [
    ...new Set(ranges.flatMap(({ cidr, prefix }) => (prefix.family === family ? cidr : []))),
  ]
  return { cidrs: ofFamily(4), ipv6Cidrs: ofFamily(6) }
}
