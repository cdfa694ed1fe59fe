import type { RouteTarget, RouteTargetKind } from '#model'

import { note } from '../note.ts'
import { textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { ask } from './ask.ts'
import { field } from './field.ts'
import { recordOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import type { ApiRecord } from './record.ts'

/** Fields that name the target. The interface stands before the instance that has it. */
const fields = [
  ['NatGatewayId', 'natGateway'],
  ['VpcPeeringConnectionId', 'peering'],
  ['TransitGatewayId', 'transitRouter'],
  ['EgressOnlyInternetGatewayId', 'internetGateway'],
  ['NetworkInterfaceId', 'networkInterface'],
  ['InstanceId', 'instance'],
  ['VpcEndpointId', 'endpoint'],
] as const satisfies readonly (readonly [string, RouteTargetKind])[]

/** `GatewayId` names gateways of several kinds. */
const gatewayPrefixes = [
  ['igw-', 'internetGateway'],
  ['eigw-', 'internetGateway'],
  ['vgw-', 'vpnGateway'],
  ['vpce-', 'endpoint'],
  ['nat-', 'natGateway'],
  ['tgw-', 'transitRouter'],
  ['pcx-', 'peering'],
  ['eni-', 'networkInterface'],
] as const satisfies readonly (readonly [string, RouteTargetKind])[]

/** Targets that the model does not have, by the field that names them. */
const unsupported = [
  'LocalGatewayId',
  'CarrierGatewayId',
  'CoreNetworkArn',
  'OdbNetworkArn',
  'IpAddress',
] as const

/** Where a route sends packets. */
export function readTarget(reading: Reading, table: ApiRecord, entry: Spot): RouteTarget {
  const gateway = textOf(field(entry, 'GatewayId'))
  if (gateway === 'local') return { kind: 'local' }
  for (const [key, kind] of fields) {
    const id = textOf(field(entry, key))
    if (id !== undefined) return { kind, id }
  }
  if (gateway !== undefined) return gatewayTarget(reading, table, entry, gateway)
  for (const word of unsupported) {
    const spot = field(entry, word)
    const id = textOf(spot)
    if (id !== undefined) return strange(reading, table, spot, id, word)
  }
  unreadable(reading, 'routeTable', table, entry, 'the target of a route', ask.routeTable(table.id))
  return { kind: 'unsupported', id: '', word: '' }
}

function gatewayTarget(reading: Reading, table: ApiRecord, entry: Spot, id: string): RouteTarget {
  const known = gatewayPrefixes.find(([prefix]) => id.startsWith(prefix))
  if (known) return { kind: known[1], id }
  if (recordOf(reading, 'internetGateway', id)) return { kind: 'internetGateway', id }
  if (recordOf(reading, 'vpnGateway', id)) return { kind: 'vpnGateway', id }
  return strange(reading, table, field(entry, 'GatewayId'), id, id.split('-')[0] ?? id)
}

function strange(
  reading: Reading,
  table: ApiRecord,
  spot: Spot,
  id: string,
  word: string,
): RouteTarget {
  const message = `${table.id}: routes to ${id} (${word}) are not analysed.`
  note(reading, 'warning', spot, 'route.unsupported-target', message)
  return { kind: 'unsupported', id, word }
}
