import type { Route, RouteTable, RouteTarget } from '#model'
import type { RankRange } from '../address-line.ts'
import { exitOf } from './compile-exits.ts'
import type { PortColumns } from './compile-ports.ts'
import { attachmentsOf } from './transit-attachments.ts'
import type { Draft } from './draft.ts'
import { memberPort } from './find-port.ts'
import type { Hop } from './route-list.ts'
import { HOP } from '../ways.ts'

export function resolve(
  draft: Draft,
  columns: PortColumns,
  table: RouteTable,
  route: Route,
  target: RouteTarget,
): Hop {
  switch (target.kind) {
    case 'local':
      return localHop(draft, table, route)
    case 'blackhole':
      return { kind: HOP.blackhole, target: -1 }
    case 'unsupported':
    case 'internet':
    case 'gateway':
    case 'address':
      return { kind: HOP.unsupported, target: -1 }
    case 'instance':
    case 'networkInterface':
      return relayHop(draft, columns, table, target, memberPort(draft, columns, target.id, table))
    case 'haVip':
      return haVipHop(draft, columns, table, target)
    case 'natGateway': {
      const nat = draft.ids.natGateway.find(target.id, table)
      const hop = sameVpc(draft, table, target, nat, HOP.nat)
      return draft.on('eni.nat') && hop.kind === HOP.nat ? natInterface(draft, table, nat) : hop
    }
    case 'internetGateway':
      return sameVpc(
        draft,
        table,
        target,
        draft.ids.internetGateway.find(target.id, table),
        HOP.gateway,
      )
    case 'peering':
      return found(draft, table, target, HOP.link, draft.ids.peering.find(target.id, table))
    case 'routerInterface':
      return routerHop(draft, table, target)
    case 'vpnGateway':
    case 'line':
      return draft.index.get(target.kind, target.id, table) === undefined
        ? missing(draft, table, target)
        : { kind: HOP.leaves, target: exitOf(draft, target.kind, target.id) }
    case 'transitRouter':
      return transitHop(draft, table, target)
    case 'endpoint':
      return endpointHop(draft, table, target)
  }
}

/** A NAT gateway is reached at its own interface. */
function natInterface({ network, ids }: Draft, table: RouteTable, nat: number): Hop {
  const id = network.natGateway?.[nat]?.addresses?.[0]?.networkInterfaceId
  const port = id === undefined ? -1 : ids.networkInterface.find(id, table)
  return port < 0 ? { kind: HOP.unread, target: -1 } : { kind: HOP.translate, target: port }
}

/** Into a transit router by the attachment of the table's VPC. */
function transitHop(draft: Draft, table: RouteTable, target: NamedTarget): Hop {
  const router = draft.index.get('transitRouter', target.id, table)
  const known = typeof router === 'object' && router.attachments && router.tables
  if (!known) return { kind: HOP.unsupported, target: -1 }
  const number = attachmentsOf(draft).findIndex(
    ({ router: own, attachment }) =>
      own === router && attachment.kind === 'vpc' && attachment.resourceId === table.vpcId,
  )
  return number < 0 ? { kind: HOP.unresolved, target: -1 } : { kind: HOP.transit, target: number }
}

/** A gateway endpoint is the service that it leads to; the others hand packets to somebody. */
function endpointHop({ network, index }: Draft, table: RouteTable, target: NamedTarget): Hop {
  const item = index.get('endpoint', target.id, table)
  if (typeof item !== 'object' || item.type !== 'gateway')
    return { kind: HOP.unsupported, target: -1 }
  return { kind: HOP.service, target: network.endpoint?.indexOf(item) ?? -1 }
}

/** The provider's services live inside 100.64.0.0/10 (`route.services-local`). */
function localHop(draft: Draft, table: RouteTable, route: Route): Hop {
  const services = draft.range(draft.known.services)
  const range = draft.range(route.destination)
  const inServices = services.low <= range.low && range.high <= services.high
  if (!inServices || overlapsSubnet(draft, table, range)) return { kind: HOP.local, target: -1 }
  return { kind: draft.on('route.services-local') ? HOP.service : HOP.blackhole, target: -1 }
}

