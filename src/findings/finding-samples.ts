// table: one example of everything a finding may hold, for the documentation
import type { Component } from '#model'

import type { FindingCode } from './catalogue.ts'
import type { FactName } from './finding.ts'
import { findingSubjects } from './finding-subjects.ts'
import type { SubjectKind } from './finding-subjects.ts'
import type { Reason } from './say.ts'

/** A plausible finding of a code: every fact, a component of its usual kind, a rule. */
export function sampleReason(code: FindingCode): Reason {
  const component = sampleComponents[findingSubjects[code][0]] ?? sampleComponents.any
  const facts = { ...sampleFacts, ...fittingFacts[code] }
  return { code, component, facts, rule: sampleRules[component.kind] ?? 'default' }
}

/** An example of every fact; private and documentation addresses only (RFC 1918, 5737, 3849). */
const sampleFacts: Readonly<Record<FactName, string>> = {
  actual: 'eip-web',
  address: '203.0.113.9',
  attachment: 'tgw-attach-1',
  because: 'limit',
  branches: '2',
  call: 'aliyun vpc DescribeNetworkAclAttributes --NetworkAclId nacl-db',
  command: 'iptables -I INPUT 3 -s 10.0.1.10 -d 10.0.2.20 -p tcp --dport 3306 -j ACCEPT',
  cycle: 'eni-a, eni-b, eni-a',
  destination: '10.0.2.20',
  device: 'eth1',
  expected: 'ngw-1',
  explained: '32',
  failing: '1',
  feature: 'loadBalancer',
  forward: 'pcc-1',
  from: 'vpc-a',
  group: 'sg-web',
  limit: '64',
  listening: '127.0.0.1',
  missing: 'networkAcl nacl-db',
  owners: 'eni-a, eni-b',
  parts: '40',
  ports: '1024-65535',
  priority: '10',
  problem: 'line 7: no such chain',
  protocol: 'GRE',
  reason: 'financial',
  return: 'ngw-1',
  service: 'TCP 3306',
  source: '10.0.1.10',
  state: 'Stopped',
  subnet: 'vsw-db',
  table: 'tgw-rtb-1',
  target: 'eni-fw',
  to: 'vpc-b',
  vpc: 'vpc-b',
  walked: '64',
  zone: 'us-east-1a',
}

const returnFacts = { service: 'TCP 40000', source: '10.0.2.20', destination: '10.0.1.10' } as const

