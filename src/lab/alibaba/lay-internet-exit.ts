import type { FindingCode } from '#findings'
import type { Component, DnatEntry, PublicAddress } from '#model'
import { isIpv6, namedMap, namedSet, rule, set } from '../nft-text.ts'
import { compareAddresses } from './compare-addresses.ts'
import { knownRanges } from './known-ranges.ts'
import { privateTo } from './private-ranges.ts'
import { balancersOf } from './lay-balancer-ways.ts'
import type { Exits } from './lay-filters.ts'
import type { RouteContext } from './lay-routes.ts'
import { overLink } from './link.ts'
import type { LivePublic } from './live-public.ts'
import { INTERNET, MARK, TABLE } from './router.ts'
import type { NatPlace } from './survey.ts'

/** Protocols that a mapped public address carries (HELP EIP NAT mode). */
export const CARRIED = set([1, 6, 17])

/** A public address that stands for one private address, and the MAC address of who has that. */
interface Mapped {
  readonly item: PublicAddress
  readonly mac: string
  readonly inside: string
  readonly cutThrough: boolean
}

/** What a router needs to know of the NAT gateways in its VPC. */
export interface NatExit {
  readonly nat: NatPlace
  /** Device towards the gateway's inside. */
  readonly device: string
  /** Device of its outside, where that is a vSwitch of this VPC. */
  readonly back?: string
  /** IP mappings on it. */
  readonly mapped: readonly Pick<DnatEntry, 'internalAddress' | 'externalAddress'>[]
}

/** Public addresses of interfaces and load balancers in this VPC. */
export function mappedIn(
  { router: { place } }: RouteContext,
  publics: readonly LivePublic[],
): Mapped[] {
  return publics.flatMap((one): Mapped[] => {
    const { kind, item } = one
    if (kind === 'interface' && one.nic.vpc === place) {
      const { inside, cutThrough, nic } = one
      return [{ item, mac: nic.mac, inside, cutThrough }]
    }
    if (kind !== 'loadBalancer' || one.balancer.vpc !== place) return []
    const { mac, address: inside } = one.balancer
    return [{ item, mac, inside, cutThrough: false }]
  })
}

/** The address the guest sends by, where a public one maps to it or stands in its place. */
function seenAddress({ item, inside, cutThrough }: Mapped): string {
  return cutThrough ? item.address : inside
}

/**
 * The translation between a private address and its public one: one to one, without state, at the
 * very edge, so that groups and lists see the private address (HELP EIP NAT mode).
 */
export function layTranslation({ plan, router }: RouteContext, mapped: readonly Mapped[]): void {
  const { space } = router
  const translated = mapped.filter(({ cutThrough }) => !cutThrough)
  if (translated.length === 0) return
  const pairs = translated.map(({ item, inside }) => ({ outside: item.address, inside }))
  space.nft('table ip eip {')
  space.nft(
    namedMap(
      'in',
      'ipv4_addr : ipv4_addr',
      pairs.map((one) => `${one.outside} : ${one.inside}`),
    ),
  )
  space.nft(
    namedMap(
      'out',
      'ipv4_addr : ipv4_addr',
      pairs.map((one) => `${one.inside} : ${one.outside}`),
    ),
  )
  space.nft('chain pre { type filter hook prerouting priority -250;')
  layProtocols(translated.map((item) => ['iifname', 'daddr', item, item.item.address]))
  space.nft(`iifname "${INTERNET}" ip daddr set ip daddr map @in`)
  space.nft('}')
  space.nft('chain post { type filter hook postrouting priority 200;')
  layProtocols(translated.map((item) => ['oifname', 'saddr', item, item.inside]))
  space.nft(`oifname "${INTERNET}" ip saddr set ip saddr map @out`)
  space.nft('}')
  space.nft('}')

  function layProtocols(
    items: readonly (readonly [side: string, end: string, item: Mapped, address: string])[],
  ): void {
    for (const [side, end, { item }, address] of items) {
      const component: Component = { kind: 'publicAddress', id: item.id }
      const comment = plan.mark({
        stage: 'translate',
        decision: 'refuse',
        component,
        code: 'nat.protocol-unsupported',
      })
      const match = [`${side} "${INTERNET}"`, `ip ${end} ${address}`, `meta l4proto != ${CARRIED}`]
      space.nft(rule(match, 'drop', comment), component)
    }
  }
}

/**
 * Without an activated IPv4 gateway, a source with a public address of its own, or an IP mapping,
 * reaches public destinations past the route table (HELP IPv4 gateway; VPC FAQ).
 */
