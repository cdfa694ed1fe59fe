import type { Component } from '#model'
import { isIpv6 } from '../nft-text.ts'
import type { PlanDraft } from '../plan-draft.ts'
import type { GuestAddresses } from './guest-address.ts'
import { allAddresses } from './guest-address.ts'
import { ROUTER6 } from './gateway-address.ts'
import { BLACK_HOLE, layBlackHole, type LinkLayer, setRouter } from './link.ts'
import { rangesOf, type Router, subnetComponent, TABLE } from './router.ts'
import type { NicPlace, SubnetPlace, Survey, VpcPlace } from './survey.ts'

/** What a router knows of the interfaces in its vSwitches. */
export type AddressesOf = (nic: NicPlace) => GuestAddresses

/** The router of a VPC with its vSwitches, before routes, filters and links are added. */
export function layRouter(
  plan: PlanDraft,
  links: LinkLayer,
  survey: Survey,
  place: VpcPlace,
  addressesOf: AddressesOf,
): Router {
  const { id, name } = place.vpc
  const of: Component = { kind: 'vpc', id, ...(name === undefined ? {} : { name }) }
  const space = plan.space(place.space, 'router', of)
  setRouter(space)
  for (const table of ['iptables', 'ip6tables', 'arptables']) {
    space.set(`net/bridge/bridge-nf-call-${table}`, 0)
  }
  space.ip('link set lo up')
  layBlackHole(space)
  const router = { place, space, links, of, outside: place.mode !== 'none' }
  for (const subnet of place.subnets) {
    laySubnet(router, subnet)
    for (const nic of survey.nics) {
      if (nic.subnet === subnet) layPort(router, nic, addressesOf(nic))
    }
  }
  layDelivery(plan, router)
  return router
}

function laySubnet({ space }: Router, subnet: SubnetPlace): void {
  const of = subnetComponent(subnet)
  const { device, mac, gateway, gateway6 } = subnet
  space.ip(
    `link add ${device} address ${mac} type bridge stp_state 0 forward_delay 0 mcast_snooping 0`,
    of,
  )
  space.ip(`link set ${device} addrgenmode none up`, of)
  space.ip(`addr add ${gateway}/32 dev ${device}`, of)
  if (gateway6 === undefined) return
  space.ip(`addr add ${ROUTER6}/64 dev ${device} nodad`, of)
  space.ip(`addr add ${gateway6}/128 dev ${device} nodad`, of)
}

/**
 * The fabric answers for its members (proxy ARP over permanent neighbours) and knows where each
 * MAC address is: nothing is flooded, and what a guest would say to ARP does not count.
 */
function layPort({ space }: Router, nic: NicPlace, addresses: GuestAddresses): void {
  const of: Component = { kind: 'networkInterface', id: nic.eni.id }
  const port = `p${nic.nth}`
  const { device } = nic.subnet
  for (const address of [...allAddresses(addresses), linkLocalOf(nic)]) {
    space.ip(`neigh replace ${address} lladdr ${nic.mac} dev ${device} nud permanent`, of)
  }
  if (nic.absentBecause !== undefined) return
  space.ip(`link set ${port} master ${device} addrgenmode none up`, of)
  space.ip(`link set dev ${port} type bridge_slave proxy_arp on`, of)
  space.bridge(`fdb replace ${nic.mac} dev ${port} master static`, of)
  space.bridge(`link set dev ${port} learning off flood off mcast_flood off bcast_flood off`, of)
}

/** What routes over IPv6 name an interface by. */
export function linkLocalOf({ nth }: NicPlace): string {
  return `fe80::${(nth + 256).toString(16)}`
}

/** The table of everything that arrives from elsewhere: the vSwitches of this VPC, and no further. */
function layDelivery(plan: PlanDraft, { space, place, of }: Router): void {
  for (const subnet of place.subnets) {
    for (const range of rangesOf(subnet)) {
      space.ip(
        `route add ${range} dev ${subnet.device} table ${TABLE.deliver}`,
        subnetComponent(subnet),
      )
      // The router's own messages, such as "time exceeded", go by the main table.
      space.ip(`route add ${range} dev ${subnet.device}`, subnetComponent(subnet))
    }
  }
  layLastResort(plan, { space, of }, TABLE.deliver)
}

/** Ends a table: what no route of it matches is lost. */
export function layLastResort(
  plan: PlanDraft,
  { space, of }: Pick<Router, 'space' | 'of'>,
  table: number,
  component: Component = of,
): void {
  for (const everything of ['0.0.0.0/0', '::/0']) {
    space.ip(`route add ${everything} dev ${BLACK_HOLE} metric 9999 table ${table}`, component)
    plan.route({
      space: space.name,
      table,
      destination: isIpv6(everything) ? '::/0' : '0.0.0.0/0',
      mark: { stage: 'route', decision: 'refuse', component, code: 'route.none' },
    })
  }
}
