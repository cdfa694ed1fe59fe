import type { Gap, GapKind, Network, Resource } from '#model'
import { type AddressLine, AddressLineBuilder, type RankRange, rangeOf, rankOf } from '../address-line.ts'
import { IdTable } from '../id-table.ts'
import { IntervalMapsBuilder } from '../interval-map.ts'
import { RuleTableBuilder } from '../rule-table.ts'
import type { SemanticSwitch } from '../semantic.ts'
import type { AlibabaSemantic } from './semantics.ts'

/** What every step of the compilation shares: the input, the address line, and the tables so far. */
export interface Draft {
  readonly network: Network
  readonly on: SemanticSwitch<AlibabaSemantic>
  readonly line: AddressLine
  readonly maps: IntervalMapsBuilder
  readonly rules: RuleTableBuilder
  readonly ids: IdTables
  readonly gaps: GapLookup
  /** Rank of an address that the network mentions. */
  rank(address: string): number
  /** Ranks of a prefix that the network mentions. */
  range(cidr: string): RankRange
}

export interface IdTables {
  readonly vpc: IdTable
  readonly subnet: IdTable
  readonly instance: IdTable
  readonly networkInterface: IdTable
  readonly securityGroup: IdTable
  readonly networkAcl: IdTable
  readonly routeTable: IdTable
  readonly natGateway: IdTable
  readonly internetGateway: IdTable
  readonly peering: IdTable
  readonly routerInterface: IdTable
  readonly haVip: IdTable
  readonly prefixList: IdTable
  readonly publicAddress: IdTable
}

/** Whether a resource, or a whole kind, was not read. */
export type GapLookup = (kind: GapKind, near: Pick<Resource, 'provider' | 'account' | 'region'>, id?: string) => Gap | undefined

export function startDraft(network: Network, on: SemanticSwitch<AlibabaSemantic>): Draft {
  const line = layOut(network)
  return {
    network,
    on,
    line,
    maps: new IntervalMapsBuilder(),
    rules: new RuleTableBuilder(),
    ids: idTables(network),
    gaps: gapLookup(network.gaps ?? []),
    rank: (address) => required(rankOf(line, address), address),
    range: (cidr) => required(rangeOf(line, cidr), cidr),
  }
}

/** Ranges with a meaning of their own (semantics `internet.*`, `acl.service-exempt`, `classiclink.*`). */
export const knownRanges = {
  rfc1918: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  services: '100.64.0.0/10',
  exempt: ['100.100.2.128/28', '100.100.2.112/28', '100.100.100.200/32'],
  ipv6Private: ['fc00::/7', 'fe80::/10'],
  classic: '10.0.0.0/8',
  classicCovered: '10.111.0.0/16',
} as const

function layOut(network: Network): AddressLine {
  const builder = new AddressLineBuilder()
  for (const cidr of cidrsOf(network)) builder.cidr(cidr)
  for (const item of network.networkInterface ?? []) {
    for (const address of item.addresses) builder.address(address)
    for (const { address } of item.ipv6Addresses ?? []) builder.address(address)
  }
  for (const item of network.publicAddress ?? []) builder.address(item.address)
  return builder.build()
}

function* cidrsOf(network: Network): Generator<string> {
  yield* knownRanges.rfc1918
  yield* knownRanges.exempt
  yield* knownRanges.ipv6Private
  yield* [knownRanges.services, knownRanges.classicCovered, '0.0.0.0/0', '::/0']
  for (const vpc of network.vpc ?? []) yield* [...vpc.cidrs, ...(vpc.ipv6Cidrs ?? []), ...(vpc.userCidrs ?? [])]
  for (const subnet of network.subnet ?? []) {
    yield subnet.cidr
    if (subnet.ipv6Cidr) yield subnet.ipv6Cidr
  }
  for (const group of network.securityGroup ?? []) {
    for (const rule of group.rules) {
      if (rule.peer.kind === 'cidr') yield rule.peer.cidr
      if (rule.local) yield rule.local
    }
  }
  for (const list of network.prefixList ?? []) yield* list.cidrs
  for (const acl of network.networkAcl ?? []) {
    for (const entry of [...acl.ingress, ...acl.egress]) yield entry.peer
  }
  for (const table of network.routeTable ?? []) for (const route of table.routes) yield route.destination
  yield* translatedOf(network)
  for (const guest of network.guests ?? []) {
    for (const route of guest.routes ?? []) yield route.destination
    for (const rule of guest.rules ?? []) if (rule.from) yield rule.from
  }
}

function* translatedOf(network: Network): Generator<string> {
  for (const nat of network.natGateway ?? []) {
    for (const entry of nat.snat) yield* [entry.source, ...entry.addresses]
    for (const entry of nat.dnat) yield* [entry.externalAddress, entry.internalAddress]
  }
  for (const item of network.publicAddress ?? []) {
    if (item.boundTo?.privateAddress) yield item.boundTo.privateAddress
  }
  for (const { address } of network.haVip ?? []) yield address
  for (const { cidrs } of network.cloudService ?? []) yield* cidrs
  for (const { classic } of network.instance ?? []) {
    if (classic) yield classic.intranetAddress
    if (classic?.publicAddress) yield classic.publicAddress
  }
}

const idTables = (network: Network): IdTables => ({
  vpc: new IdTable(network.vpc ?? []),
  subnet: new IdTable(network.subnet ?? []),
  instance: new IdTable(network.instance ?? []),
  networkInterface: new IdTable(network.networkInterface ?? []),
  securityGroup: new IdTable(network.securityGroup ?? []),
  networkAcl: new IdTable(network.networkAcl ?? []),
  routeTable: new IdTable(network.routeTable ?? []),
  natGateway: new IdTable(network.natGateway ?? []),
  internetGateway: new IdTable(network.internetGateway ?? []),
  peering: new IdTable(network.peering ?? []),
  routerInterface: new IdTable(network.routerInterface ?? []),
  haVip: new IdTable(network.haVip ?? []),
  prefixList: new IdTable(network.prefixList ?? []),
  publicAddress: new IdTable(network.publicAddress ?? []),
})

function gapLookup(gaps: readonly Gap[]): GapLookup {
  const byTarget = new Map<string, Gap[]>()
  for (const gap of gaps) {
    const key = `${gap.kind}/${gap.id ?? ''}`
    byTarget.set(key, [...(byTarget.get(key) ?? []), gap])
  }
  const among = (key: string, near: Pick<Resource, 'provider' | 'account' | 'region'>): Gap | undefined =>
    byTarget.get(key)?.find((gap) => covers(gap, near))
  return (kind, near, id) =>
    (id === undefined ? undefined : among(`${kind}/${id}`, near)) ?? among(`${kind}/`, near)
}

const covers = (gap: Gap, near: Pick<Resource, 'provider' | 'account' | 'region'>): boolean =>
  gap.provider === near.provider &&
  (gap.account === undefined || gap.account === near.account) &&
  (gap.region === undefined || gap.region === near.region)

function required<T>(value: T | undefined, text: string): T {
  if (value === undefined) throw new Error(`address ${text} was not accepted by parse`)
  return value
}
