import type { PublicAddress } from '#model'
import { isBalancerKnown } from './compile-balancers.ts'
import { ipMappingRows } from './compile-ip-mappings.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import { haVipPorts, memberPort } from './find-port.ts'
import { PORT_FLAG } from '../places.ts'
import { PUBLIC, type Publics } from '../translations.ts'

export interface PublicRow {
  readonly rank: number
  readonly kind: number
  readonly port: number
  readonly inside: number
  readonly nat: number
  readonly resource: number
}

/** Semantics `eip.*`, `ipv6.bandwidth`, `ipv6.egress-only`, `nat.ip-mapping`: public identities. */
export function compilePublics(draft: Draft, columns: PortColumns): Publics {
  markUnreadAddresses(draft, columns)
  const addresses = [
    ...mappedRows(draft, columns),
    ...ipv6Rows(draft),
    ...classicRows(columns),
  ].sort((a, b) => a.rank - b.rank || a.kind - b.kind)
  const mappings = draft.on('nat.ip-mapping') ? ipMappingRows(draft, columns, addresses) : []
  const rows = [...addresses, ...mappings]
  const next = new Int32Array(rows.length).fill(-1)
  // Chained from the back, so that a port's own addresses come before its IP mappings.
  for (let i = rows.length - 1; i >= 0; i--) {
    const { kind, port } = rows[i]
    if (port < 0 || !identities.has(kind)) continue
    next[i] = columns.publicHead[port]
    columns.publicHead[port] = i
  }
  return {
    count: rows.length,
    addresses: addresses.length,
    rank: Int32Array.from(rows, (row) => row.rank),
    kind: Uint8Array.from(rows, (row) => row.kind),
    port: Int32Array.from(rows, (row) => row.port),
    inside: Int32Array.from(rows, (row) => row.inside),
    nat: Int32Array.from(rows, (row) => row.nat),
    resource: Int32Array.from(rows, (row) => row.resource),
    closed: Uint8Array.from(rows, (row) => (isClosed(draft, row) ? 1 : 0)),
    next,
  }
}

const isClosed = ({ on, network }: Draft, { resource }: PublicRow): boolean =>
  on('azure.public.closed') && network.publicAddress?.[resource]?.closed === true

/** Only secondary interfaces take a cut-through EIP, and with an EIP in NAT mode they have none. */
function markUnreadAddresses({ network, index, on }: Draft, columns: PortColumns): void {
  if (!network.gaps?.some(({ kind }) => kind === 'publicAddress')) return
  const settled = new Set<string>()
  const doubted = new Set<string>()
  for (const item of network.publicAddress ?? []) {
    if (item.boundTo?.kind !== 'networkInterface') continue
    const list = index.isDoubted('publicAddress', item) ? doubted : settled
    list.add(item.boundTo.id)
  }
  network.networkInterface?.forEach((item, port) => {
    if (item.type !== 'secondary' || settled.has(item.id) || !on('eip.cut-through')) return
    const open = doubted.has(item.id) || index.lack('publicAddress', item) !== undefined
    if (open) columns.flags[port] |= PORT_FLAG.addressUnread
  })
}

/** Kinds that give a packet leaving their port a public identity. */
const identities: ReadonlySet<number> = new Set([
  PUBLIC.port,
  PUBLIC.ipv6,
  PUBLIC.ipv6EgressOnly,
  PUBLIC.ipv6Private,
  PUBLIC.ipv6Unread,
  PUBLIC.ipMapping,
  PUBLIC.classic,
])

function mappedRows(draft: Draft, columns: PortColumns): PublicRow[] {
  const haVips = new Map([...haVipPorts(draft, columns)].map((item) => [item.id, item]))
  return (draft.network.publicAddress ?? []).map((item, resource) => ({
    rank: draft.rank(item.address),
    resource,
    ...publicKind(draft, item, bindingOf(draft, columns, item, haVips)),
  }))
}

/** A cut-through EIP has replaced the private address in the guest even while it is out of service. */
function publicKind(
  draft: Draft,
  item: PublicAddress,
  binding: Omit<PublicRow, 'rank' | 'resource'>,
): Omit<PublicRow, 'rank' | 'resource'> {
  const own = draft.rank(item.address)
  if (draft.index.isDoubted('publicAddress', item))
    return { ...nowhere(PUBLIC.unread), inside: own }
  if (!inService(draft, item)) return nowhere(PUBLIC.badState)
  // Whatever it is bound to, a cut-through EIP translates nothing.
  const whole = binding.kind === PUBLIC.unread && item.mode === 'cut-through'
  return whole ? { ...binding, inside: own } : binding
}

const nowhere = (kind: number): Omit<PublicRow, 'rank' | 'resource'> => ({
  kind,
  port: -1,
  inside: -1,
  nat: -1,
})

function inService({ on }: Draft, item: PublicAddress): boolean {
  if (!on('eip.in-use')) return true
  return item.boundTo === undefined ? true : item.state === 'InUse' && !item.locks?.length
}

