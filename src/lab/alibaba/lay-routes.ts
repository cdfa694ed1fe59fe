import { formatPrefix, parsePrefix, parsePrefixOrAddress, prefixCovers } from '#net'
import type { FindingCode } from '#findings'
import type { Component, NextHop, Route, RouteTable, RouteTarget } from '#model'
import { isIpv6 } from '../nft-text.ts'
import type { PlanDraft } from '../plan-draft.ts'
import { allAddresses } from './guest-address.ts'
import { knownRanges } from './known-ranges.ts'
import { SERVICES } from './lay-services.ts'
import { type AddressesOf, layLastResort, linkLocalOf } from './lay-router.ts'
import { BLACK_HOLE, overLink } from './link.ts'
import { INTERNET, rangesOf, type Router, subnetComponent, TABLE } from './router.ts'
import type { NicPlace, SubnetPlace, Survey } from './survey.ts'

/** Devices by which a router reaches what is not in its VPC. */
export interface Ways {
  readonly nat: (id: string, near: RouteTable) => LinkWay
  readonly peering: (id: string, near: RouteTable) => LinkWay
  readonly routerInterface: (id: string, near: RouteTable) => LinkWay
}

/** The device of a link, or why it carries nothing from here. */
export type LinkWay = { readonly device: string } | { readonly code: FindingCode }

/** Everything a table is compiled from. */
export interface RouteContext {
  readonly plan: PlanDraft
  readonly survey: Survey
  readonly router: Router
  readonly ways: Ways
  readonly addressesOf: AddressesOf
}

/** The route tables of a VPC, and which of them each vSwitch is looked up in (HELP route tables). */
export function layRoutes(context: RouteContext): void {
  const { survey, router } = context
  const tables = survey.network.routeTable ?? []
  const own = tables.filter((table) => survey.vpcOf(table.vpcId, table) === router.place)
  for (const table of own.filter(({ type }) => type !== 'gateway')) {
    layTable(context, table, TABLE.custom + tables.indexOf(table))
  }
  const system = own.find(({ type }) => type === 'system')
  for (const subnet of router.place.subnets) {
    const { routeTableId } = subnet.subnet
    const table =
      routeTableId === undefined ? system : survey.find('routeTable', routeTableId, subnet.subnet)
    if (table) laySubnetRule(router, subnet, TABLE.custom + tables.indexOf(table))
    else context.plan.leaveOut(subnetComponent(subnet), 'its route table was not read')
  }
}

function laySubnetRule({ space }: Router, subnet: SubnetPlace, table: number): void {
  const text = `rule add pref 200 iif ${subnet.device} lookup ${table}`
  space.ip(text, subnetComponent(subnet))
  space.ip6(text, subnetComponent(subnet))
}

function layTable(context: RouteContext, table: RouteTable, number: number): void {
  const { plan, router } = context
  const of: Component = { kind: 'routeTable', id: table.id }
  const named = new Set(table.routes.map(({ destination }) => canonical(destination)))
  for (const subnet of router.place.subnets) {
    for (const range of rangesOf(subnet)) {
      if (named.has(range)) continue
      router.space.ip(`route add ${range} dev ${subnet.device} table ${number}`, of)
      plan.route({
        space: router.space.name,
        table: number,
        destination: range,
        mark: { stage: 'route', decision: 'continue', component: of, rule: `${range} local` },
      })
    }
  }
  if (!named.has(knownRanges.services)) layServiceRoute(context, table, number)
  for (const route of table.routes) layRoute(context, table, number, route)
  layLastResort(plan, router, number, of)
}

/** 100.64.0.0/10 is local in every table: the provider's services live there (HELP route tables). */
function layServiceRoute({ plan, router }: RouteContext, table: RouteTable, number: number): void {
  const component: Component = { kind: 'routeTable', id: table.id }
  const destination = knownRanges.services
  const way = overLink(SERVICES, false)
  router.space.ip(`route add ${destination} table ${number} ${way}`, component)
  const mark = { stage: 'route', decision: 'continue', component } as const
  plan.route({ space: router.space.name, table: number, destination, mark })
}

/** The one spelling of a range; rules and routes may carry host bits, which mean nothing. */
export function canonical(cidr: string): string {
  const prefix = parsePrefixOrAddress(cidr, { hostBits: 'mask' })
  if (!prefix) throw new Error(`not an address range: ${cidr}`)
  return formatPrefix(prefix)
}

/** One route of a table; one that is not in service takes packets nowhere (SDK DescribeRouteEntryList). */
export function layRoute(
  context: RouteContext,
  table: RouteTable,
  number: number,
  route: Route,
): void {
  if (route.state !== 'Available') return
  const { plan, router } = context
  const destination = canonical(route.destination)
  const ipv6 = isIpv6(destination)
  const of: Component = { kind: 'routeTable', id: table.id }
  const hops = carrying(route.nextHops).map((hop) => wayOf(context, table, destination, hop.target))
  const ways = hops.length === 0 ? [lost(of, 'route.inactive')] : hops
  // The kernel takes no next hop twice; how the traffic is shared among branches says nothing here.
  const texts = [...new Set(ways.map((way) => ('text' in way ? way.text : nowhere(ipv6))))]
  const [only = ''] = texts
  const text = texts.length === 1 ? only : texts.map((way) => `nexthop ${way}`).join(' ')
  router.space.ip(`route add ${destination} table ${number} ${text}`, of)
  const why = ways.find((way) => 'code' in way)
  plan.route({
    space: router.space.name,
    table: number,
    destination,
    mark: {
      stage: 'route',
      decision: why ? 'refuse' : 'continue',
      component: why?.component ?? of,
      rule: route.id,
      ...(why ? { code: why.code } : {}),
    },
  })
}

