import type { DnatEntry, NatGateway, SnatEntry } from '#model'
import { lengthOf } from './prefix-length.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import { PORT_FLAG } from '../places.ts'
import { type DnatRow, type Nats, PUBLIC, type Publics } from '../translations.ts'

export const works = (entry: SnatEntry | DnatEntry): boolean => entry.state === 'Available'

export const serves = ({ on }: Draft, gateway: NatGateway): boolean =>
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
    state: Uint8Array.from(gateways, (gateway) =>
      gateway.reach === 'intranet' ? 2 : serves(draft, gateway) ? 0 : 1,
    ),
    unread: Uint8Array.from(gateways, (gateway) =>
      draft.index.gap('natGateway', gateway, gateway.id)?.id === undefined ? 0 : 1,
    ),
    snatOffsets: offsetsOf(snat),
    snatEntry: Int32Array.from(snat.flat()),
    snatUnread: Uint8Array.from(
      snat.flatMap((order, nat) =>
        order.map((entry) => (hasUnread(draft, publics, gateways[nat].snat[entry]) ? 1 : 0)),
      ),
    ),
    snatRange: snat.flatMap((order, nat) =>
      order.map((entry) => draft.range(gateways[nat].snat[entry].source)),
    ),
    snatPublics: snat.flatMap((order, nat) =>
      order.map((entry) => sources(draft, publics, gateways[nat].snat[entry], nat)),
    ),
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
export function sources(draft: Draft, publics: Publics, entry: SnatEntry, nat: number): Int32Array {
  const usable = entry.addresses.flatMap((address) => {
    const rank = draft.rank(address)
    const at = publics.rank.subarray(0, publics.addresses).indexOf(rank)
    return at >= 0 && publics.kind[at] === PUBLIC.nat && publics.nat[at] === nat ? [at] : []
  })
  return Int32Array.from(usable)
}

function hasUnread(draft: Draft, publics: Publics, entry: SnatEntry): boolean {
  const { gaps = [] } = draft.network
  if (!gaps.some(({ kind }) => kind === 'publicAddress')) return false
  const listed = publics.rank.subarray(0, publics.addresses)
  return entry.addresses.some((address) => {
    const at = listed.indexOf(draft.rank(address))
    return at < 0 || publics.kind[at] === PUBLIC.unread
  })
}

/** Working DNAT entries, those of one port before those of every port. */
function dnatRows(draft: Draft, { dnat }: NatGateway): DnatRow[] {
  return [...dnat.keys()]
    .filter((i) => works(dnat[i]))
    .sort(
      (a, b) => Number(dnat[a].protocol === 'any') - Number(dnat[b].protocol === 'any') || a - b,
    )
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

/** Which ports are interfaces of NAT gateways, where these have interfaces of their own. */
export function markNatPorts(draft: Draft, columns: PortColumns): void {
  if (!draft.on('eni.nat')) return
  draft.network.natGateway?.forEach((gateway, nat) => {
    for (const { networkInterfaceId: id } of gateway.addresses ?? []) {
      const port = id === undefined ? -1 : draft.ids.networkInterface.find(id, gateway)
      if (port < 0) continue
      columns.nat[port] = nat
      columns.flags[port] |= PORT_FLAG.groupless
    }
  })
}
