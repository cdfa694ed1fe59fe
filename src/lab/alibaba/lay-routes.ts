import { formatPrefix, parsePrefixOrAddress } from '#net'
import type { Component, NextHop, Route, RouteTable, RouteTarget } from '#model'
import { isIpv6 } from '../nft-text.ts'
import type { PlanDraft } from '../plan-draft.ts'
import { allAddresses } from './guest-address.ts'
import { type AddressesOf, layLastResort, linkLocalOf } from './lay-router.ts'
import { BLACK_HOLE, overLink } from './link.ts'
import { INTERNET, rangesOf, type Router, subnetComponent, TABLE } from './router.ts'
import type { NicPlace, SubnetPlace, Survey } from './survey.ts'

/** Devices by which a router reaches what is not in its VPC. */
export interface Ways {
  readonly nat: (id: string, near: RouteTable) => string | undefined
  readonly peering: (id: string, near: RouteTable) => string | undefined
  readonly routerInterface: (id: string, near: RouteTable) => string | undefined
}

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
  for (const route of table.routes) layRoute(context, table, number, route)
  layLastResort(plan, router, number, of)
}

/** The one spelling of a range; rules and routes may carry host bits, which mean nothing. */
export function canonical(cidr: string): string {
  const prefix = parsePrefixOrAddress(cidr, { hostBits: 'mask' })
  if (!prefix) throw new Error(`not an address range: ${cidr}`)
  return formatPrefix(prefix)
}

/** One route of a table, unless its state keeps it from carrying packets. */
export function layRoute(
  context: RouteContext,
  table: RouteTable,
  number: number,
  route: Route,
): void {
  if (route.state !== 'Available') return
  const { plan, router } = context
  const destination = canonical(route.destination)
  const hops = carrying(route.nextHops).map((hop) => wayOf(context, table, destination, hop.target))
  const of: Component = { kind: 'routeTable', id: table.id }
  const ways = hops.length === 0 ? [nowhere(isIpv6(destination))] : hops
  const [first = ''] = ways
  const text = ways.length === 1 ? first : ways.map((way) => `nexthop ${way}`).join(' ')
  router.space.ip(`route add ${destination} table ${number} ${text}`, of)
  plan.route({
    space: router.space.name,
    table: number,
    destination,
    mark: { stage: 'route', decision: 'continue', component: of, rule: route.id },
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

function wayOf(
  context: RouteContext,
  table: RouteTable,
  destination: string,
  target: RouteTarget,
): string {
  const { survey, router, ways } = context
  const ipv6 = isIpv6(destination)
  const over = (device: string | undefined): string =>
    device === undefined ? nowhere(ipv6) : overLink(device, ipv6)
  switch (target.kind) {
    case 'local': {
      const subnet = router.place.subnets.find((place) => rangesOf(place).includes(destination))
      return subnet ? `dev ${subnet.device}` : nowhere(ipv6)
    }
    case 'blackhole':
      return nowhere(ipv6)
    case 'instance':
    case 'networkInterface':
      return relayWay(context, survey.nicOf(target.id, table), ipv6)
    case 'haVip': {
      const haVip = survey.find('haVip', target.id, table)
      return relayWay(context, haVip && survey.nicOf(haVip.master, haVip), ipv6)
    }
    case 'natGateway':
      return ipv6 ? nowhere(ipv6) : over(ways.nat(target.id, table))
    case 'internetGateway':
      return gatewayWay(context, table, target.id, ipv6)
    case 'peering':
      return over(ways.peering(target.id, table))
    case 'routerInterface':
      return over(ways.routerInterface(target.id, table))
    default: {
      if (target.kind !== 'unsupported') {
        context.plan.leaveOut(
          { kind: target.kind, id: target.id },
          'routes to it lead nowhere here',
        )
      }
      return nowhere(ipv6)
    }
  }
}

/** A next hop has to be in the VPC of the table, attached and running (HELP route tables). */
function relayWay({ router, addressesOf }: RouteContext, nic: NicPlace | undefined, ipv6: boolean) {
  if (!nic || nic.vpc !== router.place || nic.absentBecause !== undefined) return nowhere(ipv6)
  const address = ipv6 ? linkLocalOf(nic) : allAddresses(addressesOf(nic)).at(0)
  const { device } = nic.subnet
  if (address === undefined) return nowhere(ipv6)
  return ipv6 ? `via ${address} dev ${device}` : `via ${address} dev ${device} onlink`
}

function gatewayWay(
  { survey, router }: RouteContext,
  table: RouteTable,
  id: string,
  ipv6: boolean,
): string {
  const gateway = survey.find('internetGateway', id, table)
  const { gateway4, gateway6 } = router.place
  const own = ipv6 ? gateway6 : gateway4
  return gateway && gateway === own && (ipv6 || router.outside)
    ? overLink(INTERNET, ipv6)
    : nowhere(ipv6)
}
