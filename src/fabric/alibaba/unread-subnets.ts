import type { RouteTable } from '#model'
import type { RankRange } from '../address-line.ts'
import { rangesOf } from './compile-subnets.ts'
import type { Draft } from './draft.ts'
import { knownRanges } from './known-ranges.ts'
import type { RouteList } from './route-list.ts'
import type { Paint } from '../interval-map.ts'
import { HOP, unreadKinds } from '../ways.ts'

/**
 * Where a table's VPC may have vSwitches that were not read. Each has a local route, which no custom
 * route is more specific than, so that there nothing else is known. A table that lists its system
 * routes leaves no doubt.
 */
export function unreadSubnets(draft: Draft, routes: RouteList, table: RouteTable): Paint[] {
  const vpc = draft.network.vpc?.[draft.ids.vpc.find(table.vpcId, table)]
  if (!vpc || !draft.index.lack('subnet', vpc) || listsSystemRoutes(table)) return []
  const target = unreadKinds.indexOf('subnet')
  const value = routes.imply('vSwitches that were not read', { kind: HOP.unread, target })
  return [...vpc.cidrs, ...(vpc.ipv6Cidrs ?? [])].map((cidr) => ({ ...draft.range(cidr), value }))
}

const listsSystemRoutes = ({ routes }: RouteTable): boolean =>
  routes.some(
    ({ origin, destination, nextHops }) =>
      origin === 'system' &&
      destination !== knownRanges.services &&
      nextHops.some(({ target }) => target.kind === 'local'),
  )

/** Whether a route is about a vSwitch of the table's VPC that was read. */
export function insideOf(
  draft: Draft,
  table: RouteTable,
): (route: { readonly destination: string }) => boolean {
  const subnets = (draft.network.subnet ?? [])
    .filter(({ vpcId }) => vpcId === table.vpcId)
    .flatMap(rangesOf)
    .map((cidr) => draft.range(cidr))
  return ({ destination }) => subnets.some((outer) => covers(outer, draft.range(destination)))
}

const covers = (outer: RankRange, inner: RankRange): boolean =>
  outer.low <= inner.low && inner.high <= outer.high