/** Next hops that are switched on; of weighted ones, the standby ones wait (SDK CreateRouteEntry). */
function carrying(hops: readonly NextHop[]): readonly NextHop[] {
  const enabled = hops.filter(({ enabled }) => enabled !== false)
  const active = enabled.filter(({ weight = 1 }) => weight > 0)
  return active.length > 0 ? active : enabled
}

/** Among several next hops, IPv6 takes none without an address; no one asks for it on that device. */
function nowhere(ipv6: boolean): string {
  return ipv6 ? `via fe80::1 dev ${BLACK_HOLE}` : `dev ${BLACK_HOLE}`
}

/** The words of a next hop, or why it takes packets nowhere. */
type Way = { readonly text: string } | { readonly code: FindingCode; readonly component: Component }

function lost(component: Component, code: FindingCode): Way {
  return { code, component }
}

function wayOf(
  context: RouteContext,
  table: RouteTable,
  destination: string,
  target: RouteTarget,
): Way {
  const { survey, router, ways } = context
  const ipv6 = isIpv6(destination)
  const of: Component = { kind: 'routeTable', id: table.id }
  const over = (way: LinkWay): Way =>
    'device' in way ? { text: overLink(way.device, ipv6) } : lost(of, way.code)
  switch (target.kind) {
    case 'local': {
      const subnet = router.place.subnets.find((place) => rangesOf(place).includes(destination))
      if (subnet) return { text: `dev ${subnet.device}` }
      return isService(destination)
        ? { text: overLink(SERVICES, false) }
        : lost(router.of, 'address.not-assigned')
    }
    case 'blackhole':
      return lost(of, 'route.blackhole')
    case 'instance':
    case 'networkInterface':
      return relayWay(context, of, survey.nicOf(target.id, table), ipv6)
    case 'haVip':
      return haVipWay(context, of, table, target.id, ipv6)
    case 'natGateway':
      return ipv6 ? lost(of, 'route.next-hop-unresolved') : over(ways.nat(target.id, table))
    case 'internetGateway':
      return gatewayWay(context, of, table, target.id, ipv6)
    case 'peering':
      return over(ways.peering(target.id, table))
    case 'routerInterface':
      return over(ways.routerInterface(target.id, table))
    default:
      if ('id' in target && target.kind !== 'unsupported') {
        context.plan.leaveOut(
          { kind: target.kind, id: target.id },
          'routes to it lead nowhere here',
        )
      }
      return lost(of, 'query.unsupported-feature')
  }
}

function isService(destination: string): boolean {
  const [whole, part] = [parsePrefix(knownRanges.services), parsePrefix(destination)]
  return whole !== undefined && part !== undefined && prefixCovers(whole, part)
}

/** A next hop has to be in the VPC of the table, attached and running (HELP route tables). */
function relayWay(
  { router, addressesOf }: RouteContext,
  of: Component,
  nic: NicPlace | undefined,
  ipv6: boolean,
): Way {
  if (!nic || nic.vpc !== router.place) return lost(of, 'route.next-hop-unresolved')
  const component: Component = { kind: 'networkInterface', id: nic.eni.id }
  if (nic.absentBecause !== undefined) return lost(component, 'route.next-hop-down')
  const address = ipv6 ? linkLocalOf(nic) : allAddresses(addressesOf(nic)).at(0)
  if (address === undefined) return lost(of, 'route.next-hop-unresolved')
  return { text: `via ${address} dev ${nic.subnet.device}${ipv6 ? '' : ' onlink'}` }
}

function haVipWay(
  context: RouteContext,
  of: Component,
  table: RouteTable,
  id: string,
  ipv6: boolean,
): Way {
  const haVip = context.survey.find('haVip', id, table)
  if (!haVip) return lost(of, 'route.next-hop-unresolved')
  if (haVip.master === undefined) return lost({ kind: 'haVip', id }, 'havip.no-master')
  return relayWay(context, of, context.survey.nicOf(haVip.master, haVip), ipv6)
}

function gatewayWay(
  { survey, router }: RouteContext,
  of: Component,
  table: RouteTable,
  id: string,
  ipv6: boolean,
): Way {
  const gateway = survey.find('internetGateway', id, table)
  if (!gateway || survey.vpcOf(gateway.vpcId, gateway) !== router.place) {
    return lost(of, 'route.next-hop-unresolved')
  }
  const component: Component = { kind: 'internetGateway', id }
  if (!gateway.enabled) return lost(component, 'route.next-hop-down')
  if ((gateway.kind === 'ipv6') !== ipv6) return lost(of, 'route.next-hop-unresolved')
  return { text: overLink(INTERNET, ipv6) }
}
