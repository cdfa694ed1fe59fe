import {
  type Guest,
  type GuestRoute,
  type GuestRule,
  metricOf,
  type NetworkInterfaceId,
} from '#model'
import { parsePrefixOrAddress, prefixContains } from '#net'
import type { IpAddress } from '#net'

/** The part of a guest that routes are chosen by. */
export type GuestRouting = Pick<Guest, 'routes' | 'rules'>

/** What is looked up. `source` is absent while the guest has not chosen one. */
export interface RouteQuery {
  readonly source?: IpAddress
  readonly destination: IpAddress
  /** The interface that the packet came in by which is relayed, or the echo that is answered. */
  readonly cameBy?: NetworkInterfaceId
}

/** The answer of the routing tables; `unread`: the facts it depends on were not collected. */
export type ChosenRoute =
  | {
      readonly kind: 'route'
      readonly route: GuestRoute
      /** The policy rule that named the table; absent where the kernel's own rules stand in. */
      readonly rule?: GuestRule
    }
  /** A hash of the connection chooses among routes by several gateways. */
  | { readonly kind: 'shared'; readonly routes: readonly GuestRoute[]; readonly rule?: GuestRule }
  | { readonly kind: 'none' }
  | { readonly kind: 'unread'; readonly missing: 'routes' | 'rules' }

/**
 * The route of a packet: policy rules by priority until a table has a route, in it the longest
 * prefix, then the lowest metric. Of equal ones over IPv4 it is the first listed, over IPv6 the one by
 * the interface that the packet came in by, else the first; IPv6 routes by several gateways are one
 * route of several next hops to the kernel. A rule with a source prefix does not hold
 * for a packet that has no source yet. Marks are not looked at. If the policy rules were
 * not collected but every route is in table main, the kernel's own rules are taken.
 */
export function chooseRoute({ routes, rules }: GuestRouting, query: RouteQuery): ChosenRoute {
  if (!routes) return { kind: 'unread', missing: 'routes' }
  if (!rules) return chooseByDefault(routes, query)
  for (const rule of rules.toSorted((a, b) => a.priority - b.priority)) {
    if (!ruleHolds(rule, query)) continue
    const chosen = lookUp(routes, rule.table, query)
    if (chosen) return { ...chosen, rule }
  }
  return { kind: 'none' }
}

/** linux/rtnetlink.h. */
const MAIN_TABLE = 254

function chooseByDefault(routes: readonly GuestRoute[], query: RouteQuery): ChosenRoute {
  if (routes.some(({ table }) => table !== undefined && table !== MAIN_TABLE))
    return { kind: 'unread', missing: 'rules' }
  return lookUp(routes, MAIN_TABLE, query) ?? { kind: 'none' }
}

function ruleHolds({ from }: GuestRule, { source, destination }: RouteQuery): boolean {
  if (from === undefined) return true
  const prefix = parsePrefixOrAddress(from, { hostBits: 'mask' })
  // A rule from everywhere holds for a packet without a source too, if it is of the family.
  if (prefix?.length === 0) return prefix.family === destination.family
  return prefix !== undefined && source !== undefined && prefixContains(prefix, source)
}

function lookUp(
  routes: readonly GuestRoute[],
  table: number,
  query: RouteQuery,
): Extract<ChosenRoute, { kind: 'route' | 'shared' }> | undefined {
  const { equal } = bestOf(
    routes.filter((route) => (route.table ?? MAIN_TABLE) === table),
    query.destination,
  )
  if (equal.length === 0) return undefined
  if (query.destination.family === 4) return { kind: 'route', route: equal[0] }
  const route =
    equal.find(({ networkInterfaceId }) => networkInterfaceId === query.cameBy) ?? equal[0]
  const gateways = equal.filter(({ via }) => via !== undefined)
  const { networkInterfaceId } = route
  const shared = gateways.some((one) => one.networkInterfaceId !== networkInterfaceId)
  if (route.via !== undefined && shared) return { kind: 'shared', routes: gateways }
  return { kind: 'route', route }
}

/** The routes that cover a destination best: one, or several that differ in device or gateway. */
function bestOf(
  routes: readonly GuestRoute[],
  destination: IpAddress,
): { readonly equal: readonly GuestRoute[]; readonly length: number } {
  let best: { readonly equal: readonly GuestRoute[]; readonly length: number } = {
    equal: [],
    length: -1,
  }
  for (const route of routes) {
    const prefix = parsePrefixOrAddress(route.destination, { hostBits: 'mask' })
    if (!prefix || !prefixContains(prefix, destination)) continue
    const { length } = prefix
    const order = best.length - length || metricOf(route) - metricOf(best.equal[0])
    if (order < 0) best = { equal: [route], length }
    else if (order === 0) best = { equal: [...best.equal, route], length }
  }
  return best
}
