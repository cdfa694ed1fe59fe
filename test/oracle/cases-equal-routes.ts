// table: the cases of IPv6 routes of a guest that differ in their device only
import type { Sketch } from '#conformance'
import type { Case } from './tiny-case.ts'
import {
  addGuest,
  addInterface,
  addIpv6,
  addRoute,
  addSubnet,
  addInstance,
  addTable,
  find,
} from './tiny-network.ts'

type Route = NonNullable<Sketch['guests'][number]['routes']>[number]

const echo = 'eni-a > 2408:4000:1:1::44 icmp'
const tcp = 'eni-a > 2408:4000:1:1::44 tcp 80'

/** Which of several equal routes a guest takes, what it relays, answers or sends itself. */
export const equalRouteCases: Readonly<Record<'guest.equal-routes', readonly Case[]>> = {
  'guest.equal-routes': [
    ['an echo is answered by the device it came in by', shutAndOpen(), echo, 'reachable'],
    [
      'a connection is answered by the first route',
      shutAndOpen(),
      tcp,
      'unreachable sg.egress.no-match on return',
    ],
    [
      'a lower metric counts before the device',
      shutAndOpen({ metric: 5 }, { metric: 6 }),
      echo,
      'unreachable sg.egress.no-match on return',
    ],
    ['without a metric it is 1024 over IPv6', shutAndOpen({}, { metric: 512 }), tcp, 'reachable'],
    [
      'which a metric of 0 is, too',
      shutAndOpen({ metric: 0 }, { metric: 1024 }),
      echo,
      'reachable',
    ],
    [
      'equal metrics leave it to the device',
      shutAndOpen({ metric: 6 }, { metric: 6 }),
      echo,
      'reachable',
    ],
    [
      'over IPv4 an echo is answered by the first route',
      shutAndOpen({ destination: '10.1.1.0/24' }, { destination: '10.1.1.0/24' }),
      'eni-a > 10.1.1.44 icmp',
      'unreachable sg.egress.no-match on return',
    ],
    [
      'one gateway among them is one route of them',
      shutAndOpen({ via: 'fe80::1' }),
      tcp,
      'unreachable sg.egress.no-match on return',
    ],
    [
      'by several gateways a hash decides',
      shutAndOpen({ via: 'fe80::1' }, { via: 'fe80::1' }),
      tcp,
      'undetermined',
    ],
    [
      'and the device of an echo does not',
      shutAndOpen({ via: 'fe80::1' }, { via: 'fe80::1' }),
      echo,
      'undetermined',
    ],
    [
      'a packet of its own takes the first route',
      shutAndOpen(),
      'i-b > 2408:4000:1:1::11 tcp 80',
      'unreachable sg.egress.no-match',
    ],
    [
      'nobody knows which gateway a packet of its own takes',
      shutAndOpen({ via: 'fe80::1' }, { via: 'fe80::1' }),
      'i-b > 2408:4000:1:1::11 tcp 80',
      'undetermined',
    ],
    [
      'what it relays leaves by the device it came in by',
      relays,
      'eni-a > 2408:4000:1:2::11 tcp 80',
      'reachable',
    ],
    [
      'nftables looks at the first route back',
      (s) => {
        shutAndOpen()(s)
        s.guests[0].firewall = backByNftables
      },
      echo,
      'unreachable guest.firewall.ingress-deny',
    ],
    [
      'ip6tables looks at the first or at any, as it was built',
      (s) => {
        shutAndOpen({ metric: 5 }, { metric: 6 })(s)
        find(s.networkInterface, 'eni-b').securityGroupIds = ['sg-1']
        s.guests[0].firewall = backByIptables
      },
      tcp,
      'undetermined',
    ],
    [
      'ip6tables finds none',
      (s) => {
        shutAndOpen({}, { destination: '2408:4000:1::/48' })(s)
        s.guests[0].firewall = backByIptables
      },
      tcp,
      'unreachable guest.firewall.ingress-deny',
    ],
  ],
}

/**
 * i-b has eni-b, whose group lets nothing out, and eni-b2 at .44, whose group lets everything out,
 * and a route to vsw-1 by each of them.
 */
function shutAndOpen(first: Partial<Route> = {}, second: Partial<Route> = {}): (s: Sketch) => void {
  return (s) => {
    addInterface(s, 'b2', 'vsw-1', '10.1.1.44', 'b')
    addIpv6(s, 'a', '2408:4000:1:1::11')
    addIpv6(s, 'b', '2408:4000:1:1::12')
    addIpv6(s, 'b2', '2408:4000:1:1::44')
    shut(s, 'eni-b')
    const destination = '2408:4000:1:1::/64'
    addGuest(s, 'b', {
      routes: [
        { destination, networkInterfaceId: 'eni-b', ...first },
        { destination, networkInterfaceId: 'eni-b2', ...second },
      ],
      devices: [
        { name: 'eth0', networkInterfaceId: 'eni-b' },
        { name: 'eth1', networkInterfaceId: 'eni-b2' },
      ],
    })
  }
}

/** i-f takes by eni-f2 what goes from vsw-1 to vsw-2, and has equal routes there by eni-f too. */
function relays(s: Sketch): void {
  addSubnet(s, 'vsw-3', 'vpc-1', '10.1.3.0/24')
  addInstance(s, 'f', 'vsw-3', '10.1.3.11')
  addInterface(s, 'f2', 'vsw-3', '10.1.3.12', 'f')
  addIpv6(s, 'a', '2408:4000:1:1::11')
  addIpv6(s, 'c', '2408:4000:1:2::11')
  addIpv6(s, 'f', '2408:4000:1:3::11')
  addIpv6(s, 'f2', '2408:4000:1:3::12')
  shut(s, 'eni-f')
  const destination = '2408:4000:1:2::/64'
  addGuest(s, 'f', {
    ipForward: true,
    routes: ['eni-f', 'eni-f2'].map((networkInterfaceId) => ({ destination, networkInterfaceId })),
  })
  addTable(s, 'rtb-x', 'vsw-1')
  addRoute(s, 'rtb-x', destination, { kind: 'networkInterface', id: 'eni-f2' })
}

function shut(s: Sketch, id: string): void {
  const { provider, account, region } = s.vpc[0]
  const common = { provider, account, region, id: 'sg-x', vpcId: 'vpc-1' }
  const rules = [{ ...s.securityGroup[0].rules[0] }, { ...s.securityGroup[0].rules[1] }]
  s.securityGroup.push({ ...common, type: 'enterprise', intraGroup: 'drop', rules })
  find(s.networkInterface, id).securityGroupIds = ['sg-x']
}

const backByNftables = {
  kind: 'nftables',
  ruleset: JSON.stringify({
    nftables: [
      { table: { family: 'inet', name: 'raw' } },
      {
        chain: {
          family: 'inet',
          table: 'raw',
          name: 'early',
          type: 'filter',
          hook: 'prerouting',
          prio: -300,
          policy: 'accept',
        },
      },
      {
        rule: {
          family: 'inet',
          table: 'raw',
          chain: 'early',
          expr: [
            {
              match: {
                op: '==',
                left: { fib: { result: 'oif', flags: ['saddr', 'iif'] } },
                right: false,
              },
            },
            { drop: null },
          ],
        },
      },
    ],
  }),
} as const

const backByIptables = {
  kind: 'iptables',
  ipv6: [
    '*raw',
    ':PREROUTING ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    '-A PREROUTING -m rpfilter --invert -j DROP',
    'COMMIT',
    '',
  ].join('\n'),
} as const
