import type { Family, IpAddress } from '#net'
import type { AddressType, ConnectionDirection, ConnectionState } from './firewall-field.ts'

/**
 * One whole packet, never a fragment. What is absent is not known, and a rule that asks for it
 * leaves the answer open.
 */
export interface FirewallPacket {
  readonly family: Family
  /** IANA number. */
  readonly protocol: number
  readonly source?: IpAddress
  readonly destination?: IpAddress
  /** Looked at only if the protocol has ports. */
  readonly sourcePort?: number
  readonly destinationPort?: number
  /** Looked at only if the protocol is ICMP or ICMPv6. */
  readonly icmpType?: number
  readonly icmpCode?: number
  /** See `tcpFlagBits`. */
  readonly tcpFlags?: number
  /** Bytes of the whole IP packet. */
  readonly length?: number
  /** TTL or hop limit. */
  readonly hopLimit?: number
}

/** Circumstances of a packet at one hook. What is absent is not known, unless it says otherwise. */
export interface PacketContext {
  /** What connection tracking makes of the packet. */
  readonly state?: ConnectionState
  /** Absent: `original` if the state is new. */
  readonly direction?: ConnectionDirection
  /** Name of the device it came in by; empty for a packet of the guest's own. */
  readonly inputDevice?: string
  /** Name of the device it leaves by, where that is decided already. */
  readonly outputDevice?: string
  readonly sourceType?: AddressType
  readonly destinationType?: AddressType
  /** Whether a packet to its source would leave by the input device. */
  readonly reverseRoute?: boolean
  /** Unsigned 32 bits; absent: 0. */
  readonly mark?: number | 'unknown'
  /** Unsigned 32 bits; absent: 0 if the state is new. */
  readonly connectionMark?: number | 'unknown'
  /** Absent: the packet's own, if the connection is not translated. */
  readonly original?: ConnectionEnds
  /** The ends of the connection that a translation has changed; absent: none. */
  readonly translated?: {
    readonly source: boolean | 'unknown'
    readonly destination: boolean | 'unknown'
  }
}

/** Between whom a connection was opened. */
export interface ConnectionEnds {
  readonly source?: IpAddress
  readonly destination?: IpAddress
  readonly sourcePort?: number
  readonly destinationPort?: number
}
