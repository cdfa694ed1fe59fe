// table: the cases of groups, interfaces, instances and ACLs, semantic by semantic
import type { AlibabaSemantic } from '#fabric'
import type { Sketch } from '#conformance'
import type { Case } from './tiny-case.ts'
import {
  addAcl,
  addClassic,
  addEip,
  addGuest,
  addHaVip,
  addInstance,
  addInterface,
  addIpv6,
  addPeering,
  addRoute,
  addSubnet,
  addTable,
  admit,
  entry,
  find,
  setRules,
} from './tiny-network.ts'
import type { Rule } from './tiny-network.ts'

type Access = Extract<AlibabaSemantic, `${'sg' | 'eni' | 'instance' | 'acl'}.${string}`>

const nearby = 'eni-a > 10.1.1.12 tcp 80'
const across = 'eni-a > 10.1.2.11 tcp 80'
const unmatched = 'unreachable sg.ingress.no-match'

const deny = (id = 'deny', priority = 100): Rule => ({ ...admit(id), action: 'drop', priority })
const out = (rule: Rule): Rule => ({ ...rule, direction: 'egress' })
const fromGroup = (groupId: string): Rule => ({ ...admit('in'), peer: { kind: 'group', groupId } })

function nothing(): void {}

/** A second group of vpc-1 that only the named interfaces are in. */
function addGroup(s: Sketch, id: string, type: 'basic' | 'enterprise', ...enis: string[]): void {
  const { provider, account, region } = s.vpc[0]
  const common = { provider, account, region, id, vpcId: 'vpc-1', type }
  s.securityGroup.push({ ...common, intraGroup: 'accept', rules: [] })
  for (const eni of enis) find(s.networkInterface, `eni-${eni}`).securityGroupIds = [id]
}

