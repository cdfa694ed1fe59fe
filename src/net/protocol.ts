import { protocolNames } from './protocol-names.ts'
import { parseWholeNumber } from './whole-number.ts'

/** The protocols the clouds have rules for, by IANA number. */
export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17, gre: 47, icmpv6: 58 } as const

/** The largest value of the protocol field. */
export const LAST_PROTOCOL = 255

/**
 * Reads a protocol: a decimal number from 0 to 255, or an IANA keyword in any case; also `icmpv6`
 * for IPv6-ICMP and `ospf` for OSPFIGP. `ip`, `any` and `all` are refused: whether they mean one
 * protocol or every one depends on who wrote them.
 */
export function parseProtocol(text: string): number | undefined {
  return parseWholeNumber(text, LAST_PROTOCOL) ?? numberByName.get(text.toLowerCase())
}

/** The name in lower case, or the number where IANA assigned none; `parseProtocol` reads both. */
export function formatProtocol(protocol: number): string {
  return nameByNumber.get(protocol) ?? String(protocol)
}

/**
 * Whether the protocol's header begins with a source and a destination port: TCP, UDP, DCCP, SCTP,
 * UDP-Lite. This is the packet's view; that a cloud's rules match ports of TCP and UDP only is
 * that cloud's rule.
 */
export function hasPorts(protocol: number): boolean {
  return portedProtocols.includes(protocol)
}

/** Whether the protocol's header begins with an ICMP type: ICMP and ICMPv6. */
export function hasIcmpType(protocol: number): boolean {
  return icmpProtocols.includes(protocol)
}

/** RFC 9293, 768, 4340, 9260, 3828. */
export const portedProtocols: readonly number[] = [PROTOCOL.tcp, PROTOCOL.udp, 33, 132, 136]

/** RFC 792, 4443. */
export const icmpProtocols: readonly number[] = [PROTOCOL.icmp, PROTOCOL.icmpv6]

const nameByNumber = new Map(protocolNames.map(([number, name]) => [number, name]))

const numberByName = new Map(
  protocolNames.flatMap(([number, ...names]) => names.map((name) => [name, number] as const)),
)
