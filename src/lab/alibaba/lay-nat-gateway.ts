import type { FindingCode } from '#findings'
import type { Component, DnatEntry, SnatEntry } from '#model'
import { parsePrefixOrAddress } from '#net'
import { namedMap, rule, set } from '../nft-text.ts'
import type { PlanDraft, SpaceDraft } from '../plan-draft.ts'
import { CARRIED, type NatExit } from './lay-internet-exit.ts'
import { compareAddresses } from './compare-addresses.ts'
import { privateTo } from './private-ranges.ts'
import { BLACK_HOLE, layBlackHole, overLink, setRouter } from './link.ts'
import type { LivePublic } from './live-public.ts'
import { STRAY } from './lay-strays.ts'
import type { Router } from './router.ts'
import type { NatPlace } from './survey.ts'

/** Devices of a NAT gateway's namespace. */
const INSIDE = 'vpc'
const OUTSIDE = 'inet'

/** Public addresses that stand for a private one of the VPC, whatever gateway it leaves by. */
export interface OwnAddress {
  readonly inside: string
  readonly outside: string
}

/**
 * A NAT gateway (HELP Internet NAT gateway): connections that start inside leave as an address of
 * the source's own, else of its IP mapping, else of the SNAT entry with the longest source;
 * connections that start outside enter by a DNAT entry.
 */
export function layNatGateway(
  plan: PlanDraft,
  router: Router,
  nat: NatPlace,
  publics: readonly LivePublic[],
  own: readonly OwnAddress[],
): { readonly exit: NatExit; readonly space: SpaceDraft } {
  const of: Component = { kind: 'natGateway', id: nat.gateway.id }
  const space = plan.space(nat.space, 'natGateway', of)
  setRouter(space)
  space.ip('link set lo up')
  space.ip(`addr add 198.18.${(nat.nth >> 8) & 127}.${nat.nth & 255}/32 dev lo`)
  layBlackHole(space)
  space.ip(`route add default dev ${BLACK_HOLE} metric 9999`)
  const device = `g${nat.nth}`
  router.links.join(of, { space: router.space, device }, { space, device: INSIDE })
  layRoutes(space, router)
  const context = { plan, space, nat, of, live: liveOn(nat, publics), own }
  layOwnAddresses(context)
  layTranslations(context)
  layGate(context)
  const inService = nat.gateway.state === 'Available' && !nat.gateway.locks?.length
  return {
    space,
    exit: {
      nat,
      device,
      ...(router.place.mode === 'gateway' ? { back: `o${nat.nth}` } : {}),
      mapped: inService ? mappings(context) : [],
    },
  }
}

/** Joins the outside of a NAT gateway to where its public traffic goes. */
export function joinOutside(
  router: Router,
  inner: SpaceDraft,
  to: { space: SpaceDraft; device: string },
): void {
  router.links.join(inner.of, to, { space: inner, device: OUTSIDE })
  inner.ip(`route add default ${overLink(OUTSIDE, false)}`)
}

function layRoutes(space: SpaceDraft, { place }: Router): void {
  for (const { subnet } of place.subnets) {
    space.ip(`route add ${subnet.cidr} ${overLink(INSIDE, false)}`)
  }
}

interface NatContext {
  readonly plan: PlanDraft
  readonly space: SpaceDraft
  readonly nat: NatPlace
  readonly of: Component
  /** Public addresses that are bound to it and carry packets. */
  readonly live: ReadonlySet<string>
  readonly own: readonly OwnAddress[]
}

function liveOn(nat: NatPlace, publics: readonly LivePublic[]): ReadonlySet<string> {
  return new Set(
    publics.flatMap((one) =>
      one.kind === 'natGateway' && one.nat === nat ? [one.item.address] : [],
    ),
  )
}

function snatEntries({ nat }: NatContext): SnatEntry[] {
  return nat.gateway.snat
    .filter(({ state }) => state === 'Available')
    .sort((a, b) => lengthOf(b.source) - lengthOf(a.source))
}

function lengthOf(cidr: string): number {
  return parsePrefixOrAddress(cidr, { hostBits: 'mask' })?.length ?? 0
}

