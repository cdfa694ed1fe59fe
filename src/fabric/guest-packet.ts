import {
  type FirewallField,
  type FirewallObserver,
  type FirewallPacket,
  firstState,
  type PacketContext,
  tcpFlagBits,
} from '#guest'
import { type Family, PROTOCOL } from '#net'
import { addressesOf, type AddressLine, rank4, rank6, rankFamily } from './address-line.ts'
import type { GuestFlow } from './guest-fact.ts'
import { hasPortWords, PACKET } from './packet.ts'

/**
 * The packet in hand as a firewall sees it. Addresses are the first ones of their ranks: no rule
 * can tell those of one rank apart. A question about ICMP is one about an echo.
 */
export function firewallPacket(
  line: AddressLine,
  packet: Int32Array,
  reply: boolean,
): FirewallPacket {
  const protocol = packet[PACKET.protocol]
  const family = rankFamily(line, packet[PACKET.destination])
  return {
    family,
    protocol,
    source: { family, value: addressesOf(line, packet[PACKET.source]).low },
    destination: { family, value: addressesOf(line, packet[PACKET.destination]).low },
    ...(hasPortWords(protocol) && {
      sourcePort: packet[PACKET.sourcePort],
      destinationPort: packet[PACKET.port],
    }),
    ...echo(protocol, reply),
    tcpFlags: reply ? tcpFlagBits.syn | tcpFlagBits.ack : tcpFlagBits.syn,
  }
}

function echo(protocol: number, reply: boolean): { icmpType?: number; icmpCode?: number } {
  if (protocol === PROTOCOL.icmp) return { icmpType: reply ? 0 : 8, icmpCode: 0 }
  if (protocol === PROTOCOL.icmpv6) return { icmpType: reply ? 129 : 128, icmpCode: 0 }
  return {}
}

/** What connection tracking makes of a packet that belongs to this connection, or to none. */
export function connectionOf(
  packet: FirewallPacket,
  flow: GuestFlow | undefined,
): Pick<PacketContext, 'state' | 'direction' | 'connectionMark'> {
  switch (flow?.replies) {
    case 'established':
      return { state: 'established', direction: 'reply', connectionMark: flow.mark }
    case 'unknown':
      return { connectionMark: 'unknown' }
    default:
      return { state: firstState(packet) }
  }
}

/** Which words of the packet a rule may look at, by field, as the connection is directed. */
const words = {
  source: PACKET.source,
  destination: PACKET.destination,
  sourcePort: PACKET.sourcePort,
  destinationPort: PACKET.port,
} as const

const opposite = {
  source: 'destination',
  destination: 'source',
  sourcePort: 'destinationPort',
  destinationPort: 'sourcePort',
} as const

const originals = {
  source: 'originalSource',
  destination: 'originalDestination',
  sourcePort: 'originalSourcePort',
  destinationPort: 'originalDestinationPort',
} as const

const ends = ['source', 'destination', 'sourcePort', 'destinationPort'] as const

/** Lowers the upper ends of the packet's box as a firewall looks at them. */
export function boxObserver(
  line: AddressLine,
  packet: Int32Array,
  direction: PacketContext['direction'],
): FirewallObserver | undefined {
  const wordOf = new Map<FirewallField, number>()
  for (const end of ends) {
    const word = words[end]
    if (packet[word + 1] <= packet[word]) continue
    wordOf.set(end, word)
    wordOf.set(originals[direction === 'reply' ? opposite[end] : end], word)
  }
  if (wordOf.size === 0) return undefined
  return {
    watched: new Set(wordOf.keys()),
    compared(field, upTo) {
      const word = wordOf.get(field)
      if (word === undefined) return
      const isAddress = word === PACKET.source || word === PACKET.destination
      const end = isAddress ? rankOfValue(line, rankFamily(line, packet[word]), upTo) : Number(upTo)
      if (end < packet[word + 1]) packet[word + 1] = end
    },
  }
}

function rankOfValue(line: AddressLine, family: Family, value: bigint): number {
  if (family === 6) return rank6(line, value)
  return value < 1n << 32n ? rank4(line, Number(value)) : line.starts4.length - 1
}
