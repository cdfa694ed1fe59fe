import type { HaVip, InstanceId, NetworkInterfaceId } from '#model'

import { ask } from './ask.ts'
import { idAt, idOf } from '../brand.ts'
import { addressText } from './interface-address.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { compareText } from '../compare-text.ts'
import { at, here } from './record.ts'
import { textOf, textsOf } from '../spot.ts'

/** High-availability virtual addresses; members and master are instances or interfaces. */
export function readHaVips(reading: Reading): readonly HaVip[] {
  return recordsOf(reading, 'haVip').flatMap((record) => {
    const call = ask.haVip(record.id)
    const subnetId = textOf(at(record, 'VSwitchId'))
    const address = addressText(at(record, 'IpAddress'))
    if (subnetId === undefined || address === undefined) {
      const what = 'its vSwitch and address'
      unreadable(reading, 'haVip', record, here(record), what, call)
      return []
    }
    const members = textsOf(at(record, 'AssociatedInstances'), 'associatedInstance')
    const master = idAt<InstanceId | NetworkInterfaceId>(at(record, 'MasterInstanceId'))
    return [
      {
        id: idOf(record.id),
        ...identityOf(record, 'Name'),
        subnetId: idOf(subnetId),
        address,
        members: members.toSorted(compareText).map((id) => idOf<InstanceId>(id)),
        ...(master !== undefined && { master }),
      },
    ]
  })
}
