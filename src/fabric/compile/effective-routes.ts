import type { Subnet } from '#model'
import type { Paint } from '../interval-map.ts'
import { UNREAD } from '../places.ts'
import { exitOf } from './compile-exits.ts'
import type { PortColumns } from './compile-ports.ts'
import type { CompiledTables } from './compile-subnets.ts'
import type { Draft } from './draft.ts'
import { endpointRoutes, serviceRoutes, unreadServices } from './endpoint-routes.ts'
import {
  behindGateway,
  gatewaysOf,
  mayHavePeers,
  mayLearnMore,
  neighboursOf,
  rangesNear,
} from './neighbours.ts'
import { covers, lengthOf } from './prefix-length.ts'
import type { RouteList } from './route-list.ts'
import { learnedRoutes, platformRoutes, systemRoutes, unreadRoutes } from './system-routes.ts'
import type { Making, Placed, Surroundings } from './table-making.ts'
import { userRoutes } from './user-routes.ts'

/**
 * Feature `route.effective`: what a subnet routes by is worked out from its VPC, its peers, what
 * gateways know and the user-defined routes of its table, of which none stands alone.
 */
export function effectiveTables(
  draft: Draft,
  columns: PortColumns,
  routes: RouteList,
): CompiledTables {
  const maps = new Map<string, number>()
  const around = (draft.network.vpc ?? []).map((_, vpc) => surroundings(draft, vpc))
  const mapOf = (vpc: number, subnet: Subnet | undefined): number => {
    const place = around[vpc]
    const table = tableOf(draft, subnet)
    if (!place || table === 'unread') return UNREAD
    const key = [vpc, table ?? -1, ...(subnet?.serviceEndpoints ?? [])].join(' ')
    const known = maps.get(key)
    if (known !== undefined) return known
    const fresh = draft.maps.add(paintsOf({ draft, columns, routes, ...place, table, subnet }))
    maps.set(key, fresh)
    return fresh
  }
  return {
    of: (subnet) => mapOf(draft.ids.vpc.find(subnet.vpcId, subnet), subnet),
    system: around.map((_, vpc) => mapOf(vpc, undefined)),
    gateways: new Map(),
  }
}

/** Position of a subnet's route table; undefined: it has none. */
function tableOf(draft: Draft, subnet: Subnet | undefined): number | 'unread' | undefined {
  if (subnet?.routeTableId === undefined) return undefined
  const position = draft.ids.routeTable.find(subnet.routeTableId, subnet)
  const table = draft.network.routeTable?.[position]
  return table && !draft.index.isDoubted('routeTable', table) ? position : 'unread'
}

function surroundings(draft: Draft, vpc: number): Surroundings {
  const gateways = gatewaysOf(draft, vpc).map((gateway) => ({
    exit: exitOf(draft, 'vpnGateway', gateway.id),
    known: behindGateway(draft, gateway),
  }))
  return {
    vpc,
    neighbours: neighboursOf(draft, vpc),
    exits: gateways.map(({ exit }) => exit),
    learned: gateways.flatMap(({ exit, known }) =>
      known.map((destination) => ({ destination, exit })),
    ),
    mayLearn: mayLearnMore(draft, vpc),
    mayHavePeers: mayHavePeers(draft, vpc),
  }
}

function paintsOf(making: Making): readonly Paint[] {
  const { draft } = making
  const user = userRoutes(making)
  const learned = learnedRoutes(making)
  const placed = [...systemRoutes(making), ...learned, ...serviceRoutes(making), ...user]
  const direction = draft.on('route.longest-prefix') ? 1 : -1
  const userFirst = draft.on('azure.route.user-first') ? 1 : -1
  const paint = ({ destination, number }: Placed): Paint => ({
    ...draft.range(destination),
    value: number,
  })
  const inOrder = placed.toSorted(
    (a, b) =>
      direction * (lengthOf(a.destination) - lengthOf(b.destination)) ||
      userFirst * (a.rank - b.rank),
  )
  const services = unreadServices(making)
  const inside = services.length === 0 ? [] : inOrder.filter((one) => isPrivate(making, one))
  const doubts = unreadRoutes(making)
  // What is nearer than any gateway, or known of one, stays as it is.
  const sure = doubts.length === 0 ? [] : inOrder.filter((one) => isSure(making, learned, one))
  const last = [...endpointRoutes(making, user), ...platformRoutes(making)]
  return [...inOrder, ...services, ...inside, ...doubts, ...sure, ...last].map(paint)
}

/** Whether a route is about addresses that no service has. */
function isPrivate(making: Making, { destination }: Placed): boolean {
  const { draft } = making
  const range = draft.range(destination)
  const known = draft.known.private4.map((cidr) => draft.range(cidr))
  return [...known, ...rangesNear(draft, making)].some((outer) => covers(outer, range))
}

/** Whether no route that was not read can come before one, or it would lead to the same place. */
function isSure(making: Making, learned: readonly Placed[], one: Placed): boolean {
  const { draft } = making
  // A peer comes before what a gateway knows, however long that is.
  if (learned.includes(one)) return !making.mayHavePeers
  const range = draft.range(one.destination)
  const near = rangesNear(draft, making)
  return lengthOf(one.destination) === 32 || near.some((outer) => covers(outer, range))
}
