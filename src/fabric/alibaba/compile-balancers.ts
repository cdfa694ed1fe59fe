import type { Backend, Listener, LoadBalancer } from '#model'
import type { RankRange } from '../address-line.ts'
import {
  BACKEND,
  BALANCER_STATE,
  type BackendRow,
  type Balancers,
  type ListenerRow,
} from '../balancers.ts'
import { type Domains, PORT_STATE, type Subnets } from '../places.ts'
import type { GroupSets } from './compile-groups.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import { primaryPort } from './find-port.ts'

/** Fills the ports that stand for load balancers: no groups, no guest, an address of their vSwitch. */
export function fillBalancers(draft: Draft, groups: GroupSets, columns: PortColumns): void {
  draft.network.loadBalancer?.forEach((item, position) => {
    const port = columns.balancers + position
    const domain = domainOf(draft, item)
    columns.domain[port] = domain
    columns.subnet[port] = subnetOf(draft, item, domain)
    columns.set[port] = groups.intern([], item)
    columns.address4[port] = item.address === undefined ? -1 : draft.rank(item.address)
    columns.state[port] = PORT_STATE.usable
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
  const items = draft.network.loadBalancer ?? []
  return {
    state: Uint8Array.from(items, (item) => stateOf(draft, item)),
    listeners: items.map((item) =>
      (item.listeners ?? [])
        .map((listener) => listenerRow(draft, columns, item, listener))
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
function subnetOf(draft: Draft, item: LoadBalancer, domain: number): number {
  const { network, ids } = draft
  const { address, subnetId } = item
  if (subnetId !== undefined) return ids.subnet.find(subnetId, item)
  if (address === undefined) return -1
  const rank = draft.rank(address)
  const holds = ({ low, high }: RankRange): boolean => low <= rank && rank <= high
  return (network.subnet ?? []).findIndex(
    (subnet) => ids.vpc.find(subnet.vpcId, subnet) === domain && holds(draft.range(subnet.cidr)),
  )
}

function stateOf({ on, index }: Draft, item: LoadBalancer): number {
  const { address, listeners, state } = item
  const unread = address === undefined || listeners === undefined
  if (unread || index.isDoubted('loadBalancer', item)) return BALANCER_STATE.unread
  if (!on('lb.active')) return BALANCER_STATE.active
  if (state === undefined) return BALANCER_STATE.stateUnread
  return state.toLowerCase() === 'active' ? BALANCER_STATE.active : BALANCER_STATE.idle
}

function listenerRow(
  draft: Draft,
  columns: PortColumns,
  item: LoadBalancer,
  { protocol, port, state, backends }: Listener,
): ListenerRow {
  const { on } = draft
  const weighed = on('lb.weights') ? backends.filter(({ weight }) => weight > 0) : backends
  const taking = on('lb.branches') ? weighed : weighed.slice(0, 1)
  return {
    protocol: protocol === 'tcp' ? 6 : 17,
    port,
    running: state === 'running' || !on('lb.listener-running'),
    backends: taking.map((backend) => backendRow(draft, columns, item, backend)),
  }
}

function backendRow(
  draft: Draft,
  columns: PortColumns,
  item: LoadBalancer,
  { target, port }: Backend,
): BackendRow {
  const at = portOf(draft, columns, item, target)
  const address = draft.network.networkInterface?.[at]?.addresses[0]
  return { at, address: address === undefined ? -1 : draft.rank(address), port, target }
}

function portOf(
  draft: Draft,
  columns: PortColumns,
  item: LoadBalancer,
  { kind, id }: Backend['target'],
): number {
  const { ids, index, instances } = draft
  // A Classic Load Balancer names servers, never addresses (decision 0010).
  if (kind === 'address') return BACKEND.unread
  const port =
    kind === 'instance'
      ? primaryPort(columns, instances.find(id, item))
      : ids.networkInterface.find(id, item)
  if (port >= 0) return port
  const unlisted = kind === 'instance' && ids.instance.find(id, item) < 0
  return unlisted || index.lack('networkInterface', item) ? BACKEND.unread : BACKEND.gone
}
