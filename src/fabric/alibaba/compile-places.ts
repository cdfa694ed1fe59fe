import type { InternetGateway, Subnet, Vpc } from '#model'
import { MODE, UNREAD, type Domains, type Gateways, type Subnets } from '../fabric.ts'
import type { Paint } from '../interval-map.ts'
import { compileAcls } from './compile-groups.ts'
import { type Draft, knownRanges } from './draft.ts'

/** Provider and region of classic networks, in domain order behind the VPCs. */
export type ClassicRegions = ReadonlyMap<string, number>

export const classicKey = (near: { readonly provider: string; readonly region: string }): string =>
  `${near.provider}/${near.region}`

/** One domain per classic region: addresses are unique there (S1 §1, NET-07). */
export function classicRegions({ network, on }: Draft): ClassicRegions {
  const regions = new Map<string, number>()
  let next = network.vpc?.length ?? 0
  for (const instance of network.instance ?? []) {
    const key = on('classic.region') ? classicKey(instance) : instance.id
    if (instance.network === 'classic' && !regions.has(key)) regions.set(key, next++)
  }
  return regions
}

/** Semantics `internet.*`: what each VPC treats as private and how it meets the Internet. */
export function compileDomains(draft: Draft, classic: ClassicRegions, tables: CompiledTables): Domains {
  const vpcs = draft.network.vpc ?? []
  const count = vpcs.length + classic.size
  const allPrivate = draft.maps.add([{ low: 0, high: draft.line.starts4.length + draft.line.starts6.length - 1, value: 1 }])
  const column = (of: (vpc: Vpc, i: number) => number, otherwise: number): Int32Array =>
    Int32Array.from({ length: count }, (_, i) => (i < vpcs.length ? of(vpcs[i], i) : otherwise))
  const gateways = vpcGateways(draft)
  const subnetMaps = subnetMapsByVpc(draft)
  return {
    count,
    vpcs: vpcs.length,
    mode: Uint8Array.from(column((vpc, i) => modeOf(draft, vpc, gateways.v4[i]), MODE.bypass)),
    privateMap: column((vpc) => draft.maps.add(privatePaints(draft, vpc)), allPrivate),
    gateway4: column((_, i) => gateways.v4[i], -1),
    gateway6: column((_, i) => gateways.v6[i], -1),
    gatewayTable: column((_, i) => tables.gateways.get(gateways.v4[i]) ?? -1, -1),
    subnetMap: column((_, i) => subnetMaps[i], draft.maps.add([])),
    systemTable: column((_, i) => tables.system[i], UNREAD),
    classic: column((vpc) => classic.get(classicKey(vpc)) ?? -1, -1),
    ownersUnread: Uint8Array.from(column((vpc) => (ownersUnread(draft, vpc) ? 1 : 0), 0)),
  }
}

const ownersUnread = ({ gaps }: Draft, vpc: Vpc): boolean =>
  gaps('networkInterface', vpc) !== undefined || gaps('haVip', vpc) !== undefined

function modeOf(draft: Draft, vpc: Vpc, gateway: number): number {
  if (vpc.internetAccess === 'none' && draft.on('internet.private-mode')) return MODE.none
  const item = draft.network.internetGateway?.[gateway]
  if (item?.enabled && draft.on('internet.gateway-mode')) return MODE.gateway
  if (!item && draft.gaps('internetGateway', vpc)) return MODE.unread
  return MODE.bypass
}

function privatePaints(draft: Draft, vpc: Vpc): Paint[] {
  if (!draft.on('internet.default-bypass')) return [{ low: 0, high: draft.line.starts4.length + draft.line.starts6.length - 1, value: 1 }]
  const own = draft.on('internet.vpc-ranges-private') ? vpc.cidrs : []
  const user = draft.on('internet.user-cidr') ? (vpc.userCidrs ?? []) : []
  return [...knownRanges.rfc1918, knownRanges.services, '::/0', ...own, ...user].map((cidr) => ({
    ...draft.range(cidr),
    value: 1,
  }))
}

