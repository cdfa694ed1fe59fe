import type { Backend, Listener, LoadBalancer } from '#model'
import type { RankRange } from '../address-line.ts'
import {
  BACKEND,
  BALANCER_STATE,
  type BackendRow,
  type Balancers,
  type ListenerRow,
} from '../balancers.ts'
import { type Domains, PORT_FLAG, PORT_STATE, type Subnets } from '../places.ts'
import type { GroupSets } from './compile-groups.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import { primaryPort } from './find-port.ts'

/** An address that a load balancer answers at; one that was not read has a place all the same. */
export interface BalancerPlace {
  readonly item: LoadBalancer
  readonly position: number
  readonly address: string | undefined
  readonly subnetId: string | undefined
  readonly networkInterfaceId: string | undefined
}

/** Every address of every load balancer, in file order. */
export const balancerPlaces = ({ network }: Draft): readonly BalancerPlace[] =>
  (network.loadBalancer ?? []).flatMap((item, position) =>
    addressesOf(item).map((front) => ({ item, position, ...front })),
  )

type Front = Omit<BalancerPlace, 'item' | 'position'>

function addressesOf({ address, subnetId, frontends = [] }: LoadBalancer): readonly Front[] {
  if (frontends.length === 0) return [{ address, subnetId, networkInterfaceId: undefined }]
  return frontends.map((front) => ({
    address: front.address,
    subnetId: front.subnetId,
    networkInterfaceId: front.networkInterfaceId,
  }))
}

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

function stateOf({ on, index }: Draft, item: LoadBalancer): number {
  const { address, frontends = [], listeners, state } = item
  const unread = (address === undefined && frontends.length === 0) || listeners === undefined
  if (unread || index.isDoubted('loadBalancer', item)) return BALANCER_STATE.unread
  if (!on('lb.active')) return BALANCER_STATE.active
  if (state === undefined) return BALANCER_STATE.stateUnread
  return state.toLowerCase() === 'active' ? BALANCER_STATE.active : BALANCER_STATE.idle
}

function listenerRow(
  draft: Draft,
  columns: PortColumns,
  place: BalancerPlace,
  { protocol, port, state, backends, keepsClient = true }: Listener,
): ListenerRow {
  const { on } = draft
  const weighed = on('lb.weights') ? backends.filter(({ weight }) => weight > 0) : backends
  const sound = on('lb.health') ? soundOf(weighed) : weighed
  const near = on('lb.zones') ? nearOf(draft, columns, place, sound) : sound
  const taking = on('lb.branches') ? near : near.slice(0, 1)
  return {
    protocol: protocol === 'tcp' ? 6 : 17,
    port,
    running: state === 'running' || !on('lb.listener-running'),
    backends: taking.map((backend) => backendRow(draft, columns, place.item, backend)),
    keepsClient: keepsClient && on('lb.client-address'),
  }
}

/** Unhealthy backends get nothing, unless all of them are. */
function soundOf(backends: readonly Backend[]): readonly Backend[] {
  const sound = backends.filter(({ health }) => health !== 'unhealthy')
  return sound.length > 0 ? sound : backends
}

/** Without cross-zone balancing, an address serves the backends of its own zone. */
function nearOf(
  draft: Draft,
  columns: PortColumns,
  { item, subnetId }: BalancerPlace,
  backends: readonly Backend[],
): readonly Backend[] {
  const { network, ids } = draft
  const zone = network.subnet?.[ids.subnet.find(subnetId ?? '', item)]?.zone
  if (item.crossZone !== false || zone === undefined) return backends
  return backends.filter(({ target }) => {
    const subnet = columns.subnet[portOf(draft, columns, item, target)] ?? -1
    return (network.subnet?.[subnet]?.zone ?? zone) === zone
  })
}

function backendRow(
  draft: Draft,
  columns: PortColumns,
  item: LoadBalancer,
  { target, port }: Backend,
): BackendRow {
  const at = portOf(draft, columns, item, target)
  const first = draft.network.networkInterface?.[at]?.addresses[0]
  const address = target.kind === 'address' ? target.id : first
  return { at, address: address === undefined ? -1 : draft.rank(address), port, target }
}

function portOf(
  draft: Draft,
  columns: PortColumns,
  item: LoadBalancer,
  { kind, id }: Backend['target'],
): number {
  const { ids, index, instances } = draft
  if (kind === 'address') return portWith(draft, item, id)
  const port =
    kind === 'instance'
      ? primaryPort(columns, instances.find(id, item))
      : ids.networkInterface.find(id, item)
  if (port >= 0) return port
  const unlisted = kind === 'instance' && ids.instance.find(id, item) < 0
  return unlisted || index.lack('networkInterface', item) ? BACKEND.unread : BACKEND.gone
}

/** The interface of the load balancer's VPC, or of a linked one, that has an address. */
function portWith(draft: Draft, item: LoadBalancer, address: string): number {
  const { network, index } = draft
  const holders = (network.networkInterface ?? []).flatMap(({ addresses, vpcId }, port) =>
    addresses.some((one) => one === address) ? [{ port, own: vpcId === item.vpcId }] : [],
  )
  const found = holders.find(({ own }) => own) ?? holders[0]
  if (found) return found.port
  return index.lack('networkInterface', item) ? BACKEND.unread : BACKEND.gone
}
