import type { NextHop, Route, RouteTable, RouteTarget, Vpc } from '#model'
import type { RankRange } from '../address-line.ts'
import { HOP, type Routes, UNREAD } from '../fabric.ts'
import type { Paint } from '../interval-map.ts'
import { type CompiledTables, rangesOf } from './compile-places.ts'
import { type PortColumns, memberPort } from './compile-ports.ts'
import { type Draft, knownRanges } from './draft.ts'

/** A next hop as integers: one of `HOP` and what it points at. */
export interface Hop {
  readonly kind: number
  readonly target: number
}

/** Numbers routes as they are added; shared by every table. */
export class RouteList {
  private readonly table: number[] = []
  private readonly entry: number[] = []
  private readonly hopOffsets: number[] = [0]
  private readonly hopKind: number[] = []
  private readonly hopTarget: number[] = []
  private readonly impliedText = new Map<number, string>()

  /** A route of a table of the network; no hop at all means that none is in service. */
  add(table: number, entry: number, hops: readonly Hop[]): number {
    this.table.push(table)
    this.entry.push(entry)
    for (const { kind, target } of hops) {
      this.hopKind.push(kind)
      this.hopTarget.push(target)
    }
    this.hopOffsets.push(this.hopKind.length)
    return this.table.length - 1
  }

  /** A route that the provider implies. */
  imply(text: string, hop: Hop): number {
    const route = this.add(-1, -1, [hop])
    this.impliedText.set(route, text)
    return route
  }

  columns(): Routes {
    return {
      table: Int32Array.from(this.table),
      entry: Int32Array.from(this.entry),
      hopOffsets: Int32Array.from(this.hopOffsets),
      hopKind: Uint8Array.from(this.hopKind),
      hopTarget: Int32Array.from(this.hopTarget),
      impliedText: this.impliedText,
    }
  }
}

/** Semantics `route.*`: one map per table, longest prefix painted last. */
export function compileTables(draft: Draft, columns: PortColumns, routes: RouteList): CompiledTables {
  const tables = draft.network.routeTable ?? []
  const implied = impliedByVpc(draft, routes)
  const maps = tables.map((table, position) => {
    const vpc = draft.ids.vpc.find(table.vpcId, table)
    const own = ownRoutes(draft, columns, routes, table, position)
    return paintTable(draft, table.type === 'gateway' ? own : withImplied(table, own, implied[vpc] ?? []))
  })
  return { ...vpcTables(draft, maps), gateways: gatewayTables(draft, maps) }
}

/** A route on its way into a map. */
interface PlacedRoute {
  readonly destination: string
  readonly number: number
}

/** A route the table names itself, in whatever state, stands for the implied one. */
function withImplied(table: RouteTable, own: readonly PlacedRoute[], implied: readonly PlacedRoute[]): PlacedRoute[] {
  const named = new Set<string>(table.routes.map(({ destination }) => destination))
  return [...implied.filter(({ destination }) => !named.has(destination)), ...own]
}

function paintTable(draft: Draft, placed: readonly PlacedRoute[]): number {
  const direction = draft.on('route.longest-prefix') ? 1 : -1
  const order = [...placed].sort((a, b) => direction * (lengthOf(a.destination) - lengthOf(b.destination)))
  return draft.maps.add(order.map(({ destination, number }): Paint => ({ ...draft.range(destination), value: number })))
}

export function lengthOf(cidr: string): number {
  const slash = cidr.indexOf('/')
  if (slash < 0) return cidr.includes(':') ? 128 : 32
  return Number(cidr.slice(slash + 1))
}

function ownRoutes(
  draft: Draft,
  columns: PortColumns,
  routes: RouteList,
  table: RouteTable,
  position: number,
): PlacedRoute[] {
  return table.routes.flatMap((route, entry) => {
    if (route.state !== 'Available' && draft.on('route.active-only')) return []
    const hops = carryingHops(draft, route).map((hop) => resolve(draft, columns, table, route, hop.target))
    return [{ destination: route.destination, number: routes.add(position, entry, hops) }]
  })
}

/** Semantics `route.weights` and `route.branches`. */
function carryingHops({ on }: Draft, route: Route): readonly NextHop[] {
  const enabled = on('route.weights') ? route.nextHops.filter((hop) => hop.enabled !== false) : route.nextHops
  const active = enabled.filter((hop) => (hop.weight ?? 1) > 0)
  const carrying = on('route.weights') && active.length > 0 ? active : enabled
  return on('route.branches') ? carrying : carrying.slice(0, 1)
}

function resolve(draft: Draft, columns: PortColumns, table: RouteTable, route: Route, target: RouteTarget): Hop {
  switch (target.kind) {
    case 'local':
      return localHop(draft, table, route)
    case 'blackhole':
      return { kind: HOP.blackhole, target: -1 }
    case 'unsupported':
      return { kind: HOP.unsupported, target: -1 }
    case 'instance':
    case 'networkInterface':
      return relayHop(draft, columns, table, target, memberPort(draft, columns, target.id, table))
    case 'haVip':
      return haVipHop(draft, columns, table, target)
    case 'natGateway':
      return sameVpc(draft, table, target, draft.ids.natGateway.find(target.id, table), HOP.nat)
    case 'internetGateway':
      return sameVpc(draft, table, target, draft.ids.internetGateway.find(target.id, table), HOP.gateway)
    case 'peering':
      return found(draft, table, target, HOP.link, draft.ids.peering.find(target.id, table))
    case 'routerInterface': {
      const position = draft.ids.routerInterface.find(target.id, table)
      const link = position < 0 ? -1 : position + (draft.network.peering?.length ?? 0)
      return found(draft, table, target, HOP.link, link)
    }
    case 'vpnGateway':
    case 'line':
      return { kind: HOP.leaves, target: -1 }
    case 'transitRouter':
    case 'endpoint':
      return { kind: HOP.unsupported, target: -1 }
  }
}

