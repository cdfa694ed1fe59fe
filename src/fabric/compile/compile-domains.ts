import type { InternetGateway, PublicAddress, Vpc } from '#model'
import { classicKey, type ClassicRegions } from './compile-classic.ts'
import { type CompiledTables, rangesOf } from './compile-subnets.ts'
import type { Draft } from './draft.ts'
import type { Paint } from '../interval-map.ts'
import { type Domains, IPV6_SPACE, MODE, UNREAD } from '../places.ts'
import { GATEWAY, type Gateways } from '../ways.ts'

/** Semantics `internet.*`: what each VPC treats as private and how it meets the Internet. */
export function compileDomains(
  draft: Draft,
  classic: ClassicRegions,
  tables: CompiledTables,
): Domains {
  const vpcs = draft.network.vpc ?? []
  const count = vpcs.length + classic.size
  const allPrivate = draft.maps.add([
    { low: 0, high: draft.line.starts4.length + draft.line.starts6.length - 1, value: 1 },
  ])
  const column = (of: (vpc: Vpc, i: number) => number, otherwise: number): Int32Array =>
    Int32Array.from({ length: count }, (_, i) => (i < vpcs.length ? of(vpcs[i], i) : otherwise))
  const gateways = vpcGateways(draft)
  const subnetMaps = subnetMapsByVpc(draft)
  return {
    count,
    vpcs: vpcs.length,
    mode: Uint8Array.from(column((vpc, i) => modeOf(draft, vpc, gateways.v4[i]), MODE.bypass)),
    privateMap: column((vpc) => draft.maps.add(privatePaints(draft, vpc)), allPrivate),
    ownMap: column((vpc) => draft.maps.add(ownPaints(draft, vpc)), draft.maps.add([])),
    gateway4: column((_, i) => gateways.v4[i], -1),
    gateway6: column((vpc, i) => gatewayOf6(draft, vpc, gateways.v6[i]), -1),
    gatewayTable: column((vpc, i) => gatewayTableOf(draft, tables, vpc, gateways.v4[i]), -1),
    subnetMap: column((_, i) => subnetMaps[i], draft.maps.add([])),
    primary: vpcs.map(({ cidrs }) => (cidrs[0] === undefined ? undefined : draft.range(cidrs[0]))),
    systemTable: column((_, i) => tables.system[i], UNREAD),
    classic: column((vpc) => classic.get(classicKey(vpc)) ?? -1, -1),
    ownersUnread: ownersUnread(draft, count, classic),
    publicsUnread: publicsUnread(draft, count),
    mappingUnread: mappingUnread(draft, count),
    subnetsUnread: Uint8Array.from(column((vpc) => (draft.index.lack('subnet', vpc) ? 1 : 0), 0)),
  }
}

/**
 * What a public IPv6 address is that no listed interface has: of an interface that may not have
 * been read, nobody's in a VPC (`ipv6.range-of-vpc`), or a stranger's.
 */
export function compileIpv6Space(draft: Draft, { ownersUnread: unread }: Domains): number {
  const nobodys = draft.on('ipv6.range-of-vpc') ? IPV6_SPACE.nobodys : IPV6_SPACE.strangers
  const paints = (draft.network.vpc ?? []).flatMap(({ ipv6Cidrs = [] }, i) =>
    ipv6Cidrs.map((cidr) => ({
      ...draft.range(cidr),
      value: unread[i] ? IPV6_SPACE.unread : nobodys,
    })),
  )
  return draft.maps.add(paints)
}

/** The table of an activated gateway; `UNREAD` where a gateway that was not read may have one. */
function gatewayTableOf(draft: Draft, tables: CompiledTables, vpc: Vpc, gateway: number): number {
  if (modeOf(draft, vpc, gateway) !== MODE.unread) return tables.gateways.get(gateway) ?? -1
  const { network, index } = draft
  const listed = network.routeTable?.some(
    ({ type, vpcId }) => type === 'gateway' && vpcId === vpc.id,
  )
  return listed || index.lack('routeTable', vpc) ? UNREAD : -1
}

/** Where an unlisted address may belong, or one in doubt: of that, the binding may be another. */
function publicsUnread(draft: Draft, count: number): Uint8Array {
  const { network, index } = draft
  const unread = new Uint8Array(count)
  if (!network.gaps?.length) return unread
  network.vpc?.forEach((vpc, i) => {
    if (index.lack('publicAddress', vpc) ?? index.gap('instance', vpc)) unread[i] = 1
  })
  for (const item of network.publicAddress ?? []) {
    if (!index.isDoubted('publicAddress', item)) continue
    const domain = boundDomain(draft, item)
    if (domain >= 0) unread[domain] = 1
    else unread.fill(1, 0, network.vpc?.length)
  }
  return unread
}

/** The VPC of what an address is bound to; -1 where that is not known. */
function boundDomain({ ids, network }: Draft, { boundTo, ...home }: PublicAddress): number {
  if (!boundTo || boundTo.kind === 'loadBalancer') return -1
  const position = ids[boundTo.kind].find(boundTo.id, home)
  const bound = network[boundTo.kind]?.[position]
  if (!bound) return -1
  const place =
    'subnetId' in bound && !('vpcId' in bound)
      ? network.subnet?.[ids.subnet.find(bound.subnetId, home)]
      : bound
  return place && 'vpcId' in place && place.vpcId !== undefined
    ? ids.vpc.find(place.vpcId, home)
    : -1
}

