import type { Peering } from '#model'

import { ask } from './ask.ts'
import { idOf } from '../brand.ts'
import { note } from '../note.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { shown, textOf } from '../spot.ts'
import { stateWordAt } from './words.ts'

/** VPC peering connections of the VpcPeer API. */
export function readPeerings(reading: Reading): readonly Peering[] {
  return recordsOf(reading, 'peering').flatMap((record) => {
    const requester = textOf(at(record, 'Vpc', 'VpcId'))
    const accepter = textOf(at(record, 'AcceptingVpc', 'VpcId'))
    if (requester === undefined || accepter === undefined) {
      const call = ask.peering(record.id)
      unreadable(reading, 'peering', record, here(record), 'its two VPCs', call)
      return []
    }
    const state = stateOf(reading, record)
    if (state === undefined) return []
    return [
      {
        id: idOf(record.id),
        ...identityOf(record, 'Name'),
        requesterVpcId: idOf(requester),
        accepterVpcId: idOf(accepter),
        state,
      },
    ]
  })
}

/** A connection locked for money carries nothing, though it stays `Activated`. */
function stateOf(reading: Reading, record: ApiRecord): string | undefined {
  const business = at(record, 'BizStatus')
  const word = textOf(business)
  if (word === undefined || word === 'Normal') {
    const subject = { ...record, kind: 'peering', call: ask.peering(record.id) } as const
    return stateWordAt(reading, subject, at(record, 'Status'))
  }
  const message = `${record.id} is ${shown(business)}, which is taken as its state.`
  note(reading, 'warning', business, 'peering.locked', message)
  return word
}
