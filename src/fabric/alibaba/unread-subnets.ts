import type { RouteTable, Vpc } from '#model'
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
  if (!vpc || !draft.index.lack('subnet', vpc)) return []
  const target = unreadKinds.indexOf('subnet')
  const value = routes.imply('vSwitches that were not read', { kind: HOP.unread, target })
  const ranges = [...vpc.cidrs, ...(vpc.ipv6Cidrs ?? []), ...strayAddresses(draft, vpc)]
  return ranges
    .filter((cidr) => !listsSystemRoutes(table, isIpv6(cidr)))
    .map((cidr) => ({ ...draft.range(cidr), value }))
}

/** IPv6 addresses of interfaces in such vSwitches, where the VPC does not say its IPv6 ranges. */
function strayAddresses({ network, ids }: Draft, vpc: Vpc): readonly string[] {
  if (vpc.ipv6Cidrs?.length) return []
  return (network.networkInterface ?? [])
    .filter((item) => item.vpcId === vpc.id && ids.subnet.find(item.subnetId, item) < 0)
    .flatMap(({ ipv6Addresses = [] }) => ipv6Addresses.map(({ address }) => address))
}

const isIpv6 = (cidr: string): boolean => cidr.includes(':')

/** Whether a table lists the local routes of a family's vSwitches. */
const listsSystemRoutes = ({ routes }: RouteTable, six: boolean): boolean =>
  routes.some(
    ({ origin, destination, nextHops }) =>
      origin === 'system' &&
      isIpv6(destination) === six &&
      destination !== knownRanges.services &&
      nextHops.some(({ target }) => target.kind === 'local'),
  )

/** Whether a route is about a vSwitch of the table's VPC that was read. */
export function insideOf(
  draft: Draft,
  table: RouteTable,
): (route: { readonly destination: string }) => boolean {
  const subnets = subnetsByVpc(draft).get(table.vpcId) ?? []
  return ({ destination }) => subnets.some((outer) => covers(outer, draft.range(destination)))
}

function subnetsByVpc(draft: Draft): ReadonlyMap<string, readonly RankRange[]> {
  const known = grouped.get(draft)
  if (known) return known
  const fresh = new Map<string, RankRange[]>()
  for (const subnet of draft.network.subnet ?? []) {
    const own = fresh.get(subnet.vpcId) ?? []
    fresh.set(subnet.vpcId, own)
    own.push(...rangesOf(subnet).map((cidr) => draft.range(cidr)))
  }
  grouped.set(draft, fresh)
  return fresh
}

const grouped = new WeakMap<Draft, ReadonlyMap<string, readonly RankRange[]>>()

const covers = (outer: RankRange, inner: RankRange): boolean =>
  outer.low <= inner.low && inner.high <= outer.high
