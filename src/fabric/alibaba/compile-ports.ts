import type { Instance, NetworkInterface } from '#model'
import { NO_MASTER, type Owners, PORT_FLAG, PORT_STATE } from '../fabric.ts'
import type { GroupSets } from './compile-groups.ts'
import type { ClassicRegions } from './compile-places.ts'
import { classicKey } from './compile-places.ts'
import type { Draft } from './draft.ts'

/** Columns of the attachment points while later steps still fill them in. */
export interface PortColumns {
  readonly count: number
  readonly interfaces: number
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
  /** Instances whose classic NICs follow the interfaces: intranet at 2i, Internet at 2i + 1. */
  readonly classic: readonly number[]
}

export function compilePorts(draft: Draft, groups: GroupSets, classic: ClassicRegions): PortColumns {
  const interfaces = draft.network.networkInterface ?? []
  const classicInstances = (draft.network.instance ?? []).flatMap((item, i) => (item.classic ? [i] : []))
  const columns = emptyColumns(interfaces.length, classicInstances)
  const primarySets = primarySetOf(draft, groups)
  interfaces.forEach((item, port) => fillInterface(draft, groups, primarySets, columns, item, port))
  classicInstances.forEach((position, i) => {
    const item = draft.network.instance?.[position]
    if (item) fillClassic(draft, groups, classic, columns, item, position, interfaces.length + 2 * i)
  })
  return columns
}

function emptyColumns(interfaces: number, classic: readonly number[]): PortColumns {
  const count = interfaces + 2 * classic.length
  const column = (): Int32Array => new Int32Array(count).fill(-1)
  return {
    count,
    interfaces,
    classic,
    domain: column(),
    subnet: column(),
    table: column(),
    set: column(),
    instance: column(),
    address4: column(),
    address6: column(),
    publicHead: column(),
    state: new Uint8Array(count),
    flags: new Uint8Array(count),
  }
}

/** With `sg.per-interface` off, secondary interfaces take the groups of their instance's primary one. */
function primarySetOf(draft: Draft, groups: GroupSets): ReadonlyMap<string, number> {
  const sets = new Map<string, number>()
  if (draft.on('sg.per-interface')) return sets
  for (const item of draft.network.networkInterface ?? []) {
    if (item.type === 'primary' && item.instanceId) sets.set(item.instanceId, groups.intern(item.securityGroupIds, item))
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
  columns.set[port] = primarySets.get(item.instanceId ?? '') ?? groups.intern(item.securityGroupIds, item)
  columns.instance[port] = item.instanceId === undefined ? -1 : draft.ids.instance.find(item.instanceId, item)
  columns.address4[port] = address === undefined ? -1 : draft.rank(address)
  columns.address6[port] = ipv6 === undefined ? -1 : draft.rank(ipv6.address)
  columns.state[port] = interfaceState(draft, item, columns.instance[port])
  columns.flags[port] =
    (item.type === 'primary' ? PORT_FLAG.primary : 0) |
    (item.sourceDestCheck && draft.on('eni.source-dest-check') ? PORT_FLAG.checked : 0)
}

/** Semantics `eni.attached`, `instance.running`, `instance.unlocked`. */
function interfaceState(draft: Draft, item: NetworkInterface, instance: number): number {
  if (draft.on('eni.attached')) {
    if (item.instanceId === undefined || item.state === 'Available') return PORT_STATE.notAttached
    if (item.state !== 'InUse') return PORT_STATE.badState
  }
  if (item.instanceId === undefined) return PORT_STATE.usable
  return instanceState(draft, draft.network.instance?.[instance])
}

function instanceState({ on }: Draft, instance: Instance | undefined): number {
  if (!instance) return PORT_STATE.unread
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
    columns.state[port] = instanceState(draft, item)
    columns.flags[port] = flag
  }
}

