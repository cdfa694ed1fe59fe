import type { NextHop, RouteTarget, RouteTargetKind } from '#model'

import { ask } from './ask.ts'
import { note } from '../note.ts'
import { unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import type { TableFacts } from './route-table-facts.ts'
import { child, isAbsent, shown, textOf, truthOf, wholeOf, wrappedOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { wordIn } from '../word.ts'

/** NextHopType words; `service` is 100.64.0.0/10, which the VPC serves itself. */
const targetKinds = {
  local: 'local',
  service: 'local',
  blackhole: 'blackhole',
  instance: 'instance',
  networkinterface: 'networkInterface',
  havip: 'haVip',
  routerinterface: 'routerInterface',
  natgateway: 'natGateway',
  vpngateway: 'vpnGateway',
  ipv6gateway: 'internetGateway',
  ipv4gateway: 'internetGateway',
  vpcpeer: 'peering',
  attachment: 'transitRouter',
  transitrouter: 'transitRouter',
  ecr: 'line',
  vbr: 'line',
  gatewayloadbalancerendpoint: 'endpoint',
} as const satisfies Record<string, RouteTargetKind | 'local' | 'blackhole'>

/** Where an entry sends packets: its `NextHops`, or the one hop that the older form prints. */
export function readNextHops(
  reading: Reading,
  table: TableFacts,
  entry: ApiRecord,
): readonly NextHop[] {
  const listed = wrappedOf(at(entry, 'NextHops'), 'NextHop')
  const system = textOf(at(entry, 'Type'))?.toLowerCase() === 'system'
  const hops = listed.map((hop) => ({
    type: child(hop, 'NextHopType'),
    id: child(hop, 'NextHopId'),
    weight: child(hop, 'Weight'),
    enabled: child(hop, 'Enabled'),
  }))
  if (hops.length > 0) return hops.map((hop) => readHop(reading, table, hop, system))
  const [instance, target] = [at(entry, 'InstanceId'), at(entry, 'NextHopId')]
  const id = isAbsent(instance) ? target : instance
  return [readHop(reading, table, { type: at(entry, 'NextHopType'), id }, system)]
}

interface PrintedHop {
  readonly type: Spot
  readonly id: Spot
  readonly weight?: Spot
  readonly enabled?: Spot
}

function readHop(reading: Reading, table: TableFacts, hop: PrintedHop, system: boolean): NextHop {
  const target = readTarget(reading, table, hop, system)
  // Weights mean something between router interfaces only; every other hop is printed with 0.
  const weight = target.kind === 'routerInterface' && hop.weight ? wholeOf(hop.weight) : undefined
  const off = target.kind !== 'local' && hop.enabled && truthOf(hop.enabled) === false
  return {
    target,
    ...(weight !== undefined && weight >= 0 && { weight }),
    ...(off && { enabled: false }),
  }
}

function readTarget(
  reading: Reading,
  table: TableFacts,
  { type, id }: PrintedHop,
  system: boolean,
): RouteTarget {
  const word = textOf(type)
  const kind = wordIn(targetKinds, word) ?? (word === undefined && system ? 'local' : undefined)
  if (kind === 'local' || kind === 'blackhole') return { kind }
  const target = textOf(id)
  if (kind !== undefined && target !== undefined) return { kind, id: target }
  if (kind !== undefined || word === undefined) {
    const call = ask.routeTable(table.id)
    unreadable(reading, 'routeTable', table, kind ? id : type, 'the next hop of a route', call)
  } else {
    const message = `${table.id}: next hops of type ${shown(type)} are not analysed.`
    note(reading, 'warning', type, 'route.unsupported-next-hop', message)
  }
  return { kind: 'unsupported', id: target ?? '', word: word ?? '' }
}
