import type { Instance, Subnet, Vpc } from '#model'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import type { Hop, RouteList } from './route-list.ts'
import type { Paint } from '../interval-map.ts'
import { HOP, unreadKinds } from '../ways.ts'

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

/** Whether it is not known if, or to which VPC, a classic instance is linked. */
export function isLinkUnread({ index, ids }: Draft, item: Instance | undefined): boolean {
  if (!item?.classic) return false
  const { linkedVpcId } = item.classic
  if (index.isDoubted('classicLink', item)) return true
  if (linkedVpcId === undefined) return index.gap('classicLink', item) !== undefined
  return ids.vpc.find(linkedVpcId, item) < 0
}

/** The next hop that ClassicLink gives a VPC, known or not; undefined where there is no link. */
export function vpcLinks(draft: Draft): (vpc: Vpc, position: number) => Hop | undefined {
  const linked = new Set<number>()
  const doubted = new Set<string>()
  for (const item of draft.network.instance ?? []) {
    const vpc = item.classic?.linkedVpcId
    if (isLinkUnread(draft, item)) doubted.add(classicKey(item))
    else if (vpc !== undefined) linked.add(draft.ids.vpc.find(vpc, item))
  }
  return (vpc, position) => {
    if (linked.has(position)) return { kind: HOP.toClassic, target: -1 }
    const some = doubted.has(classicKey(vpc)) || draft.index.gap('instance', vpc) !== undefined
    const possible = vpc.classicLink !== false && some
    return possible ? unreadLink : undefined
  }
}

/** Next hop of a ClassicLink that may be there. */
const unreadLink: Hop = { kind: HOP.unread, target: unreadKinds.indexOf('classicLink') }

/** Tables of classic NICs: the region, the linked VPC, and everything public. */
export function compileClassicTables(draft: Draft, columns: PortColumns, routes: RouteList): void {
  columns.classic.forEach((position, i) => {
    const intranet = columns.interfaces + 2 * i
    columns.table[intranet] = intranetTable(draft, columns, routes, position, intranet)
    const outside = routes.imply('Internet', { kind: HOP.internet, target: -1 })
    columns.table[intranet + 1] = draft.maps.add([{ ...draft.range('0.0.0.0/0'), value: outside }])
  })
}

function intranetTable(
  draft: Draft,
  columns: PortColumns,
  routes: RouteList,
  position: number,
  port: number,
): number {
  const item = draft.network.instance?.[position]
  const vpcId = draft.on('classiclink.link') ? item?.classic?.linkedVpcId : undefined
  const vpc = item && vpcId !== undefined ? draft.ids.vpc.find(vpcId, item) : -1
  const services = routes.imply(`${draft.known.services} local`, { kind: HOP.service, target: -1 })
  const paints: Paint[] = [{ ...draft.range(draft.known.services), value: services }]
  if (isLinkUnread(draft, item)) paints.push(...doubtPaints(draft, routes))
  else if (vpc >= 0) paints.push(...linkPaints(draft, routes, vpc))
  if (item && draft.index.lack('instance', item)) paints.push(...neighbourPaints(draft, routes))
  const local = routes.imply('classic network', { kind: HOP.local, target: -1 })
  for (let other = columns.interfaces; other < columns.balancers; other += 2) {
    const address = columns.address4[other]
    if (columns.domain[other] === columns.domain[port])
      paints.push({ low: address, high: address, value: local })
  }
  return draft.maps.add(paints)
}

/** Every private address may be behind a link that was not read. */
function doubtPaints(draft: Draft, routes: RouteList): Paint[] {
  const value = routes.imply('ClassicLink', unreadLink)
  return draft.known.private4.map((cidr) => ({ ...draft.range(cidr), value }))
}

/** Any address of the classic network may be that of an instance that was not read. */
function neighbourPaints(draft: Draft, routes: RouteList): Paint[] {
  const target = unreadKinds.indexOf('instance')
  const value = routes.imply('classic network', { kind: HOP.unread, target })
  const { low, high } = draft.range(draft.known.classic)
  const others = draft.range(draft.known.classicCovered)
  return [
    { low, high: others.low - 1, value },
    { low: others.high + 1, high, value },
  ]
}

/** Semantics `classiclink.*` seen from the classic side. */
function linkPaints(draft: Draft, routes: RouteList, vpc: number): Paint[] {
  const item = draft.network.vpc?.[vpc]
  if (!item) return []
  const through = routes.imply('ClassicLink', { kind: HOP.fromClassic, target: vpc })
  const outside = routes.imply('ClassicLink', { kind: HOP.refuse, target: 2 })
  const [primary, ...others] = item.cidrs
  const beyond = draft.on('classiclink.primary-cidr') ? outside : through
  const paints = others.map((cidr): Paint => ({ ...draft.range(cidr), value: beyond }))
  if (primary !== undefined) paints.push({ ...draft.range(primary), value: through })
  return paints
}

/** Semantics `classiclink.primary-cidr` and `classiclink.ten-slash-eight`; numbers of `refusalCodes`. */
export function classicRefusal(draft: Draft, subnet: Subnet): number {
  const vpc = draft.network.vpc?.[draft.ids.vpc.find(subnet.vpcId, subnet)]
  const primary = vpc?.cidrs[0]
  if (primary === undefined) return 0
  const inside = draft.range(subnet.cidr)
  const within = (cidr: string): boolean => {
    const outer = draft.range(cidr)
    return outer.low <= inside.low && inside.high <= outer.high
  }
  if (draft.on('classiclink.primary-cidr') && !within(primary)) return 2
  const outer = draft.range(draft.known.classic)
  const primaryRange = draft.range(primary)
  const tenNetwork = outer.low <= primaryRange.low && primaryRange.high <= outer.high
  if (draft.on('classiclink.ten-slash-eight') && tenNetwork && !within(draft.known.classicCovered))
    return 3
  return 0
}
