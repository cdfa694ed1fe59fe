import type { DnatEntry, NatGateway, PublicAddress, SnatEntry } from '#model'
import { type DnatRow, type Nats, PORT_FLAG, PUBLIC, type Publics } from '../fabric.ts'
import { haVipPorts, memberPort, type PortColumns } from './compile-ports.ts'
import { lengthOf } from './compile-routes.ts'
import type { Draft } from './draft.ts'

interface PublicRow {
  readonly rank: number
  readonly kind: number
  readonly port: number
  readonly inside: number
  readonly nat: number
  readonly resource: number
}

/** Semantics `eip.*`, `ipv6.bandwidth`, `ipv6.egress-only`, `nat.ip-mapping`: public identities. */
export function compilePublics(draft: Draft, columns: PortColumns): Publics {
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
    next,
  }
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
function publicKind(draft: Draft, item: PublicAddress, binding: Omit<PublicRow, 'rank' | 'resource'>): Omit<PublicRow, 'rank' | 'resource'> {
  return inService(draft, item) ? binding : nowhere(PUBLIC.badState)
}

const nowhere = (kind: number): Omit<PublicRow, 'rank' | 'resource'> => ({ kind, port: -1, inside: -1, nat: -1 })

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
    case 'networkInterface':
      return mapPort(draft, columns, item, memberPort(draft, columns, bound.id, item))
    case 'natGateway': {
      const nat = draft.ids.natGateway.find(bound.id, item)
      return nat < 0 ? nowhere(PUBLIC.unread) : { ...nowhere(PUBLIC.nat), nat }
    }
    case 'haVip': {
      const vip = haVips.get(bound.id)
      if (!vip) return nowhere(PUBLIC.unread)
      if (vip.port === -1) return nowhere(PUBLIC.unread)
      return vip.port < 0 ? nowhere(PUBLIC.noMaster) : { kind: PUBLIC.port, port: vip.port, inside: vip.address, nat: -1 }
    }
    case 'loadBalancer':
      return nowhere(PUBLIC.unsupported)
  }
}

function mapPort(draft: Draft, columns: PortColumns, item: PublicAddress, port: number): Omit<PublicRow, 'rank' | 'resource'> {
  if (port < 0) return nowhere(PUBLIC.unread)
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
      rows.push({ rank, kind: ipv6Kind(draft, internet), port, inside: rank, nat: -1, resource: -1 })
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
    return rank < 0 ? [] : [{ rank, kind: PUBLIC.classic, port, inside: rank, nat: -1, resource: -1 }]
  })
}

/** A DNAT entry for every port gives its inside address that public identity outbound. */
function ipMappingRows(draft: Draft, columns: PortColumns, addresses: readonly PublicRow[]): PublicRow[] {
  const owners = privateOwners(draft, columns)
  return (draft.network.natGateway ?? []).flatMap((gateway, nat) =>
    gateway.dnat.flatMap((entry) => {
      if (entry.protocol !== 'any' || gateway.reach !== 'internet' || !works(entry) || !serves(draft, gateway)) return []
      const inside = draft.rank(entry.internalAddress)
      const port = owners.get(`${draft.ids.vpc.find(gateway.vpcId, gateway)}/${inside}`) ?? -1
      const rank = draft.rank(entry.externalAddress)
      if (!addresses.some((row) => row.rank === rank && row.kind === PUBLIC.nat && row.nat === nat)) return []
      return [{ rank, kind: PUBLIC.ipMapping, port, inside, nat, resource: -1 }]
    }),
  )
}

function privateOwners(draft: Draft, columns: PortColumns): ReadonlyMap<string, number> {
  const wanted = new Set(
    (draft.network.natGateway ?? []).flatMap(({ dnat }) =>
      dnat.flatMap((entry) => (entry.protocol === 'any' ? [entry.internalAddress] : [])),
    ),
  )
  const owners = new Map<string, number>()
  if (wanted.size === 0) return owners
  draft.network.networkInterface?.forEach((item, port) => {
    if (columns.flags[port] & PORT_FLAG.cutThrough) return
    for (const address of item.addresses) {
      if (wanted.has(address)) owners.set(`${columns.domain[port]}/${draft.rank(address)}`, port)
    }
  })
  for (const { subnet, address, port } of haVipPorts(draft, columns)) {
    if (port >= 0) owners.set(`${subnet}/${address}`, port)
  }
  return owners
}

