import type { Component } from '#model'
import type { PlanDraft } from '../plan-draft.ts'
import { cutThroughOf } from './guest-address.ts'
import { balancerComponent } from './lay-balancer.ts'
import { balancersOf } from './lay-balancer-ways.ts'
import type { NatExit } from './lay-internet-exit.ts'
import { layRoute, type RouteContext } from './lay-routes.ts'
import { overLink } from './link.ts'
import type { LivePublic } from './live-public.ts'
import { INTERNET, type Router, TABLE } from './router.ts'
import type { NatPlace, Survey } from './survey.ts'

/** Which tables a router looks up what comes from the Internet, or from a NAT gateway, in. */
export function layArrivals(context: RouteContext, nats: readonly NatExit[]): void {
  const { router } = context
  const { space } = router
  layGatewayTable(context)
  const from = (pref: number, device: string, table: number): void => {
    space.ip(`rule add pref ${pref} iif ${device} lookup ${table}`)
    space.ip6(`rule add pref ${pref} iif ${device} lookup ${table}`)
  }
  from(60, INTERNET, TABLE.gateway)
  from(61, INTERNET, TABLE.deliver)
  for (const { device } of nats) from(50, device, TABLE.deliver)
  for (const nic of context.survey.nics) {
    const item = nic.vpc === router.place ? cutThroughOf(context.survey, nic) : undefined
    if (!item) continue
    const of: Component = { kind: 'publicAddress', id: item.id }
    space.ip(`route add ${item.address}/32 dev ${nic.subnet.device} table ${TABLE.deliver}`, of)
  }
  space.ip(`route add default ${overLink(INTERNET, false)}`)
  space.ip(`route add default ${overLink(INTERNET, true)}`)
}

/** A gateway route table steers what arrives from the Internet first (HELP IPv4 gateway). */
function layGatewayTable(context: RouteContext): void {
  const { survey, router } = context
  const { gateway4 } = router.place
  if (!gateway4?.routeTableId || router.place.mode !== 'gateway') return
  const table = survey.find('routeTable', gateway4.routeTableId, gateway4)
  if (!table) {
    context.plan.leaveOut({ kind: 'routeTable', id: gateway4.routeTableId }, 'it was not read')
    return
  }
  for (const route of table.routes) layRoute(context, table, TABLE.gateway, route)
  // It does not steer what comes for a load balancer (decision 0010, 2).
  for (const place of balancersOf(survey, router)) {
    const to = `to ${place.address}/32 lookup ${TABLE.deliver}`
    router.space.ip(`rule add pref 59 iif ${INTERNET} ${to}`, balancerComponent(place))
  }
}

/**
 * With an activated IPv4 gateway a NAT gateway is one more sender in its vSwitch: its packets
 * follow that vSwitch's table, and what is addressed to it comes back in by the VPC.
 */
export function layNatReturn(
  plan: PlanDraft,
  survey: Survey,
  { space, place }: Router,
  { subnet, gateway }: NatPlace,
  device: string,
  live: readonly LivePublic[],
): void {
  const of: Component = { kind: 'natGateway', id: gateway.id }
  for (const item of live) {
    if (item.kind !== 'natGateway' || item.nat.gateway !== gateway) continue
    const way = overLink(device, false)
    space.ip(`route add ${item.item.address}/32 ${way} table ${TABLE.deliver}`, of)
  }
  const tables = survey.network.routeTable ?? []
  const named = subnet?.subnet.routeTableId
  const table =
    named === undefined
      ? tables.find(
          ({ type, ...own }) => type === 'system' && survey.vpcOf(own.vpcId, own) === place,
        )
      : survey.find('routeTable', named, gateway)
  if (!subnet || !table) {
    plan.leaveOut(of, 'the table of its vSwitch was not read')
    return
  }
  space.ip(`rule add pref 55 iif ${device} lookup ${TABLE.custom + tables.indexOf(table)}`, of)
}
