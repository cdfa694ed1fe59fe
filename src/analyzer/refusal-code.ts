import type { FindingCode } from '#findings'

/** Why a walk was refused, as the small integers that hot code carries; 0 is "not refused". */
export const refusals = [
  'none',
  'eni.not-attached',
  'eni.bad-state',
  'instance.not-running',
  'instance.locked',
  'instance.no-interface',
  'instance.ip-forward-disabled',
  'guest.route-missing',
  'guest.firewall.egress-deny',
  'guest.firewall.ingress-deny',
  'guest.firewall.forward-deny',
  'guest.rp-filter',
  'guest.martian-source',
  'guest.not-listening',
  'guest.listen-wrong-address',
  'eni.source-dest-check',
  'eni.no-public-address',
  'eni.no-ipv6-address',
  'address.not-assigned',
  'eip.not-bound',
  'eip.bad-state',
  'havip.no-master',
  'sg.egress.no-match',
  'sg.egress.deny',
  'sg.ingress.no-match',
  'sg.ingress.deny',
  'acl.egress.deny',
  'acl.ingress.deny',
  'acl.return.egress.deny',
  'acl.return.ingress.deny',
  'policy.platform-blocked',
  'route.none',
  'route.return.none',
  'route.inactive',
  'route.blackhole',
  'route.next-hop-unresolved',
  'route.next-hop-down',
  'route.loop',
  'nat.bad-state',
  'nat.no-addresses',
  'nat.snat-missing',
  'nat.dnat-missing',
  'nat.protocol-unsupported',
  'nat.return-bypass',
  'nat.hairpin',
  'lb.bad-state',
  'lb.no-listener',
  'lb.listener-no-backend',
  'lb.return-bypass',
  'igw.absent',
  'igw.private-destination',
  'igw.no-public-mapping.egress',
  'igw.no-public-mapping.ingress',
  'ipv6.egress-only',
  'igw.no-way-out',
  'peer.bad-state',
  'peer.access-off',
  'peer.forwarded-refused',
  'peer.not-transitive',
  'peer.cidr-overlap',
  'tr.attachment-bad-state',
  'tr.no-association',
  'tr.no-route',
  'tr.blackhole',
  'tr.zone-restriction',
  'vpn.internal-route',
  'classiclink.absent',
  'classiclink.outside-primary',
  'classiclink.subnet-not-covered',
] as const satisfies readonly (FindingCode | 'none')[]

/** Code of a refusal that can end a walk. */
export type RefusalCode = Exclude<(typeof refusals)[number], 'none'>

/** Number of each refusal: its position in `refusals`. */
export const R: Readonly<Record<RefusalCode, number>> = numberRefusals()

function numberRefusals(): Readonly<Record<RefusalCode, number>> {
  const numbers: Partial<Record<RefusalCode, number>> = {}
  refusals.forEach((code, number) => {
    if (code !== 'none') numbers[code] = number
  })
  if (!isComplete(numbers)) throw new Error('a refusal has no number')
  return numbers
}

function isComplete(
  numbers: Partial<Record<RefusalCode, number>>,
): numbers is Record<RefusalCode, number> {
  return refusals.every((code) => code === 'none' || numbers[code] !== undefined)
}
