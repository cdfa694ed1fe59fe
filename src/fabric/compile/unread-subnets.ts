import type { RouteTable, Vpc } from '#model'
import type { RankRange } from '../address-line.ts'
import { rangesOf } from './compile-subnets.ts'
import type { Draft } from './draft.ts'
import { covers } from './prefix-length.ts'
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
    .filter((cidr) => !listsSystemRoutes(draft, table, isIpv6(cidr)))
    .map((cidr) => ({ ...draft.range(cidr), value }))
}

/** IPv6 addresses of interfaces in such vSwitches, where the VPC does not say its IPv6 ranges. */
const strayAddresses = (draft: Draft, vpc: Vpc): readonly string[] =>
  vpc.ipv6Cidrs?.length ? [] : (onceFor(strays, draft, straysByVpc).get(vpc.id) ?? [])

function straysByVpc({ network, ids }: Draft): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const item of network.networkInterface ?? []) {
    if (!item.ipv6Addresses?.length || ids.subnet.find(item.subnetId, item) >= 0) continue
    const own = found.get(item.vpcId) ?? []
    found.set(item.vpcId, own)
    own.push(...item.ipv6Addresses.map(({ address }) => address))
  }
  return found
}

const strays = new WeakMap<Draft, ReadonlyMap<string, readonly string[]>>()

/** What is worked out once for a draft, however many tables ask. */
function onceFor<T>(kept: WeakMap<Draft, T>, draft: Draft, make: (draft: Draft) => T): T {
  const known = kept.get(draft)
  if (known !== undefined) return known
  const fresh = make(draft)
  kept.set(draft, fresh)
  return fresh
}

const isIpv6 = (cidr: string): boolean => cidr.includes(':')

/** Whether a table lists the local routes of a family's vSwitches. */
const listsSystemRoutes = ({ known }: Draft, { routes }: RouteTable, six: boolean): boolean =>
  routes.some(
    ({ origin, destination, nextHops }) =>
      origin === 'system' &&
      isIpv6(destination) === six &&
      destination !== known.services &&
      nextHops.some(({ target }) => target.kind === 'local'),
  )

/** Whether a route is about a vSwitch of the table's VPC that was read. */
export function insideOf(
  draft: Draft,
  table: RouteTable,
): (route: { readonly destination: string }) => boolean {
  const subnets = onceFor(grouped, draft, subnetsByVpc).get(table.vpcId ?? '') ?? []
  return ({ destination }) => subnets.some((outer) => covers(outer, draft.range(destination)))
}

function subnetsByVpc(draft: Draft): ReadonlyMap<string, readonly RankRange[]> {
  const fresh = new Map<string, RankRange[]>()
  for (const subnet of draft.network.subnet ?? []) {
    const own = fresh.get(subnet.vpcId) ?? []
    fresh.set(subnet.vpcId, own)
    own.push(...rangesOf(subnet).map((cidr) => draft.range(cidr)))
  }
  return fresh
}

const grouped = new WeakMap<Draft, ReadonlyMap<string, readonly RankRange[]>>()
