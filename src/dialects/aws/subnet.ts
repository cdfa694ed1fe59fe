import type { NetworkAclId, RouteTableId, Subnet } from '#model'

import { idOf } from '../brand.ts'
import { cidrAt } from '../note.ts'
import { isAbsent, textOf } from '../spot.ts'
import { ask } from './ask.ts'
import type { Bindings } from './binding.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { associatedRanges } from './vpc.ts'

/** Subnets; what route tables and network ACLs say about them is in `bindings`. */
export function readSubnets(reading: Reading, bindings: Bindings): readonly Subnet[] {
  return recordsOf(reading, 'subnet').flatMap((record) => readSubnet(reading, record, bindings))
}

function readSubnet(reading: Reading, record: ApiRecord, bindings: Bindings): Subnet[] {
  const call = ask.subnet(record.id)
  const subject = { ...record, kind: 'subnet', call } as const
  const vpcId = textOf(at(record, 'VpcId'))
  const range = at(record, 'CidrBlock')
  const ipv4 = isAbsent(range) ? undefined : cidrAt(reading, range)?.cidr
  const [ipv6Cidr] = associatedRanges(
    reading,
    subject,
    6,
    at(record, 'Ipv6CidrBlockAssociationSet'),
  )
  // An IPv6-only subnet has no other range.
  const cidr = ipv4 ?? (isAbsent(range) ? ipv6Cidr : undefined)
  if (vpcId === undefined || cidr === undefined) {
    const [spot, what] = vpcId === undefined ? [here(record), 'its VpcId'] : [range, 'its range']
    unreadable(reading, 'subnet', record, spot, what, call)
    return []
  }
  const zone = textOf(at(record, 'AvailabilityZone'))
  const routeTableId = bindings.tables.get(record.id)
  const networkAclId = bindings.acls.get(record.id)
  return [
    {
      id: idOf(record.id),
      ...identityOf(record),
      vpcId: idOf(vpcId),
      ...(zone !== undefined && { zone }),
      cidr,
      ...(ipv4 !== undefined && ipv6Cidr !== undefined && { ipv6Cidr }),
      ...(routeTableId !== undefined && { routeTableId: idOf<RouteTableId>(routeTableId) }),
      ...(networkAclId !== undefined && { networkAclId: idOf<NetworkAclId>(networkAclId) }),
    },
  ]
}
