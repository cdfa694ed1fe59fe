import type { Blocker } from '#lab'
import type { FindingRecord } from '#model'

/** Whether a finding is what the wire says stopped the packet, each in its own words. */
export function isSameReason(finding: FindingRecord, blocker: Blocker): boolean {
  const { leg = 'forward', code } = finding
  // Which filter drops a reply that has missed its translation is chance.
  if (code === 'nat.return-bypass' && blocker.leg === 'return') return true
  if (leg !== blocker.leg) return false
  if (causes[blocker.code]?.includes(code)) return true
  if (codeOf(code) !== codeOf(blocker.code)) return false
  return /^(?:sg|acl|guest\.firewall)\./.test(code) ? isSameRule(finding, blocker) : true
}

/** A default is that of all groups of the interface; which of them is named says nothing. */
function isSameRule({ rule = 'default', component }: FindingRecord, blocker: Blocker): boolean {
  if (rule !== (blocker.rule ?? 'default')) return false
  return rule === 'default' || component.id === blocker.component.id
}

/** Reasons that two readings may tell apart or not: a route out of service is no route. */
const alike: ReadonlyMap<string, string> = new Map([
  ['route.inactive', 'route.none'],
  ['route.next-hop-unresolved', 'route.none'],
  ['peer.not-transitive', 'route.none'],
  ['guest.listen-wrong-address', 'guest.not-listening'],
])

function codeOf(code: string): string {
  const plain = code.replace('.return.', '.')
  return alike.get(plain) ?? plain
}

/**
 * What the wire only sees the outcome of, with the causes that the paper may name: why a route is
 * missing, why nobody answers for an address, why a reply finds no translation.
 */
const causes: { readonly [wire: string]: readonly string[] } = {
  'route.none': [
    'peer.absent',
    'classiclink.absent',
    'igw.absent',
    'igw.private-destination',
    'address.not-assigned',
  ],
  'address.not-assigned': ['havip.no-master'],
  'nat.return-bypass': ['nat.snat-missing', 'nat.no-addresses'],
}
