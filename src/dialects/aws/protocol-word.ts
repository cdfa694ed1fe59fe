import type { IcmpKind, RuleProtocol } from '#model'
import { PROTOCOL, parseProtocol } from '#net'

import { isAbsent, wholeOf } from '../spot.ts'
import type { Spot } from '../spot.ts'

/** A protocol as rules name it: `-1` for every one, a word, or an IANA number. */
export function readProtocol(text: string | undefined): RuleProtocol | undefined {
  if (text === undefined) return undefined
  return text === '-1' || text.toLowerCase() === 'all' ? 'all' : parseProtocol(text)
}

/** Rules look at the ports of TCP and UDP only. */
export function isPorted(protocol: RuleProtocol): boolean {
  return protocol === PROTOCOL.tcp || protocol === PROTOCOL.udp
}

export function hasIcmpType(protocol: RuleProtocol): boolean {
  return protocol === PROTOCOL.icmp || protocol === PROTOCOL.icmpv6
}

/** A type and its code; -1 and absent stand for every one. Undefined: neither. */
export function readIcmp(type: Spot, code: Spot): IcmpKind | 'any' | undefined {
  const [kind, detail] = [octetOrAny(type), octetOrAny(code)]
  if (kind === undefined || detail === undefined) return undefined
  if (kind === 'any') return 'any'
  return { type: kind, ...(detail !== 'any' && { code: detail }) }
}

function octetOrAny(spot: Spot): number | 'any' | undefined {
  if (isAbsent(spot)) return 'any'
  const value = wholeOf(spot)
  if (value === -1) return 'any'
  return value !== undefined && value >= 0 && value <= 255 ? value : undefined
}
