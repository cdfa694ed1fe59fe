// table: the cases of what happens inside a guest, semantic by semantic
import type { AlibabaSemantic } from '#fabric'
import type { Sketch } from '#conformance'
import type { Case } from './tiny-case.ts'
import {
  addClassic,
  addEip,
  addGuest,
  addInstance,
  addInterface,
  addIpv6,
  addRoute,
  addSubnet,
  addTable,
  find,
} from './tiny-network.ts'

/** What a guest does besides choosing an interface and forwarding. */
export type GuestSemantic = Extract<
  AlibabaSemantic,
  `guest.${'any-interface' | 'martian-source' | 'second-lookup' | 'firewall' | 'listening' | 'reverse-path'}`
>

const near = 'eni-a > 10.1.1.12 tcp 80'
const across = 'eni-a > 10.1.2.11 tcp 80'
const near6 = 'eni-a > 2408:4000:1:1::12 tcp 80'

/** What the walk says of second lookups, firewalls, sockets and reverse path filters of guests. */
export const guestCases: Readonly<Record<GuestSemantic, readonly Case[]>> = {
  'guest.any-interface': [
    [
      'an address of another interface of the next hop',
      (s) => {
        relay(s, { ipForward: false })
        addInterface(s, 'f2', 'vsw-2', '10.1.2.44', 'f')
      },
      'eni-a > 10.1.2.44 tcp 80',
      'reachable',
    ],
    [
      'a firewall judges what comes in, by the interface it comes in by',
      (s) => {
        relay(s, {
          firewall: iptables([], '-A INPUT -i eth0 -j DROP'),
          devices: [
            { name: 'eth0', networkInterfaceId: 'eni-f' },
            { name: 'eth1', networkInterfaceId: 'eni-f2' },
          ],
        })
        addInterface(s, 'f2', 'vsw-2', '10.1.2.44', 'f')
      },
      'eni-a > 10.1.2.44 tcp 80',
      'unreachable guest.firewall.ingress-deny',
    ],
    [
      'an interface that checks its packets does not hand them on',
      (s) => {
        relay(s, {})
        addInterface(s, 'f2', 'vsw-2', '10.1.2.44', 'f')
        find(s.networkInterface, 'eni-f').sourceDestCheck = true
      },
      'eni-a > 10.1.2.44 tcp 80',
      'unreachable eni.source-dest-check',
    ],
    [
      'a strict kernel whose routes nobody saw',
      (s) => {
        relay(s, {
          devices: [{ name: 'eth0', networkInterfaceId: 'eni-f', reversePathFilter: 'strict' }],
        })
        addInterface(s, 'f2', 'vsw-2', '10.1.2.44', 'f')
      },
      'eni-a > 10.1.2.44 tcp 80',
      'undetermined',
    ],
    [
      'another interface that is not ready',
      (s) => {
        relay(s, {})
        addInterface(s, 'f2', 'vsw-2', '10.1.2.44', 'f')
        find(s.networkInterface, 'eni-f2').state = 'Detaching'
      },
      'eni-a > 10.1.2.44 tcp 80',
      'unreachable eni.bad-state',
    ],
  ],
  'guest.martian-source': [
    [
      'a route that leads back to the sender',
      (s) => {
        addGuest(s, 'a', { ipForward: true })
        addTable(s, 'rtb-x', 'vsw-1')
        addRoute(s, 'rtb-x', '10.1.2.0/24', { kind: 'instance', id: 'i-a' })
      },
      across,
      'unreachable guest.martian-source',
    ],
    [
      'a route that leads a reply back to its sender',
      (s) => {
        addGuest(s, 'c', { ipForward: true })
        addTable(s, 'rtb-z', 'vsw-2')
        addRoute(s, 'rtb-z', '10.1.1.0/24', { kind: 'instance', id: 'i-c' })
      },
      across,
      'unreachable guest.martian-source on return',
    ],
    [
      'by a cut-through EIP to another EIP of the same guest',
      (s) => {
        addInterface(s, 'b2', 'vsw-2', '10.1.2.44', 'b')
        addEip(s, '47.1.0.9', { kind: 'networkInterface', id: 'eni-b2' }, 'cut-through')
        addEip(s, '47.1.0.8', { kind: 'instance', id: 'i-b' })
      },
      'eni-b2 > 47.1.0.8 tcp 80',
      'unreachable guest.martian-source',
    ],
    [
      'by an EIP that the guest does not see',
      (s) => {
        addInterface(s, 'b2', 'vsw-2', '10.1.2.44', 'b')
        addEip(s, '47.1.0.9', { kind: 'networkInterface', id: 'eni-b2' })
        addEip(s, '47.1.0.8', { kind: 'instance', id: 'i-b' })
      },
      'eni-b2 > 47.1.0.8 tcp 80',
      'reachable',
    ],
  ],
  'guest.second-lookup': [
    [
      'the way of its source counts',
      twoWays,
      'i-a > 10.1.1.12 tcp 80',
      'unreachable sg.egress.no-match',
    ],
    [
      'ICMP of a connected socket too',
      twoWays,
      'i-a > 10.1.1.12 icmp',
      'unreachable sg.egress.no-match',
    ],
    ['a packet of a named interface keeps it', twoWays, near, 'reachable'],
    [
      'over IPv6 the first way stays',
      (s) => {
        twoWays(s)
        bothIpv6(s)
      },
      'i-a > 2408:4000:1:1::12 tcp 80',
      'reachable',
    ],
    [
      'over IPv6 an interface without an address lends that of another one',
      (s) => {
        twoWays(s)
        s.guests[0].routes = [{ destination: '::/0', networkInterfaceId: 'eni-a2' }]
        bothIpv6(s)
        closeNothing(s, 'eni-a2')
      },
      'i-a > 2408:4000:1:1::12 tcp 80',
      'reachable',
    ],
    [
      'over IPv6 it is open which of several addresses is lent',
      (s) => {
        twoWays(s)
        addInterface(s, 'a3', 'vsw-1', '10.1.1.45', 'a')
        s.guests[0].routes = [{ destination: '::/0', networkInterfaceId: 'eni-a2' }]
        bothIpv6(s)
        addIpv6(s, 'a3', '2408:4000:1:1::45')
      },
      'i-a > 2408:4000:1:1::12 tcp 80',
      'undetermined',
    ],
    [
      'over IPv6 it is open which of several addresses of one interface is lent',
      (s) => {
        twoWays(s)
        s.guests[0].routes = [{ destination: '::/0', networkInterfaceId: 'eni-a2' }]
        bothIpv6(s)
        find(s.networkInterface, 'eni-a').ipv6Addresses?.push({ address: '2408:4000:1:1::45' })
      },
      'i-a > 2408:4000:1:1::12 tcp 80',
      'undetermined',
    ],
    [
      'over IPv6 no way without a source is looked for again with one',
      (s) => sourceOnly(s),
      'i-a > 2408:4000:1:1::12 tcp 80',
      'reachable',
    ],
    [
      'over IPv6 there may be no way with a source either',
      (s) => {
        sourceOnly(s)
        s.guests[0].rules = [{ priority: 1, from: '2408:4000:1:1::99/128', table: 5 }]
      },
      'i-a > 2408:4000:1:1::12 tcp 80',
      'unreachable guest.route-missing',
    ],
    [
      'over IPv6 it is open with which of several sources it is looked for again',
      (s) => {
        sourceOnly(s)
        find(s.networkInterface, 'eni-a').ipv6Addresses?.push({ address: '2408:4000:1:1::45' })
      },
      'i-a > 2408:4000:1:1::12 tcp 80',
      'undetermined',
    ],
    [
      'over IPv6 an interface that is not ready lends nothing',
      (s) => {
        twoWays(s)
        s.guests[0].routes = [{ destination: '::/0', networkInterfaceId: 'eni-a2' }]
        bothIpv6(s)
        find(s.networkInterface, 'eni-a').state = 'Detaching'
      },
      'i-a > 2408:4000:1:1::12 tcp 80',
      'unreachable eni.no-ipv6-address',
    ],
    [
      'a rule from everywhere holds before there is a source',
      (s) => {
        twoWays(s)
        s.guests[0].rules = [{ priority: 1, from: '0.0.0.0/0', table: 100 }]
      },
      'i-a > 10.1.1.12 tcp 80',
      'unreachable sg.egress.no-match',
    ],
    [
      'no way at all for that source',
      (s) => {
        twoWays(s)
        s.guests[0].routes = [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-a', table: 5 }]
        s.guests[0].rules = [{ priority: 1, from: '10.1.1.11/32', table: 5 }]
      },
      'i-a > 10.1.1.12 tcp 80',
      'unreachable guest.route-missing',
    ],
  ],
  'guest.firewall': [
    ['a policy drops', inB(drops('INPUT')), near, 'unreachable guest.firewall.ingress-deny'],
    [
      'a rule admits',
      inB(drops('INPUT'), '-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT'),
      near,
      'reachable',
    ],
    [
      'a rule for another port does not',
      inB(drops('INPUT'), '-A INPUT -p tcp -m tcp --dport 81 -j ACCEPT'),
      near,
      'unreachable guest.firewall.ingress-deny',
    ],
    [
      'a rejected packet does not arrive either',
      inB([], '-A INPUT -p tcp -j REJECT --reject-with tcp-reset'),
      near,
      'unreachable guest.firewall.ingress-deny',
    ],
    [
      'a range that holds the source',
      inB(drops('INPUT'), '-A INPUT -s 10.1.1.0/28 -j ACCEPT'),
      near,
      'reachable',
    ],
    [
      'a range that does not',
      inB(drops('INPUT'), '-A INPUT -m iprange --src-range 10.1.1.12-10.1.1.99 -j ACCEPT'),
      near,
      'unreachable guest.firewall.ingress-deny',
    ],
    [
      'echo requests are not echo replies',
      inB(drops('INPUT'), '-A INPUT -p icmp -m icmp --icmp-type 0 -j ACCEPT'),
      'eni-a > 10.1.1.12 icmp',
      'unreachable guest.firewall.ingress-deny',
    ],
    [
      'echo requests',
      inB(drops('INPUT'), '-A INPUT -p icmp -m icmp --icmp-type 8 -j ACCEPT'),
      'eni-a > 10.1.1.12 icmp',
      'reachable',
    ],
    [
      'GRE by its number',
      inB(drops('INPUT'), '-A INPUT -p gre -j ACCEPT'),
      'eni-a > 10.1.1.12 gre',
      'reachable',
    ],
    [
      'what the sender lets out',
      (s) => addGuest(s, 'a', { firewall: iptables(drops('OUTPUT')) }),
      near,
      'unreachable guest.firewall.egress-deny',
    ],
    [
      'a reply belongs to its connection',
      (s) => addGuest(s, 'a', { firewall: iptables(drops('INPUT'), established('INPUT')) }),
      near,
      'reachable',
    ],
    [
      'a reply is judged where no rule says so',
      (s) => addGuest(s, 'a', { firewall: iptables(drops('INPUT')) }),
      near,
      'unreachable guest.firewall.ingress-deny on return',
    ],
    [
      'what the receiver answers is let out by its connection',
      inB(drops('OUTPUT'), established('OUTPUT')),
      near,
      'reachable',
    ],
    ['or not', inB(drops('OUTPUT')), near, 'unreachable guest.firewall.egress-deny on return'],
    [
      'a connection that is not tracked has no replies',
      (s) =>
        addGuest(s, 'a', {
          firewall: iptables(drops('INPUT'), established('INPUT'), ['-A OUTPUT -j CT --notrack']),
        }),
      near,
      'unreachable guest.firewall.ingress-deny on return',
    ],
    [
      'a mark of the request is known by the reply',
      (s) =>
        addGuest(s, 'a', {
          firewall: iptables(
            drops('INPUT'),
            '-A INPUT -m connmark --mark 0x7 -j ACCEPT',
            [],
            ['-A OUTPUT -j CONNMARK --set-mark 0x7'],
          ),
        }),
      near,
      'reachable',
    ],
    [
      'the chains of early hooks come first',
      (s) => addGuest(s, 'b', { firewall: iptables([], '', ['-A PREROUTING -p tcp -j DROP']) }),
      near,
      'unreachable guest.firewall.ingress-deny',
    ],
    [
      'a relay asks its own',
      (s) => {
        relay(s, { firewall: iptables(drops('FORWARD'), established('FORWARD')) })
      },
      across,
      'unreachable guest.firewall.forward-deny',
    ],
    [
      'INPUT and OUTPUT say nothing about what is relayed',
      (s) => relay(s, { firewall: iptables([...drops('INPUT'), ...drops('OUTPUT')]) }),
      across,
      'reachable',
    ],
    [
      'a relay that sees replies only does not know the connection',
      (s) => {
        relay(s, { firewall: iptables([], '-A FORWARD -m conntrack --ctstate INVALID -j DROP') })
        onReplies(s)
      },
      across,
      'unreachable guest.firewall.forward-deny on return',
    ],
    [
      'UDP begins anew there',
      (s) => {
        relay(s, { firewall: iptables([], '-A FORWARD -m conntrack --ctstate INVALID -j DROP') })
        onReplies(s)
      },
      'eni-a > 10.1.2.11 udp 53',
      'reachable',
    ],
    [
      'a relay on both ways knows it',
      (s) => {
        relay(s, {
          firewall: iptables(
            drops('FORWARD'),
            `-A FORWARD -p tcp -m tcp --dport 80 -j ACCEPT\n${established('FORWARD')}`,
            [],
            ['-A PREROUTING -m conntrack --ctstate INVALID -j DROP'],
          ),
        })
        onReplies(s)
        addRoute(s, 'rtb-z', '10.1.2.0/24', { kind: 'instance', id: 'i-f' })
        find(s.subnet, 'vsw-1').routeTableId = 'rtb-z'
      },
      across,
      'reachable',
    ],
    [
      'in by one device and out by another',
      (s) => {
        relay(s, {
          firewall: iptables(drops('FORWARD'), '-A FORWARD -i eth0 -o eth1 -j ACCEPT'),
          routes: [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-f2' }],
          devices: [
            { name: 'eth0', networkInterfaceId: 'eni-f' },
            { name: 'eth1', networkInterfaceId: 'eni-f2' },
          ],
        })
        addInterface(s, 'f2', 'vsw-3', '10.1.3.12', 'f')
      },
      across,
      'reachable',
    ],
    [
      'not back by the same',
      (s) =>
        relay(s, {
          firewall: iptables(drops('FORWARD'), '-A FORWARD -i eth0 -o eth1 -j ACCEPT'),
          devices: [{ name: 'eth0', networkInterfaceId: 'eni-f' }],
        }),
      across,
      'unreachable guest.firewall.forward-deny',
    ],
    [
      'a device whose name was not seen',
      inB(drops('INPUT'), '-A INPUT -i eth0 -j ACCEPT'),
      near,
      'undetermined',
    ],
    [
      'a device by its name',
      (s) =>
        addGuest(s, 'b', {
          firewall: iptables(drops('INPUT'), '-A INPUT -i eth0 -j ACCEPT'),
          devices: [{ name: 'eth0', networkInterfaceId: 'eni-b' }],
        }),
      near,
      'reachable',
    ],
    [
      'a limit that may be reached',
      inB(drops('INPUT'), '-A INPUT -m limit --limit 5/min -j ACCEPT'),
      near,
      'undetermined',
    ],
    [
      'a limit beside a rule that admits anyway',
      inB(drops('INPUT'), '-A INPUT -m limit --limit 5/min -j ACCEPT\n-A INPUT -p tcp -j ACCEPT'),
      near,
      'reachable',
    ],
    [
      'what an unknown rule lets through may be dropped further on',
      (s) => {
        addGuest(s, 'a', {
          firewall: iptables([], '-A OUTPUT -m limit --limit 5/min -j DROP'),
        })
        addGuest(s, 'b', { firewall: iptables(drops('INPUT')) })
      },
      near,
      'unreachable guest.firewall.ingress-deny',
    ],
    [
      'a translation inside is not followed',
      (s) => {
        relay(s, { firewall: { kind: 'iptables', ipv4: masquerading } })
      },
      across,
      'undetermined',
    ],
    [
      'a mask that is a prefix',
      inB(drops('INPUT'), '-A INPUT -s 10.1.1.0/255.255.255.0 -j ACCEPT'),
      near,
      'reachable',
    ],
    [
      'a mask that is none',
      inB(drops('INPUT'), '-A INPUT -s 0.0.0.11/0.0.0.255 -j ACCEPT'),
      near,
      'undetermined',
    ],
    [
      'a text that nobody can read',
      (s) => addGuest(s, 'b', { firewall: { kind: 'nftables', ruleset: '{}' } }),
      near,
      'undetermined',
    ],
    [
      'rules of one family only',
      (s) => {
        bothIpv6(s)
        addGuest(s, 'b', { firewall: iptables([]) })
      },
      near6,
      'undetermined',
    ],
    [
      'nftables, IPv6',
      (s) => {
        bothIpv6(s)
        addGuest(s, 'b', { firewall: nftables(['ip6', 'saddr', '2408:4000:1:1::/64'], 80) })
      },
      near6,
      'reachable',
    ],
    [
      'nftables, IPv4 past a rule for IPv6',
      (s) => addGuest(s, 'b', { firewall: nftables(['ip6', 'saddr', '2408:4000:1:1::/64'], 80) }),
      near,
      'unreachable guest.firewall.ingress-deny',
    ],
    [
      'a classic guest has one too',
      (s) => {
        addClassic(s, 'k', { intranetAddress: '10.200.0.1', linkedVpcId: 'vpc-1' })
        s.vpc[0].cidrs = ['10.1.0.0/16']
        addGuest(s, 'k', { firewall: iptables(drops('OUTPUT')) })
      },
      'i-k > 10.1.1.12 tcp 80',
      'unreachable guest.firewall.egress-deny',
    ],
    ['a guest that was not seen', () => {}, near, 'reachable'],
  ],
  'guest.listening': [
    ['every address', listens('0.0.0.0'), near, 'reachable'],
    ['the address itself', listens('10.1.1.12'), near, 'reachable'],
    ['nobody', listens(), near, 'unreachable guest.not-listening'],
    ['another port', listens('0.0.0.0', 81), near, 'unreachable guest.not-listening'],
    ['this computer only', listens('127.0.0.1'), near, 'unreachable guest.listen-wrong-address'],
    ['another address', listens('10.1.9.9'), near, 'unreachable guest.listen-wrong-address'],
    [
      'every address of the other family',
      listens('::'),
      near,
      'unreachable guest.listen-wrong-address',
    ],
    [
      'every IPv6 address',
      (s) => {
        bothIpv6(s)
        listens('::')(s)
      },
      near6,
      'reachable',
    ],
    [
      'this computer only, over IPv6',
      (s) => {
        bothIpv6(s)
        listens('::1')(s)
      },
      near6,
      'unreachable guest.listen-wrong-address',
    ],
    [
      'UDP is not TCP',
      listens('0.0.0.0'),
      'eni-a > 10.1.1.12 udp 80',
      'unreachable guest.not-listening',
    ],
    ['UDP', listens('0.0.0.0', 53, 'udp'), 'eni-a > 10.1.1.12 udp 53', 'reachable'],
    ['an echo is answered by the kernel', listens(), 'eni-a > 10.1.1.12 icmp', 'reachable'],
    ['and of GRE nobody knows', listens(), 'eni-a > 10.1.1.12 gre', 'reachable'],
    ['a client needs none', (s) => addGuest(s, 'a', { sockets: [] }), near, 'reachable'],
    [
      'a firewall comes before the sockets',
      (s) => addGuest(s, 'b', { sockets: [], firewall: iptables(drops('INPUT')) }),
      near,
      'unreachable guest.firewall.ingress-deny',
    ],
  ],
  'guest.reverse-path': [
    [
      'strict, in by the other device',
      backBy('strict'),
      'eni-a > 10.1.1.33 tcp 80',
      'unreachable guest.rp-filter',
    ],
    ['loose', backBy('loose'), 'eni-a > 10.1.1.33 tcp 80', 'reachable'],
    ['off', backBy('off'), 'eni-a > 10.1.1.33 tcp 80', 'reachable'],
    [
      'strict, with a rule for the way back',
      (s) => {
        backBy('strict')(s)
        s.guests[0].routes?.push({
          destination: '0.0.0.0/0',
          networkInterfaceId: 'eni-c2',
          table: 7,
        })
        s.guests[0].rules = [
          { priority: 10, from: '10.1.1.33/32', table: 7 },
          { priority: 32766, table: 254 },
        ]
      },
      'eni-a > 10.1.1.33 tcp 80',
      'reachable',
    ],
    [
      'loose, without any way back',
      (s) => {
        backBy('loose')(s)
        s.guests[0].routes = [{ destination: '10.9.0.0/16', networkInterfaceId: 'eni-c' }]
      },
      'eni-a > 10.1.1.33 tcp 80',
      'unreachable guest.rp-filter',
    ],
    [
      'by routes that nobody saw, taken to be set up by the book',
      (s) => {
        backBy('strict')(s)
        delete s.guests[0].routes
      },
      'eni-a > 10.1.1.33 tcp 80',
      'reachable',
    ],
    [
      'there is none for IPv6',
      (s) => {
        backBy('strict')(s)
        addIpv6(s, 'a', '2408:4000:1:1::11')
        addIpv6(s, 'c2', '2408:4000:1:1::33')
        s.guests[0].routes?.push({ destination: '::/0', networkInterfaceId: 'eni-c' })
      },
      'eni-a > 2408:4000:1:1::33 tcp 80',
      'reachable',
    ],
    [
      'a reply by the other device',
      (s) => {
        addInterface(s, 'a2', 'vsw-1', '10.1.1.44', 'a')
        addGuest(s, 'a', {
          routes: [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-a2' }],
          devices: [{ name: 'eth0', networkInterfaceId: 'eni-a', reversePathFilter: 'strict' }],
        })
      },
      near,
      'unreachable guest.rp-filter on return',
    ],
    [
      'a relay with one leg',
      (s) =>
        relay(s, {
          devices: [{ name: 'eth0', networkInterfaceId: 'eni-f', reversePathFilter: 'strict' }],
        }),
      across,
      'reachable',
    ],
    [
      'a relay with two, whose routes nobody saw',
      (s) => {
        relay(s, {
          devices: [{ name: 'eth0', networkInterfaceId: 'eni-f', reversePathFilter: 'strict' }],
        })
        addInterface(s, 'f2', 'vsw-3', '10.1.3.12', 'f')
      },
      across,
      'undetermined',
    ],
    [
      'a relay whose way back is by the other one',
      (s) => {
        relay(s, {
          routes: [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-f2' }],
          devices: [{ name: 'eth0', networkInterfaceId: 'eni-f', reversePathFilter: 'strict' }],
        })
        addInterface(s, 'f2', 'vsw-3', '10.1.3.12', 'f')
      },
      across,
      'unreachable guest.rp-filter',
    ],
  ],
}

type GuestFacts = Parameters<typeof addGuest>[2]

/** eni-a2 has a closed group; table 100 leads by it, main by eni-a, and the address of eni-a goes by 100. */
function twoWays(s: Sketch): void {
  addInterface(s, 'a2', 'vsw-1', '10.1.1.44', 'a')
  const { provider, account, region } = s.vpc[0]
  const common = { provider, account, region, id: 'sg-x', vpcId: 'vpc-1' }
  s.securityGroup.push({ ...common, type: 'enterprise', intraGroup: 'drop', rules: [] })
  find(s.networkInterface, 'eni-a2').securityGroupIds = ['sg-x']
  const both = ['0.0.0.0/0', '::/0']
  addGuest(s, 'a', {
    routes: [
      ...both.map((destination) => ({ destination, networkInterfaceId: 'eni-a' })),
      ...both.map((destination) => ({ destination, networkInterfaceId: 'eni-a2', table: 100 })),
    ],
    rules: [
      { priority: 1, from: '10.1.1.11/32', table: 100 },
      { priority: 1, from: '2408:4000:1:1::11/128', table: 100 },
      { priority: 32766, table: 254 },
    ],
  })
}

/** i-a has an IPv6 route for its own address only. */
function sourceOnly(s: Sketch): void {
  bothIpv6(s)
  addGuest(s, 'a', {
    routes: [{ destination: '2408:4000:1:1::/64', networkInterfaceId: 'eni-a', table: 5 }],
    rules: [{ priority: 1, from: '2408:4000:1:1::11/128', table: 5 }],
  })
}

/** The interface gets the group of the other one, which lets everything out. */
function closeNothing(s: Sketch, id: string): void {
  const { securityGroupIds } = find(s.networkInterface, 'eni-a')
  find(s.networkInterface, id).securityGroupIds = [...securityGroupIds]
}

function bothIpv6(s: Sketch): void {
  addIpv6(s, 'a', '2408:4000:1:1::11')
  addIpv6(s, 'b', '2408:4000:1:1::12')
}

/** i-b with a firewall. */
function inB(heads: readonly string[], rules = ''): (s: Sketch) => void {
  return (s) => addGuest(s, 'b', { firewall: iptables(heads, rules) })
}

function drops(chain: string): readonly string[] {
  return [`:${chain} DROP [0:0]`]
}

function established(chain: string): string {
  return `-A ${chain} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`
}

/** `heads` in place of chains that accept; `raw` and `mangle` are the rules of those tables. */
function iptables(
  heads: readonly string[],
  rules = '',
  raw: readonly string[] = [],
  mangle: readonly string[] = [],
): NonNullable<GuestFacts['firewall']> {
  const chains = ['INPUT', 'FORWARD', 'OUTPUT'].map(
    (name) => heads.find((head) => head.startsWith(`:${name} `)) ?? `:${name} ACCEPT [0:0]`,
  )
  const early = [':PREROUTING ACCEPT [0:0]', ':OUTPUT ACCEPT [0:0]']
  const tables = [
    ...(raw.length > 0 ? ['*raw', ...early, ...raw, 'COMMIT'] : []),
    ...(mangle.length > 0 ? ['*mangle', ...early, ...mangle, 'COMMIT'] : []),
    '*filter',
    ...chains,
    rules,
    'COMMIT',
    '',
  ]
  return { kind: 'iptables', ipv4: tables.join('\n') }
}

const masquerading = [
  '*nat',
  ':POSTROUTING ACCEPT [0:0]',
  '-A POSTROUTING -s 10.1.1.0/24 -j MASQUERADE',
  'COMMIT',
  '',
].join('\n')

/** An input chain that drops all but one port from one range. */
function nftables(
  [protocol, field, range]: readonly [string, string, string],
  port: number,
): NonNullable<GuestFacts['firewall']> {
  const place = { family: 'inet', table: 'filter' }
  const [addr, length] = range.split('/')
  const match = (left: unknown, right: unknown) => ({ match: { op: '==', left, right } })
  const expr = [
    match({ payload: { protocol, field } }, { prefix: { addr, len: Number(length) } }),
    match({ payload: { protocol: 'tcp', field: 'dport' } }, port),
    { accept: null },
  ]
  const base = { type: 'filter', hook: 'input', prio: 0, policy: 'drop' }
  const nftables = [
    { table: { family: 'inet', name: 'filter' } },
    { chain: { ...place, name: 'input', ...base } },
    { rule: { ...place, chain: 'input', expr } },
  ]
  return { kind: 'nftables', ruleset: JSON.stringify({ nftables }) }
}

/** The sockets of i-b: one, or none at all. */
function listens(
  address?: string,
  port = 80,
  protocol: 'tcp' | 'udp' = 'tcp',
): (s: Sketch) => void {
  const sockets = address === undefined ? [] : [{ protocol, address, port }]
  return (s) => addGuest(s, 'b', { sockets })
}

/** i-c has a second interface in vsw-1, and sends everything by the first one. */
function backBy(reversePathFilter: 'off' | 'strict' | 'loose'): (s: Sketch) => void {
  return (s) => {
    addInterface(s, 'c2', 'vsw-1', '10.1.1.33', 'c')
    addGuest(s, 'c', {
      routes: [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-c' }],
      devices: [
        { name: 'eth0', networkInterfaceId: 'eni-c', reversePathFilter },
        { name: 'eth1', networkInterfaceId: 'eni-c2', reversePathFilter },
      ],
    })
  }
}

/** i-f in vsw-3 takes what goes from vsw-1 to vsw-2. */
function relay(s: Sketch, facts: GuestFacts): void {
  addSubnet(s, 'vsw-3', 'vpc-1', '10.1.3.0/24')
  addInstance(s, 'f', 'vsw-3', '10.1.3.11')
  addGuest(s, 'f', { ipForward: true, ...facts })
  addTable(s, 'rtb-x', 'vsw-1')
  addRoute(s, 'rtb-x', '10.1.2.0/24', { kind: 'instance', id: 'i-f' })
}

/** What comes back from vsw-2 goes through i-f, and vsw-1 sends straight. */
function onReplies(s: Sketch): void {
  delete find(s.subnet, 'vsw-1').routeTableId
  addTable(s, 'rtb-z', 'vsw-2')
  addRoute(s, 'rtb-z', '10.1.1.0/24', { kind: 'instance', id: 'i-f' })
}
