import type { Guest, GuestRoute, GuestRule } from '#model'
import { parsePrefixOrAddress, prefixContains } from '#net'
import type { IpAddress } from '#net'

/** The part of a guest that routes are chosen by. */
export type GuestRouting = Pick<Guest, 'routes' | 'rules'>

/** What is looked up. `source` is absent while the guest has not chosen one. */
export interface RouteQuery {
  readonly source?: IpAddress
  readonly destination: IpAddress
}

/** The answer of the routing tables; `unread`: the facts it depends on were not collected. */
export type ChosenRoute =
  | {
      readonly kind: 'route'
      readonly route: GuestRoute
      /** The policy rule that named the table; absent where the kernel's own rules stand in. */
      readonly rule?: GuestRule
    }
  | { readonly kind: 'none' }
  | { readonly kind: 'unread'; readonly missing: 'routes' | 'rules' }

/**
 * The route of a packet: policy rules by priority until a table has a route, in it the longest
 * prefix, then the lowest metric, then the first listed. A rule with a source prefix does not hold
 * for a packet that has no source yet. Marks and devices are not looked at. If the policy rules were
 * not collected but every route is in table main, the kernel's own rules are taken.
 */
export function chooseRoute({ routes, rules }: GuestRouting, query: RouteQuery): ChosenRoute {
  if (!routes) return { kind: 'unread', missing: 'routes' }
  if (!rules) return chooseByDefault(routes, query)
  for (const rule of rules.toSorted((a, b) => a.priority - b.priority)) {
    if (!ruleHolds(rule, query)) continue
    const route = lookUp(routes, rule.table, query.destination)
    if (route) return { kind: 'route', route, rule }
  }
  return { kind: 'none' }
}

/** linux/rtnetlink.h. */
const MAIN_TABLE = 254

function chooseByDefault(routes: readonly GuestRoute[], query: RouteQuery): ChosenRoute {
  if (routes.some(({ table }) => table !== undefined && table !== MAIN_TABLE))
    return { kind: 'unread', missing: 'rules' }
  const route = lookUp(routes, MAIN_TABLE, query.destination)
  return route ? { kind: 'route', route } : { kind: 'none' }
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
  destination: IpAddress,
): GuestRoute | undefined {
  let best: { readonly route: GuestRoute; readonly length: number } | undefined
  for (const route of routes) {
    if ((route.table ?? MAIN_TABLE) !== table) continue
    const prefix = parsePrefixOrAddress(route.destination, { hostBits: 'mask' })
    if (!prefix || !prefixContains(prefix, destination)) continue
    const { length } = prefix
    const isLonger = !best || length > best.length
    const isCheaper = best?.length === length && metricOf(route) < metricOf(best.route)
    if (isLonger || isCheaper) best = { route, length }
  }
  return best?.route
}

const metricOf = ({ metric }: GuestRoute): number => metric ?? 0