function dnatEntries({ nat, live }: NatContext): DnatEntry[] {
  return nat.gateway.dnat.filter(
    ({ state, externalAddress }) => state === 'Available' && live.has(externalAddress),
  )
}

/**
 * DNAT entries for every port give their instance the public address for the way out, too; of several
 * the lowest one [guess].
 */
function mappings(context: NatContext): DnatEntry[] {
  return dnatEntries(context)
    .filter(({ protocol }) => protocol === 'any')
    .toSorted((a, b) => compareAddresses(a.externalAddress, b.externalAddress))
}

/** Connection-tracking zone of what leaves under an address of its own. */
const OWN_ZONE = 1

const notStray = STRAY.replace('dscp ', 'dscp != ')

/**
 * Whoever has a public address keeps it, one to one and without a session: also where a packet
 * belongs to a connection that came in by the address itself, and not through this gateway.
 */
function layOwnAddresses({ space, own }: NatContext): void {
  if (own.length === 0) return
  const pairs = own.map(({ inside, outside }) => `${inside} : ${outside}`)
  space.nft('table ip own {')
  space.nft(namedMap('public', 'ipv4_addr : ipv4_addr', pairs))
  // Back in through the same gateway it is another connection, although nothing in it has changed.
  space.nft('chain pre { type filter hook prerouting priority -310;')
  space.nft(
    `iifname "${INSIDE}" ip saddr ${set(own.map(({ inside }) => inside))} ${notStray} ct zone set ${OWN_ZONE}`,
  )
  space.nft('}')
  space.nft('chain post { type filter hook postrouting priority 200;')
  space.nft(`oifname "${OUTSIDE}" ${notStray} ip saddr set ip saddr map @public`)
  space.nft(`oifname "${OUTSIDE}" ${STRAY} ip dscp set 0`)
  space.nft('}')
  space.nft('}')
}

function layTranslations(context: NatContext): void {
  const { space, of, live, own } = context
  space.nft('table ip nat {')
  space.nft('chain pre { type nat hook prerouting priority -100;')
  for (const entry of dnatEntries(context))
    for (const text of dnatRules(context, entry)) space.nft(text, of)
  space.nft('}')
  space.nft('chain post { type nat hook postrouting priority 100;')
  const leaving = `oifname "${OUTSIDE}"`
  if (own.length > 0) {
    space.nft(`${leaving} ip saddr ${set(own.map(({ inside }) => inside))} ${notStray} accept`)
  }
  for (const { id, internalAddress, externalAddress } of mappings(context)) {
    const comment = markEntry(context, id, 'continue')
    space.nft(
      rule([leaving, `ip saddr ${internalAddress}`], `snat to ${externalAddress}`, comment),
      of,
    )
  }
  for (const { id, source, addresses } of snatEntries(context)) {
    const drawn = addresses.filter((address) => live.has(address))
    if (drawn.length === 0) continue
    const comment = markEntry(context, id, 'continue')
    space.nft(rule([leaving, `ip saddr ${source}`], `snat to ${draw(drawn)}`, comment), of)
  }
  space.nft('}')
  space.nft('}')
}

/** Several addresses share the connections. */
function draw(addresses: readonly string[]): string {
  const [first = ''] = addresses
  if (addresses.length === 1) return first
  const turns = addresses.map((address, nth) => `${nth} : ${address}`)
  return `numgen inc mod ${addresses.length} map ${set(turns)}`
}

function markEntry({ plan, of }: NatContext, id: string, decision: 'continue' | 'refuse'): string {
  const refusal = decision === 'refuse' ? { code: 'nat.no-addresses' as const } : {}
  return plan.mark({ stage: 'translate', decision, component: of, rule: id, ...refusal })
}

/** As many ports as a DNAT entry may shift one by one. */
const SHIFTED_PORTS = 4096

