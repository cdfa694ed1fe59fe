import type { EndpointPolicies, NatGatewayId, RouteTableId, SecurityGroupId, Subnet } from '#model'

import { idOf } from '../brand.ts'
import type { ReadCidr } from '../brand.ts'
import { cidrAt } from '../note.ts'
import { isAbsent, textOf, truthOf } from '../spot.ts'
import { wordIn } from '../word.ts'
import { ask } from './ask.ts'
import { natGatewayOf } from './nat-gateway.ts'
import { identityOf, networkOf, recordsOf, unreadable } from './reading.ts'
import { listAt, reference } from './link.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ArmRecord } from './record.ts'
import { readServiceEndpoints } from './service-endpoint.ts'

/** Subnets with what stands at their edge. */
export function readSubnets(reading: Reading): readonly Subnet[] {
  return recordsOf(reading, 'subnet').flatMap((record) => readSubnet(reading, record))
}

function readSubnet(reading: Reading, record: ArmRecord): Subnet[] {
  const ranges = rangesOf(reading, record)
  const ipv4 = ranges.filter(({ prefix }) => prefix.family === 4).map(({ cidr }) => cidr)
  const ipv6 = ranges.filter(({ prefix }) => prefix.family === 6).map(({ cidr }) => cidr)
  const [cidr = ipv6[0], ...moreCidrs] = ipv4
  if (cidr === undefined) {
    const spot = at(record, 'addressPrefix')
    unreadable(reading, 'subnet', record, spot, 'its range', ask(record.id))
    return []
  }
  const [ipv6Cidr] = ipv4.length > 0 ? ipv6 : []
  const serviceEndpoints = readServiceEndpoints(reading, record)
  return [
    {
      id: idOf(record.id),
      ...identityOf(record),
      vpcId: idOf(networkOf(reading, record.id)),
      cidr,
      ...(moreCidrs.length > 0 && { moreCidrs }),
      ...(ipv6Cidr !== undefined && { ipv6Cidr }),
      ...edgeOf(reading, record),
      ...(serviceEndpoints.length > 0 && { serviceEndpoints }),
    },
  ]
}

/** One prefix, or a list of them. */
function rangesOf(reading: Reading, record: ArmRecord): readonly ReadCidr[] {
  const spots = [at(record, 'addressPrefix'), ...listAt(reading, record, 'addressPrefixes')]
  const ranges = spots.flatMap((spot) => {
    if (isAbsent(spot)) return []
    const read = cidrAt(reading, spot)
    if (!read) unreadable(reading, 'subnet', record, spot, 'a range of it', ask(record.id))
    return read ?? []
  })
  return [...new Map(ranges.map((range) => [range.cidr, range])).values()]
}

type Edge = Pick<
  Subnet,
  'routeTableId' | 'securityGroupId' | 'natGatewayId' | 'defaultOutboundAccess' | 'endpointPolicies'
>

function edgeOf(reading: Reading, record: ArmRecord): Edge {
  const table = reference(reading, record, 'routeTable')
  const group = reference(reading, record, 'networkSecurityGroup')
  const nat = natGatewayOf(reading, record)
  const outbound = truthOf(at(record, 'defaultOutboundAccess'))
  const endpointPolicies = policiesOf(reading, record)
  return {
    ...(table !== undefined && { routeTableId: idOf<RouteTableId>(table) }),
    ...(group !== undefined && { securityGroupId: idOf<SecurityGroupId>(group) }),
    ...(nat !== undefined && { natGatewayId: idOf<NatGatewayId>(nat) }),
    ...(outbound !== undefined && { defaultOutboundAccess: outbound }),
    ...(endpointPolicies && { endpointPolicies }),
  }
}

const policies: Readonly<Record<string, EndpointPolicies | 'none'>> = {
  disabled: 'none',
  enabled: { securityGroup: true, routeTable: true },
  networksecuritygroupenabled: { securityGroup: true, routeTable: false },
  routetableenabled: { securityGroup: false, routeTable: true },
}

/** Whether filters and route tables hold for private endpoints: by default neither does. */
function policiesOf(reading: Reading, record: ArmRecord): EndpointPolicies | undefined {
  const spot = at(record, 'privateEndpointNetworkPolicies')
  if (isAbsent(spot)) return undefined
  const known = wordIn(policies, textOf(spot))
  if (known === undefined) {
    unreadable(reading, 'subnet', record, spot, 'its endpoint policies', ask(record.id))
  }
  return known === 'none' ? undefined : known
}
