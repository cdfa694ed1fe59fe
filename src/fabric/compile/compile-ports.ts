import type { Instance, NetworkInterface } from '#model'
import { classicKey, type ClassicRegions } from './compile-classic.ts'
import type { GroupSets } from './compile-groups.ts'
import type { Draft } from './draft.ts'
import { type BalancerPlace, balancerPlaces } from './balancer-places.ts'
import { fillBalancers } from './compile-balancers.ts'
import { fillPlugs, type Plug, plugsOf } from './compile-plugs.ts'
import { PORT_FLAG, PORT_STATE } from '../places.ts'

/** Columns of the attachment points while later steps still fill them in. */
export interface PortColumns {
  readonly count: number
  readonly interfaces: number
  readonly plugs: number
  readonly balancers: number
  readonly domain: Int32Array
  readonly subnet: Int32Array
  readonly table: Int32Array
  readonly set: Int32Array
  readonly instance: Int32Array
  readonly address4: Int32Array
  readonly address6: Int32Array
  readonly state: Uint8Array
  readonly flags: Uint8Array
  readonly publicHead: Int32Array
  readonly nat: Int32Array
  readonly balancerPlaces: readonly BalancerPlace[]
  readonly routerPlugs: readonly Plug[]
  /** Instances whose classic NICs follow the interfaces: intranet at 2i, Internet at 2i + 1. */
  readonly classic: readonly number[]
}

export function compilePorts(
  draft: Draft,
  groups: GroupSets,
  classic: ClassicRegions,
): PortColumns {
  const interfaces = draft.network.networkInterface ?? []
  const classicInstances = (draft.network.instance ?? []).flatMap((item, i) =>
    item.classic ? [i] : [],
  )
  const plugs = plugsOf(draft)
  const balancers = balancerPlaces(draft)
  const columns = emptyColumns(interfaces.length, classicInstances, plugs, balancers)
  const primarySets = primarySetOf(draft, groups)
  interfaces.forEach((item, port) => fillInterface(draft, groups, primarySets, columns, item, port))
  classicInstances.forEach((position, i) => {
    const item = draft.network.instance?.[position]
    if (item)
      fillClassic(draft, groups, classic, columns, item, position, interfaces.length + 2 * i)
  })
  fillPlugs(draft, groups, columns)
  fillBalancers(draft, groups, columns)
  return columns
}

function emptyColumns(
  interfaces: number,
  classic: readonly number[],
  routerPlugs: readonly Plug[],
  places: readonly BalancerPlace[],
): PortColumns {
  const plugs = interfaces + 2 * classic.length
  const balancers = plugs + routerPlugs.length
  const count = balancers + places.length
  const column = (): Int32Array => new Int32Array(count).fill(-1)
  return {
    count,
    interfaces,
    plugs,
    balancers,
    balancerPlaces: places,
    routerPlugs,
    classic,
    domain: column(),
    subnet: column(),
    table: column(),
    set: column(),
    instance: column(),
    address4: column(),
    address6: column(),
    publicHead: column(),
    nat: column(),
    state: new Uint8Array(count),
    flags: new Uint8Array(count),
  }
}

/** With `sg.per-interface` off, secondary interfaces take the groups of their instance's primary one. */
function primarySetOf(draft: Draft, groups: GroupSets): ReadonlyMap<string, number> {
  const sets = new Map<string, number>()
  if (draft.on('sg.per-interface')) return sets
  for (const item of draft.network.networkInterface ?? []) {
    if (item.type === 'primary' && item.instanceId)
      sets.set(item.instanceId, groups.intern(item.securityGroupIds, item))
  }
  return sets
}

