import type { NetworkAclId, RouteTableId, Subnet } from '#model'

import { ask } from './ask.ts'
import type { Bindings } from './binding.ts'
import { idOf } from '../brand.ts'
import { cidrAt } from '../note.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { isAbsent, textOf } from '../spot.ts'

/** vSwitches; what route tables and network ACLs say about them is in `bindings`. */
export function readVSwitches(reading: Reading, bindings: Bindings): readonly Subnet[] {
  return recordsOf(reading, 'subnet').flatMap((record) => readVSwitch(reading, record, bindings))
}

function readVSwitch(reading: Reading, record: ApiRecord, bindings: Bindings): Subnet[] {
  const vpcId = textOf(at(record, 'VpcId'))
  const range = at(record, 'CidrBlock')
  const cidr = cidrAt(reading, range)?.cidr
  if (vpcId === undefined || cidr === undefined) {
    const [spot, what] = vpcId === undefined ? [here(record), 'its VpcId'] : [range, 'its range']
    unreadable(reading, 'subnet', record, spot, what, ask.subnet(record.id))
    return []
  }
  const ipv6 = at(record, 'Ipv6CidrBlock')
  const read6 = cidrAt(reading, ipv6)
  const ipv6Cidr = read6?.prefix.family === 6 ? read6.cidr : undefined
  if (ipv6Cidr === undefined && !isAbsent(ipv6)) {
    unreadable(reading, 'subnet', record, ipv6, 'its IPv6 range', ask.subnet(record.id))
  }
  const zone = textOf(at(record, 'ZoneId'))
  const routeTableId = bindings.tables.get(record.id)
  const networkAclId = bindings.acls.get(record.id)
  return [
    {
      id: idOf(record.id),
      ...identityOf(record, 'VSwitchName'),
      vpcId: idOf(vpcId),
      ...(zone !== undefined && { zone }),
      cidr,
      ...(ipv6Cidr !== undefined && { ipv6Cidr }),
      ...(routeTableId !== undefined && { routeTableId: idOf<RouteTableId>(routeTableId) }),
      ...(networkAclId !== undefined && { networkAclId: idOf<NetworkAclId>(networkAclId) }),
    },
  ]
}