function vpcGateways({ network, ids }: Draft): { readonly v4: number[]; readonly v6: number[] } {
  const v4 = (network.vpc ?? []).map(() => -1)
  const v6 = [...v4]
  const better = (current: number, gateway: InternetGateway): boolean =>
    current < 0 || (gateway.enabled && !network.internetGateway?.[current]?.enabled)
  network.internetGateway?.forEach((gateway, position) => {
    const vpc = ids.vpc.find(gateway.vpcId, gateway)
    const column = gateway.kind === 'ipv4' ? v4 : v6
    if (vpc >= 0 && better(column[vpc], gateway)) column[vpc] = position
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

export const rangesOf = (subnet: Subnet): readonly string[] =>
  subnet.ipv6Cidr === undefined ? [subnet.cidr] : [subnet.cidr, subnet.ipv6Cidr]

/** Which table and which lists each vSwitch uses. */
export function compileSubnets(draft: Draft, tables: CompiledTables): Subnets {
  const subnets = draft.network.subnet ?? []
  const acls = compileAcls(draft)
  const acl = (subnet: Subnet, lists: readonly number[]): number => {
    if (subnet.networkAclId === undefined) return draft.gaps('networkAclAssociation', subnet) ? UNREAD : -1
    const position = draft.ids.networkAcl.find(subnet.networkAclId, subnet)
    const unread = draft.gaps('networkAcl', subnet, subnet.networkAclId)?.id !== undefined
    return position < 0 || unread ? UNREAD : lists[position]
  }
  return {
    domain: Int32Array.from(subnets, (subnet) => draft.ids.vpc.find(subnet.vpcId, subnet)),
    table: Int32Array.from(subnets, (subnet) => tables.of(subnet)),
    aclIn: Int32Array.from(subnets, (subnet) => acl(subnet, acls.ingress)),
    aclOut: Int32Array.from(subnets, (subnet) => acl(subnet, acls.egress)),
    classicRefusal: Int32Array.from(subnets, (subnet) => classicRefusal(draft, subnet)),
  }
}

/** Route tables as maps from ranks to routes. */
export interface CompiledTables {
  /** Map of the table that a vSwitch uses, or `UNREAD`. */
  of(subnet: Subnet): number
  /** Map of the system table by VPC, or `UNREAD`. */
  readonly system: readonly number[]
  /** Map of a gateway route table by position of the gateway. */
  readonly gateways: ReadonlyMap<number, number>
}

/** Semantics `classiclink.primary-cidr` and `classiclink.ten-slash-eight`; numbers of `refusalCodes`. */
function classicRefusal(draft: Draft, subnet: Subnet): number {
  const vpc = draft.network.vpc?.[draft.ids.vpc.find(subnet.vpcId, subnet)]
  const primary = vpc?.cidrs[0]
  if (primary === undefined) return 0
  const inside = draft.range(subnet.cidr)
  const within = (cidr: string): boolean => {
    const outer = draft.range(cidr)
    return outer.low <= inside.low && inside.high <= outer.high
  }
  if (draft.on('classiclink.primary-cidr') && !within(primary)) return 2
  const outer = draft.range(knownRanges.classic)
  const primaryRange = draft.range(primary)
  const tenNetwork = outer.low <= primaryRange.low && primaryRange.high <= outer.high
  if (draft.on('classiclink.ten-slash-eight') && tenNetwork && !within(knownRanges.classicCovered)) return 3
  return 0
}

export function compileGateways(draft: Draft): Gateways {
  const gateways = draft.network.internetGateway ?? []
  return {
    domain: Int32Array.from(gateways, (gateway) => draft.ids.vpc.find(gateway.vpcId, gateway)),
    ipv6: Uint8Array.from(gateways, (gateway) => (gateway.kind === 'ipv6' ? 1 : 0)),
    enabled: Uint8Array.from(gateways, (gateway) => (gateway.enabled ? 1 : 0)),
  }
}
