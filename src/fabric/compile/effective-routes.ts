import type { Subnet } from '#model'
import type { Paint } from '../interval-map.ts'
import { UNREAD } from '../places.ts'
import { exitOf } from './compile-exits.ts'
import type { PortColumns } from './compile-ports.ts'
import type { CompiledTables } from './compile-subnets.ts'
import type { Draft } from './draft.ts'
import { endpointRoutes, serviceRoutes } from './endpoint-routes.ts'
import { behindGateway, gatewayOf, neighboursOf } from './neighbours.ts'
import { lengthOf } from './prefix-length.ts'
import type { RouteList } from './route-list.ts'
import { learnedRoutes, systemRoutes } from './system-routes.ts'
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
  const gateway = gatewayOf(draft, vpc)
  const lines = (draft.network.line ?? []).filter(
    ({ attachedTo: at }) => gateway && at?.kind === 'vpnGateway' && at.id === gateway.id,
  )
  return {
    vpc,
    neighbours: neighboursOf(draft, vpc),
    exit: gateway ? exitOf(draft, 'vpnGateway', gateway.id) : -1,
    learned: gateway ? behindGateway(draft, gateway) : [],
    mayLearn: lines.some(({ routesComplete }) => routesComplete !== true),
  }
}

function paintsOf(making: Making): readonly Paint[] {
  const { draft } = making
  const user = userRoutes(making)
  const placed = [...systemRoutes(making), ...learnedRoutes(making), ...user]
  const direction = draft.on('route.longest-prefix') ? 1 : -1
  const last = draft.on('azure.route.user-first') ? 1 : -1
  const paint = ({ destination, number }: Placed): Paint => ({
    ...draft.range(destination),
    value: number,
  })
  const inOrder = placed.toSorted(
    (a, b) =>
      direction * (lengthOf(a.destination) - lengthOf(b.destination)) || last * (a.rank - b.rank),
  )
  return [...inOrder, ...serviceRoutes(making), ...endpointRoutes(making, user)].map(paint)
}