const works = (entry: SnatEntry | DnatEntry): boolean => entry.state === 'Available'

const serves = ({ on }: Draft, gateway: NatGateway): boolean =>
  !on('nat.in-service') || (gateway.state === 'Available' && !gateway.locks?.length)

/** Semantics `nat.*`. */
export function compileNats(draft: Draft, publics: Publics): Nats {
  const gateways = draft.network.natGateway ?? []
  const snat = gateways.map((gateway) => snatOrder(draft, gateway))
  const dnat = gateways.map((gateway) => dnatRows(draft, gateway))
  return {
    domain: Int32Array.from(gateways, (gateway) => draft.ids.vpc.find(gateway.vpcId, gateway)),
    subnet: Int32Array.from(gateways, (gateway) =>
      gateway.subnetId === undefined ? -1 : draft.ids.subnet.find(gateway.subnetId, gateway),
    ),
    state: Uint8Array.from(gateways, (gateway) => (gateway.reach === 'intranet' ? 2 : serves(draft, gateway) ? 0 : 1)),
    unread: Uint8Array.from(gateways, (gateway) =>
      draft.gaps('natGateway', gateway, gateway.id)?.id === undefined ? 0 : 1,
    ),
    snatOffsets: offsetsOf(snat),
    snatEntry: Int32Array.from(snat.flat()),
    snatRange: snat.flatMap((order, nat) => order.map((entry) => draft.range(gateways[nat].snat[entry].source))),
    snatPublics: snat.flatMap((order, nat) => order.map((entry) => sources(draft, publics, gateways[nat].snat[entry], nat))),
    dnatOffsets: offsetsOf(dnat),
    dnat: dnat.flat(),
  }
}

const offsetsOf = (lists: readonly (readonly unknown[])[]): Int32Array => {
  const offsets = new Int32Array(lists.length + 1)
  lists.forEach((list, i) => (offsets[i + 1] = offsets[i] + list.length))
  return offsets
}

/** Positions of the working SNAT entries, the deciding one first (`nat.snat-longest-source`). */
function snatOrder({ on }: Draft, { snat }: NatGateway): number[] {
  const direction = on('nat.snat-longest-source') ? -1 : 1
  return [...snat.keys()]
    .filter((i) => works(snat[i]))
    .sort((a, b) => direction * (lengthOf(snat[a].source) - lengthOf(snat[b].source)) || a - b)
}

/** Public records an SNAT entry may draw from: bound to this gateway and in service. */
function sources(draft: Draft, publics: Publics, entry: SnatEntry, nat: number): Int32Array {
  const usable = entry.addresses.flatMap((address) => {
    const rank = draft.rank(address)
    const at = publics.rank.subarray(0, publics.addresses).indexOf(rank)
    return at >= 0 && publics.kind[at] === PUBLIC.nat && publics.nat[at] === nat ? [at] : []
  })
  return Int32Array.from(usable)
}

/** Working DNAT entries, those of one port before those of every port. */
function dnatRows(draft: Draft, { dnat }: NatGateway): DnatRow[] {
  return [...dnat.keys()]
    .filter((i) => works(dnat[i]))
    .sort((a, b) => Number(dnat[a].protocol === 'any') - Number(dnat[b].protocol === 'any') || a - b)
    .map((entry) => dnatRow(draft, dnat[entry], entry))
}

function dnatRow(draft: Draft, item: DnatEntry, entry: number): DnatRow {
  const external = item.externalPort ?? { from: 0, to: 65535 }
  const every = item.protocol === 'any'
  return {
    external: draft.rank(item.externalAddress),
    protocol: item.protocol === 'tcp' ? 6 : item.protocol === 'udp' ? 17 : -1,
    low: every ? 0 : external.from,
    high: every ? 65535 : external.to,
    inside: draft.rank(item.internalAddress),
    shift: every ? 0 : (item.internalPort ?? external).from - external.from,
    entry,
  }
}