/** The provider's services live inside 100.64.0.0/10 (`route.services-local`). */
function localHop(draft: Draft, table: RouteTable, route: Route): Hop {
  const services = draft.range(knownRanges.services)
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

function relayHop(draft: Draft, columns: PortColumns, table: RouteTable, target: NamedTarget, port: number): Hop {
  if (port < 0) return missing(draft, table, target)
  const vpc = draft.ids.vpc.find(table.vpcId, table)
  if (columns.domain[port] !== vpc) return { kind: HOP.unresolved, target: -1 }
  return { kind: HOP.relay, target: port }
}

function haVipHop(draft: Draft, columns: PortColumns, table: RouteTable, target: NamedTarget): Hop {
  const item = draft.network.haVip?.[draft.ids.haVip.find(target.id, table)]
  if (!item) return missing(draft, table, target)
  const announcer = draft.on('havip.master') ? item.master : (item.master ?? item.members[0])
  if (announcer === undefined) return { kind: HOP.noMaster, target: -1 }
  return relayHop(draft, columns, table, { kind: 'instance', id: announcer }, memberPort(draft, columns, announcer, item))
}

type NamedTarget = Extract<RouteTarget, { readonly id: string }>

/** Next hops must be in the VPC of their table (HELP route tables). */
function sameVpc(draft: Draft, table: RouteTable, target: NamedTarget, position: number, kind: number): Hop {
  if (position < 0) return missing(draft, table, target)
  const list = kind === HOP.nat ? draft.network.natGateway : draft.network.internetGateway
  const item = list?.[position]
  const own = item ? draft.ids.vpc.find(item.vpcId, item) : -1
  const same = own === draft.ids.vpc.find(table.vpcId, table)
  return same ? { kind, target: position } : { kind: HOP.unresolved, target: -1 }
}

function found(draft: Draft, table: RouteTable, target: NamedTarget, kind: number, number: number): Hop {
  return number < 0 ? missing(draft, table, target) : { kind, target: number }
}

function missing(draft: Draft, table: RouteTable, target: NamedTarget): Hop {
  const kind = target.kind === 'unsupported' ? 'endpoint' : target.kind
  const unread = draft.gaps(kind, table, target.id) !== undefined
  return { kind: unread ? HOP.unread : HOP.unresolved, target: -1 }
}

function impliedByVpc(draft: Draft, routes: RouteList): PlacedRoute[][] {
  const linked = linkedVpcs(draft)
  const implied = (draft.network.vpc ?? []).map((vpc, i) => impliedOf(draft, routes, vpc, linked.has(i)))
  for (const subnet of draft.network.subnet ?? []) {
    const own = implied[draft.ids.vpc.find(subnet.vpcId, subnet)]
    for (const destination of rangesOf(subnet)) {
      own?.push({ destination, number: routes.imply(`${destination} local`, { kind: HOP.local, target: -1 }) })
    }
  }
  return implied
}

function impliedOf(draft: Draft, routes: RouteList, vpc: Vpc, linked: boolean): PlacedRoute[] {
  const place = (destination: string, word: string, kind: number): PlacedRoute => ({
    destination,
    number: routes.imply(`${destination} ${word}`, { kind, target: -1 }),
  })
  const services = draft.on('route.services-local') ? [place(knownRanges.services, 'local', HOP.service)] : []
  const classic = linked ? [place(knownRanges.classic, 'ClassicLink', HOP.toClassic)] : []
  const whole = draft.on('route.local-per-subnet') ? [] : vpc.cidrs.map((cidr) => place(cidr, 'local', HOP.local))
  return [...services, ...classic, ...whole]
}

function linkedVpcs({ network, ids }: Draft): ReadonlySet<number> {
  const linked = new Set<number>()
  for (const item of network.instance ?? []) {
    const vpc = item.classic?.linkedVpcId
    if (vpc !== undefined) linked.add(ids.vpc.find(vpc, item))
  }
  return linked
}

function vpcTables(draft: Draft, maps: readonly number[]): Pick<CompiledTables, 'of' | 'system'> {
  const tables = draft.network.routeTable ?? []
  const system = new Map<number, number>()
  tables.forEach((table, position) => {
    if (table.type === 'system') system.set(draft.ids.vpc.find(table.vpcId, table), readMap(draft, maps, position))
  })
  return {
    system: (draft.network.vpc ?? []).map((_, vpc) => system.get(vpc) ?? UNREAD),
    of: (subnet) => {
      const named = draft.on('route.subnet-table') ? subnet.routeTableId : undefined
      if (named !== undefined) return readMap(draft, maps, draft.ids.routeTable.find(named, subnet))
      return system.get(draft.ids.vpc.find(subnet.vpcId, subnet)) ?? UNREAD
    },
  }
}

function readMap({ network, gaps }: Draft, maps: readonly number[], position: number): number {
  const table = network.routeTable?.[position]
  return !table || gaps('routeTable', table, table.id)?.id !== undefined ? UNREAD : maps[position]
}

function gatewayTables(draft: Draft, maps: readonly number[]): ReadonlyMap<number, number> {
  const byGateway = new Map<number, number>()
  if (!draft.on('internet.gateway-table')) return byGateway
  draft.network.internetGateway?.forEach((gateway, position) => {
    if (gateway.routeTableId === undefined || gateway.kind !== 'ipv4') return
    const table = draft.ids.routeTable.find(gateway.routeTableId, gateway)
    byGateway.set(position, readMap(draft, maps, table))
  })
  return byGateway
}
