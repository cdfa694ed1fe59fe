import { PROTOCOL } from '#net'
import { tcpFlagBits } from './firewall-field.ts'
import type { ConnectionState } from './firewall-field.ts'
import type { FirewallPacket } from './firewall-packet.ts'

/**
 * What connection tracking makes of a packet that belongs to no connection yet: `new`, or `invalid`
 * if nothing can begin with it (also the ICMP of the other family), or `untracked` for the messages IPv6 itself lives by. Absent TCP
 * flags and ICMP types are taken to be those of a beginning. Rules that untrack are not asked.
 */
export function firstState(packet: FirewallPacket): ConnectionState {
  const { family, protocol, icmpType, tcpFlags } = packet
  const isForeign = protocol === (family === 4 ? PROTOCOL.icmpv6 : PROTOCOL.icmp)
  if (isForeign) return 'invalid'
  if (protocol === PROTOCOL.icmp && icmpType !== undefined)
    return icmpOpeners.includes(icmpType) ? 'new' : 'invalid'
  if (protocol === PROTOCOL.icmpv6 && icmpType !== undefined) {
    if (icmpv6Untracked.includes(icmpType)) return 'untracked'
    return icmpv6Openers.includes(icmpType) ? 'new' : 'invalid'
  }
  if (protocol === PROTOCOL.tcp && tcpFlags !== undefined) return tcpState(tcpFlags)
  return 'new'
}

/** Echo, timestamp, information and address mask requests: nf_conntrack_proto_icmp.c. */
const icmpOpeners: readonly number[] = [8, 13, 15, 17]

/** Echo and node information requests: nf_conntrack_proto_icmpv6.c. */
const icmpv6Openers: readonly number[] = [128, 139]

/** Multicast listeners, routers and neighbours: the same file. */
const icmpv6Untracked: readonly number[] = [130, 131, 132, 133, 134, 135, 136, 137, 143]

/**
 * A SYN opens a connection, and by default (`nf_conntrack_tcp_loose`) so does an ACK in the middle
 * of one that began unseen; nothing else does: nf_conntrack_proto_tcp.c.
 */
function tcpState(flags: number): ConnectionState {
  const { syn, ack, rst, fin } = tcpFlagBits
  const decisive = flags & (syn | ack | rst | fin)
  return decisive === syn || decisive === ack ? 'new' : 'invalid'
}
