import type { NatGateway, SubnetId } from '#model'

import { ask, askAbout } from './ask.ts'
import { idAt, idOf } from '../brand.ts'
import { groupByOwner, identityOf, isAnswered, miss, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { readDnat, readSnat } from './nat-entry.ts'
import { isAbsent, textOf, wholeOf } from '../spot.ts'
import { wordIn } from '../word.ts'
import { locksOf, stateWordAt } from './words.ts'

/** NAT gateways with their entries; one whose entries were not read is listed with a gap. */
export function readNatGateways(reading: Reading): readonly NatGateway[] {
  const snat = groupByOwner(reading, 'snatEntry')
  const forward = groupByOwner(reading, 'forwardEntry')
  return recordsOf(reading, 'natGateway').flatMap((record) => {
    const subject = { ...record, kind: 'natGateway', call: ask.natGateway(record.id) } as const
    const vpcId = textOf(at(record, 'VpcId'))
    if (vpcId === undefined) {
      unreadable(reading, 'natGateway', record, here(record), 'its VpcId', subject.call)
      return []
    }
    requireEntries(reading, record)
    const subnetId =
      idAt<SubnetId>(at(record, 'NatGatewayPrivateInfo', 'VswitchId')) ??
      idAt<SubnetId>(at(record, 'PrivateInfo', 'VswitchId'))
    return [
      {
        id: idOf(record.id),
        ...identityOf(record, 'Name'),
        vpcId: idOf(vpcId),
        ...(subnetId !== undefined && { subnetId }),
        reach: reachOf(reading, record),
        // Anything but `Available` is out of service.
        state: stateWordAt(reading, subject, at(record, 'Status')) ?? 'Unknown',
        ...locksOf(at(record, 'OperationLocks'), at(record, 'BusinessStatus')),
        snat: (snat.get(record.id) ?? []).flatMap((entry) => readSnat(reading, record, entry)),
        dnat: (forward.get(record.id) ?? []).flatMap((entry) => readDnat(reading, record, entry)),
      },
    ]
  })
}

/** GetNatGatewayAttribute counts the entries: none needs no further call. */
function requireEntries(reading: Reading, record: ApiRecord): void {
  const none = (...path: readonly [string, string]): boolean => wholeOf(at(record, ...path)) === 0
  const snat = isAnswered(reading, record.id, 'DescribeSnatTableEntries')
  if (!snat && !none('SnatTable', 'SnatEntryCount')) {
    miss(reading, 'natGateway', record, askAbout.snat(record.id))
  }
  const forward = isAnswered(reading, record.id, 'DescribeForwardTableEntries')
  if (!forward && !none('ForwardTable', 'ForwardEntryCount')) {
    miss(reading, 'natGateway', record, askAbout.forward(record.id))
  }
}

/** Gateways of the first generation were all for the Internet, and print no type. */
function reachOf(reading: Reading, record: ApiRecord): NatGateway['reach'] {
  const spot = at(record, 'NetworkType')
  const known = wordIn({ internet: 'internet', intranet: 'intranet' } as const, textOf(spot))
  if (!known && !isAbsent(spot)) {
    const call = ask.natGateway(record.id)
    unreadable(reading, 'natGateway', record, spot, 'its NetworkType', call)
  }
  return known ?? 'internet'
}
