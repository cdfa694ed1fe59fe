import { ALL_PROTOCOLS, type Fabric, PROTOCOL_MASK } from '#fabric'
import type { Question } from '#model'
import { formatProtocol } from '#net'

/** Protocols that some rule names, TCP and UDP, and one that no rule names. */
export function namedProtocols(fabric: Fabric): {
  readonly 4: readonly number[]
  readonly 6: readonly number[]
} {
  const named = [...ruledProtocols(fabric), otherProtocol(fabric)]
  const without = (foreign: number): number[] =>
    named.filter((protocol) => protocol !== foreign).sort((a, b) => a - b)
  return { 4: without(ICMPV6), 6: without(ICMP) }
}

/** The number that stands for every protocol that no rule names. */
export function otherProtocol(fabric: Fabric): number {
  const named = ruledProtocols(fabric)
  let other = 253
  while (named.has(other) && other > 0) other--
  return other
}

function ruledProtocols({ rules }: Fabric): Set<number> {
  const named = new Set([TCP, UDP, ICMP, GRE, ICMPV6])
  for (let entry = 0; entry < rules.keys.length; entry++) {
    const protocol = rules.words[entry * 4 + 1] & PROTOCOL_MASK
    if (protocol < ALL_PROTOCOLS) named.add(protocol)
  }
  return named
}

/** IANA number of a protocol; `icmp` is the one of the addresses' family. */
export function protocolNumber(
  protocol: Exclude<Question['protocol'], 'any'>,
  family: 4 | 6,
): number {
  switch (protocol) {
    case 'tcp':
      return TCP
    case 'udp':
      return UDP
    case 'icmp':
      return family === 4 ? ICMP : ICMPV6
    case 'gre':
      return GRE
    default:
      return protocol
  }
}

/** Text of the protocol a question asks about. */
export const protocolText = (protocol: Question['protocol']): string =>
  typeof protocol === 'number' ? formatProtocol(protocol) : protocol

const ICMP = 1
const TCP = 6
const UDP = 17
const GRE = 47
const ICMPV6 = 58
