/** Packet sets in words, for people only: nothing reads this text back. */

import { AddressSet } from './address-set.ts'
import { formatAddressPart } from './address-part.ts'
import { IcmpTypeSet } from './icmp-type-set.ts'
import type { PacketSet } from './packet-set.ts'
import { PortSet } from './port-set.ts'
import { ProtocolSet } from './protocol-set.ts'
import { PortPairs } from './transport-set.ts'
import type { TransportSet } from './transport-set.ts'

/** Lists longer than this are cut, and the number of missing items is said. */
const LONGEST_LIST = 4

/** `10.0.0.0/8 -> 10.1.2.3: tcp to port 22, and icmp type 8; …`. `isAll`: the set is everything. */
export function formatPacketSet(set: PacketSet, isAll: boolean): string {
  if (isAll) return 'all packets'
  const flows = set.flows.rows.flatMap(({ left: source, right }) =>
    right.rows.map(({ left: destination, right: transports }) => {
      const ends = `${addressesText(source)} -> ${addressesText(destination)}`
      return `${ends}: ${transportsText(transports)}`
    }),
  )
  return flows.length === 0 ? 'no packets' : shortList(flows, '; ')
}

function addressesText(set: AddressSet): string {
  return shortList(AddressSet.ranges(set).map(formatAddressPart), ',')
}

/** First the protocols of which everything passes, then those of which only some ports do. */
function transportsText(set: TransportSet): string {
  const open = openProtocols(set)
  const partial = [
    ...set.ported.rows.flatMap(({ left, right }) => portsText(left, right)),
    ...set.icmp.rows.flatMap(({ left, right }) => typesText(left, right)),
  ]
  const parts = ProtocolSet.isEmpty(open) ? partial : [protocolsText(open), ...partial]
  return shortList(parts, ', and ')
}

function openProtocols({ ported, icmp, bare }: TransportSet): ProtocolSet {
  const rows = [
    ...ported.rows.filter(({ right }) => PortPairs.equals(right, everyPort)),
    ...icmp.rows.filter(({ right }) => IcmpTypeSet.equals(right, IcmpTypeSet.all)),
  ]
  return rows.reduce((open, { left }) => ProtocolSet.union(open, left), bare)
}

const everyPort = PortPairs.box(PortSet.all, PortSet.all)

/** Says what is missing when that is shorter: `any protocol but tcp`. */
function protocolsText(protocols: ProtocolSet): string {
  const missing = ProtocolSet.complement(protocols)
  if (ProtocolSet.isEmpty(missing)) return 'any protocol'
  return missing.ranges.length < protocols.ranges.length
    ? `any protocol but ${ProtocolSet.format(missing)}`
    : ProtocolSet.format(protocols)
}

function portsText(protocols: ProtocolSet, pairs: PortPairs): readonly string[] {
  if (PortPairs.equals(pairs, everyPort)) return []
  return pairs.rows.map(({ left, right }) => {
    const from = PortSet.equals(left, PortSet.all) ? '' : ` from port ${PortSet.format(left)}`
    const to = PortSet.equals(right, PortSet.all) ? '' : ` to port ${PortSet.format(right)}`
    return ProtocolSet.format(protocols) + from + to
  })
}

function typesText(protocols: ProtocolSet, types: IcmpTypeSet): readonly string[] {
  if (IcmpTypeSet.equals(types, IcmpTypeSet.all)) return []
  return [`${ProtocolSet.format(protocols)} type ${IcmpTypeSet.format(types)}`]
}

function shortList(items: readonly string[], separator: string): string {
  const missing = items.length - LONGEST_LIST
  const shown = items.slice(0, LONGEST_LIST).join(separator)
  return missing > 0 ? `${shown}${separator}${missing} more` : shown
}
