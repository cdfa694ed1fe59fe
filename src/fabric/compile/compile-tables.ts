import type { NextHop, Route, RouteTable, Vpc } from '#model'
import { vpcLinks } from './compile-classic.ts'
import type { PortColumns } from './compile-ports.ts'
import { type CompiledTables, rangesOf } from './compile-subnets.ts'
import type { Draft } from './draft.ts'
import { lengthOf } from './prefix-length.ts'
import { resolve } from './resolve-hop.ts'
import type { Hop, RouteList } from './route-list.ts'
import type { Paint } from '../interval-map.ts'
import { UNREAD } from '../places.ts'
import { insideOf, unreadSubnets } from './unread-subnets.ts'
import { HOP } from '../ways.ts'

/** Semantics `route.*`: one map per table, longest prefix painted last. */
export function compileTables(
  draft: Draft,
  columns: PortColumns,
  routes: RouteList,
): CompiledTables {
  const tables = draft.network.routeTable ?? []
  const implied = impliedByVpc(draft, routes)
  const maps = tables.map((table, position) => {
    const vpc = draft.ids.vpc.find(table.vpcId, table)
    const own = ownRoutes(draft, columns, routes, table, position)
    if (table.type === 'gateway') return draft.maps.add(inOrder(draft, own))
    const placed = withImplied(table, own, implied[vpc] ?? [])
    const doubts = unreadSubnets(draft, routes, table)
    const known = doubts.length > 0 ? placed.filter(insideOf(draft, table)) : []
    return draft.maps.add([...inOrder(draft, placed), ...doubts, ...inOrder(draft, known)])
  })
  return { ...vpcTables(draft, maps), gateways: gatewayTables(draft, maps) }
}

/** A route on its way into a map. */
interface PlacedRoute {
  readonly destination: string
  readonly number: number
}

/** A route the table names itself, in whatever state, stands for the implied one. */
function withImplied(
  table: RouteTable,
  own: readonly PlacedRoute[],
  implied: readonly PlacedRoute[],
): PlacedRoute[] {
  const named = new Set<string>(table.routes.map(({ destination }) => destination))
  return [...implied.filter(({ destination }) => !named.has(destination)), ...own]
}

/** What is painted later covers what was painted before: the longest prefix comes last. */
function inOrder(draft: Draft, placed: readonly PlacedRoute[]): Paint[] {
  const direction = draft.on('route.longest-prefix') ? 1 : -1
  return [...placed]
    .sort((a, b) => direction * (lengthOf(a.destination) - lengthOf(b.destination)))
    .map(({ destination, number }) => ({ ...draft.range(destination), value: number }))
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
    const hops = carryingHops(draft, route).map((hop) =>
      resolve(draft, columns, table, route, hop.target),
    )
    return [{ destination: route.destination, number: routes.add(position, entry, hops) }]
  })
}

/** Semantics `route.weights` and `route.branches`. */
function carryingHops({ on }: Draft, route: Route): readonly NextHop[] {
  const enabled = on('route.weights')
    ? route.nextHops.filter((hop) => hop.enabled !== false)
    : route.nextHops
  const active = enabled.filter((hop) => (hop.weight ?? 1) > 0)
  const carrying = on('route.weights') && active.length > 0 ? active : enabled
  return on('route.branches') ? carrying : carrying.slice(0, 1)
}

function impliedByVpc(draft: Draft, routes: RouteList): PlacedRoute[][] {
  const linkOf = vpcLinks(draft)
  const implied = (draft.network.vpc ?? []).map((vpc, i) =>
    impliedOf(draft, routes, vpc, linkOf(vpc, i)),
  )
  for (const subnet of draft.network.subnet ?? []) {
    const own = implied[draft.ids.vpc.find(subnet.vpcId, subnet)]
    for (const destination of rangesOf(subnet)) {
      own?.push({
        destination,
        number: routes.imply(`${destination} local`, { kind: HOP.local, target: -1 }),
      })
    }
  }
  return implied
}

function impliedOf(
  draft: Draft,
  routes: RouteList,
  vpc: Vpc,
  link: Hop | undefined,
): PlacedRoute[] {
  const place = (destination: string, word: string, kind: number, target = -1): PlacedRoute => ({
    destination,
    number: routes.imply(`${destination} ${word}`, { kind, target }),
  })
  const services = draft.on('route.services-local')
    ? [place(draft.known.services, 'local', HOP.service)]
    : []
  const classic = link ? [place(draft.known.classic, 'ClassicLink', link.kind, link.target)] : []
  const whole = draft.on('route.local-per-subnet')
    ? []
    : vpc.cidrs.map((cidr) => place(cidr, 'local', HOP.local))
  return [...services, ...classic, ...whole]
}

function vpcTables(draft: Draft, maps: readonly number[]): Pick<CompiledTables, 'of' | 'system'> {
  const tables = draft.network.routeTable ?? []
  const system = new Map<number, number>()
  tables.forEach((table, position) => {
    if (table.type === 'system')
      system.set(draft.ids.vpc.find(table.vpcId, table), readMap(draft, maps, position))
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

function readMap({ network, index }: Draft, maps: readonly number[], position: number): number {
  const table = network.routeTable?.[position]
  return !table || index.gap('routeTable', table, table.id)?.id !== undefined
    ? UNREAD
    : maps[position]
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
