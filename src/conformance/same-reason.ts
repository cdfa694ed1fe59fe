import type { Blocker } from '#lab'
import type { Component, FindingRecord } from '#model'

/** Whether a finding is what the wire says stopped the packet, each in its own words. */
export function isSameReason(finding: FindingRecord, blocker: Blocker): boolean {
  const { leg = 'forward', code } = finding
  // Which filter drops a reply that has missed its translation is chance.
  if (code === 'nat.return-bypass' && blocker.leg === 'return') return true
  if (leg !== blocker.leg) return false
  const plain = code.replace('.return.', '.')
  if (isCause(plain, blocker)) return isSamePlace(finding, blocker)
  if (nameOf(plain) !== nameOf(blocker.code)) return false
  return /^(?:sg|acl|guest\.firewall)\./.test(plain)
    ? isSameRule(finding, blocker)
    : isSamePlace(finding, blocker)
}

/** A default is that of all groups of the interface; which of them is named says nothing. */
function isSameRule(
  { rule = 'default', component, code }: FindingRecord,
  blocker: Blocker,
): boolean {
  if (rule !== (blocker.rule ?? 'default')) return false
  return (rule === 'default' && code.startsWith('sg.')) || component.id === blocker.component.id
}

/** Either side may name an interface or its instance, a route or its link, but not another one. */
function isSamePlace({ component }: FindingRecord, blocker: Blocker): boolean {
  // A circle has no place of its own: the lab names whose packet goes round in it.
  if (blocker.code === 'route.loop') return true
  return component.kind !== blocker.component.kind || component.id === blocker.component.id
}

/** Reasons that two readings may tell apart or not: a route out of service is no route. */
const alike: ReadonlyMap<string, string> = new Map([
  ['route.inactive', 'route.none'],
  ['route.next-hop-unresolved', 'route.none'],
  ['peer.not-transitive', 'route.none'],
  ['guest.listen-wrong-address', 'guest.not-listening'],
])

function nameOf(code: string): string {
  return alike.get(code) ?? code
}

/** What the paper may name where the wire only sees the outcome. */
interface Cause {
  readonly code: string
  /** Where the wire's packet must have ended for it to be the cause; absent: anywhere. */
  readonly at?: readonly Component['kind'][]
}

function isCause(code: string, { code: wire, component }: Blocker): boolean {
  const cause = causes[wire]?.find((item) => item.code === code)
  return cause !== undefined && (cause.at?.includes(component.kind) ?? true)
}

/** Why a route is missing, why nobody answers for an address, why a reply finds no translation. */
const causes: { readonly [wire: string]: readonly Cause[] } = {
  'route.none': [
    // Without its link a VPC has no way to the other one, and the lab lays no route for it.
    { code: 'peer.absent' },
    // A classic network that is not linked is not known to the VPC's router.
    { code: 'classiclink.absent' },
    // A gateway that is missing, or off, leaves whoever would use it without a way out.
    { code: 'igw.absent' },
    // What has left by a gateway for a private address finds no way on behind it.
    { code: 'igw.private-destination', at: ['natGateway', 'routeTable'] },
    // Out there, an address that nobody owns is one that the Internet has no route to.
    { code: 'address.not-assigned', at: ['internet'] },
  ],
  // A floating address without a master is one for which nobody in the vSwitch answers.
  'address.not-assigned': [{ code: 'havip.no-master' }],
  'nat.return-bypass': [
    // A gateway without a rule for the reply's source lets it out untranslated.
    { code: 'nat.snat-missing' },
    // So does one that has a rule and no address to translate to.
    { code: 'nat.no-addresses' },
  ],
}