function dnatRules(context: NatContext, entry: DnatEntry): string[] {
  const { id, externalAddress, internalAddress, protocol, externalPort, internalPort } = entry
  const comment = markEntry(context, id, 'continue')
  const at = [`iifname "${OUTSIDE}"`, `ip daddr ${externalAddress}`]
  if (protocol === 'any' || !externalPort) {
    return [rule(at, `dnat to ${internalAddress}`, comment)]
  }
  const { from, to } = externalPort
  const shift = (internalPort?.from ?? from) - from
  if (shift === 0) {
    const ports = from === to ? `${from}` : `${from}-${to}`
    return [rule([...at, `${protocol} dport ${ports}`], `dnat to ${internalAddress}`, comment)]
  }
  if (to - from >= SHIFTED_PORTS) {
    context.plan.leaveOut(context.of, `DNAT entry ${id} shifts more than ${SHIFTED_PORTS} ports`)
    return []
  }
  return Array.from({ length: to - from + 1 }, (_, nth) =>
    rule(
      [...at, `${protocol} dport ${from + nth}`],
      `dnat to ${internalAddress}:${from + nth + shift}`,
      comment,
    ),
  )
}

type Refuse = (code: FindingCode) => string

function layGate(context: NatContext): void {
  const { plan, space, of, nat } = context
  const refuse: Refuse = (code) =>
    plan.mark({ stage: 'translate', decision: 'refuse', component: of, code })
  space.nft('table ip gate {')
  space.nft('chain forward { type filter hook forward priority 0; policy accept;')
  if (nat.gateway.state !== 'Available' || nat.gateway.locks?.length) {
    space.nft(rule([], 'drop', refuse('nat.bad-state')))
  }
  space.nft(rule([`oifname "${BLACK_HOLE}"`], 'drop', refuse('route.none')))
  space.nft(rule(['ct state established, related'], 'accept'))
  space.nft(rule([`meta l4proto != ${CARRIED}`], 'drop', refuse('nat.protocol-unsupported')))
  space.nft(`iifname vmap { "${INSIDE}" : jump outward, "${OUTSIDE}" : jump inward }`)
  space.nft('}')
  layOutward(context, refuse)
  layInward(context, refuse)
  space.nft('chain input { type filter hook input priority 0; policy accept;')
  space.nft(rule([], 'drop', refuse('nat.dnat-missing')))
  space.nft('}')
  space.nft('}')
}

function layOutward(context: NatContext, refuse: Refuse): void {
  const { space, of, own, live, nat } = context
  space.nft('chain outward {')
  space.nft(
    rule([`ip daddr ${set(privateTo(nat.vpc.vpc))}`], 'drop', refuse('igw.private-destination')),
  )
  if (own.length > 0) {
    space.nft(rule([`ip saddr ${set(own.map(({ inside }) => inside))}`, notStray], 'accept'))
  }
  space.nft(rule(['ct state invalid'], 'drop', refuse('nat.return-bypass')))
  const named = mappings(context).map((one) => one.internalAddress)
  if (named.length > 0) space.nft(rule([`ip saddr ${set([...new Set(named)])}`], 'accept'))
  for (const { id, source, addresses } of snatEntries(context)) {
    const serves = addresses.some((address) => live.has(address))
    const comment = markEntry(context, id, serves ? 'continue' : 'refuse')
    space.nft(rule([`ip saddr ${source}`], serves ? 'accept' : 'drop', comment), of)
  }
  space.nft(rule([], 'drop', refuse('nat.snat-missing')))
  space.nft('}')
}

/** What leaves through SNAT does not come back in by DNAT (D21 NAT gateway FAQ). */
function layInward(context: NatContext, refuse: Refuse): void {
  const { space, live } = context
  const drawn = snatEntries(context).flatMap(({ addresses }) =>
    addresses.filter((address) => live.has(address)),
  )
  const sources = [...new Set(drawn)]
  space.nft('chain inward {')
  space.nft(rule(['ct state invalid'], 'drop', refuse('nat.return-bypass')))
  if (sources.length > 0) {
    space.nft(rule(['ct status dnat', `ip saddr ${set(sources)}`], 'drop', refuse('nat.hairpin')))
  }
  space.nft(rule(['ct status dnat'], 'accept'))
  space.nft(rule([], 'drop', refuse('nat.dnat-missing')))
  space.nft('}')
}
