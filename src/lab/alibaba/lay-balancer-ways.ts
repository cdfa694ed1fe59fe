import { layBalancer, balancerComponent, balancerDevices } from './lay-balancer.ts'
import type { RouteContext } from './lay-routes.ts'
import { overLink } from './link.ts'
import { MARK, type Router, TABLE } from './router.ts'
import type { BalancerPlace } from './place-balancers.ts'
import type { Survey } from './survey.ts'

/** The load balancers of a router's VPC. */
export function balancersOf(survey: Survey, { place }: Router): readonly BalancerPlace[] {
  return survey.balancers.filter(({ vpc }) => vpc === place)
}

/** The load balancers of a VPC, and the ways between them, their vSwitch and their backends. */
export function layBalancers(context: RouteContext): void {
  const own = balancersOf(context.survey, context.router)
  if (own.length === 0) return
  const { space } = context.router
  for (const place of own) {
    layBalancer(context, place)
    layPort(context.router, place)
    layWays(context.router, place)
  }
  space.nft('table ip balancers {')
  space.nft('chain pre { type filter hook prerouting priority -160;')
  for (const place of own) {
    const { back } = balancerDevices(place)
    space.nft(`iifname "${back}" meta mark set ${markOf(place)}`, balancerComponent(place))
  }
  space.nft('}')
  space.nft('}')
}

/** In its vSwitch it is a neighbour like an interface, and nothing stands between. */
function layPort({ space }: Router, place: BalancerPlace): void {
  const of = balancerComponent(place)
  const { front } = balancerDevices(place)
  const { address, mac, subnet } = place
  space.ip(`neigh replace ${address} lladdr ${mac} dev ${subnet.device} nud permanent`, of)
  space.ip(`link set ${front} master ${subnet.device} addrgenmode none up`, of)
  space.ip(`link set dev ${front} type bridge_slave proxy_arp on`, of)
  space.bridge(`fdb replace ${mac} dev ${front} master static`, of)
  space.bridge(`link set dev ${front} learning off flood off mcast_flood off bcast_flood off`, of)
}

/** Between load balancer and backend no route table is asked, either way (decision 0010, 5 and 6). */
function layWays({ space }: Router, place: BalancerPlace): void {
  const of = balancerComponent(place)
  const { back } = balancerDevices(place)
  const table = TABLE.balancer + place.nth
  space.ip(`route add default ${overLink(back, false)} table ${table}`, of)
  space.ip(`rule add pref 40 iif ${back} lookup ${TABLE.deliver}`, of)
  space.ip(`rule add pref 41 fwmark ${markOf(place)} lookup ${table}`, of)
}

function markOf({ nth }: BalancerPlace): number {
  return MARK.balancer + nth
}

/** The first rules of the switch: what a hypervisor sends back is routed, whoever it is for. */
export function layTakenBack({ survey, router }: RouteContext): void {
  for (const place of balancersOf(survey, router)) {
    const of = balancerComponent(place)
    for (const subnet of router.place.subnets) {
      const ports = survey.nics
        .filter((nic) => nic.subnet === subnet && nic.absentBecause === undefined)
        .map(({ nth }) => `"p${nth}"`)
      if (ports.length === 0) continue
      const from = `iifname { ${ports.join(', ')} } ether daddr ${place.backMac}`
      const take = `ether daddr set ${subnet.mac} meta pkttype set host`
      router.space.nft(`${from} meta mark set ${markOf(place)} ${take}`, of)
    }
  }
}

/** What a load balancer hands on says so by its MAC address: marks do not leave a namespace. */
export function layHandedOn({ survey, router }: RouteContext): void {
  const own = balancersOf(survey, router)
  if (own.length === 0) return
  router.space.nft('chain out { type filter hook output priority -300;')
  for (const place of own) {
    const text = `meta mark ${markOf(place)} ether saddr set ${place.backMac}`
    router.space.nft(text, balancerComponent(place))
  }
  router.space.nft('}')
}
