import type { Peering } from '#model'

import { idOf } from '../brand.ts'
import { textOf } from '../spot.ts'
import { ask } from './ask.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'

/** VPC peering connections, also to other accounts and regions. `active` is the model's Activated. */
export function readPeerings(reading: Reading): readonly Peering[] {
  return recordsOf(reading, 'peering').flatMap((record) => {
    const requester = textOf(at(record, 'RequesterVpcInfo', 'VpcId'))
    const accepter = textOf(at(record, 'AccepterVpcInfo', 'VpcId'))
    const state = textOf(at(record, 'Status', 'Code'))
    if (requester === undefined || accepter === undefined || state === undefined) {
      const what = state === undefined ? 'its Status' : 'its two VPCs'
      unreadable(reading, 'peering', record, here(record), what, ask.peering(record.id))
      return []
    }
    return [
      {
        id: idOf(record.id),
        ...identityOf(record),
        requesterVpcId: idOf(requester),
        accepterVpcId: idOf(accepter),
        state: state === 'active' ? 'Activated' : state,
      },
    ]
  })
}
