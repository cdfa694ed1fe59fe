import { formatProtocol, parseProtocol } from '#net'

/**
 * The text of a `service` fact: `TCP 3306`, `UDP 1024-65535`, `ICMP`, `protocol 99`, or `ALL` for
 * every protocol. `protocol` is an IANA number, its keyword in any case, `any` or `all`; `ports` is
 * one port or a range as text, absent: every port.
 */
export function serviceText(protocol: number | string, ports?: number | string): string {
  const name = protocolText(protocol)
  return ports === undefined ? name : `${name} ${ports}`
}

function protocolText(protocol: number | string): string {
  if (protocol === 'any' || protocol === 'all') return 'ALL'
  const number = typeof protocol === 'number' ? protocol : parseProtocol(protocol)
  if (number === undefined) return String(protocol).toUpperCase()
  return (numberTexts[number] ??= numberText(number))
}

/** Every explained answer says the same few. */
const numberTexts: string[] = []

function numberText(number: number): string {
  const keyword = formatProtocol(number)
  if (/^\d/.test(keyword)) return `protocol ${number}`
  return keyword === 'icmpv6' ? 'ICMPv6' : keyword.toUpperCase()
}
