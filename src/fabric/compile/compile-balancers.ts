import type { LoadBalancer } from '#model'
import type { RankRange } from '../address-line.ts'
import { BALANCER_STATE, type Balancers } from '../balancers.ts'
import { type Domains, PORT_FLAG, PORT_STATE, type Subnets } from '../places.ts'
import { type BalancerPlace, publicFrontend } from './balancer-places.ts'
import { everyPortRow, listenerRow } from './compile-backends.ts'
import type { GroupSets } from './compile-groups.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'

/** Fills the ports that stand for load balancers: no guest, an address of their subnet. */
export function fillBalancers(draft: Draft, groups: GroupSets, columns: PortColumns): void {
  columns.balancerPlaces.forEach((place, nth) => {
    const port = columns.balancers + nth
    const { item, address } = place
    const domain = domainOf(draft, item)
    columns.domain[port] = domain
    columns.subnet[port] = subnetOf(draft, place, domain)
    columns.set[port] = groups.intern(item.securityGroupIds ?? [], item)
    columns.address4[port] = address === undefined ? -1 : draft.rank(address)
    columns.state[port] = PORT_STATE.usable
    if (!item.securityGroupIds?.length) columns.flags[port] |= PORT_FLAG.groupless
  })
}

/** Semantic `lb.own-table`: by which table the answers of a load balancer leave. */
export function balancerTable(
  { on }: Draft,
  columns: PortColumns,
  { table }: Subnets,
  { systemTable }: Domains,
  port: number,
): number {
  if (!on('lb.own-table')) return systemTable[columns.domain[port]] ?? -2
  return columns.subnet[port] < 0 ? -2 : table[columns.subnet[port]]
}

/** Semantics `lb.*`: listeners and the backends that get their connections. */
export function compileBalancers(draft: Draft, columns: PortColumns): Balancers {
  const places = columns.balancerPlaces
  return {
    position: Int32Array.from(places, ({ position }) => position),
    state: Uint8Array.from(places, ({ item }) => stateOf(draft, item)),
    listeners: places.map((place) =>
      (place.item.listeners ?? [])
        .map((listener) => listenerRow(draft, columns, place, listener))
        .toSorted((a, b) => Number(b.running) - Number(a.running)),
    ),
    everyPort: places.map(({ item }) => everyPortRow(draft, columns, item)),
  }
}

/** Whether an EIP leads inside: there is an inside that was read, and a VPC around it. */
export const isBalancerKnown = (draft: Draft, item: LoadBalancer): boolean =>
  stateOf(draft, item) !== BALANCER_STATE.unread && domainOf(draft, item) >= 0

function domainOf({ network, ids }: Draft, item: LoadBalancer): number {
  const subnet = network.subnet?.[ids.subnet.find(item.subnetId ?? '', item)]
  const vpcId = item.vpcId ?? subnet?.vpcId
  return vpcId === undefined ? -1 : ids.vpc.find(vpcId, item)
}

/** Its vSwitch; where that is not named, the one that holds its address. */
function subnetOf(
  draft: Draft,
  { item, address, subnetId }: BalancerPlace,
  domain: number,
): number {
  const { network, ids } = draft
  if (subnetId !== undefined) return ids.subnet.find(subnetId, item)
  if (address === undefined) return -1
  const rank = draft.rank(address)
  const holds = ({ low, high }: RankRange): boolean => low <= rank && rank <= high
  return (network.subnet ?? []).findIndex(
    (subnet) => ids.vpc.find(subnet.vpcId, subnet) === domain && holds(draft.range(subnet.cidr)),
  )
}

function stateOf(draft: Draft, item: LoadBalancer): number {
  const { on, index } = draft
  const { address = publicFrontend(draft, item), frontends = [], listeners, state } = item
  const unread = (address === undefined && frontends.length === 0) || listeners === undefined
  if (unread || index.isDoubted('loadBalancer', item)) return BALANCER_STATE.unread
  if (!on('lb.active')) return BALANCER_STATE.active
  if (state === undefined) return BALANCER_STATE.stateUnread
  return state.toLowerCase() === 'active' ? BALANCER_STATE.active : BALANCER_STATE.idle
}
