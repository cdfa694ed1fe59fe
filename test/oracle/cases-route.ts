// table: the cases of route tables, links, HaVips, ClassicLink and guests, semantic by semantic
import type { AlibabaSemantic } from '#fabric'
import type { Sketch } from '#conformance'
import type { GuestSemantic } from './cases-guest.ts'
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
  addNat,
  addPeering,
  addRoute,
  addRouterInterfaces,
  addSubnet,
  addTable,
  admit,
  entry,
  find,
  setRules,
} from './tiny-network.ts'

type Routes = Extract<
  Exclude<AlibabaSemantic, GuestSemantic | 'guest.equal-routes'>,
  `${'route' | 'peer' | 'router-interface' | 'havip' | 'classic' | 'classiclink' | 'guest'}.${string}`
>

const across = 'eni-a > 10.1.2.11 tcp 80'
const onPremises = 'eni-a > 172.31.1.9 tcp 80'
const abroad = 'eni-a > 10.2.1.11 tcp 80'
const fromClassic = 'i-k > 10.1.1.12 tcp 80'

/** What the walk says of route tables, links, HaVips, ClassicLink and guests. */
export const routeCases: Readonly<Record<Routes, readonly Case[]>> = {
  'route.longest-prefix': [
    ['the longer one leads on', longerAndShorter, onPremises, 'leaves_model'],
    [
      'only the shorter one matches',
      longerAndShorter,
      'eni-a > 172.31.2.9 tcp 80',
      'unreachable route.blackhole',
    ],
    [
      'IPv4 and IPv6 are apart',
      longerAndShorter,
      'eni-a > 203.0.113.9 tcp 80',
      'unreachable route.none',
    ],
  ],
  'route.active-only': [
    [
      'a pending route alone',
      (s) => {
        addRoute(s, 'rtb-1', '172.31.0.0/16', vpn(s))
        s.routeTable[0].routes[0].state = 'Pending'
      },
      onPremises,
      'unreachable route.inactive',
    ],
    [
      'a pending route before a shorter one',
      (s) => {
        longerAndShorter(s)
        s.routeTable[0].routes[1].state = 'Pending'
      },
      onPremises,
      'unreachable route.blackhole',
    ],
    [
      'a pending route in place of a Local one',
      (s) => {
        addRoute(s, 'rtb-1', '10.1.2.0/24', { kind: 'local' })
        s.routeTable[0].routes[0].state = 'Pending'
      },
      across,
      'unreachable route.inactive',
    ],
  ],
  'route.local-per-subnet': [
    [
      'an address between the vSwitches',
      nothing,
      'eni-a > 10.1.7.7 tcp 80',
      'unreachable route.none',
    ],
    [
      'an address of a vSwitch that nobody has',
      nothing,
      'eni-a > 10.1.2.99 tcp 80',
      'unreachable address.not-assigned',
    ],
    [
      'nobody, as far as was read',
      (s) => {
        s.gaps.push({ kind: 'networkInterface', provider: 'alibaba', call: 'Describe' })
      },
      'eni-a > 10.1.2.99 tcp 80',
      'undetermined',
    ],
    [
      'a listed route of the same range stands for it',
      (s) => addRoute(s, 'rtb-1', '10.1.2.0/24', { kind: 'blackhole' }),
      across,
      'unreachable route.blackhole',
    ],

    [
      'nobody that was read, behind a list that may not be asked',
      (s) => {
        unseen(s)
        addAcl(s, 'vsw-1', [], [])
      },
      'eni-a > 10.1.2.99 tcp 80',
      'undetermined',
    ],
    [
      'nobody that was read, in the own vSwitch, where no list stands between',
      (s) => {
        unseen(s)
        addAcl(s, 'vsw-1', [], [])
      },
      'eni-a > 10.1.1.99 tcp 80',
      'undetermined',
    ],
  ],
  'route.services-local': [
    [
      'a service comes before the default route',
      (s) => addRoute(s, 'rtb-1', '0.0.0.0/0', { kind: 'blackhole' }),
      'eni-a > 100.100.2.136 udp 53',
      'reachable',
    ],
    ['a service nobody listed', nothing, 'eni-a > 100.99.0.1 tcp 80', 'undetermined'],
    ['a port on which it listens', oss, 'eni-a > 100.118.28.5 tcp 443', 'reachable'],
    ['a port on which it does not', oss, 'eni-a > 100.118.28.5 tcp 80', 'undetermined'],
    ['a protocol without ports', oss, 'eni-a > 100.118.28.5 icmp', 'reachable'],
    ['an address beside its range', oss, 'eni-a > 100.118.29.5 tcp 443', 'undetermined'],
    [
      'a service of another VPC',
      (s) => oss(s, 'vpc-2'),
      'eni-a > 100.118.28.5 tcp 443',
      'undetermined',
    ],
    [
      'a service of the own VPC',
      (s) => oss(s, 'vpc-1'),
      'eni-a > 100.118.28.5 tcp 443',
      'reachable',
    ],

    ['a database in the VPC', database, 'eni-a > 10.1.1.50 tcp 80', 'reachable'],
    ['the last address of its range', database, 'eni-a > 10.1.1.51 tcp 80', 'reachable'],
    [
      'the address before it',
      database,
      'eni-a > 10.1.1.49 tcp 80',
      'unreachable address.not-assigned',
    ],
    [
      'the address behind it',
      database,
      'eni-a > 10.1.1.52 tcp 80',
      'unreachable address.not-assigned',
    ],
    [
      'a database called over a peering',
      (s) => {
        database(s)
        addPeering(s)
      },
      'eni-z > 10.1.1.50 tcp 80',
      'undetermined',
    ],
    [
      'a database of another VPC with the same range',
      (s) => database(s, 'vpc-2'),
      'eni-a > 10.1.1.50 tcp 80',
      'unreachable address.not-assigned',
    ],
  ],
  'route.subnet-table': [
    [
      'a custom table decides for its vSwitch',
      (s) => {
        addTable(s, 'rtb-x', 'vsw-1')
        addRoute(s, 'rtb-x', '10.1.2.0/24', { kind: 'blackhole' })
      },
      across,
      'unreachable route.blackhole',
    ],
    [
      'and for replies from it',
      (s) => {
        addTable(s, 'rtb-x', 'vsw-2')
        addRoute(s, 'rtb-x', '10.1.1.0/24', { kind: 'blackhole' })
      },
      across,
      'unreachable route.blackhole on return',
    ],
    [
      'a table that was not read',
      (s) => {
        s.gaps.push({ kind: 'routeTable', provider: 'alibaba', id: 'rtb-1', call: 'Describe' })
      },
      across,
      'undetermined',
    ],
  ],
  'route.weights': [
    [
      'standby carries nothing beside a heavier one',
      (s) => linkByRouters(s, 100, 0),
      abroad,
      'reachable',
    ],
    [
      'standby carries when it is alone',
      (s) => {
        linkByRouters(s, 100, 0)
        hopsOf(s)[0].enabled = false
        find(s.routerInterface, 'ri-3').state = 'Active'
      },
      abroad,
      'reachable',
    ],
    [
      'none is enabled',
      (s) => {
        linkByRouters(s, 100, 0)
        for (const hop of hopsOf(s)) hop.enabled = false
      },
      abroad,
      'unreachable route.inactive',
    ],
  ],
  'route.branches': [
    [
      'one of two equal ones fails',
      (s) => linkByRouters(s, 100, 100),
      abroad,
      'partial peer.bad-state',
    ],
    [
      'both fail',
      (s) => {
        linkByRouters(s, 100, 100)
        find(s.routerInterface, 'ri-1').state = 'Idle'
      },
      abroad,
      'unreachable peer.bad-state',
    ],
    [
      'one of the ways back fails',
      (s) => {
        addRouterInterfaces(s)
        addRoute(s, 'rtb-1', '10.2.0.0/16', router('ri-1'))
        addRoute(s, 'rtb-2', '10.1.0.0/16', router('ri-2'), { kind: 'blackhole' })
      },
      abroad,
      'partial route.blackhole on return',
    ],
    [
      'what leaves and what does not',
      (s) => addRoute(s, 'rtb-1', '172.31.0.0/16', vpn(s), { kind: 'blackhole' }),
      onPremises,
      'partial route.blackhole',
    ],
  ],
  'route.next-hop-alive': [
    [
      'a stopped next hop',
      (s) => {
        relay(s)
        find(s.instance, 'i-f').state = 'Stopped'
      },
      across,
      'unreachable route.next-hop-down',
    ],
    [
      'a next hop that is gone',
      (s) => addRoute(s, 'rtb-1', '172.31.0.0/16', { kind: 'instance', id: 'i-gone' }),
      onPremises,
      'unreachable route.next-hop-unresolved',
    ],
    [
      'a next hop of another VPC',
      (s) => addRoute(s, 'rtb-1', '172.31.0.0/16', { kind: 'networkInterface', id: 'eni-z' }),
      onPremises,
      'unreachable route.next-hop-unresolved',
    ],
    [
      'a next hop that may not have been read',
      (s) => {
        addRoute(s, 'rtb-1', '172.31.0.0/16', { kind: 'vpnGateway', id: 'vpn-9' })
        s.gaps.push({ kind: 'vpnGateway', provider: 'alibaba', call: 'Describe' })
      },
      onPremises,
      'undetermined',
    ],
    [
      'a transit router is not analysed',
      (s) => addRoute(s, 'rtb-1', '172.31.0.0/16', { kind: 'transitRouter', id: 'tr-1' }),
      onPremises,
      'undetermined',
    ],

    [
      'a peering of two other VPCs',
      (s) => {
        addPeering(s)
        s.vpc.push({ ...s.vpc[1], id: 'vpc-3', cidrs: ['10.3.0.0/16'], ipv6Cidrs: [] })
        const ends = { requesterVpcId: 'vpc-2', accepterVpcId: 'vpc-3' }
        s.peering.push({ ...s.peering[0], id: 'pcc-2', ...ends })
        hopsOf(s)[0].target = { kind: 'peering', id: 'pcc-2' }
      },
      abroad,
      'unreachable route.next-hop-unresolved',
    ],
    [
      'a router interface of another VPC',
      (s) => {
        addRouterInterfaces(s)
        addRoute(s, 'rtb-1', '10.2.0.0/16', router('ri-2'))
        addRoute(s, 'rtb-2', '10.1.0.0/16', router('ri-2'))
      },
      abroad,
      'unreachable route.next-hop-unresolved',
    ],
  ],
  'route.relay-filtered': [
    ['a relay that admits', (s) => relay(s), across, 'reachable'],
    [
      'a relay whose group does not admit',
      (s) => {
        relay(s)
        closeRelay(s)
      },
      across,
      'unreachable sg.ingress.no-match',
    ],
    [
      'a relay that only the reply passes knows no session',
      (s) => {
        relay(s)
        closeRelay(s)
        swapTables(s)
      },
      across,
      'unreachable sg.ingress.no-match on return',
    ],
    [
      'a relay that both pass knows it',
      (s) => {
        relay(s)
        find(s.subnet, 'vsw-2').routeTableId = 'rtb-x'
        addRoute(s, 'rtb-x', '10.1.1.0/24', { kind: 'instance', id: 'i-f' })
      },
      across,
      'reachable',
    ],
    [
      'a relay whose table leads to itself',
      (s) => {
        relay(s)
        find(s.subnet, 'vsw-3').routeTableId = 'rtb-x'
      },
      across,
      'unreachable route.loop',
    ],

    [
      'the list of the sender stands before it',
      (s) => {
        relay(s)
        addAcl(s, 'vsw-1', [entry('accept')], [])
      },
      across,
      'unreachable acl.egress.deny',
    ],
    [
      'the list of its own vSwitch',
      (s) => {
        relay(s)
        addAcl(s, 'vsw-3', [], [entry('accept')])
      },
      across,
      'unreachable acl.ingress.deny',
    ],
    [
      'the list of its own vSwitch, on the way out',
      (s) => {
        relay(s)
        addAcl(s, 'vsw-3', [entry('accept')], [])
      },
      across,
      'unreachable acl.egress.deny',
    ],
  ],
  'peer.activated': [
    ['activated', (s) => addPeering(s), abroad, 'reachable'],
    ['rejected', (s) => addPeering(s, 'Rejected'), abroad, 'unreachable peer.bad-state'],
    [
      'without a route back',
      (s) => {
        addPeering(s)
        find(s.routeTable, 'rtb-2').routes = []
      },
      abroad,
      'unreachable route.return.none on return',
    ],
    [
      'the reply stays in a VPC with the same addresses',
      twinRanges,
      'eni-a > 10.1.9.11 tcp 80',
      'unreachable nat.return-bypass on return',
    ],
  ],
  'peer.not-transitive': [
    [
      'what is in no vSwitch over there',
      (s) => {
        addPeering(s)
        addRoute(s, 'rtb-1', '10.9.0.0/16', { kind: 'peering', id: 'pcc-1' })
      },
      'eni-a > 10.9.0.1 tcp 80',
      'unreachable peer.not-transitive',
    ],

    [
      'what may be in a vSwitch over there that was not read',
      (s) => {
        addPeering(s)
        s.gaps.push({ kind: 'subnet', provider: 'alibaba', call: 'Describe' })
      },
      'eni-a > 10.2.9.9 tcp 80',
      'undetermined',
    ],
  ],
  'router-interface.active': [
    [
      'both ends are active',
      (s) => {
        linkByRouters(s, 100, 0)
      },
      abroad,
      'reachable',
    ],
    [
      'the far end is not',
      (s) => {
        linkByRouters(s, 100, 0)
        find(s.routerInterface, 'ri-2').state = 'Inactive'
      },
      abroad,
      'unreachable peer.bad-state',
    ],
    [
      'the far end is locked',
      (s) => {
        linkByRouters(s, 100, 0)
        find(s.routerInterface, 'ri-2').locks = ['financial']
      },
      abroad,
      'unreachable peer.bad-state',
    ],
    [
      'a border router at the far end',
      (s) => {
        linkByRouters(s, 100, 0)
        const far = find(s.routerInterface, 'ri-2')
        delete far.vpcId
        delete find(s.routerInterface, 'ri-1').oppositeVpcId
      },
      abroad,
      'leaves_model',
    ],
  ],
  'router-interface.not-transitive': [
    [
      'what is in no vSwitch over there',
      (s) => {
        addRouterInterfaces(s)
        addRoute(s, 'rtb-1', '10.9.0.0/16', router('ri-1'))
      },
      'eni-a > 10.9.0.1 tcp 80',
      'unreachable peer.not-transitive',
    ],
  ],
  'havip.master': [
    [
      'an instance announces it',
      (s) => addHaVip(s, 'i-c'),
      'eni-a > 10.1.2.200 tcp 80',
      'reachable',
    ],
    [
      'nobody announces it',
      (s) => addHaVip(s),
      'eni-a > 10.1.2.200 tcp 80',
      'unreachable havip.no-master',
    ],
    [
      'it is the next hop',
      (s) => {
        addHaVip(s, 'i-c')
        addTable(s, 'rtb-x', 'vsw-1')
        addRoute(s, 'rtb-x', '172.31.0.0/16', { kind: 'haVip', id: 'havip-1' })
        addGuest(s, 'c', { ipForward: true })
      },
      onPremises,
      'unreachable route.none',
    ],
    [
      'it is the next hop and nobody announces it',
      (s) => {
        addHaVip(s)
        addRoute(s, 'rtb-1', '172.31.0.0/16', { kind: 'haVip', id: 'havip-1' })
      },
      onPremises,
      'unreachable havip.no-master',
    ],
  ],
  'classic.region': [
    [
      'in one region',
      (s) => {
        addClassic(s, 'k', { intranetAddress: '10.200.0.1' })
        addClassic(s, 'm', { intranetAddress: '10.200.0.2' })
      },
      'i-k > 10.200.0.2 tcp 80',
      'reachable',
    ],
    [
      'in another one',
      (s) => {
        addClassic(s, 'k', { intranetAddress: '10.200.0.1' })
        addClassic(s, 'm', { intranetAddress: '10.200.0.2' })
        find(s.instance, 'i-m').region = 'cn-far'
      },
      'i-k > 10.200.0.2 tcp 80',
      'unreachable classiclink.absent',
    ],
    [
      'without a public address',
      (s) => addClassic(s, 'k', { intranetAddress: '10.200.0.1' }),
      'i-k > 203.0.113.9 tcp 80',
      'unreachable eni.no-public-address',
    ],
    [
      'with a public address',
      (s) => addClassic(s, 'k', { intranetAddress: '10.200.0.1', publicAddress: '47.1.0.1' }),
      'i-k > 203.0.113.9 tcp 80',
      'reachable',
    ],

    [
      'its public address answers when that was called',
      (s) => {
        callClassic(s)
        addAcl(s, 'vsw-1', [entry('accept', 0, 65535, '47.1.0.1/32')], [entry('accept')])
      },
      'eni-a > 47.1.0.1 tcp 80',
      'reachable',
    ],
    [
      'and not its intranet address',
      (s) => {
        callClassic(s)
        addAcl(s, 'vsw-1', [entry('accept', 0, 65535, '10.0.0.0/8')], [entry('accept')])
      },
      'eni-a > 47.1.0.1 tcp 80',
      'unreachable acl.return.ingress.deny on return',
    ],
  ],
  'classiclink.link': [
    [
      'no link',
      (s) => {
        addClassic(s, 'k', { intranetAddress: '10.200.0.1' })
        setPrimary(s, '10.1.0.0/16')
      },
      fromClassic,
      'unreachable classiclink.absent',
    ],
    ['a link', (s) => link(s, '172.16.0.0/12'), 'i-k > 172.16.1.12 tcp 80', 'reachable'],
    ['from the VPC', (s) => link(s, '172.16.0.0/12'), 'eni-a > 10.200.0.1 tcp 80', 'reachable'],
    [
      'from the VPC to an instance that is not linked',
      (s) => {
        link(s, '172.16.0.0/12')
        addClassic(s, 'm', { intranetAddress: '10.200.0.2' })
      },
      'eni-a > 10.200.0.2 tcp 80',
      'unreachable classiclink.absent',
    ],

    [
      'an address of the classic network that nobody has',
      (s) => link(s, '172.16.0.0/12'),
      'eni-a > 10.200.0.9 tcp 80',
      'unreachable classiclink.absent',
    ],
    [
      'an instance beside the linked one that is not linked',
      (s) => {
        link(s, '172.16.0.0/12')
        addClassic(s, 'm', { intranetAddress: '10.200.0.2' })
      },
      'eni-a > 10.200.0.2 tcp 80',
      'unreachable classiclink.absent',
    ],
  ],
  'classiclink.primary-cidr': [
    [
      'into a further range',
      (s) => {
        link(s, '172.16.0.0/12')
        s.vpc[0].cidrs.push('10.1.0.0/16')
        addSubnet(s, 'vsw-4', 'vpc-1', '10.1.4.0/24')
        addInstance(s, 'd', 'vsw-4', '10.1.4.11')
      },
      'i-k > 10.1.4.11 tcp 80',
      'unreachable classiclink.outside-primary',
    ],
    [
      'from a further range',
      (s) => {
        link(s, '172.16.0.0/12')
        s.vpc[0].cidrs.push('10.1.0.0/16')
        addSubnet(s, 'vsw-4', 'vpc-1', '10.1.4.0/24')
        addInstance(s, 'd', 'vsw-4', '10.1.4.11')
      },
      'eni-d > 10.200.0.1 tcp 80',
      'unreachable classiclink.outside-primary',
    ],
  ],
  'classiclink.ten-slash-eight': [
    [
      'outside 10.111.0.0/16',
      (s) => link(s, '10.0.0.0/8'),
      fromClassic,
      'unreachable classiclink.subnet-not-covered',
    ],
    [
      'inside it',
      (s) => {
        link(s, '10.0.0.0/8')
        addSubnet(s, 'vsw-4', 'vpc-1', '10.111.4.0/24')
        addInstance(s, 'd', 'vsw-4', '10.111.4.11')
      },
      'i-k > 10.111.4.11 tcp 80',
      'reachable',
    ],
  ],
  'classiclink.guest-route': [
    [
      'a guest nobody looked into',
      (s) => link(s, '192.168.0.0/16'),
      'i-k > 192.168.1.12 tcp 80',
      'reachable',
    ],
    [
      'a guest without the route',
      (s) => {
        link(s, '192.168.0.0/16')
        addGuest(s, 'k', { routes: [] })
      },
      'i-k > 192.168.1.12 tcp 80',
      'unreachable guest.route-missing',
    ],
    [
      'its replies need the route as well',
      (s) => {
        link(s, '192.168.0.0/16')
        addGuest(s, 'k', { routes: [] })
      },
      'eni-a > 10.200.0.1 tcp 80',
      'unreachable guest.route-missing on return',
    ],
    [
      'a guest with the route',
      (s) => {
        link(s, '192.168.0.0/16')
        addGuest(s, 'k', {
          routes: [{ destination: '192.168.0.0/16', networkInterfaceId: 'eni-a' }],
        })
      },
      'i-k > 192.168.1.12 tcp 80',
      'reachable',
    ],
    [
      'other ranges need none',
      (s) => {
        link(s, '172.16.0.0/12')
        addGuest(s, 'k', { routes: [] })
      },
      'i-k > 172.16.1.12 tcp 80',
      'reachable',
    ],
  ],
  'guest.connected-interface': [
    [
      'by the interface in that vSwitch',
      (s) => {
        secondInterface(s)
        closeOutbound(s, 'eni-a2')
      },
      'i-a > 10.1.2.11 tcp 80',
      'unreachable sg.egress.no-match',
    ],
    [
      'by the primary one elsewhere',
      (s) => {
        secondInterface(s)
        closeOutbound(s, 'eni-a2')
      },
      'i-a > 10.1.1.12 tcp 80',
      'reachable',
    ],
    [
      'over IPv6 by the one that has an address of it',
      (s) => {
        addInterface(s, 'a2', 'vsw-1', '10.1.1.44', 'a')
        addIpv6(s, 'a2', '2408:4000:1:1::44')
        addIpv6(s, 'b', '2408:4000:1:1::12')
      },
      'i-a > 2408:4000:1:1::12 tcp 80',
      'reachable',
    ],
    [
      'over IPv6 by none where no interface has an address of it',
      (s) => {
        addInterface(s, 'a2', 'vsw-1', '10.1.1.44', 'a')
        addIpv6(s, 'b', '2408:4000:1:1::12')
      },
      'i-a > 2408:4000:1:1::12 tcp 80',
      'unreachable query.no-common-ip-version',
    ],
  ],
  'guest.policy-routing': [
    [
      'replies leave where the request came in',
      (s) => secondAddress(s),
      '203.0.113.9 > 47.1.0.9 tcp 80',
      'reachable',
    ],
    [
      'a seen guest without rules replies by its default route',
      (s) => {
        secondAddress(s)
        addGuest(s, 'a', { routes: [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-a' }] })
      },
      '203.0.113.9 > 47.1.0.9 tcp 80',
      'unreachable route.return.none on return',
    ],
    [
      'and past the wrong translation',
      (s) => {
        secondAddress(s)
        addNat(s)
        addGuest(s, 'a', { routes: [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-a' }] })
      },
      '203.0.113.9 > 47.1.0.9 tcp 80',
      'unreachable nat.return-bypass on return',
    ],
    [
      'a rule for its source leads back',
      (s) => {
        secondAddress(s)
        addGuest(s, 'a', {
          routes: [
            { destination: '0.0.0.0/0', networkInterfaceId: 'eni-a' },
            { destination: '0.0.0.0/0', networkInterfaceId: 'eni-a2', table: 1001 },
          ],
          rules: [
            { priority: 100, from: '10.1.2.22/32', table: 1001 },
            { priority: 32766, table: 254 },
          ],
        })
      },
      '203.0.113.9 > 47.1.0.9 tcp 80',
      'reachable',
    ],
    [
      'no route at all',
      (s) => addGuest(s, 'a', { routes: [] }),
      'i-a > 10.1.1.12 tcp 80',
      'unreachable guest.route-missing',
    ],
    [
      'the lower metric counts',
      (s) => {
        secondInterface(s)
        closeOutbound(s, 'eni-a2')
        addGuest(s, 'a', {
          routes: [
            { destination: '10.1.0.0/16', networkInterfaceId: 'eni-a2', metric: 10 },
            { destination: '10.1.0.0/16', networkInterfaceId: 'eni-a', metric: 5 },
          ],
        })
      },
      'i-a > 10.1.2.11 tcp 80',
      'reachable',
    ],

    [
      'a relay that knows no way',
      (s) => {
        relay(s)
        forwardBy(s, '10.9.0.0/16', 'eni-f')
      },
      across,
      'unreachable guest.route-missing',
    ],
    [
      'a relay that goes on by another interface',
      (s) => {
        relay(s)
        addInterface(s, 'f2', 'vsw-2', '10.1.2.33', 'f')
        forwardBy(s, '0.0.0.0/0', 'eni-f2')
      },
      across,
      'reachable',
    ],
    [
      'a relay that goes on by an interface that is not ready',
      (s) => {
        relay(s)
        addInterface(s, 'f2', 'vsw-2', '10.1.2.33', 'f')
        find(s.networkInterface, 'eni-f2').state = 'Detaching'
        forwardBy(s, '0.0.0.0/0', 'eni-f2')
      },
      across,
      'unreachable eni.bad-state',
    ],
    [
      'a reply by an interface that is not ready',
      (s) => {
        addInterface(s, 'c2', 'vsw-1', '10.1.1.33', 'c')
        find(s.networkInterface, 'eni-c2').state = 'Detaching'
        const routes = [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-c2' }]
        addGuest(s, 'c', { routes })
      },
      across,
      'unreachable eni.bad-state on return',
    ],
  ],
  'guest.forwarding': [
    ['forwarding is on', (s) => relay(s, true), across, 'reachable'],
    [
      'forwarding is off',
      (s) => relay(s, false),
      across,
      'unreachable instance.ip-forward-disabled',
    ],
    [
      'nobody looked',
      (s) => {
        relay(s)
        s.guests = []
      },
      across,
      'undetermined',
    ],
    [
      'what is addressed to it needs no forwarding',
      (s) => {
        relay(s, false)
        addRoute(s, 'rtb-x', '10.1.3.0/24', { kind: 'instance', id: 'i-f' })
      },
      'eni-a > 10.1.3.11 tcp 80',
      'reachable',
    ],

    [
      'through two of them, one after the other',
      (s) => {
        twoRelays(s)
      },
      across,
      'reachable',
    ],
    [
      'through two of them, the second of which does not forward',
      (s) => {
        twoRelays(s, false)
      },
      across,
      'unreachable instance.ip-forward-disabled',
    ],
  ],
}

function nothing(): void {}

function vpn(s: Sketch) {
  const { provider, account, region } = s.vpc[0]
  s.vpnGateway.push({ provider, account, region, id: 'vpn-1' })
  return { kind: 'vpnGateway', id: 'vpn-1' } as const
}

/** A service in 100.118.28.0/24 that listens on TCP and UDP 443. */
function oss(s: Sketch, vpcId?: string): void {
  const { provider, account, region } = s.vpc[0]
  const where = { provider, account, region, ...(vpcId === undefined ? {} : { vpcId }) }
  const ports = [{ from: 443, to: 443 }]
  s.cloudService.push({ ...where, id: 'oss', cidrs: ['100.118.28.0/24'], ports })
}

function router(id: string) {
  return { kind: 'routerInterface', id } as const
}

function longerAndShorter(s: Sketch): void {
  addRoute(s, 'rtb-1', '172.31.0.0/16', { kind: 'blackhole' })
  addRoute(s, 'rtb-1', '172.31.1.0/24', vpn(s))
  addRoute(s, 'rtb-1', '::/0', { kind: 'blackhole' })
}

/** Two router interfaces of vpc-1 with weights, the second out of order; one way back. */
function linkByRouters(s: Sketch, first: number, second: number): void {
  addRouterInterfaces(s)
  const { provider, account, region } = s.vpc[0]
  const third = { provider, account, region, id: 'ri-3', vpcId: 'vpc-1', oppositeVpcId: 'vpc-2' }
  s.routerInterface.push({ ...third, state: 'Inactive' })
  const hops = [
    { target: router('ri-1'), weight: first },
    { target: router('ri-3'), weight: second },
  ]
  addRoute(s, 'rtb-1', '10.2.0.0/16', ...hops)
  addRoute(s, 'rtb-2', '10.1.0.0/16', router('ri-2'))
}

function hopsOf(s: Sketch) {
  return find(s.routeTable, 'rtb-1').routes[0].nextHops
}

/** i-f in vsw-3, through which vsw-1 reaches vsw-2. */
function relay(s: Sketch, ipForward = true): void {
  addSubnet(s, 'vsw-3', 'vpc-1', '10.1.3.0/24')
  addInstance(s, 'f', 'vsw-3', '10.1.3.11')
  addGuest(s, 'f', { ipForward })
  addTable(s, 'rtb-x', 'vsw-1')
  addRoute(s, 'rtb-x', '10.1.2.0/24', { kind: 'instance', id: 'i-f' })
}

/** Some interfaces may not have been read. */
function unseen(s: Sketch): void {
  s.gaps.push({ kind: 'networkInterface', provider: 'alibaba', call: 'Describe' })
}

/** A managed database with two addresses in the range of vsw-1. */
function database(s: Sketch, vpcId = 'vpc-1'): void {
  const { provider, account, region } = s.vpc[0]
  const where = { provider, account, region, vpcId }
  s.cloudService.push({ ...where, id: 'rm-1', cidrs: ['10.1.1.50/31'] })
}

/** i-k of the classic network has 47.1.0.1, eni-a has 47.1.0.8. */
function callClassic(s: Sketch): void {
  addClassic(s, 'k', { intranetAddress: '10.200.0.1', publicAddress: '47.1.0.1' })
  const open = { ...admit('in'), nic: 'internet' } as const
  find(s.securityGroup, 'sg-classic').rules.push(open)
  addEip(s, '47.1.0.8', { kind: 'instance', id: 'i-a' })
}

/** The tables that i-f was seen with: one route. */
function forwardBy(s: Sketch, destination: string, networkInterfaceId: string): void {
  const guest = s.guests.find(({ instanceId }) => instanceId === 'i-f')
  if (guest) guest.routes = [{ destination, networkInterfaceId }]
}

/** i-g in vsw-4 takes what i-f sends on. */
function twoRelays(s: Sketch, ipForward = true): void {
  relay(s)
  addSubnet(s, 'vsw-4', 'vpc-1', '10.1.4.0/24')
  addInstance(s, 'g', 'vsw-4', '10.1.4.11')
  addGuest(s, 'g', { ipForward })
  addTable(s, 'rtb-y', 'vsw-3')
  addRoute(s, 'rtb-y', '10.1.2.0/24', { kind: 'instance', id: 'i-g' })
}

/** Gives eni-f a group without rules. */
function closeRelay(s: Sketch): void {
  closeOutbound(s, 'eni-f')
  find(s.securityGroup, 'sg-x').type = 'basic'
}

/** Now vsw-2 reaches vsw-1 through the relay, and vsw-1 goes straight. */
function swapTables(s: Sketch): void {
  delete find(s.subnet, 'vsw-1').routeTableId
  find(s.subnet, 'vsw-2').routeTableId = 'rtb-x'
  addRoute(s, 'rtb-x', '10.1.1.0/24', { kind: 'instance', id: 'i-f' })
}

function twinRanges(s: Sketch): void {
  s.vpc[1].cidrs = ['10.1.0.0/16']
  find(s.subnet, 'vsw-9').cidr = '10.1.9.0/24'
  find(s.networkInterface, 'eni-z').addresses = ['10.1.9.11']
  addSubnet(s, 'vsw-8', 'vpc-2', '10.1.1.0/24')
  addInstance(s, 'y', 'vsw-8', '10.1.1.11')
  addPeering(s)
  addRoute(s, 'rtb-1', '10.1.9.0/24', { kind: 'peering', id: 'pcc-1' })
}

/** Moves vpc-1 into another primary range: vsw-1 becomes its .1.0/24, vsw-2 its .2.0/24. */
function setPrimary(s: Sketch, cidr: string): void {
  const base = new Map([
    ['172.16.0.0/12', '172.16'],
    ['192.168.0.0/16', '192.168'],
  ])
  s.vpc[0].cidrs = [cidr]
  const start = base.get(cidr) ?? '10.1'
  for (const subnet of s.subnet.filter(({ vpcId }) => vpcId === 'vpc-1')) {
    subnet.cidr = subnet.cidr.replace('10.1', start)
  }
  for (const eni of s.networkInterface.filter(({ vpcId }) => vpcId === 'vpc-1')) {
    eni.addresses = eni.addresses.map((address) => address.replace('10.1', start))
  }
}

/** i-k, 10.200.0.1, linked to vpc-1 of that primary range. */
function link(s: Sketch, primary: string): void {
  setPrimary(s, primary)
  addClassic(s, 'k', { intranetAddress: '10.200.0.1', linkedVpcId: 'vpc-1' })
}

function secondInterface(s: Sketch): void {
  addInterface(s, 'a2', 'vsw-2', '10.1.2.22', 'a')
}

function secondAddress(s: Sketch): void {
  secondInterface(s)
  addEip(s, '47.1.0.9', { kind: 'networkInterface', id: 'eni-a2' })
}

/** Puts an interface into an enterprise group without rules. */
function closeOutbound(s: Sketch, eniId: string): void {
  const { provider, account, region } = s.vpc[0]
  const common = { provider, account, region, id: 'sg-x', vpcId: 'vpc-1' }
  s.securityGroup.push({ ...common, type: 'enterprise', intraGroup: 'drop', rules: [] })
  setRules(s, 'sg-1', admit('in'))
  find(s.networkInterface, eniId).securityGroupIds = ['sg-x']
}
