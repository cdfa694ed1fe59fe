// table: which features AWS networks have, by which of their semantics
import type { Feature, KnownRanges, ProviderRules } from '../feature.ts'
import type { SemanticSwitch } from '../semantic.ts'
import type { GuestSemantic } from '../alibaba/semantics.ts'
import { type AzureSemantic, azureSemantics } from '../azure/semantics.ts'
import type { AwsSemantic } from './semantics.ts'

/** Link-local services of every VPC (VPC guide, network ACLs; EC2 guide, instance metadata). */
const knownRanges: KnownRanges = {
  private4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'],
  private6: ['fc00::/7', 'fe80::/10'],
  services: '169.254.0.0/16',
  exempt: ['169.254.169.254/32', '169.254.169.253/32', '169.254.169.123/32'],
  classic: '10.0.0.0/8',
  classicCovered: '10.111.0.0/16',
}

/** AWS in terms of the features that a compilation asks for. */
export const awsRules = (on: SemanticSwitch<AwsSemantic | GuestSemantic>): ProviderRules => ({
  on: (feature) => {
    if (isAzures(feature)) return false
    const held = features[feature]
    return typeof held === 'boolean' ? held : isNot(held) ? !on(held.not) : on(held)
  },
  known: knownRanges,
})

type Held = boolean | AwsSemantic | GuestSemantic | { readonly not: AwsSemantic }

const isNot = (held: Exclude<Held, boolean>): held is { readonly not: AwsSemantic } =>
  typeof held === 'object'

const isAzures = (feature: Feature): feature is AzureSemantic =>
  Object.hasOwn(azureSemantics, feature)

/** `false`: AWS has nothing of the kind. */
const features: Readonly<Record<Exclude<Feature, AzureSemantic>, Held>> = {
  'sg.stateful': 'aws.sg.stateful',
  'sg.merged': 'aws.sg.merged',
  'sg.per-interface': 'aws.sg.per-interface',
  'sg.priority': false,
  'sg.drop-wins-ties': false,
  'sg.basic-egress-accept': { not: 'aws.sg.egress-drop' },
  'sg.enterprise-egress-drop': true,
  'sg.ingress-drop': 'aws.sg.ingress-drop',
  'sg.intra-group-accept': false,
  'sg.intra-group-first': false,
  'sg.enterprise-isolated': false,
  'sg.group-peer-private': 'aws.sg.group-peer-private',
  'sg.group-peer-same-vpc': { not: 'aws.sg.group-peer-peered' },
  'sg.group-peer-basic': false,
  'sg.prefix-list': 'aws.sg.prefix-list',
  'sg.five-tuple': true,
  'sg.classic-nics': false,
  'sg.tcp-25': false,
  'eni.source-dest-check': 'aws.eni.source-dest-check',
  'eni.attached': 'aws.eni.attached',
  'eni.nat': 'aws.nat.interface',
  'instance.running': 'aws.instance.running',
  'instance.unlocked': false,
  'acl.stateless': 'aws.acl.stateless',
  'acl.list-order': 'aws.acl.number-order',
  'acl.default-drop': 'aws.acl.default-drop',
  'acl.same-subnet-exempt': 'aws.acl.same-subnet-exempt',
  'acl.service-exempt': 'aws.acl.service-exempt',
  'acl.cut-through-exempt': false,
  'route.longest-prefix': 'aws.route.longest-prefix',
  'route.active-only': true,
  'route.local-per-subnet': { not: 'aws.route.local-whole-vpc' },
  'route.local-first': 'aws.route.local-first',
  'sg.chain': false,
  'route.effective': false,
  'internet.outbound': false,
  'lb.public-frontend': false,
  'lb.return-routed': false,
  'route.services-local': true,
  'route.subnet-table': 'aws.route.subnet-table',
  'route.weights': false,
  'route.branches': true,
  'route.next-hop-alive': 'aws.route.next-hop-alive',
  'route.relay-filtered': 'aws.route.relay-filtered',
  'internet.default-bypass': { not: 'aws.igw.route' },
  'internet.gateway-mode': 'aws.igw.route',
  'internet.gateway-needs-public': 'aws.igw.needs-public',
  'internet.vpc-ranges-private': 'aws.igw.own-ranges',
  'internet.user-cidr': false,
  'internet.private-mode': 'aws.igw.attached',
  'internet.gateway-table': 'aws.igw.edge-table',
  'internet.attached': 'aws.igw.attached',
  'eip.one-private-address': 'aws.eip.one-private-address',
  'eip.in-use': true,
  'eip.protocols': false,
  'eip.cut-through': false,
  'nat.in-service': 'aws.nat.in-service',
  'nat.snat-needed': true,
  'nat.snat-longest-source': false,
  'nat.own-address-first': false,
  'nat.ip-mapping': false,
  'nat.protocols': 'aws.nat.protocols',
  'nat.no-hairpin': false,
  'nat.own-table': true,
  'nat.own-acl': 'aws.nat.acl',
  'nat.return-through': 'aws.nat.return-through',
  'lb.active': 'aws.nlb.active',
  'lb.listener-running': true,
  'lb.weights': true,
  'lb.branches': 'aws.nlb.branches',
  'lb.health': 'aws.nlb.health',
  'lb.zones': 'aws.nlb.zones',
  'lb.no-acl': false,
  'lb.past-gateway-table': false,
  'lb.client-address': 'aws.nlb.client-address',
  'lb.backend-acl': 'aws.nlb.acl',
  'lb.own-acl': 'aws.nlb.acl',
  'lb.return-direct': 'aws.nlb.return-direct',
  'lb.return-interface': true,
  'lb.own-table': true,
  'peer.activated': 'aws.peering.active',
  'peer.not-transitive': 'aws.peering.not-transitive',
  'router-interface.active': false,
  'router-interface.not-transitive': true,
  'ipv6.bandwidth': false,
  'ipv6.egress-only': false,
  'ipv6.gateway': true,
  'ipv6.range-of-vpc': true,
  'havip.master': false,
  'classic.region': false,
  'classiclink.link': false,
  'classiclink.primary-cidr': false,
  'classiclink.ten-slash-eight': false,
  'classiclink.guest-route': false,
  'guest.connected-interface': 'guest.connected-interface',
  'guest.policy-routing': 'guest.policy-routing',
  'guest.forwarding': 'guest.forwarding',
  'guest.any-interface': 'guest.any-interface',
  'guest.martian-source': 'guest.martian-source',
  'guest.second-lookup': 'guest.second-lookup',
  'guest.equal-routes': 'guest.equal-routes',
  'guest.firewall': 'guest.firewall',
  'guest.listening': 'guest.listening',
  'guest.reverse-path': 'guest.reverse-path',
}