function overlapsSubnet(draft: Draft, table: RouteTable, range: RankRange): boolean {
  return (draft.network.subnet ?? []).some((subnet) => {
    if (subnet.vpcId !== table.vpcId) return false
    const own = draft.range(subnet.cidr)
    return own.low <= range.high && range.low <= own.high
  })
}

function relayHop(
  draft: Draft,
  columns: PortColumns,
  table: RouteTable,
  target: NamedTarget,
  port: number,
): Hop {
  if (port < 0) return missing(draft, table, target)
  const vpc = draft.ids.vpc.find(table.vpcId, table)
  if (columns.domain[port] !== vpc) return { kind: HOP.unresolved, target: -1 }
  return { kind: HOP.relay, target: port }
}

function haVipHop(draft: Draft, columns: PortColumns, table: RouteTable, target: NamedTarget): Hop {
  const item = draft.network.haVip?.[draft.ids.haVip.find(target.id, table)]
  if (!item) return missing(draft, table, target)
  if (draft.index.isDoubted('haVip', item)) return { kind: HOP.unread, target: -1 }
  const announcer = draft.on('havip.master') ? item.master : (item.master ?? item.members[0])
  if (announcer === undefined) return { kind: HOP.noMaster, target: -1 }
  const port = memberPort(draft, columns, announcer, item)
  if (port >= 0) return relayHop(draft, columns, table, target, port)
  const unread = draft.index.lack('networkInterface', item) ?? draft.index.lack('instance', item)
  return { kind: unread ? HOP.unread : HOP.unresolved, target: -1 }
}

/** The other end of the same link is no next hop; an end whose VPC was not read may be ours. */
function routerHop(draft: Draft, table: RouteTable, target: NamedTarget): Hop {
  const position = draft.ids.routerInterface.find(target.id, table)
  const item = draft.network.routerInterface?.[position]
  if (!item) return missing(draft, table, target)
  const link = { kind: HOP.link, target: position + (draft.network.peering?.length ?? 0) }
  if (item.vpcId === undefined || draft.index.isDoubted('routerInterface', item)) return link
  const { vpc } = draft.ids
  const ours = vpc.find(item.vpcId, item) === vpc.find(table.vpcId, table)
  return ours ? link : { kind: HOP.unresolved, target: -1 }
}

type NamedTarget = Extract<RouteTarget, { readonly id: string }>

/** Next hops must be in the VPC of their table (HELP route tables). */
function sameVpc(
  draft: Draft,
  table: RouteTable,
  target: NamedTarget,
  position: number,
  kind: number,
): Hop {
  if (position < 0) return missing(draft, table, target)
  const list = kind === HOP.nat ? draft.network.natGateway : draft.network.internetGateway
  const item = list?.[position]
  // A NAT gateway in doubt still serves addresses of its own; the walk asks `Nats.unread`.
  if (kind === HOP.gateway && item && draft.index.isDoubted('internetGateway', item))
    return { kind: HOP.unread, target: -1 }
  const own = item ? draft.ids.vpc.find(item.vpcId, item) : -1
  const same = own === draft.ids.vpc.find(table.vpcId, table)
  return same ? { kind, target: position } : { kind: HOP.unresolved, target: -1 }
}

export function found(
  draft: Draft,
  table: RouteTable,
  target: NamedTarget,
  kind: number,
  number: number,
): Hop {
  return number < 0 ? missing(draft, table, target) : { kind, target: number }
}

function missing(draft: Draft, table: RouteTable, target: NamedTarget): Hop {
  const kind = target.kind === 'unsupported' ? 'endpoint' : target.kind
  const { index, ids } = draft
  const gap = index.gap(kind, table, target.id)
  // A listed instance is missed for the interface that would take the packet.
  const listed = kind === 'instance' && ids.instance.find(target.id, table) >= 0
  const unread = (gap ?? (listed ? index.lack('networkInterface', table) : undefined)) !== undefined
  return { kind: unread ? HOP.unread : HOP.unresolved, target: -1 }
}