function bindingOf(
  draft: Draft,
  columns: PortColumns,
  item: PublicAddress,
  haVips: ReadonlyMap<string, { readonly address: number; readonly port: number }>,
): Omit<PublicRow, 'rank' | 'resource'> {
  const bound = item.boundTo
  if (!bound) return nowhere(PUBLIC.unbound)
  switch (bound.kind) {
    case 'instance':
      return mapPort(draft, columns, item, memberPort(draft, columns, bound.id, item))
    case 'networkInterface':
      return interfaceBinding(draft, columns, item, bound.id)
    case 'natGateway': {
      const nat = draft.ids.natGateway.find(bound.id, item)
      const gateway = draft.network.natGateway?.[nat]
      const own = gateway?.addresses?.find(({ publicAddress }) => publicAddress === item.address)
      if (own?.networkInterfaceId && draft.on('eni.nat'))
        return interfaceBinding(draft, columns, item, own.networkInterfaceId)
      const known = gateway && draft.ids.vpc.find(gateway.vpcId, gateway) >= 0
      return known ? { ...nowhere(PUBLIC.nat), nat } : nowhere(PUBLIC.unread)
    }
    case 'haVip': {
      const vip = haVips.get(bound.id)
      if (!vip) return nowhere(PUBLIC.unread)
      if (vip.port === -1) return nowhere(PUBLIC.unread)
      return vip.port < 0
        ? nowhere(PUBLIC.noMaster)
        : { kind: PUBLIC.port, port: vip.port, inside: vip.address, nat: -1 }
    }
    case 'loadBalancer':
      return balancerBinding(draft, columns, draft.ids.loadBalancer.find(bound.id, item))
  }
}

/** The interface may be a load balancer's, which answers at its address. */
function interfaceBinding(
  draft: Draft,
  columns: PortColumns,
  item: PublicAddress,
  id: string,
): Omit<PublicRow, 'rank' | 'resource'> {
  const front = columns.balancerPlaces.findIndex((one) => one.networkInterfaceId === id)
  if (front < 0) return mapPort(draft, columns, item, memberPort(draft, columns, id, item))
  const port = columns.balancers + front
  return { kind: PUBLIC.port, port, inside: columns.address4[port], nat: -1 }
}

/** An EIP of a load balancer leads to its address, where its inside was read. */
function balancerBinding(
  draft: Draft,
  columns: PortColumns,
  position: number,
): Omit<PublicRow, 'rank' | 'resource'> {
  const item = draft.network.loadBalancer?.[position]
  if (!item || !isBalancerKnown(draft, item)) return nowhere(PUBLIC.unsupported)
  const place = columns.balancerPlaces.findIndex((one) => one.position === position)
  const port = columns.balancers + place
  return { kind: PUBLIC.port, port, inside: columns.address4[port], nat: -1 }
}

function mapPort(
  draft: Draft,
  columns: PortColumns,
  item: PublicAddress,
  port: number,
): Omit<PublicRow, 'rank' | 'resource'> {
  if (port < 0 || columns.domain[port] < 0) return nowhere(PUBLIC.unread)
  if (item.mode === 'cut-through' && draft.on('eip.cut-through')) {
    const own = draft.rank(item.address)
    columns.flags[port] |= PORT_FLAG.cutThrough
    columns.address4[port] = own
    return { kind: PUBLIC.port, port, inside: own, nat: -1 }
  }
  const inside = item.boundTo?.privateAddress
  const rank = inside === undefined ? firstAddress(draft, port) : draft.rank(inside)
  return { kind: PUBLIC.port, port, inside: rank, nat: -1 }
}

function firstAddress(draft: Draft, port: number): number {
  const address = draft.network.networkInterface?.[port]?.addresses[0]
  return address === undefined ? -1 : draft.rank(address)
}

function ipv6Rows(draft: Draft): PublicRow[] {
  const rows: PublicRow[] = []
  draft.network.networkInterface?.forEach((item, port) => {
    for (const { address, internet } of item.ipv6Addresses ?? []) {
      const rank = draft.rank(address)
      rows.push({
        rank,
        kind: ipv6Kind(draft, internet),
        port,
        inside: rank,
        nat: -1,
        resource: -1,
      })
    }
  })
  return rows
}

function ipv6Kind({ on }: Draft, internet: 'none' | 'egress-only' | 'both' | undefined): number {
  switch (internet) {
    case 'both':
      return PUBLIC.ipv6
    case 'egress-only':
      return on('ipv6.egress-only') ? PUBLIC.ipv6EgressOnly : PUBLIC.ipv6
    case 'none':
      return on('ipv6.bandwidth') ? PUBLIC.ipv6Private : PUBLIC.ipv6
    case undefined:
      return PUBLIC.ipv6Unread
  }
}

function classicRows(columns: PortColumns): PublicRow[] {
  return columns.classic.flatMap((_, i) => {
    const port = columns.interfaces + 2 * i + 1
    const rank = columns.address4[port]
    return rank < 0
      ? []
      : [{ rank, kind: PUBLIC.classic, port, inside: rank, nat: -1, resource: -1 }]
  })
}
