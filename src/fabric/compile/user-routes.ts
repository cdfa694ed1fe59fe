import type { Route, RouteTable } from '#model'
import { HOP } from '../ways.ts'
import { appliancesAt } from './appliances.ts'
import type { Hop } from './route-list.ts'
import type { Making, Placed } from './table-making.ts'

/** The routes of the subnet's own table. */
export function userRoutes(making: Making): readonly Placed[] {
  const { draft, routes, table } = making
  const item = table === undefined ? undefined : draft.network.routeTable?.[table]
  if (!item || table === undefined) return []
  return item.routes.map((route, entry) => ({
    destination: route.destination,
    rank: 3,
    number: routes.add(table, entry, hopsOf(making, item, route)),
  }))
}

function hopsOf(making: Making, table: RouteTable, route: Route): readonly Hop[] {
  return route.nextHops.flatMap(({ target }): readonly Hop[] => {
    switch (target.kind) {
      case 'local':
        return [{ kind: HOP.local, target: -1 }]
      case 'blackhole':
        return [{ kind: HOP.blackhole, target: -1 }]
      case 'internet':
        return [{ kind: HOP.outbound, target: -1 }]
      case 'gateway':
        return [gatewayHop(making)]
      case 'address':
        return appliancesAt(making, target.address, table)
      default:
        return [{ kind: HOP.unsupported, target: -1 }]
    }
  })
}

function gatewayHop({ draft, exits, vpc }: Making): Hop {
  const [exit] = exits
  if (exit !== undefined) return { kind: HOP.leaves, target: exit }
  const near = draft.network.vpc?.[vpc]
  const unread = near && draft.index.lack('vpnGateway', near) !== undefined
  return { kind: unread ? HOP.unread : HOP.unresolved, target: -1 }
}
