import type { Component } from '#model'
import { isIpv6, rule, set } from '../nft-text.ts'
import { allAddresses } from './guest-address.ts'
import { type AclChains, layAcl } from './lay-acls.ts'
import type { RouteContext } from './lay-routes.ts'
import { BLACK_HOLE } from './link.ts'
import { rangesOf, subnetComponent } from './router.ts'
import type { SubnetPlace } from './survey.ts'

/** Chains that judge packets by the device they leave or came by. */
export interface Exits {
  /** Device → chain, for packets that leave by it. */
  readonly leaving: readonly (readonly [device: string, chain: string])[]
  /** Rules for packets that came by a device, in order. */
  readonly arriving: readonly string[]
}

/**
 * What a router does to a packet once its route is known, in this order: no way; the ACL of the
 * vSwitch it leaves; the exit it takes; whether anybody has its destination; the ACL of the vSwitch
 * it enters. `exits` writes its own chains into the open table and says which they are.
 */
export function layFilters(context: RouteContext, layExits: () => Exits): void {
  const { plan, survey, router } = context
  const { space, place, of } = router
  space.nft('table inet road {')
  const acls = place.subnets.flatMap((subnet) => {
    const chains = layAcl(plan, survey, router, subnet)
    return chains ? [{ subnet, chains }] : []
  })
  const exits = layExits()
  for (const subnet of place.subnets) layOwners(context, subnet)
  space.nft('chain forward { type filter hook forward priority 0; policy accept;')
  const lost = plan.mark({ stage: 'route', decision: 'refuse', component: of, code: 'route.none' })
  space.nft(rule([`oifname "${BLACK_HOLE}"`], 'drop', lost))
  layAclJumps(context, acls, 'egress')
  for (const line of exits.arriving) space.nft(line)
  const targets = [
    ...exits.leaving,
    ...place.subnets.map(({ device }) => [device, `owners_${device}`] as const),
  ].map(([device, chain]) => `"${device}" : jump ${chain}`)
  if (targets.length > 0) space.nft(`oifname vmap ${set(targets)}`)
  layAclJumps(context, acls, 'ingress')
  space.nft('}')
  layRouterItself(context)
  space.nft('}')
}

function layAclJumps(
  { router: { space } }: RouteContext,
  acls: readonly { readonly subnet: SubnetPlace; readonly chains: AclChains }[],
  direction: keyof AclChains,
): void {
  const jumps = acls.map(({ subnet, chains }) => `"${subnet.device}" : jump ${chains[direction]}`)
  const side = direction === 'egress' ? 'iifname' : 'oifname'
  if (jumps.length > 0) space.nft(`${side} vmap ${set(jumps)}`)
}

/** Who has an address of a vSwitch: nobody, or an interface that carries nothing. */
function layOwners(context: RouteContext, subnet: SubnetPlace): void {
  const { plan, survey, router, addressesOf } = context
  const { space } = router
  const of = subnetComponent(subnet)
  const nics = survey.nics.filter((nic) => nic.subnet === subnet)
  space.nft(`chain owners_${subnet.device} {`, of)
  for (const nic of nics) {
    if (nic.absentBecause === undefined) continue
    const component: Component = { kind: 'networkInterface', id: nic.eni.id }
    const { code } = nic.absentBecause
    const comment = plan.mark({ stage: 'deliver', decision: 'refuse', component, code })
    for (const match of destinations(allAddresses(addressesOf(nic)))) {
      space.nft(rule([match], 'drop', comment), component)
    }
  }
  layUnannounced(context, subnet)
  const known = [
    ...nics.flatMap((nic) => allAddresses(addressesOf(nic))),
    ...survey.balancers.flatMap((item) => (item.subnet === subnet ? [item.address] : [])),
  ]
  const nobody = {
    stage: 'deliver',
    decision: 'refuse',
    component: of,
    code: 'address.not-assigned',
  } as const
  for (const range of rangesOf(subnet)) {
    const ipv6 = isIpv6(range)
    const family = ipv6 ? 'ip6' : 'ip'
    const own = known.filter((address) => isIpv6(address) === ipv6)
    const others = own.length === 0 ? [] : [`${family} daddr != ${set(own)}`]
    space.nft(rule([`${family} daddr ${range}`, ...others], 'drop', plan.mark(nobody)), of)
  }
  space.nft('}', of)
}

/** A HaVip that no member announces leads nowhere (HELP high-availability virtual IP). */
function layUnannounced({ plan, survey, router }: RouteContext, subnet: SubnetPlace): void {
  for (const haVip of survey.network.haVip ?? []) {
    if (survey.find('subnet', haVip.subnetId, haVip) !== subnet.subnet) continue
    if (survey.nicOf(haVip.master, haVip)) continue
    const component: Component = { kind: 'haVip', id: haVip.id }
    const mark = {
      stage: 'deliver',
      decision: 'refuse',
      component,
      code: 'havip.no-master',
    } as const
    router.space.nft(rule([`ip daddr ${haVip.address}`], 'drop', plan.mark(mark)), component)
  }
}

function destinations(addresses: readonly string[]): string[] {
  return [addresses.filter((text) => !isIpv6(text)), addresses.filter(isIpv6)].flatMap((own, v6) =>
    own.length === 0 ? [] : [`${v6 === 1 ? 'ip6' : 'ip'} daddr ${set(own)}`],
  )
}

/** A router is nobody to talk to: an address of its own counts as unassigned. */
function layRouterItself({ plan, router: { space, of } }: RouteContext): void {
  const mark = {
    stage: 'deliver',
    decision: 'refuse',
    component: of,
    code: 'address.not-assigned',
  } as const
  space.nft('chain input { type filter hook input priority 0; policy accept;')
  space.nft(rule([], 'drop', plan.mark(mark)))
  space.nft('}')
}
