// table: every reason Hopwise may give
import type { FindingRow } from './finding-row.ts'

/**
 * One row per reason: what it does to the verdict, the facts its sentence needs, and which other
 * reasons it hides (consequences that are not worth a line of their own beside it). Sentences and
 * advice are in `en.ts` and `zh-cn.ts`; the component and the rule of a finding are always known
 * and need no fact. `service` is protocol and port (`TCP 3306`).
 */
export const catalogue = {
  // The question and the input
  'query.same-endpoint': { effect: 'undecides', facts: [] },
  'query.non-routable-address': { effect: 'undecides', facts: ['address'] },
  'query.no-common-ip-version': { effect: 'blocks', facts: ['source', 'destination'] },
  'query.unsupported-feature': { effect: 'undecides', facts: ['feature'] },
  'query.input-missing': { effect: 'undecides', facts: ['missing', 'call'] },
  'query.branches-cut': { effect: 'undecides', facts: ['walked', 'limit'] },
  'query.parts-untold': { effect: 'warns', facts: ['explained', 'parts'] },

  // Instance and guest
  'instance.not-running': {
    effect: 'blocks',
    facts: ['state'],
    hides: ['route.next-hop-down'],
    hidesWhere: 'named',
  },
  'instance.locked': { effect: 'blocks', facts: ['reason'] },
  'instance.no-interface': { effect: 'blocks', facts: [] },
  'instance.ip-forward-disabled': { effect: 'blocks', facts: ['destination'] },
  'instance.forwarding-opaque': { effect: 'undecides', facts: ['destination'] },
  'guest.route-missing': { effect: 'blocks', facts: ['source', 'destination'] },
  'guest.firewall.egress-deny': {
    effect: 'blocks',
    facts: ['service', 'source', 'destination', 'command'],
  },
  'guest.firewall.ingress-deny': {
    effect: 'blocks',
    facts: ['service', 'source', 'destination', 'command'],
  },
  'guest.firewall.forward-deny': {
    effect: 'blocks',
    facts: ['service', 'source', 'destination', 'command'],
  },
  'guest.firewall.undecided': {
    effect: 'undecides',
    facts: ['service', 'source', 'destination', 'because', 'command'],
  },
  'guest.firewall.translates': {
    effect: 'undecides',
    facts: ['service', 'source', 'destination'],
  },
  'guest.firewall.unreadable': { effect: 'undecides', facts: ['problem', 'command'] },
  'guest.rp-filter': { effect: 'blocks', facts: ['source', 'destination', 'device'] },
  'guest.martian-source': { effect: 'blocks', facts: ['source', 'destination'] },
  // A closed port stands beside a firewall that drops: whoever mends one of them only is refused by the other.
  'guest.not-listening': { effect: 'blocks', facts: ['service', 'address'] },
  'guest.listen-wrong-address': { effect: 'blocks', facts: ['service', 'address', 'listening'] },

  // Interface and address
  'eni.not-attached': { effect: 'blocks', facts: ['state'] },
  'eni.bad-state': { effect: 'blocks', facts: ['state'] },
  'eni.source-dest-check': { effect: 'blocks', facts: ['source', 'destination'] },
  'eni.no-public-address': { effect: 'blocks', facts: ['destination'] },
  'eni.no-ipv6-address': { effect: 'blocks', facts: ['destination'] },
  'eni.no-groups': { effect: 'undecides', facts: [] },
  'address.not-ours': { effect: 'blocks', facts: ['address'] },
  'address.not-assigned': { effect: 'blocks', facts: ['address', 'vpc'] },
  'address.holder-unknown': { effect: 'undecides', facts: ['address', 'subnet', 'call'] },
  'eip.not-bound': { effect: 'blocks', facts: ['address'] },
  'eip.bad-state': { effect: 'blocks', facts: ['address', 'state'] },
  'havip.no-master': { effect: 'blocks', facts: ['address'] },
  'ip.conflict': { effect: 'warns', facts: ['address', 'owners'] },

  // Security groups
  'sg.egress.no-match': { effect: 'blocks', facts: ['service', 'source', 'destination'] },
  'sg.egress.deny': { effect: 'blocks', facts: ['service', 'source', 'destination', 'priority'] },
  'sg.ingress.no-match': { effect: 'blocks', facts: ['service', 'source', 'destination'] },
  'sg.ingress.deny': { effect: 'blocks', facts: ['service', 'source', 'destination', 'priority'] },
  'sg.intra-group-isolated': {
    effect: 'informs',
    facts: ['source', 'destination'],
    explains: ['sg.ingress.no-match', 'sg.egress.no-match'],
  },
  'sg.group-reference-unresolved': {
    effect: 'informs',
    facts: ['group', 'source'],
    explains: ['sg.ingress.no-match', 'sg.egress.no-match'],
  },
  'sg.group-reference-enterprise': {
    effect: 'informs',
    facts: ['group'],
    explains: ['sg.ingress.no-match', 'sg.egress.no-match'],
  },

  // Network ACLs and the platform
  'acl.egress.deny': { effect: 'blocks', facts: ['service', 'source', 'destination', 'subnet'] },
  'acl.ingress.deny': { effect: 'blocks', facts: ['service', 'source', 'destination', 'subnet'] },
  'acl.return.egress.deny': {
    effect: 'blocks',
    facts: ['service', 'source', 'destination', 'subnet'],
  },
  'acl.return.ingress.deny': {
    effect: 'blocks',
    facts: ['service', 'source', 'destination', 'subnet'],
  },
  'policy.platform-blocked': { effect: 'blocks', facts: ['service', 'destination'] },

  // Routes
  'route.none': { effect: 'blocks', facts: ['source', 'destination'] },
  'route.return.none': { effect: 'blocks', facts: ['source', 'destination'] },
  'route.inactive': { effect: 'blocks', facts: ['destination', 'state'] },
  'route.blackhole': { effect: 'blocks', facts: ['destination'] },
  'route.next-hop-unresolved': { effect: 'blocks', facts: ['destination', 'target'] },
  'route.next-hop-down': { effect: 'blocks', facts: ['destination', 'target', 'state'] },
  'route.loop': { effect: 'blocks', facts: ['destination', 'cycle'] },
  'route.too-long': { effect: 'undecides', facts: ['destination', 'limit'] },
  'route.return.asymmetric': { effect: 'warns', facts: ['forward', 'return'] },
  'route.ecmp-partial': { effect: 'warns', facts: ['failing', 'branches'] },

  // Translation and the Internet
  'nat.bad-state': { effect: 'blocks', facts: ['state'] },
  'nat.no-addresses': { effect: 'blocks', facts: ['source'] },
  'nat.snat-missing': { effect: 'blocks', facts: ['source'] },
  'nat.dnat-missing': { effect: 'blocks', facts: ['address', 'service'] },
  'nat.protocol-unsupported': { effect: 'blocks', facts: ['protocol'] },
  'nat.return-bypass': { effect: 'blocks', facts: ['expected', 'actual'] },
  'nat.hairpin': { effect: 'blocks', facts: ['address'] },
  'igw.absent': { effect: 'blocks', facts: ['vpc'] },
  'igw.private-destination': { effect: 'blocks', facts: ['destination'] },
  'igw.no-way-out': { effect: 'blocks', facts: ['source', 'destination'] },
  'igw.no-public-mapping.egress': { effect: 'blocks', facts: ['source'] },
  'igw.no-public-mapping.ingress': { effect: 'blocks', facts: ['address'] },
  'ipv6.egress-only': { effect: 'blocks', facts: ['address'] },

  // Links between networks
  'peer.absent': {
    effect: 'blocks',
    facts: ['from', 'to'],
    hides: ['route.none', 'route.return.none'],
    hidesWhere: 'leg',
  },
  'peer.bad-state': { effect: 'blocks', facts: ['state'] },
  'peer.access-off': { effect: 'blocks', facts: [] },
  'peer.forwarded-refused': { effect: 'blocks', facts: ['source', 'vpc'] },
  'peer.not-transitive': { effect: 'blocks', facts: ['destination', 'vpc'] },
  'peer.cidr-overlap': { effect: 'blocks', facts: ['destination', 'vpc'] },
  'classiclink.absent': { effect: 'blocks', facts: ['source', 'destination'] },
  'classiclink.outside-primary': { effect: 'blocks', facts: ['address', 'vpc'] },
  'classiclink.subnet-not-covered': { effect: 'blocks', facts: ['address', 'vpc'] },
  'tr.attachment-bad-state': { effect: 'blocks', facts: ['state', 'attachment'] },
  'tr.no-association': { effect: 'blocks', facts: ['attachment'] },
  'tr.no-route': { effect: 'blocks', facts: ['destination', 'table'] },
  'tr.blackhole': { effect: 'blocks', facts: ['destination', 'table'] },
  'tr.zone-restriction': { effect: 'blocks', facts: ['zone', 'attachment'] },
  'tr.routes-unreadable': { effect: 'informs', facts: ['destination', 'table'] },
  'vpn.internal-route': { effect: 'blocks', facts: ['destination'] },
  'tr.unsupported-attachment': { effect: 'undecides', facts: ['destination'] },
  'vpn.leaves-model': { effect: 'informs', facts: ['destination'] },
  'line.leaves-model': { effect: 'informs', facts: ['destination'] },
  'lb.bad-state': { effect: 'blocks', facts: ['state'] },
  'lb.no-listener': { effect: 'blocks', facts: ['service', 'address'] },
  'lb.listener-no-backend': { effect: 'blocks', facts: ['service'] },
  'lb.return-bypass': { effect: 'blocks', facts: ['source', 'destination'] },
  'lb.backends-partial': { effect: 'warns', facts: ['failing', 'branches'] },
  'lb.not-analysed': { effect: 'undecides', facts: ['address'] },
  'lb.echo-not-analysed': { effect: 'undecides', facts: ['address'] },
  'service.unknown': { effect: 'undecides', facts: ['address'] },

  // What a verdict takes for granted
  'assume.guest-accepts': { effect: 'informs', facts: ['service'] },
  'assume.guest-policy-routing': { effect: 'informs', facts: ['source'] },
  'assume.acl-same-subnet': { effect: 'informs', facts: ['subnet'] },
  'assume.outside-answers': { effect: 'informs', facts: ['address'] },
  'assume.service-answers': { effect: 'informs', facts: ['address'] },
  'assume.guest-classic-route': { effect: 'informs', facts: ['destination'] },
  'assume.ephemeral-ports': { effect: 'informs', facts: ['ports'] },
} as const satisfies Record<string, FindingRow>

/** A code of the catalogue. */
export type FindingCode = keyof typeof catalogue
