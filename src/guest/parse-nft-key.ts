/** The left side of a condition, nft(8) EXPRESSIONS: which field of the packet is meant. */

import { PROTOCOL } from '#net'
import type { FieldKey, FirewallField } from './firewall-field.ts'
import type { FieldMatch } from './firewall-ruleset.ts'
import { nftIcmpCodes, nftIcmpTypes, nftIcmpv6Codes, nftIcmpv6Types } from './icmp-names.ts'
import { entryOf, isRecord, listOf, member, onlyMember, textOf } from './parse-nft-json.ts'
import { parseFieldValue } from './parse-nft-value.ts'
import { matchFamily, matchProtocol } from './rule-step.ts'

/** A key and what a packet must be to have it: nft leaves these conditions out of its listing. */
export type NftKey =
  | {
      readonly kind: 'key'
      readonly key: FieldKey
      readonly needs: readonly FieldMatch[]
      /** Names of its values, where the field alone does not tell them. */
      readonly names?: Readonly<Record<string, number>>
    }
  | { readonly kind: 'unknown'; readonly because: string }

type KnownKey = Extract<NftKey, { kind: 'key' }>

/** Reads an expression without `concat`. */
export function parseNftKey(expression: unknown): NftKey {
  const [name, body] = onlyMember(expression) ?? ['expression', undefined]
  if (name === '&') return parseMasked(body)
  const known = entryOf(readers, name)?.(body)
  return known ?? { kind: 'unknown', because: describe(name, body) }
}

/** Reads an expression that may be a concatenation: one key per part. */
export function parseNftKeys(expression: unknown): readonly NftKey[] {
  const parts = listOf(member(expression, 'concat'))
  return parts ? parts.map(parseNftKey) : [parseNftKey(expression)]
}

type Reader = (body: unknown) => KnownKey | undefined

const readers: Readonly<Record<string, Reader>> = {
  payload: (body) => entryOf(payloads, `${text(body, 'protocol')} ${text(body, 'field')}`),
  meta: (body) => keyFrom(metas, text(body, 'key')),
  ct: parseConnectionKey,
  fib: parseFibKey,
}

const text = (body: unknown, name: string): string => textOf(member(body, name)) ?? ''

const key = (field: FirewallField, ...needs: readonly FieldMatch[]): KnownKey => ({
  kind: 'key',
  key: { field },
  needs,
})

function keyFrom(table: Readonly<Record<string, FirewallField>>, name: string) {
  const field = entryOf(table, name)
  return field && key(field)
}

const ported = (name: string, protocol: number) => ({
  [`${name} sport`]: key('sourcePort', matchProtocol(protocol)),
  [`${name} dport`]: key('destinationPort', matchProtocol(protocol)),
})

const [ipv4, ipv6] = [matchFamily(4), matchFamily(6)]
const icmp = [ipv4, matchProtocol(PROTOCOL.icmp)]
const icmpv6 = [ipv6, matchProtocol(PROTOCOL.icmpv6)]

const payloads: Readonly<Record<string, KnownKey>> = {
  'ip saddr': key('source', ipv4),
  'ip daddr': key('destination', ipv4),
  'ip protocol': key('protocol', ipv4),
  'ip ttl': key('hopLimit', ipv4),
  'ip length': key('length', ipv4),
  'ip frag-off': key('fragment', ipv4),
  'ip6 saddr': key('source', ipv6),
  'ip6 daddr': key('destination', ipv6),
  // The first header's word: packets with extension headers are none that Hopwise asks about.
  'ip6 nexthdr': key('protocol', ipv6),
  'ip6 hoplimit': key('hopLimit', ipv6),
  'th sport': key('sourcePort'),
  'th dport': key('destinationPort'),
  ...ported('tcp', PROTOCOL.tcp),
  ...ported('udp', PROTOCOL.udp),
  ...ported('dccp', 33),
  ...ported('sctp', 132),
  ...ported('udplite', 136),
  'tcp flags': key('tcpFlags', matchProtocol(PROTOCOL.tcp)),
  'icmp type': { ...key('icmpType', ...icmp), names: nftIcmpTypes },
  'icmp code': { ...key('icmpCode', ...icmp), names: nftIcmpCodes },
  'icmpv6 type': { ...key('icmpType', ...icmpv6), names: nftIcmpv6Types },
  'icmpv6 code': { ...key('icmpCode', ...icmpv6), names: nftIcmpv6Codes },
}

const metas: Readonly<Record<string, FirewallField>> = {
  nfproto: 'family',
  protocol: 'family',
  l4proto: 'protocol',
  iif: 'inputDevice',
  iifname: 'inputDevice',
  oif: 'outputDevice',
  oifname: 'outputDevice',
  mark: 'mark',
  length: 'length',
  pkttype: 'packetType',
}

const connectionKeys: Readonly<Record<string, FirewallField>> = {
  state: 'state',
  status: 'status',
  direction: 'direction',
  mark: 'connectionMark',
}

const originalKeys: Readonly<Record<string, KnownKey>> = {
  'ip saddr': key('originalSource', ipv4),
  'ip daddr': key('originalDestination', ipv4),
  'ip6 saddr': key('originalSource', ipv6),
  'ip6 daddr': key('originalDestination', ipv6),
  'proto-src': key('originalSourcePort'),
  'proto-dst': key('originalDestinationPort'),
}

function parseConnectionKey(body: unknown): KnownKey | undefined {
  const name = text(body, 'key')
  const direction = member(body, 'dir')
  if (direction === undefined) return keyFrom(connectionKeys, name)
  return direction === 'original' ? entryOf(originalKeys, name) : undefined
}

/** Answers of the routing tables; those that a device narrows are left to the unknown. */
function parseFibKey(body: unknown): KnownKey | undefined {
  const flags = listOf(member(body, 'flags')) ?? [member(body, 'flags')]
  const about = [...flags].filter((flag) => flag !== 'mark')
  if (member(body, 'result') === 'type' && about.length === 1) {
    if (about[0] === 'daddr') return key('destinationType')
    return about[0] === 'saddr' ? key('sourceType') : undefined
  }
  const isReverse = about.length === 2 && about.includes('saddr') && about.includes('iif')
  return member(body, 'result') === 'oif' && isReverse ? key('reverseRoute') : undefined
}

function parseMasked(body: unknown): NftKey {
  const [left, right] = listOf(body) ?? []
  const inner = parseNftKey(left)
  if (inner.kind === 'unknown') return inner
  const mask = parseMask(inner, right)
  if (mask === undefined || inner.key.mask !== undefined)
    return { kind: 'unknown', because: `${inner.key.field} &` }
  return { ...inner, key: { ...inner.key, mask } }
}

function parseMask({ key, names }: KnownKey, value: unknown): bigint | undefined {
  const ranges = parseFieldValue({ field: key.field, ...(names && { names }) }, value)
  return ranges?.length === 1 && ranges[0].low === ranges[0].high ? ranges[0].low : undefined
}

/** A name for what is not known, such as `meta day`. */
function describe(name: string, body: unknown): string {
  const words = isRecord(body)
    ? ['protocol', 'result', 'key', 'name', 'field'].map((part) => text(body, part))
    : []
  return [name, ...words.filter((word) => word !== '')].join(' ').slice(0, LONGEST_NAME)
}

const LONGEST_NAME = 80