function fillInterface(
  draft: Draft,
  groups: GroupSets,
  primarySets: ReadonlyMap<string, number>,
  columns: PortColumns,
  item: NetworkInterface,
  port: number,
): void {
  const [address] = item.addresses
  const ipv6 = item.ipv6Addresses?.[0]
  columns.domain[port] = draft.ids.vpc.find(item.vpcId, item)
  columns.subnet[port] = draft.ids.subnet.find(item.subnetId, item)
  columns.set[port] =
    primarySets.get(item.instanceId ?? '') ?? groups.intern(item.securityGroupIds, item)
  columns.instance[port] =
    item.instanceId === undefined ? -1 : draft.instances.number(item.instanceId, item)
  columns.address4[port] = address === undefined ? -1 : draft.rank(address)
  columns.address6[port] = ipv6 === undefined ? -1 : draft.rank(ipv6.address)
  // Of an interface in a VPC that is not listed, nothing can be said.
  columns.state[port] =
    columns.domain[port] < 0
      ? PORT_STATE.doubted
      : interfaceState(draft, item, columns.instance[port])
  columns.flags[port] =
    (item.type === 'primary' ? PORT_FLAG.primary : 0) |
    (isGroupless(draft, item) ? PORT_FLAG.groupless : 0) |
    (item.sourceDestCheck && draft.on('eni.source-dest-check') ? PORT_FLAG.checked : 0)
}

/** The provider's own interfaces may have no groups; where groups stand in chains, these say so. */
const isGroupless = ({ on }: Draft, { serves, securityGroupIds }: NetworkInterface): boolean =>
  serves !== undefined && securityGroupIds.length === 0 && !on('sg.chain')

/** Semantics `eni.attached`, `instance.running`, `instance.unlocked`. */
function interfaceState(draft: Draft, item: NetworkInterface, instance: number): number {
  if (draft.index.isDoubted('networkInterface', item)) return PORT_STATE.doubted
  if (draft.on('eni.attached')) {
    const alone = item.instanceId === undefined && item.serves === undefined
    if (alone || item.state === 'Available') return PORT_STATE.notAttached
    if (item.state !== 'InUse') return PORT_STATE.badState
  }
  const approval = item.serves?.kind === 'endpoint' ? approvalOf(draft, item) : 'Approved'
  if (approval === undefined) return PORT_STATE.doubted
  if (approval !== 'Approved') return PORT_STATE.badState
  if (item.instanceId === undefined) return PORT_STATE.usable
  return instanceState(draft, draft.network.instance?.[instance])
}

/** Semantic `azure.endpoint.approved`; undefined: not read. Other clouds have no such state. */
function approvalOf({ on, index }: Draft, item: NetworkInterface): string | undefined {
  if (!on('azure.endpoint.approved')) return 'Approved'
  const endpoint = index.get('endpoint', item.serves?.id ?? '', item)
  return typeof endpoint === 'object' && !index.isDoubted('endpoint', endpoint)
    ? endpoint.state
    : undefined
}

function instanceState({ on, index }: Draft, instance: Instance | undefined): number {
  if (!instance || index.isDoubted('instance', instance)) return PORT_STATE.unread
  if (instance.state !== 'Running' && on('instance.running')) return PORT_STATE.notRunning
  if (instance.locks?.length && on('instance.unlocked')) return PORT_STATE.locked
  return PORT_STATE.usable
}

function fillClassic(
  draft: Draft,
  groups: GroupSets,
  classic: ClassicRegions,
  columns: PortColumns,
  item: Instance,
  position: number,
  first: number,
): void {
  const own = item.classic
  if (!own) return
  const domain = classic.get(draft.on('classic.region') ? classicKey(item) : item.id) ?? -1
  const nics = [
    { port: first, address: own.intranetAddress, flag: PORT_FLAG.classicIntranet },
    { port: first + 1, address: own.publicAddress, flag: PORT_FLAG.classicInternet },
  ]
  for (const { port, address, flag } of nics) {
    columns.domain[port] = domain
    columns.set[port] = groups.intern(own.securityGroupIds, item)
    columns.instance[port] = position
    columns.address4[port] = address === undefined ? -1 : draft.rank(address)
    const doubted = draft.index.isDoubted('instance', item)
    columns.state[port] = doubted ? PORT_STATE.doubted : instanceState(draft, item)
    columns.flags[port] = flag
  }
}