/** What the walk says of groups, interfaces, instances and ACLs. */
export const accessCases: Readonly<Record<Access, readonly Case[]>> = {
  'sg.stateful': [
    [
      'the reply needs no rule at a group that admits nothing',
      (s) => {
        addGroup(s, 'sg-x', 'basic', 'a')
      },
      nearby,
      'reachable',
    ],
  ],
  'sg.merged': [
    [
      'a second group admits what the first does not',
      (s) => {
        addGroup(s, 'sg-x', 'basic')
        find(s.networkInterface, 'eni-b').securityGroupIds.unshift('sg-x')
      },
      nearby,
      'reachable',
    ],
    ['a group that was not read leaves it open', (s) => unread(s, 'sg-1'), nearby, 'undetermined'],
  ],
  'sg.per-interface': [
    [
      'the other interface of an instance has groups of its own',
      (s) => {
        addInterface(s, 'b2', 'vsw-1', '10.1.1.22', 'b')
        addGroup(s, 'sg-x', 'basic', 'b2')
      },
      'eni-a > 10.1.1.22 tcp 80',
      unmatched,
    ],
  ],
  'sg.priority': [
    [
      'a lower number accepts',
      (s) => setRules(s, 'sg-1', deny('d', 50), { ...admit('in'), priority: 1 }),
      nearby,
      'reachable',
    ],
    [
      'a lower number drops',
      (s) => setRules(s, 'sg-1', deny('d', 50), admit('in')),
      nearby,
      'unreachable sg.ingress.deny',
    ],
  ],
  'sg.drop-wins-ties': [
    [
      'drop wins inbound',
      (s) => setRules(s, 'sg-1', admit('in'), deny()),
      nearby,
      'unreachable sg.ingress.deny',
    ],
    [
      'drop wins outbound',
      (s) => setRules(s, 'sg-1', admit('in'), out(admit('out')), out(deny())),
      nearby,
      'unreachable sg.egress.deny',
    ],
  ],
  'sg.basic-egress-accept': [
    ['a basic group lets out what it does not mention', nothing, nearby, 'reachable'],
  ],
  'sg.enterprise-egress-drop': [
    [
      'an enterprise group does not',
      (s) => addGroup(s, 'sg-x', 'enterprise', 'a'),
      nearby,
      'unreachable sg.egress.no-match',
    ],
    [
      'one enterprise group among basic ones is enough',
      (s) => {
        addGroup(s, 'sg-x', 'enterprise')
        find(s.networkInterface, 'eni-a').securityGroupIds.push('sg-x')
      },
      nearby,
      'unreachable sg.egress.no-match',
    ],
  ],
  'sg.ingress-drop': [
    ['no rule admits', (s) => setRules(s, 'sg-1'), nearby, unmatched],
    [
      'another port is admitted',
      (s) => setRules(s, 'sg-1', { ...admit('in'), protocol: 6, ports: [{ from: 443, to: 443 }] }),
      nearby,
      unmatched,
    ],
    [
      'ports do not matter to ICMP',
      (s) => setRules(s, 'sg-1', { ...admit('in'), ports: [{ from: 443, to: 443 }] }),
      'eni-a > 10.1.1.12 icmp',
      'reachable',
    ],
    [
      'ICMP is not ICMPv6',
      (s) => setRules(s, 'sg-1', { ...admit('in'), protocol: 58 }),
      'eni-a > 10.1.1.12 icmp',
      unmatched,
    ],
    [
      'an interface without groups is unread',
      (s) => {
        find(s.networkInterface, 'eni-b').securityGroupIds = []
      },
      nearby,
      'undetermined',
    ],
  ],
  'sg.intra-group-accept': [
    [
      'members reach each other without a rule',
      (s) => addGroup(s, 'sg-x', 'basic', 'a', 'b'),
      nearby,
      'reachable',
    ],
    ['strangers do not', (s) => addGroup(s, 'sg-x', 'basic', 'b'), nearby, unmatched],
    [
      'isolation inside the group',
      (s) => {
        addGroup(s, 'sg-x', 'basic', 'a', 'b')
        find(s.securityGroup, 'sg-x').intraGroup = 'drop'
      },
      nearby,
      unmatched,
    ],
  ],
  'sg.intra-group-first': [
    [
      'no drop rule comes before it',
      (s) => {
        addGroup(s, 'sg-x', 'basic', 'a', 'b')
        setRules(s, 'sg-x', deny('d', 1))
      },
      nearby,
      'reachable',
    ],
  ],
  'sg.enterprise-isolated': [
    [
      'members of an enterprise group need a rule',
      (s) => {
        addGroup(s, 'sg-x', 'enterprise', 'a', 'b')
        setRules(s, 'sg-x', out(admit('out')))
      },
      nearby,
      unmatched,
    ],
  ],
  'sg.group-peer-private': [
    [
      'a member by its private address',
      (s) => setRules(s, 'sg-1', fromGroup('sg-1')),
      nearby,
      'reachable',
    ],
    [
      'a HaVip counts for its master',
      (s) => {
        addHaVip(s, 'i-c')
        setRules(s, 'sg-1', fromGroup('sg-1'))
      },
      '10.1.2.200@vpc-1 > 10.1.1.12 tcp 80',
      'reachable',
    ],
    [
      'not by its public address',
      (s) => {
        addEip(s, '47.1.0.8', { kind: 'instance', id: 'i-a' })
        addEip(s, '47.1.0.9', { kind: 'instance', id: 'i-b' })
        setRules(s, 'sg-1', fromGroup('sg-1'))
      },
      'eni-a > 47.1.0.9 tcp 80',
      unmatched,
    ],
    [
      'a classic instance linked to the VPC is a member too',
      (s) => {
        addClassic(s, 'k', { intranetAddress: '10.200.0.1', linkedVpcId: 'vpc-1' })
        s.vpc[0].cidrs = ['172.16.0.0/12', '10.1.0.0/16']
        find(s.subnet, 'vsw-2').cidr = '172.16.2.0/24'
        find(s.networkInterface, 'eni-c').addresses = ['172.16.2.11']
        setRules(s, 'sg-1', fromGroup('sg-classic'))
      },
      'i-k > 172.16.2.11 tcp 80',
      'reachable',
    ],
    [
      'a cut-through EIP is a public address',
      (s) => {
        addInterface(s, 'a2', 'vsw-1', '10.1.1.22', 'a')
        addEip(s, '47.1.0.9', { kind: 'networkInterface', id: 'eni-a2' }, 'cut-through')
        setRules(s, 'sg-1', fromGroup('sg-1'))
      },
      'eni-a2 > 10.1.1.12 tcp 80',
      unmatched,
    ],

    [
      'an instance of the VPC is a member for the classic instance that is linked to it',
      (s) => {
        linkedPair(s)
        const rule = { ...fromGroup('sg-1'), nic: 'intranet' } as const
        setRules(s, 'sg-classic', rule)
      },
      '172.16.2.11@vpc-1 > 10.200.0.1 tcp 80',
      'reachable',
    ],
    [
      'a classic instance that is in another group is none',
      (s) => {
        linkedPair(s)
        setRules(s, 'sg-1', fromGroup('sg-2'))
      },
      'i-k > 172.16.2.11 tcp 80',
      unmatched,
    ],
  ],
  'sg.group-peer-same-vpc': [
    [
      'a member that arrives from another VPC does not match',
      (s) => {
        addPeering(s)
        setRules(s, 'sg-1', fromGroup('sg-2'))
      },
      'eni-z > 10.1.1.12 tcp 80',
      unmatched,
    ],
  ],
  'sg.group-peer-basic': [
    [
      'a rule of an enterprise group that names a group matches nothing',
      (s) => {
        addGroup(s, 'sg-x', 'enterprise', 'b')
        setRules(s, 'sg-x', fromGroup('sg-1'))
      },
      nearby,
      unmatched,
    ],
    [
      'nor does a rule that names an enterprise group',
      (s) => {
        addGroup(s, 'sg-x', 'enterprise', 'a')
        setRules(s, 'sg-x', out(admit('out')))
        setRules(s, 'sg-1', fromGroup('sg-x'))
      },
      nearby,
      unmatched,
    ],
    [
      'a named group that was not read may be basic',
      (s) => {
        s.gaps.push({ kind: 'securityGroup', provider: 'alibaba', id: 'sg-x', call: 'x' })
        find(s.networkInterface, 'eni-a').securityGroupIds = ['sg-1', 'sg-x']
        setRules(s, 'sg-1', fromGroup('sg-x'))
      },
      nearby,
      'undetermined',
    ],
  ],
  'sg.prefix-list': [
    ['a list that covers the peer', (s) => listed(s, '10.1.0.0/16'), nearby, 'reachable'],
    ['a list that does not', (s) => listed(s, '10.9.0.0/16'), nearby, unmatched],
  ],
  'sg.five-tuple': [
    [
      'the source port is in the rule',
      (s) => setRules(s, 'sg-1', { ...admit('in'), sourcePorts: [{ from: 40000, to: 40000 }] }),
      nearby,
      'reachable',
    ],
    [
      'the source port is not',
      (s) => setRules(s, 'sg-1', { ...admit('in'), sourcePorts: [{ from: 1, to: 1023 }] }),
      nearby,
      unmatched,
    ],
    [
      'the own address is not in the rule',
      (s) => setRules(s, 'sg-1', { ...admit('in'), local: '10.1.1.13' }),
      nearby,
      unmatched,
    ],
  ],
  'sg.classic-nics': [
    [
      'an intranet rule admits on the intranet',
      (s) => pair(s),
      'i-k > 10.200.0.2 tcp 80',
      'reachable',
    ],
    [
      'an Internet rule does not',
      (s) => {
        pair(s)
        find(s.securityGroup, 'sg-classic').rules[0].nic = 'internet'
      },
      'i-k > 10.200.0.2 tcp 80',
      unmatched,
    ],
    [
      'an intranet rule does not admit from the Internet',
      (s) => pair(s),
      '203.0.113.9 > 47.1.0.2 tcp 80',
      unmatched,
    ],
    [
      'intra-group acceptance is for the intranet',
      (s) => {
        pair(s)
        setRules(s, 'sg-classic')
        find(s.securityGroup, 'sg-classic').intraGroup = 'accept'
      },
      'i-k > 10.200.0.2 tcp 80',
      'reachable',
    ],

    [
      'members accept each other on the intranet side only',
      (s) => {
        pair(s)
        const group = find(s.securityGroup, 'sg-classic')
        group.intraGroup = 'accept'
        group.rules = []
      },
      'i-k > 47.1.0.2 tcp 80',
      unmatched,
    ],
  ],
  'sg.tcp-25': [
    [
      'TCP 25 does not leave',
      (s) => addEip(s, '47.1.0.8', { kind: 'instance', id: 'i-a' }),
      'eni-a > 203.0.113.9 tcp 25',
      'unreachable policy.platform-blocked',
    ],
    [
      'UDP 25 does',
      (s) => addEip(s, '47.1.0.8', { kind: 'instance', id: 'i-a' }),
      'eni-a > 203.0.113.9 udp 25',
      'reachable',
    ],
    ['TCP 25 inside is not its business', nothing, 'eni-a > 10.1.1.12 tcp 25', 'reachable'],
  ],
  'eni.source-dest-check': [
    [
      'a relay drops what is not its own',
      (s) => {
        relayThrough(s, 'c')
        find(s.networkInterface, 'eni-c').sourceDestCheck = true
      },
      'eni-a > 172.31.0.9 tcp 80',
      'unreachable eni.source-dest-check',
    ],
    [
      'own packets are not its business',
      (s) => {
        find(s.networkInterface, 'eni-a').sourceDestCheck = true
      },
      nearby,
      'reachable',
    ],
    [
      'a HaVip is an address of its master',
      (s) => {
        addHaVip(s, 'i-c')
        find(s.networkInterface, 'eni-c').sourceDestCheck = true
      },
      '10.1.2.200@vpc-1 > 10.1.1.12 tcp 80',
      'reachable',
    ],
    [
      'a relay drops it although another interface would send it on',
      (s) => {
        relayThrough(s, 'c')
        addInterface(s, 'c2', 'vsw-1', '10.1.1.23', 'c')
        find(s.networkInterface, 'eni-c').sourceDestCheck = true
        addRoute(s, 'rtb-x', '10.1.1.12/32', { kind: 'instance', id: 'i-c' })
      },
      nearby,
      'unreachable eni.source-dest-check',
    ],
    [
      'it drops foreign sources on the way out',
      (s) => {
        relayThrough(s, 'c')
        addInterface(s, 'c2', 'vsw-1', '10.1.1.23', 'c')
        find(s.networkInterface, 'eni-c2').sourceDestCheck = true
        addRoute(s, 'rtb-x', '10.1.1.12/32', { kind: 'instance', id: 'i-c' })
      },
      nearby,
      'unreachable eni.source-dest-check',
    ],
    [
      'a relay drops it although another interface would deliver it',
      (s) => {
        relayBetween(s)
        find(s.networkInterface, 'eni-c').sourceDestCheck = true
      },
      'eni-a > 10.1.3.11 tcp 80',
      'unreachable eni.source-dest-check',
    ],
    [
      'the interface that would deliver it drops it as well',
      (s) => {
        relayBetween(s)
        find(s.networkInterface, 'eni-c2').sourceDestCheck = true
      },
      'eni-a > 10.1.3.11 tcp 80',
      'unreachable eni.source-dest-check',
    ],
    [
      'without the check it is delivered',
      (s) => relayBetween(s),
      'eni-a > 10.1.3.11 tcp 80',
      'reachable',
    ],
  ],
  'eni.attached': [
    [
      'an unattached interface sends nothing',
      detach,
      'eni-b2 > 10.1.1.11 tcp 80',
      'unreachable eni.not-attached',
    ],
    [
      'an unattached interface receives nothing',
      detach,
      'eni-a > 10.1.1.22 tcp 80',
      'unreachable eni.not-attached',
    ],
    [
      'one that is being attached neither',
      (s) => {
        find(s.networkInterface, 'eni-b').state = 'Attaching'
      },
      nearby,
      'unreachable eni.bad-state',
    ],
  ],
  'instance.running': [
    [
      'a stopped instance sends nothing',
      (s) => {
        find(s.instance, 'i-a').state = 'Stopped'
      },
      nearby,
      'unreachable instance.not-running',
    ],
    [
      'a stopped instance receives nothing',
      (s) => {
        find(s.instance, 'i-b').state = 'Stopped'
      },
      nearby,
      'unreachable instance.not-running',
    ],
    [
      'an instance that was not read leaves it open',
      (s) => {
        s.instance = s.instance.filter(({ id }) => id !== 'i-b')
        s.gaps.push({ kind: 'instance', provider: 'alibaba', id: 'i-b', call: 'DescribeInstances' })
      },
      nearby,
      'undetermined',
    ],
  ],
  'instance.unlocked': [
    [
      'a locked instance is cut off',
      (s) => {
        find(s.instance, 'i-b').locks = ['financial']
      },
      nearby,
      'unreachable instance.locked',
    ],
  ],
  'acl.stateless': [
    [
      'replies need an entry on the way out',
      (s) => addAcl(s, 'vsw-2', [entry('accept')], [entry('accept', 1, 1023)]),
      across,
      'unreachable acl.return.egress.deny on return',
    ],
    [
      'replies need an entry on the way in',
      (s) => addAcl(s, 'vsw-1', [entry('accept', 1, 1023)], [entry('accept')]),
      across,
      'unreachable acl.return.ingress.deny on return',
    ],
    [
      'an ACL that was not read leaves it open',
      (s) => {
        addAcl(s, 'vsw-2', [entry('accept')], [entry('accept')])
        unread(s, 'acl-2', 'networkAcl')
      },
      across,
      'undetermined',
    ],
    [
      'a drop behind an unread filter counts',
      (s) => {
        unread(s, 'sg-2')
        addPeering(s)
        addAcl(s, 'vsw-1', [], [entry('accept')])
      },
      'eni-z > 10.1.1.12 tcp 80',
      'unreachable acl.ingress.deny',
    ],
  ],
  'acl.list-order': [
    [
      'the first entry drops',
      (s) => addAcl(s, 'vsw-2', [entry('drop', 80, 80), entry('accept')], [entry('accept')]),
      across,
      'unreachable acl.ingress.deny',
    ],
    [
      'the first entry accepts',
      (s) => addAcl(s, 'vsw-2', [entry('accept', 80, 80), entry('drop')], [entry('accept')]),
      across,
      'reachable',
    ],
    [
      'the destination port counts on the way out, too',
      (s) => addAcl(s, 'vsw-1', [entry('accept')], [entry('accept', 80, 80), entry('drop')]),
      across,
      'reachable',
    ],

    [
      'a UDP port is looked at like a TCP port',
      (s) => addAcl(s, 'vsw-2', [entry('accept', 53, 53)], [entry('accept')]),
      'eni-a > 10.1.2.11 udp 54',
      'unreachable acl.ingress.deny',
    ],
    [
      'an entry for one protocol says nothing of another',
      (s) => {
        const any = '0.0.0.0/0'
        addAcl(s, 'vsw-2', [entry('accept', 53, 53, any, 17)], [entry('accept')])
      },
      'eni-a > 10.1.2.11 tcp 53',
      'unreachable acl.ingress.deny',
    ],
  ],
  'acl.default-drop': [
    [
      'no entry, no packet out',
      (s) => addAcl(s, 'vsw-1', [entry('accept')], []),
      across,
      'unreachable acl.egress.deny',
    ],
    [
      'no entry, no packet in',
      (s) => addAcl(s, 'vsw-2', [], [entry('accept')]),
      across,
      'unreachable acl.ingress.deny',
    ],
    [
      'IPv4 entries never match IPv6',
      (s) => {
        addIpv6(s, 'a', '2408:4000:1:1::a')
        addIpv6(s, 'c', '2408:4000:1:2::c')
        addAcl(s, 'vsw-2', [entry('accept')], [entry('accept')])
      },
      'eni-a > 2408:4000:1:2::c tcp 80',
      'unreachable acl.ingress.deny',
    ],
  ],
  'acl.same-subnet-exempt': [
    ['neighbours do not meet it', (s) => addAcl(s, 'vsw-1', [], []), nearby, 'reachable'],
    [
      'neighbours by way of a relay elsewhere do',
      (s) => {
        addAcl(s, 'vsw-1', [], [])
        relayThrough(s, 'c', '10.1.1.0/24')
      },
      nearby,
      'unreachable acl.egress.deny',
    ],
  ],
  'acl.service-exempt': [
    ['DNS passes', (s) => addAcl(s, 'vsw-1', [], []), 'eni-a > 100.100.2.136 udp 53', 'reachable'],
    [
      'metadata pass',
      (s) => addAcl(s, 'vsw-1', [], []),
      'eni-a > 100.100.100.200 tcp 80',
      'reachable',
    ],
    [
      'other services do not',
      (s) => {
        addService(s)
        addAcl(s, 'vsw-1', [], [])
      },
      'eni-a > 100.118.28.5 tcp 443',
      'unreachable acl.egress.deny',
    ],
  ],
  'acl.cut-through-exempt': [
    [
      'an interface with a cut-through EIP does not meet it',
      (s) => {
        addInterface(s, 'b2', 'vsw-1', '10.1.1.22', 'b')
        addEip(s, '47.1.0.9', { kind: 'networkInterface', id: 'eni-b2' }, 'cut-through')
        addAcl(s, 'vsw-1', [], [])
      },
      '203.0.113.9 > 47.1.0.9 tcp 80',
      'reachable',
    ],
  ],
}

