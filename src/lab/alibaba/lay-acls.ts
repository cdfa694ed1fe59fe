import type { Component, NetworkAcl } from '#model'
import { isIpv6, matchRange, matchTransport, rule, set } from '../nft-text.ts'
import type { PlanDraft } from '../plan-draft.ts'
import { knownRanges } from './known-ranges.ts'
import { allAddresses, cutThroughOf, guestAddresses } from './guest-address.ts'
import type { Router } from './router.ts'
import type { SubnetPlace, Survey } from './survey.ts'

/** Names of the chains of a vSwitch's network ACL; undefined where there is none. */
export interface AclChains {
  readonly ingress: string
  readonly egress: string
}

/**
 * The stateless filter at the boundary of a vSwitch (HELP network ACL): the first entry that
 * matches decides, on the reply too. Neighbours of one vSwitch do not meet it, nor do DNS,
 * metadata, a load balancer (decision 0010, 1), or an interface whose EIP is in cut-through mode.
 */
export function layAcl(
  plan: PlanDraft,
  survey: Survey,
  { space }: Router,
  subnet: SubnetPlace,
): AclChains | undefined {
  const { networkAclId } = subnet.subnet
  if (networkAclId === undefined) return undefined
  const acl = survey.find('networkAcl', networkAclId, subnet.subnet)
  const of: Component = { kind: 'networkAcl', id: networkAclId }
  if (!acl) {
    plan.leaveOut(of, 'it was not read')
    return undefined
  }
  const cut = survey.nics.flatMap((nic) => {
    const eip = nic.subnet === subnet ? cutThroughOf(survey, nic) : undefined
    return eip ? [{ mac: nic.mac, addresses: allAddresses(guestAddresses(survey, nic)) }] : []
  })
  const balancers = survey.balancers
    .filter((item) => item.subnet === subnet)
    .map(({ mac, address }) => ({ mac, addresses: [address] }))
  const exempt = [...cut, ...balancers]
  for (const direction of ['ingress', 'egress'] as const) {
    space.nft(`chain ${nameOf(subnet, direction)} {`, of)
    for (const text of exemptions(direction, subnet, exempt)) space.nft(text, of)
    for (const text of entryLines(plan, acl, direction)) space.nft(text, of)
    space.nft('}', of)
  }
  return { ingress: nameOf(subnet, 'ingress'), egress: nameOf(subnet, 'egress') }
}

/** An interface or a load balancer that meets no ACL, in either family. */
interface Exempt {
  readonly mac: string
  readonly addresses: readonly string[]
}

function nameOf({ device }: SubnetPlace, direction: 'ingress' | 'egress'): string {
  return `acl_${device}_${direction}`
}

function exemptions(
  direction: 'ingress' | 'egress',
  { device }: SubnetPlace,
  exempt: readonly Exempt[],
): string[] {
  const [other, far] = direction === 'egress' ? ['oifname', 'daddr'] : ['iifname', 'saddr']
  const lines = [
    rule([`${other} "${device}"`], 'return'),
    rule([`ip ${far} ${set(knownRanges.unfiltered)}`], 'return'),
  ]
  if (exempt.length === 0) return lines
  if (direction === 'egress') {
    return [...lines, rule([`ether saddr ${set(exempt.map(({ mac }) => mac))}`], 'return')]
  }
  const addresses = exempt.flatMap((item) => item.addresses)
  const families = [
    ['ip', addresses.filter((text) => !isIpv6(text))],
    ['ip6', addresses.filter(isIpv6)],
  ] as const
  const listed = families.filter(([, own]) => own.length > 0)
  return [
    ...lines,
    ...listed.map(([family, own]) => rule([`${family} daddr ${set(own)}`], 'return')),
  ]
}

const codes = { ingress: 'acl.ingress.deny', egress: 'acl.egress.deny' } as const

function entryLines(plan: PlanDraft, acl: NetworkAcl, direction: 'ingress' | 'egress'): string[] {
  const component: Component = { kind: 'networkAcl', id: acl.id }
  const stage = `acl.${direction}` as const
  const own = acl[direction].flatMap((entry) => {
    const accepts = entry.action === 'accept'
    const decision = accepts ? 'admit' : 'refuse'
    const refusal = accepts ? {} : { code: codes[direction] }
    const comment = plan.mark({ stage, decision, component, rule: entry.id, ...refusal })
    const end = direction === 'egress' ? 'daddr' : 'saddr'
    return matchTransport(entry.protocol, [entry.ports]).map((transport) =>
      rule([matchRange(end, entry.peer), transport], accepts ? 'return' : 'drop', comment),
    )
  })
  const code = codes[direction]
  const last = plan.mark({ stage, decision: 'refuse', component, rule: 'default', code })
  return [...own, rule([], 'drop', last)]
}
