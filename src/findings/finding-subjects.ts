// table: which component a finding names
import type { Component } from '#model'

import type { FindingCode } from './catalogue.ts'

/** A component kind; `any`: the sentence fits every kind and its advice needs no id of one kind. */
export type SubjectKind = Component['kind'] | 'any'

/**
 * The component that a finding of each code should name, the usual kind first: its sentence says
 * something about that component, and commands in its advice take that component's id.
 */
export const findingSubjects: Readonly<
  Record<FindingCode, readonly [SubjectKind, ...SubjectKind[]]>
> = {
  'query.same-endpoint': ['any'],
  'query.non-routable-address': ['question'],
  'query.no-common-ip-version': ['question'],
  'query.unsupported-feature': ['any'],
  'query.input-missing': ['any'],
  'query.branches-cut': ['question'],
  'query.parts-untold': ['question'],

  'instance.not-running': ['instance'],
  'instance.locked': ['instance'],
  'instance.no-interface': ['instance'],
  'instance.ip-forward-disabled': ['instance', 'guest'],
  'instance.forwarding-opaque': ['instance', 'guest'],
  'guest.route-missing': ['guest', 'instance'],
  'guest.firewall.egress-deny': ['instance', 'networkInterface'],
  'guest.firewall.ingress-deny': ['instance', 'networkInterface'],
  'guest.firewall.forward-deny': ['instance', 'networkInterface'],
  'guest.firewall.undecided': ['instance', 'networkInterface'],
  'guest.firewall.translates': ['instance', 'networkInterface'],
  'guest.firewall.unreadable': ['instance', 'networkInterface'],
  'guest.rp-filter': ['instance', 'networkInterface'],
  'guest.martian-source': ['instance', 'networkInterface'],
  'guest.not-listening': ['instance', 'networkInterface'],
  'guest.listen-wrong-address': ['instance', 'networkInterface'],

  'eni.not-attached': ['networkInterface'],
  'eni.bad-state': ['networkInterface'],
  'eni.source-dest-check': ['networkInterface'],
  'eni.no-public-address': ['instance'],
  'eni.no-ipv6-address': ['networkInterface'],
  'eni.no-groups': ['networkInterface'],
  'address.not-assigned': ['vpc', 'subnet'],
  'address.holder-unknown': ['subnet'],
  'eip.not-bound': ['publicAddress'],
  'eip.bad-state': ['publicAddress'],
  'havip.no-master': ['haVip'],
  'ip.conflict': ['any'],

  'sg.egress.no-match': ['securityGroup'],
  'sg.egress.deny': ['securityGroup'],
  'sg.ingress.no-match': ['securityGroup'],
  'sg.ingress.deny': ['securityGroup'],
  'sg.intra-group-isolated': ['securityGroup'],
  'sg.group-reference-unresolved': ['securityGroup'],
  'sg.group-reference-enterprise': ['securityGroup'],

  'acl.egress.deny': ['networkAcl'],
  'acl.ingress.deny': ['networkAcl'],
  'acl.return.egress.deny': ['networkAcl'],
  'acl.return.ingress.deny': ['networkAcl'],
  'policy.platform-blocked': ['platform'],

  'route.none': ['routeTable'],
  'route.return.none': ['routeTable'],
  'route.inactive': ['routeTable'],
  'route.blackhole': ['routeTable'],
  'route.next-hop-unresolved': ['routeTable'],
  'route.next-hop-down': ['routeTable'],
  'route.loop': ['any'],
  'route.too-long': ['any'],
  'route.return.asymmetric': ['any'],
  'route.ecmp-partial': ['question'],

  'nat.bad-state': ['natGateway'],
  'nat.no-addresses': ['natGateway'],
  'nat.snat-missing': ['natGateway'],
  'nat.dnat-missing': ['natGateway'],
  'nat.protocol-unsupported': ['natGateway', 'publicAddress', 'internetGateway'],
  'nat.return-bypass': ['any'],
  'nat.hairpin': ['natGateway'],
  'igw.absent': ['vpc'],
  'igw.private-destination': ['natGateway', 'internetGateway'],
  'igw.no-public-mapping.egress': ['internetGateway'],
  'igw.no-public-mapping.ingress': ['any'],
  'ipv6.egress-only': ['any'],

  'peer.absent': ['any'],
  'peer.bad-state': ['peering', 'routerInterface'],
  'peer.not-transitive': ['peering', 'routerInterface'],
  'peer.cidr-overlap': ['peering', 'routerInterface'],
  'classiclink.absent': ['any'],
  'classiclink.outside-primary': ['any'],
  'classiclink.subnet-not-covered': ['any'],
  'tr.unsupported-attachment': ['transitRouter', 'endpoint'],
  'vpn.leaves-model': ['vpnGateway'],
  'line.leaves-model': ['line', 'routerInterface'],
  'lb.bad-state': ['loadBalancer'],
  'lb.no-listener': ['loadBalancer'],
  'lb.listener-no-backend': ['loadBalancer'],
  'lb.return-bypass': ['loadBalancer'],
  'lb.backends-partial': ['loadBalancer'],
  'lb.not-analysed': ['loadBalancer'],
  'lb.echo-not-analysed': ['loadBalancer'],
  'service.unknown': ['any'],

  'assume.guest-accepts': ['any'],
  'assume.guest-policy-routing': ['any'],
  'assume.acl-same-subnet': ['any'],
  'assume.outside-answers': ['any'],
  'assume.service-answers': ['any'],
  'assume.guest-classic-route': ['any'],
  'assume.ephemeral-ports': ['any'],
}
