import type { Backend, Listener, LoadBalancer } from '#model'
import { BACKEND, type BackendRow, type ListenerRow } from '../balancers.ts'
import type { BalancerPlace } from './balancer-places.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import { primaryPort } from './find-port.ts'

/** Semantics `lb.*`: a listener, and the backends that get its connections at one address. */
export function listenerRow(
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

/** The servers of a load balancer that hands on every port, as a row that moves none. */
export function everyPortRow(
  draft: Draft,
  columns: PortColumns,
  item: LoadBalancer,
): ListenerRow | undefined {
  const targets = item.everyPort
  if (!targets) return undefined
  const taking = draft.on('lb.branches') ? targets : targets.slice(0, 1)
  return {
    protocol: -1,
    port: 0,
    running: true,
    backends: taking.map((target) => backendRow(draft, columns, item, { target, port: 0 })),
    keepsClient: draft.on('lb.client-address'),
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
  { target, port }: Pick<Backend, 'target' | 'port'>,
): BackendRow {
  const at = portOf(draft, columns, item, target)
  const first = draft.network.networkInterface?.[at]?.addresses[0]
  const address = target.kind === 'address' ? target.id : first
  const known = at >= 0 && address !== undefined
  return { at, address: known ? draft.rank(address) : -1, port, target }
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