/** VPCs in which a NAT gateway of which the entries were not read has a public address to map. */
function mappingUnread({ network, ids, index }: Draft, count: number): Uint8Array {
  const unread = new Uint8Array(count)
  if (!network.gaps?.some(({ kind }) => kind === 'natGateway')) return unread
  for (const { boundTo, ...home } of network.publicAddress ?? []) {
    if (boundTo?.kind !== 'natGateway') continue
    const item = network.natGateway?.[ids.natGateway.find(boundTo.id, home)]
    if (!item) unread.fill(1, 0, network.vpc?.length)
    else if (index.isDoubted('natGateway', item)) {
      const domain = ids.vpc.find(item.vpcId, item)
      if (domain >= 0) unread[domain] = 1
    }
  }
  return unread
}

/** Domains of which some address may have an owner that is not listed. */
function ownersUnread(
  { network, index, ids }: Draft,
  count: number,
  classic: ClassicRegions,
): Uint8Array {
  const unread = new Uint8Array(count)
  // Whose VPC it is in is known by its vSwitch only.
  const lost =
    network.haVip?.some((item) => ids.subnet.find(item.subnetId, item) < 0) === true ||
    network.loadBalancer?.some(
      (item) =>
        item.address !== undefined &&
        item.vpcId === undefined &&
        ids.subnet.find(item.subnetId ?? '', item) < 0,
    ) === true
  network.vpc?.forEach((vpc, i) => {
    if (lost || (index.lack('networkInterface', vpc) ?? index.lack('haVip', vpc))) unread[i] = 1
  })
  for (const item of network.instance ?? []) {
    const domain = item.classic ? classic.get(classicKey(item)) : undefined
    if (domain !== undefined && index.lack('instance', item)) unread[domain] = 1
  }
  return unread
}

/** The IPv6 gateway of a VPC; `UNREAD` if there may be one that was not read. */
function gatewayOf6({ index, network }: Draft, vpc: Vpc, gateway: number): number {
  const item = network.internetGateway?.[gateway]
  if (item) return index.isDoubted('internetGateway', item) ? UNREAD : gateway
  return index.gap('ipv6Internet', vpc) || index.lack('internetGateway', vpc) ? UNREAD : -1
}

function modeOf(draft: Draft, vpc: Vpc, gateway: number): number {
  if (vpc.internetAccess === 'none' && draft.on('internet.private-mode')) return MODE.none
  const item = draft.network.internetGateway?.[gateway]
  if (item && draft.index.isDoubted('internetGateway', item)) return MODE.unread
  if (item?.enabled && draft.on('internet.gateway-mode')) return MODE.gateway
  if (!item && draft.index.lack('internetGateway', vpc)) return MODE.unread
  if (!item && draft.on('internet.attached')) return MODE.none
  return MODE.bypass
}

function privatePaints(draft: Draft, vpc: Vpc): Paint[] {
  if (!draft.on('internet.default-bypass'))
    return [{ low: 0, high: draft.line.starts4.length + draft.line.starts6.length - 1, value: 1 }]
  const own = draft.on('internet.vpc-ranges-private') ? vpc.cidrs : []
  const user = draft.on('internet.user-cidr') ? (vpc.userCidrs ?? []) : []
  return [...draft.known.private4, draft.known.services, '::/0', ...own, ...user].map((cidr) => ({
    ...draft.range(cidr),
    value: 1,
  }))
}

function ownPaints(draft: Draft, { cidrs }: Vpc): Paint[] {
  if (!draft.on('internet.vpc-ranges-private')) return []
  return cidrs.map((cidr) => ({ ...draft.range(cidr), value: 1 }))
}

function vpcGateways({ network, ids }: Draft): { readonly v4: number[]; readonly v6: number[] } {
  const v4 = (network.vpc ?? []).map(() => -1)
  const v6 = [...v4]
  const columnsOf = ({ kind }: InternetGateway): readonly number[][] => {
    if (kind === 'both') return [v4, v6]
    return [kind === 'ipv4' ? v4 : v6]
  }
  const better = (current: number, gateway: InternetGateway): boolean =>
    current < 0 || isBetter(gateway, network.internetGateway?.[current])
  network.internetGateway?.forEach((gateway, position) => {
    const vpc = ids.vpc.find(gateway.vpcId, gateway)
    for (const column of columnsOf(gateway)) {
      if (vpc >= 0 && better(column[vpc], gateway)) column[vpc] = position
    }
  })
  return { v4, v6 }
}

function subnetMapsByVpc(draft: Draft): number[] {
  const paints: Paint[][] = (draft.network.vpc ?? []).map(() => [])
  draft.network.subnet?.forEach((subnet, value) => {
    const vpc = draft.ids.vpc.find(subnet.vpcId, subnet)
    for (const cidr of rangesOf(subnet)) paints[vpc]?.push({ ...draft.range(cidr), value })
  })
  return paints.map((list) => draft.maps.add(list))
}

/** An enabled gateway before one that is not, and an egress-only one last. */
const isBetter = (one: InternetGateway, than: InternetGateway | undefined): boolean =>
  than?.kind === 'egress-only' ? one.kind !== 'egress-only' : one.enabled && !than?.enabled

const gatewayKinds = {
  ipv4: GATEWAY.ipv4,
  ipv6: GATEWAY.ipv6,
  both: GATEWAY.both,
  'egress-only': GATEWAY.egressOnly,
} as const

export function compileGateways(draft: Draft): Gateways {
  const gateways = draft.network.internetGateway ?? []
  return {
    domain: Int32Array.from(gateways, (gateway) => draft.ids.vpc.find(gateway.vpcId, gateway)),
    kind: Uint8Array.from(gateways, ({ kind }) => gatewayKinds[kind]),
    enabled: Uint8Array.from(gateways, (gateway) => (gateway.enabled ? 1 : 0)),
  }
}