/** Facts of codes that the general example does not suit. */
const fittingFacts: { readonly [C in FindingCode]?: { readonly [F in FactName<C>]?: string } } = {
  'query.non-routable-address': { address: '169.254.7.7' },
  'query.no-common-ip-version': { destination: '2001:db8::20' },
  'guest.firewall.egress-deny': {
    command: 'iptables -I OUTPUT 3 -s 10.0.1.10 -d 10.0.2.20 -p tcp --dport 3306 -j ACCEPT',
  },
  'guest.firewall.forward-deny': {
    command: 'iptables -I FORWARD 3 -s 10.0.1.10 -d 10.0.2.20 -p tcp --dport 3306 -j ACCEPT',
  },
  'guest.firewall.undecided': { command: 'iptables -t filter -L INPUT -v -n --line-numbers' },
  'guest.firewall.unreadable': { command: 'iptables-save; ip6tables-save; nft -j list ruleset' },
  'guest.not-listening': { address: '10.0.2.20' },
  'guest.listen-wrong-address': { address: '10.0.2.20' },
  'eni.not-attached': { state: 'Available' },
  'eni.bad-state': { state: 'Detaching' },
  'eni.no-public-address': { destination: '198.51.100.7' },
  'eni.no-ipv6-address': { destination: '2001:db8::20' },
  'address.not-ours': { address: '198.51.100.7' },
  'address.not-assigned': { address: '10.0.2.99' },
  'address.holder-unknown': { address: '10.0.2.99' },
  'eip.bad-state': { state: 'Unassociating' },
  'havip.no-master': { address: '10.0.2.50' },
  'ip.conflict': { address: '10.0.1.10' },
  'acl.return.egress.deny': returnFacts,
  'acl.return.ingress.deny': returnFacts,
  'policy.platform-blocked': { service: 'TCP 25', destination: '198.51.100.7' },
  'route.return.none': { source: '10.0.2.20', destination: '10.0.1.10' },
  'route.inactive': { state: 'Pending' },
  'nat.bad-state': { state: 'Creating' },
  'nat.dnat-missing': { service: 'TCP 8080' },
  'nat.return-bypass': { expected: 'ngw-1', actual: 'eip-web' },
  'igw.no-public-mapping.ingress': { address: '2001:db8::20' },
  'ipv6.egress-only': { address: '2001:db8::20' },
  'peer.bad-state': { state: 'Accepting' },
  'igw.no-way-out': { source: '10.0.2.20', destination: '198.51.100.7' },
  'peer.forwarded-refused': { source: '10.0.2.20' },
  'peer.not-transitive': { destination: '10.7.0.4' },
  'classiclink.absent': { source: '10.31.4.5', destination: '172.16.1.10' },
  'classiclink.outside-primary': { address: '192.168.9.10' },
  'classiclink.subnet-not-covered': { address: '10.0.2.20' },
  'tr.attachment-bad-state': { state: 'rejected', attachment: 'tgw-attach-1' },
  'tr.no-association': { attachment: 'tgw-attach-1' },
  'tr.no-route': { destination: '10.7.0.4', table: 'tgw-rtb-1' },
  'tr.blackhole': { destination: '10.7.0.4', table: 'tgw-rtb-1' },
  'tr.zone-restriction': { zone: 'us-east-1a', attachment: 'tgw-attach-1' },
  'tr.routes-unreadable': { destination: '192.168.50.8', table: 'tgw-rtb-1' },
  'vpn.internal-route': { destination: '192.168.50.8' },
  'tr.unsupported-attachment': { destination: '10.7.0.4' },
  'vpn.leaves-model': { destination: '192.168.50.8' },
  'line.leaves-model': { destination: '192.168.50.8' },
  'lb.bad-state': { state: 'inactive' },
  'lb.no-listener': { service: 'TCP 443', address: '10.0.1.100' },
  'lb.echo-not-analysed': { address: '10.0.1.100' },
  'lb.return-bypass': { source: '10.0.2.20', destination: '10.0.1.10' },
  'service.unknown': { address: '100.99.12.34' },
  'assume.service-answers': { address: '100.100.2.136' },
  'assume.guest-classic-route': { destination: '192.168.1.10' },
}

/** An example of a component of each kind that findings name. */
const sampleComponents: { readonly [K in SubjectKind]?: Component } & { readonly any: Component } =
  {
    any: { kind: 'instance', id: 'i-web' },
    question: { kind: 'question', id: 'question' },
    instance: { kind: 'instance', id: 'i-web' },
    guest: { kind: 'guest', id: 'i-web' },
    networkInterface: { kind: 'networkInterface', id: 'eni-web' },
    vpc: { kind: 'vpc', id: 'vpc-b' },
    publicAddress: { kind: 'publicAddress', id: 'eip-web' },
    haVip: { kind: 'haVip', id: 'havip-db' },
    securityGroup: { kind: 'securityGroup', id: 'sg-db', name: 'db tier' },
    networkAcl: { kind: 'networkAcl', id: 'nacl-db' },
    platform: { kind: 'platform', id: 'alibaba' },
    routeTable: { kind: 'routeTable', id: 'vtb-web' },
    natGateway: { kind: 'natGateway', id: 'ngw-1' },
    internetGateway: { kind: 'internetGateway', id: 'ipv4gw-1' },
    peering: { kind: 'peering', id: 'pcc-1' },
    transitRouter: { kind: 'transitRouter', id: 'tr-1' },
    vpnGateway: { kind: 'vpnGateway', id: 'vpn-1' },
    line: { kind: 'line', id: 'vbr-1' },
    loadBalancer: { kind: 'loadBalancer', id: 'lb-1' },
  }

const sampleRules: { readonly [K in SubjectKind]?: string } = {
  securityGroup: 'sgr-7',
  routeTable: 'rte-3',
}
