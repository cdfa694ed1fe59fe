import { formatPrefix, parsePrefixOrAddress } from '#net'
import type { PortInterval, RuleProtocol } from '#model'

/** Words of the nftables language (nft(8)); every list keeps the order it was given in. */

/** Whether an address or range is an IPv6 one. */
export function isIpv6(text: string): boolean {
  return text.includes(':')
}

/** `ip saddr 10.0.0.0/8`, `ip6 daddr …`; a range of everything leaves the family only. */
export function matchRange(end: 'saddr' | 'daddr', cidr: string): string {
  const prefix = parsePrefixOrAddress(cidr, { hostBits: 'mask' })
  if (!prefix) throw new Error(`not an address range: ${cidr}`)
  const family = prefix.family === 6 ? 'ip6' : 'ip'
  if (prefix.length === 0) return `meta nfproto ${prefix.family === 6 ? 'ipv6' : 'ipv4'}`
  return `${family} ${end} ${formatPrefix(prefix)}`
}

/** `{ 80, 443, 8000-8999 }`; undefined for every port. */
export function portSet(ports: readonly PortInterval[]): string | undefined {
  if (ports.length === 0 || ports.some(({ from, to }) => from === 0 && to === 65535)) {
    return undefined
  }
  return set(ports.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)))
}

/** `{ a, b }`. */
export function set(items: readonly (string | number)[]): string {
  return `{ ${items.join(', ')} }`
}

/**
 * The matches of a rule's protocol and ports: one alternative, or two where a rule for every
 * protocol has ports, which only TCP and UDP have.
 */
export function matchTransport(
  protocol: RuleProtocol,
  ports: readonly PortInterval[],
  sourcePorts: readonly PortInterval[] = [],
): readonly string[] {
  const wanted = [portMatch('dport', ports), portMatch('sport', sourcePorts)].filter(Boolean)
  if (protocol === 'all') {
    if (wanted.length === 0) return ['']
    return [`meta l4proto { 6, 17 } ${wanted.join(' ')}`, 'meta l4proto != { 6, 17 }']
  }
  const ported = protocol === 6 || protocol === 17
  return [[`meta l4proto ${protocol}`, ...(ported ? wanted : [])].join(' ')]
}

function portMatch(end: 'dport' | 'sport', ports: readonly PortInterval[]): string {
  const listed = portSet(ports)
  return listed === undefined ? '' : `th ${end} ${listed}`
}

/** One rule: its matches, a counter, what it does, and the comment that names it. */
export function rule(matches: readonly string[], verdict: string, comment = ''): string {
  return [...matches, 'counter', verdict, comment].filter((word) => word !== '').join(' ')
}

/** A named set with its elements; a set without elements is legal and matches nothing. */
export function namedSet(name: string, type: string, elements: readonly string[]): string {
  const listed = elements.length === 0 ? '' : ` elements = ${set(elements)};`
  return `set ${name} { type ${type};${listed} }`
}

/** A named map with its elements. */
export function namedMap(name: string, type: string, elements: readonly string[]): string {
  const listed = elements.length === 0 ? '' : ` elements = ${set(elements)};`
  return `map ${name} { type ${type};${listed} }`
}
