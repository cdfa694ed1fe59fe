import type { PortInterval, RuleProtocol } from '#model'
import { parseProtocol } from '#net'

/** Every port, as rules of the model say it. */
export const everyPort: PortInterval = { from: 0, to: 65_535 }

/**
 * A protocol as security groups and network ACLs name it: a word in any case, or an IANA number.
 * `all` is every protocol of both families: ICMP to IPv4 peers, ICMPv6 to IPv6 peers.
 */
export function readProtocol(text: string | undefined): RuleProtocol | undefined {
  if (text === undefined) return undefined
  return text.toLowerCase() === 'all' ? 'all' : parseProtocol(text)
}

/**
 * `80/80`, `1/65535`, several with commas, or `-1/-1` for every port, which is the empty list.
 * Undefined: none of these.
 */
export function readPortRanges(text: string | undefined): readonly PortInterval[] | undefined {
  if (text === undefined) return undefined
  const parts = text.split(',').map((part) => readRange(part.trim()))
  const read = parts.filter((part) => part !== undefined)
  if (read.length < parts.length) return undefined
  return read.includes('every') ? [] : read.filter((part) => part !== 'every')
}

function readRange(text: string): PortInterval | 'every' | undefined {
  if (text === '-1/-1' || text === '-1') return 'every'
  const bounds = /^(\d{1,5})(?:\/(\d{1,5}))?$/.exec(text)
  if (!bounds) return undefined
  const from = Number(bounds[1])
  const to = Number(bounds[2] ?? bounds[1])
  return from <= to && to <= everyPort.to ? { from, to } : undefined
}