export function layBypass(
  { survey, router }: RouteContext,
  mapped: readonly Mapped[],
  nats: readonly NatExit[],
): void {
  const { space, place } = router
  if (place.mode !== 'bypass') return
  const { cidrs, userCidrs = [] } = place.vpc
  const inside = [...knownRanges.private4, knownRanges.services, ...cidrs, ...userCidrs]
  const devices = place.subnets.map(({ device }) => `"${device}"`)
  if (devices.length === 0) return
  const from = `iifname ${set(devices)}`
  const away = 'ip daddr != @private'
  space.nft('table ip way {')
  space.nft(
    `set private { type ipv4_addr; flags interval; auto-merge; elements = ${set(inside)}; }`,
  )
  // The address has to be sent by the interface it belongs to.
  const own = mapped.map((item) => `${item.mac} . ${seenAddress(item)}`)
  space.nft(namedSet('own', 'ether_addr . ipv4_addr', own))
  space.nft('chain pre { type filter hook prerouting priority -150;')
  // What is on its way between a load balancer and a backend has its mark already.
  if (balancersOf(survey, router).length > 0) space.nft(`meta mark >= ${MARK.balancer} return`)
  // The last mark stays.
  const mappings = nats.flatMap((exit) => exit.mapped.map((entry) => ({ ...entry, nat: exit.nat })))
  const lowestLast = mappings.toSorted((a, b) =>
    compareAddresses(b.externalAddress, a.externalAddress),
  )
  for (const { nat, internalAddress } of lowestLast) {
    space.nft(`${from} ip saddr ${internalAddress} ${away} meta mark set ${MARK.nat + nat.nth}`)
  }
  space.nft(`${from} ether saddr . ip saddr @own ${away} meta mark set ${MARK.internet}`)
  space.nft('}')
  space.nft('}')
  space.ip(`route add default ${overLink(INTERNET, false)} table ${TABLE.internet}`)
  space.ip(`rule add pref 100 fwmark ${MARK.internet} lookup ${TABLE.internet}`)
  for (const { nat, device } of nats) {
    space.ip(`route add default ${overLink(device, false)} table ${TABLE.nat + nat.nth}`)
    space.ip(`rule add pref 101 fwmark ${MARK.nat + nat.nth} lookup ${TABLE.nat + nat.nth}`)
  }
}

/** What may leave for the Internet, and what may come from it. */
export function layInternetExit(
  context: RouteContext,
  mapped: readonly Mapped[],
  nats: readonly NatExit[],
): Exits {
  const { plan, router } = context
  const { space, place } = router
  const gateway = place.gateway4
  const of: Component = gateway ? { kind: 'internetGateway', id: gateway.id } : router.of
  const backs = nats.flatMap(({ back }) => (back === undefined ? [] : [back]))
  const refuse = (code: FindingCode): string =>
    plan.mark({ stage: 'gateway', decision: 'refuse', component: of, code })
  space.nft('chain to_internet {')
  if (backs.length > 0) space.nft(`iifname ${set(backs.map((device) => `"${device}"`))} return`)
  if (place.mode === 'none') space.nft(rule(['meta nfproto ipv4'], 'drop', refuse('igw.absent')))
  space.nft(
    rule([`ip daddr ${set(privateTo(place.vpc))}`], 'drop', refuse('igw.private-destination')),
  )
  space.nft(
    rule([`ip6 daddr ${set(knownRanges.private6)}`], 'drop', refuse('igw.private-destination')),
  )
  const sources = mapped.map(seenAddress)
  const stranger = sources.length === 0 ? [] : [`ip saddr != ${set(sources)}`]
  space.nft(
    rule(['meta nfproto ipv4', ...stranger], 'drop', refuse('igw.no-public-mapping.egress')),
  )
  layIpv6Out(context)
  space.nft('}')
  return {
    leaving: [[INTERNET, 'to_internet']],
    arriving: [
      ...ipv6In(context),
      ...backs.map((device) =>
        rule([`iifname "${device}"`, `oifname != "${INTERNET}"`], 'drop', refuse('route.none')),
      ),
    ],
  }
}

function ipv6Assignments({ survey, router }: RouteContext) {
  return survey.nics
    .filter(({ vpc }) => vpc === router.place)
    .flatMap(({ eni }) => eni.ipv6Addresses ?? [])
    .filter(({ address }) => isIpv6(address))
}

/** An IPv6 address is private until Internet bandwidth is bought for it (HELP Internet access). */
function layIpv6Out(context: RouteContext): void {
  const { plan, router } = context
  const able = ipv6Assignments(context).filter(({ internet = 'none' }) => internet !== 'none')
  const component: Component = { kind: 'internetGateway', id: router.place.gateway6?.id ?? 'none' }
  const comment = plan.mark({
    stage: 'gateway',
    decision: 'refuse',
    component,
    code: 'igw.no-public-mapping.egress',
  })
  const others =
    able.length === 0 ? [] : [`ip6 saddr != ${set(able.map(({ address }) => address))}`]
  router.space.nft(rule(['meta nfproto ipv6', ...others], 'drop', comment), component)
}

/** Egress-only addresses answer, and cannot be called (SDK CreateIpv6EgressOnlyRule). */
function ipv6In(context: RouteContext): string[] {
  const { plan, router } = context
  const component: Component = { kind: 'internetGateway', id: router.place.gateway6?.id ?? 'none' }
  const listed = (wanted: string): string[] =>
    ipv6Assignments(context).flatMap(({ address, internet = 'none' }) =>
      internet === wanted ? [address] : [],
    )
  const refuse = (code: FindingCode): string =>
    plan.mark({ stage: 'gateway', decision: 'refuse', component, code })
  const [closed, answering] = [listed('none'), listed('egress-only')]
  const at = `iifname "${INTERNET}"`
  return [
    ...(closed.length === 0
      ? []
      : [rule([at, `ip6 daddr ${set(closed)}`], 'drop', refuse('igw.no-public-mapping.ingress'))]),
    ...(answering.length === 0
      ? []
      : [
          rule(
            [at, `ip6 daddr ${set(answering)}`, 'ct state != { established, related }'],
            'drop',
            refuse('ipv6.egress-only'),
          ),
        ]),
  ]
}
