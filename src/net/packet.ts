import type { IpAddress } from './address.ts'

/**
 * One packet, as far as Hopwise looks: `protocol` is an IANA number; ports are 0 where the protocol
 * has none (see `hasPorts`), `icmpType` is 0 unless the protocol is ICMP or ICMPv6.
 */
export interface Packet {
  readonly source: IpAddress
  readonly destination: IpAddress
  readonly protocol: number
  readonly sourcePort: number
  readonly destinationPort: number
  readonly icmpType: number
}