function unread(s: Sketch, id: string, kind: 'securityGroup' | 'networkAcl' = 'securityGroup') {
  s.gaps.push({ kind, provider: 'alibaba', id, call: 'Describe' })
}

function listed(s: Sketch, cidr: string): void {
  const { provider, account, region } = s.vpc[0]
  s.prefixList.push({ provider, account, region, id: 'pl-1', cidrs: [cidr] })
  setRules(s, 'sg-1', { ...admit('in'), peer: { kind: 'prefixList', prefixListId: 'pl-1' } })
}

function pair(s: Sketch): void {
  addClassic(s, 'k', { intranetAddress: '10.200.0.1', publicAddress: '47.1.0.1' })
  addClassic(s, 'm', { intranetAddress: '10.200.0.2', publicAddress: '47.1.0.2' })
}

function addService(s: Sketch): void {
  const { provider, account, region } = s.vpc[0]
  s.cloudService.push({ provider, account, region, id: 'oss', cidrs: ['100.118.28.0/24'] })
}

/** i-k of the classic network, 10.200.0.1, is linked to vpc-1, where eni-c has 172.16.2.11. */
function linkedPair(s: Sketch): void {
  addClassic(s, 'k', { intranetAddress: '10.200.0.1', linkedVpcId: 'vpc-1' })
  s.vpc[0].cidrs = ['172.16.0.0/12', '10.1.0.0/16']
  find(s.subnet, 'vsw-2').cidr = '172.16.2.0/24'
  find(s.networkInterface, 'eni-c').addresses = ['172.16.2.11']
}

/** vsw-1 sends a range through the forwarding instance. */
function relayThrough(s: Sketch, name: string, destination = '172.31.0.0/16'): void {
  addTable(s, 'rtb-x', 'vsw-1')
  addRoute(s, 'rtb-x', destination, { kind: 'instance', id: `i-${name}` })
  addGuest(s, name, { ipForward: true })
}

/** i-c, with a second interface in vsw-3, stands between vsw-1 and i-d in vsw-3. */
function relayBetween(s: Sketch): void {
  addSubnet(s, 'vsw-3', 'vpc-1', '10.1.3.0/24')
  addInstance(s, 'd', 'vsw-3', '10.1.3.11')
  addInterface(s, 'c2', 'vsw-3', '10.1.3.23', 'c')
  relayThrough(s, 'c', '10.1.3.0/24')
}

function detach(s: Sketch): void {
  addInterface(s, 'b2', 'vsw-1', '10.1.1.22', 'b')
  const eni = find(s.networkInterface, 'eni-b2')
  eni.state = 'Available'
  delete eni.instanceId
}