/** Owners of private addresses per domain; cut-through interfaces have lost theirs (`eip.cut-through`). */
export function compileOwners(draft: Draft, columns: PortColumns, domains: number): Owners {
  const counts = new Int32Array(domains + 1)
  const list = new OwnerList()
  draft.network.networkInterface?.forEach((item, port) => {
    if (columns.domain[port] < 0) return
    if (columns.flags[port] & PORT_FLAG.cutThrough) list.add(columns.domain[port], columns.address4[port], port)
    else for (const address of item.addresses) list.add(columns.domain[port], draft.rank(address), port)
    for (const { address } of item.ipv6Addresses ?? []) list.add(columns.domain[port], draft.rank(address), port)
  })
  for (const { subnet, address, port } of haVipPorts(draft, columns)) list.add(subnet, address, port)
  for (let port = columns.interfaces; port < columns.count; port += 2) {
    list.add(columns.domain[port], columns.address4[port], port)
  }
  return list.sorted(counts)
}

class OwnerList {
  private readonly domains: number[] = []
  private readonly ranks: number[] = []
  private readonly ports: number[] = []

  add(domain: number, rank: number, port: number): void {
    this.domains.push(domain)
    this.ranks.push(rank)
    this.ports.push(port)
  }

  sorted(counts: Int32Array): Owners {
    for (const domain of this.domains) counts[domain + 1]++
    for (let d = 1; d < counts.length; d++) counts[d] += counts[d - 1]
    const order = Uint32Array.from(this.domains.keys())
    order.sort((a, b) => this.domains[a] - this.domains[b] || this.ranks[a] - this.ranks[b] || a - b)
    return {
      offsets: counts,
      ranks: Int32Array.from(order, (i) => this.ranks[i]),
      ports: Int32Array.from(order, (i) => this.ports[i]),
    }
  }
}

/** Each HaVip with the port of the member that announces it (`havip.master`). */
export function* haVipPorts(
  draft: Draft,
  columns: PortColumns,
): Generator<{ readonly subnet: number; readonly address: number; readonly port: number; readonly id: string }> {
  for (const item of draft.network.haVip ?? []) {
    const subnet = draft.network.subnet?.[draft.ids.subnet.find(item.subnetId, item)]
    const domain = subnet ? draft.ids.vpc.find(subnet.vpcId, subnet) : -1
    if (domain < 0) continue
    const announcer = draft.on('havip.master') ? item.master : (item.master ?? item.members[0])
    const port = announcer === undefined ? NO_MASTER : memberPort(draft, columns, announcer, item)
    yield { subnet: domain, address: draft.rank(item.address), port, id: item.id }
  }
}

/** Port of an instance's primary interface or of a named interface; -1 if it is not in the input. */
export function memberPort(draft: Draft, columns: PortColumns, id: string, near: NetworkInterface | Near): number {
  const direct = draft.ids.networkInterface.find(id, near)
  if (direct >= 0) return direct
  const instance = draft.ids.instance.find(id, near)
  return instance < 0 ? primaryPortOfUnread(draft, id) : primaryPort(columns, instance)
}

/** Interfaces say whose they are even where the instance itself was not read. */
function primaryPortOfUnread({ network }: Draft, id: string): number {
  return (network.networkInterface ?? []).findIndex((item) => item.instanceId === id && item.type === 'primary')
}

type Near = Pick<NetworkInterface, 'provider' | 'account' | 'region'>

const primaryIndex = new WeakMap<PortColumns, Int32Array>()

/** Primary port of an instance by its number; -1. */
export function primaryPort(columns: PortColumns, instance: number): number {
  let index = primaryIndex.get(columns)
  if (!index) {
    const highest = columns.instance.reduce((a, b) => Math.max(a, b), -1)
    index = new Int32Array(highest + 1).fill(-1)
    for (let port = 0; port < columns.interfaces; port++) {
      if (columns.instance[port] >= 0 && columns.flags[port] & PORT_FLAG.primary) index[columns.instance[port]] = port
    }
    primaryIndex.set(columns, index)
  }
  return index[instance] ?? -1
}
