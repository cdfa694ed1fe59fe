// table: the cases of the Internet, public addresses, NAT gateways and IPv6, semantic by semantic
import type { AlibabaSemantic } from '#fabric'
import type { Sketch } from '#conformance'
import type { Case } from './tiny-case.ts'
import {
  addEip,
  addGateway,
  addGuest,
  addHaVip,
  addInstance,
  addInterface,
  addIpv6,
  addNat,
  addPeering,
  addRoute,
  addSubnet,
  addTable,
  admit,
  find,
  setRules,
} from './tiny-network.ts'

type Edge = Extract<AlibabaSemantic, `${'internet' | 'eip' | 'nat' | 'ipv6'}.${string}`>

const outward = 'eni-a > 203.0.113.9 tcp 443'
const inward = '203.0.113.9 > 47.1.0.8 tcp 80'
const toNat = '203.0.113.9 > 47.1.0.1 tcp 80'
const blackhole = { kind: 'blackhole' } as const

/** What the walk says of the Internet, public addresses, NAT gateways and IPv6. */
export const edgeCases: Readonly<Record<Edge, readonly Case[]>> = {
  'internet.default-bypass': [
    [
      'past a blackhole',
      (s) => {
        eipOfA(s)
        addRoute(s, 'rtb-1', '0.0.0.0/0', blackhole)
      },
      outward,
      'reachable',
    ],
    [
      'without a public address by the route',
      (s) => addRoute(s, 'rtb-1', '0.0.0.0/0', blackhole),
      outward,
      'unreachable route.blackhole',
    ],
    [
      'gateways that were not read',
      (s) => {
        eipOfA(s)
        gap(s, 'internetGateway')
      },
      outward,
      'undetermined',
    ],
    [
      'a private reply that leaves with a public address',
      (s) => {
        publicRange(s)
        addEip(s, '47.1.0.9', { kind: 'instance', id: 'i-z' })
      },
      'eni-a > 10.2.1.11 tcp 80',
      'unreachable nat.return-bypass on return',
    ],

    [
      'an IPv6 packet needs no list of public addresses',
      (s) => {
        six(s, 'both')
        gap(s, 'publicAddress')
      },
      'eni-a > 2001:db8::9 tcp 443',
      'reachable',
    ],
    [
      'a VPC without Internet has no use for a public address that was not read',
      (s) => {
        s.vpc[0].internetAccess = 'none'
        gap(s, 'publicAddress')
      },
      outward,
      'unreachable route.none',
    ],
    [
      'any other may have one that was not read',
      (s) => gap(s, 'publicAddress'),
      outward,
      'undetermined',
    ],
  ],
  'internet.gateway-mode': [
    [
      'no route to the gateway',
      (s) => {
        eipOfA(s)
        addGateway(s, 'ipv4')
      },
      outward,
      'unreachable route.none',
    ],
    ['a route to the gateway', (s) => gatewayMode(s), outward, 'reachable'],
    [
      'inbound replies need it, too',
      (s) => {
        eipOfA(s)
        addGateway(s, 'ipv4')
      },
      inward,
      'unreachable route.return.none on return',
    ],
    [
      'a gateway that is not activated',
      (s) => {
        gatewayMode(s).enabled = false
        find(s.publicAddress, 'eip-1').state = 'Associating'
      },
      outward,
      'unreachable route.next-hop-down',
    ],
  ],
  'internet.gateway-needs-public': [
    [
      'no public address',
      (s) => {
        gatewayMode(s)
      },
      'eni-b > 203.0.113.9 tcp 443',
      'unreachable igw.no-public-mapping.egress',
    ],
    [
      'a private destination',
      (s) => {
        gatewayMode(s)
      },
      'eni-a > 172.31.0.9 tcp 443',
      'unreachable igw.private-destination',
    ],

    [
      'an IP mapping of a NAT gateway is none of its own',
      (s) => {
        gatewayMode(s)
        addNat(s).dnat.push(mapping(s))
        find(s.routeTable, 'rtb-1').routes.pop()
      },
      'eni-b > 203.0.113.9 tcp 443',
      'unreachable igw.no-public-mapping.egress',
    ],
    [
      'the public address of the source counts, whoever relays it',
      (s) => {
        gatewayMode(s)
        relayOut(s)
      },
      outward,
      'reachable',
    ],
    [
      'the public address of the relay does not',
      (s) => {
        gatewayMode(s)
        relayOut(s)
        addEip(s, '47.1.0.9', { kind: 'instance', id: 'i-f' })
      },
      'eni-b > 203.0.113.9 tcp 443',
      'unreachable igw.no-public-mapping.egress',
    ],
    [
      'an IPv6 gateway carries no IPv4',
      (s) => {
        gatewayMode(s)
        find(s.routeTable, 'rtb-1').routes = []
        addGateway(s, 'ipv6')
        addRoute(s, 'rtb-1', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-6' })
      },
      outward,
      'unreachable igw.no-public-mapping.egress',
    ],
  ],
  'internet.vpc-ranges-private': [
    [
      'the own range follows the table',
      (s) => {
        eipOfA(s)
        s.vpc[0].cidrs.push('30.0.0.0/16')
      },
      'eni-a > 30.0.0.9 tcp 443',
      'unreachable route.none',
    ],
    [
      'that of another VPC does not',
      (s) => {
        eipOfA(s)
        s.vpc[1].cidrs.push('30.0.0.0/16')
      },
      'eni-a > 30.0.0.9 tcp 443',
      'reachable',
    ],
    [
      'a NAT gateway does not look for it outside',
      (s) => {
        addNat(s)
        s.vpc[0].cidrs.push('30.0.0.0/16')
      },
      'eni-a > 30.0.0.9 tcp 443',
      'unreachable igw.private-destination',
    ],
    [
      'an IPv4 gateway does not look for it outside',
      (s) => {
        eipOfA(s)
        addGateway(s, 'ipv4')
        addRoute(s, 'rtb-1', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-4' })
        s.vpc[0].cidrs.push('30.0.0.0/16')
      },
      'eni-a > 30.0.0.9 tcp 443',
      'unreachable igw.private-destination',
    ],
  ],
  'internet.user-cidr': [
    [
      'it follows the table',
      (s) => {
        eipOfA(s)
        s.vpc[0].userCidrs = ['40.0.0.0/8']
      },
      'eni-a > 40.0.0.9 tcp 443',
      'unreachable route.none',
    ],
    [
      'and its neighbour does not',
      (s) => {
        eipOfA(s)
        s.vpc[0].userCidrs = ['40.0.0.0/8']
      },
      'eni-a > 41.0.0.9 tcp 443',
      'reachable',
    ],
  ],
  'internet.private-mode': [
    [
      'in',
      (s) => {
        eipOfA(s)
        s.vpc[0].internetAccess = 'none'
      },
      inward,
      'unreachable igw.absent',
    ],
    [
      'out',
      (s) => {
        addNat(s)
        s.vpc[0].internetAccess = 'none'
      },
      outward,
      'unreachable igw.absent',
    ],
    [
      'past the table',
      (s) => {
        eipOfA(s)
        s.vpc[0].internetAccess = 'none'
      },
      outward,
      'unreachable route.none',
    ],
  ],
  'internet.gateway-table': [
    ['through a forwarding instance', (s) => steered(s, true), inward, 'reachable'],
    [
      'through one that does not forward',
      (s) => steered(s, false),
      inward,
      'unreachable instance.ip-forward-disabled',
    ],
    [
      'replies to the inside are steered as well',
      (s) => steered(s, false),
      outward,
      'unreachable instance.ip-forward-disabled on return',
    ],
    [
      'what came through a NAT gateway is not',
      (s) => {
        steered(s, false)
        addNat(s).dnat.push(door())
        find(s.routeTable, 'rtb-1').routes.pop()
        natRoutes(s)
      },
      toNat,
      'reachable',
    ],
    [
      'replies to SNAT neither',
      (s) => {
        steered(s, false)
        addNat(s)
        find(s.routeTable, 'rtb-1').routes.pop()
        natRoutes(s)
      },
      'eni-b > 203.0.113.9 tcp 443',
      'reachable',
    ],

    [
      'replies to an IP mapping neither',
      (s) => {
        steered(s, false)
        addNat(s).dnat.push(mapping(s))
        find(s.routeTable, 'rtb-1').routes.pop()
        natRoutes(s)
      },
      'eni-b > 203.0.113.9 tcp 443',
      'reachable',
    ],
    [
      'a route of it that is not in service steers nothing',
      (s) => {
        steered(s, false)
        find(s.routeTable, 'rtb-gw').routes[0].state = 'Pending'
      },
      inward,
      'reachable',
    ],
    [
      'a table that was not read',
      (s) => {
        steered(s, true)
        s.gaps.push({ kind: 'routeTable', provider: 'alibaba', id: 'rtb-gw', call: 'Describe' })
      },
      inward,
      'undetermined',
    ],
    [
      'an instance that is not there',
      (s) => {
        steered(s, true)
        redirect(s, 'i-none')
      },
      inward,
      'unreachable route.next-hop-unresolved',
    ],
    [
      'an instance that may not have been read',
      (s) => {
        steered(s, true)
        redirect(s, 'i-none')
        s.gaps.push({ kind: 'instance', provider: 'alibaba', call: 'Describe' })
      },
      inward,
      'undetermined',
    ],
    [
      'an instance that is the destination itself',
      (s) => {
        steered(s, false)
        redirect(s, 'i-a')
      },
      inward,
      'reachable',
    ],
    [
      'the forwarding instance knows no way',
      (s) => {
        steered(s, true)
        guestOf(s, 'i-f').routes = [{ destination: '10.9.0.0/16', networkInterfaceId: 'eni-f' }]
      },
      inward,
      'unreachable guest.route-missing',
    ],
    [
      'the forwarding instance goes on by an interface that is not ready',
      (s) => {
        steered(s, true)
        addInterface(s, 'f2', 'vsw-1', '10.1.1.23', 'f')
        find(s.networkInterface, 'eni-f2').state = 'Attaching'
        guestOf(s, 'i-f').routes = [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-f2' }]
      },
      inward,
      'unreachable eni.bad-state',
    ],
    [
      'the forwarding instance goes on by another interface',
      (s) => {
        steered(s, true)
        addInterface(s, 'f2', 'vsw-1', '10.1.1.23', 'f')
        guestOf(s, 'i-f').routes = [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-f2' }]
      },
      inward,
      'reachable',
    ],
  ],
  'eip.one-private-address': [
    [
      'the address it maps',
      (s) => {
        eipOfSecond(s)
      },
      '10.1.1.21@vpc-1 > 203.0.113.9 tcp 443',
      'reachable',
    ],
    [
      'another one of the interface',
      (s) => {
        eipOfSecond(s)
      },
      outward,
      'unreachable route.none',
    ],
    [
      'a HaVip of its own',
      (s) => {
        addHaVip(s, 'i-c')
        addEip(s, '47.1.0.9', { kind: 'haVip', id: 'havip-1' })
      },
      '203.0.113.9 > 47.1.0.9 tcp 80',
      'reachable',
    ],
    [
      'a HaVip nobody announces',
      (s) => {
        addHaVip(s)
        addEip(s, '47.1.0.9', { kind: 'haVip', id: 'havip-1' })
      },
      '203.0.113.9 > 47.1.0.9 tcp 80',
      'unreachable havip.no-master',
    ],
  ],
  'eip.in-use': [
    [
      'in while it is being bound',
      (s) => {
        eipOfA(s)
        find(s.publicAddress, 'eip-1').state = 'Associating'
      },
      inward,
      'unreachable eip.bad-state',
    ],
    [
      'out while it is being bound',
      (s) => {
        eipOfA(s)
        find(s.publicAddress, 'eip-1').state = 'Associating'
      },
      outward,
      'unreachable route.none',
    ],
    [
      'in while it is locked',
      (s) => {
        eipOfA(s)
        find(s.publicAddress, 'eip-1').locks = ['financial']
      },
      inward,
      'unreachable eip.bad-state',
    ],
    [
      'bound to nothing',
      (s) => {
        addEip(s, '47.1.0.8', undefined)
        find(s.publicAddress, 'eip-1').state = 'Available'
      },
      inward,
      'unreachable eip.not-bound',
    ],
    [
      'bound to a load balancer',
      (s) => addEip(s, '47.1.0.8', { kind: 'loadBalancer', id: 'lb-1' }),
      inward,
      'undetermined',
    ],
    ['an address of somebody else', nothing, inward, 'reachable'],
    [
      'an address that may not have been read',
      (s) => gap(s, 'publicAddress'),
      inward,
      'undetermined',
    ],
  ],
  'eip.protocols': [
    ['ICMP in', (s) => eipOfA(s), '203.0.113.9 > 47.1.0.8 icmp', 'reachable'],
    [
      'GRE in',
      (s) => eipOfA(s),
      '203.0.113.9 > 47.1.0.8 gre',
      'unreachable nat.protocol-unsupported',
    ],
    [
      'GRE out',
      (s) => eipOfA(s),
      'eni-a > 203.0.113.9 gre',
      'unreachable nat.protocol-unsupported',
    ],
  ],
  'eip.cut-through': [
    ['it carries GRE', (s) => cutThrough(s), '203.0.113.9 > 47.1.0.9 gre', 'reachable'],
    ['it is the source', (s) => cutThrough(s), 'eni-a2 > 203.0.113.9 gre', 'reachable'],
    [
      'the private address is gone',
      (s) => cutThrough(s),
      'eni-b > 10.1.1.22 tcp 80',
      'unreachable address.not-assigned',
    ],
  ],
  'nat.in-service': [
    [
      'it is being made',
      (s) => {
        addNat(s).state = 'Creating'
      },
      outward,
      'unreachable nat.bad-state',
    ],
    [
      'it is locked',
      (s) => {
        addNat(s).locks = ['financial']
      },
      outward,
      'unreachable nat.bad-state',
    ],
    [
      'inbound as well',
      (s) => {
        addNat(s).state = 'Creating'
      },
      toNat,
      'unreachable nat.bad-state',
    ],
    [
      'for the intranet it is not analysed',
      (s) => {
        addNat(s).reach = 'intranet'
      },
      outward,
      'undetermined',
    ],
  ],
  'nat.snat-needed': [
    [
      'an entry',
      (s) => {
        addNat(s)
      },
      outward,
      'reachable',
    ],
    [
      'no entry',
      (s) => {
        addNat(s).snat = []
      },
      outward,
      'unreachable nat.snat-missing',
    ],
    [
      'no active entry',
      (s) => {
        addNat(s).snat[0].state = 'Pending'
      },
      outward,
      'unreachable nat.snat-missing',
    ],
    [
      'no usable address',
      (s) => {
        addNat(s)
        find(s.publicAddress, 'eip-1').locks = ['x']
      },
      outward,
      'unreachable nat.no-addresses',
    ],
    [
      'entries that were not read',
      (s) => {
        addNat(s)
        gap(s, 'natGateway', 'ngw-1')
      },
      outward,
      'undetermined',
    ],
    [
      'a private destination',
      (s) => {
        addNat(s)
      },
      'eni-a > 172.31.0.9 tcp 80',
      'unreachable igw.private-destination',
    ],

    [
      'an address that may not have been read',
      (s) => {
        addGateway(s, 'ipv4')
        addNat(s).snat[0].addresses = ['47.9.9.9']
        natRoutes(s)
        gap(s, 'publicAddress')
      },
      outward,
      'undetermined',
    ],
  ],
  'nat.snat-longest-source': [
    [
      'the longest decides even when it is ailing',
      (s) => {
        const { snat } = addNat(s)
        snat.push({ ...snat[0], id: 's2', source: '10.1.1.11/32', addresses: ['47.1.0.7'] })
      },
      outward,
      'unreachable nat.no-addresses',
    ],
    [
      'the others keep theirs',
      (s) => {
        const { snat } = addNat(s)
        snat.push({ ...snat[0], id: 's2', source: '10.1.1.11/32', addresses: [] })
      },
      'eni-b > 203.0.113.9 tcp 443',
      'reachable',
    ],
  ],
  'nat.own-address-first': [
    [
      'no SNAT entry is needed',
      (s) => {
        gatewayMode(s)
        addNat(s).snat = []
        find(s.routeTable, 'rtb-1').routes.shift()
        natRoutes(s)
      },
      outward,
      'reachable',
    ],
    [
      'nor used: the service behind the same gateway is reached',
      (s) => {
        eipOfA(s)
        addNat(s).dnat.push(door())
      },
      'eni-a > 47.1.0.1 tcp 80',
      'reachable',
    ],

    [
      'nor at a gateway that the packet passes',
      (s) => {
        gatewayMode(s)
        addNat(s).dnat.push(door())
        find(s.routeTable, 'rtb-1').routes.shift()
        natRoutes(s)
      },
      'eni-a > 47.1.0.1 tcp 80',
      'reachable',
    ],
  ],
  'nat.ip-mapping': [
    [
      'it is a way out of its own',
      (s) => {
        const nat = addNat(s)
        nat.snat = []
        nat.dnat.push(mapping(s))
        find(s.routeTable, 'rtb-1').routes = []
      },
      'eni-b > 203.0.113.9 tcp 443',
      'reachable',
    ],
    [
      'at the gateway as well',
      (s) => {
        addGateway(s, 'ipv4')
        const nat = addNat(s)
        nat.snat = []
        nat.dnat.push(mapping(s))
        natRoutes(s)
      },
      'eni-b > 203.0.113.9 tcp 443',
      'reachable',
    ],
    [
      'and every port in',
      (s) => {
        addNat(s).dnat.push(mapping(s))
      },
      '203.0.113.9 > 47.1.0.2 udp 999',
      'reachable',
    ],
    [
      'not with an EIP that is locked',
      (s) => {
        const nat = addNat(s)
        nat.snat = []
        nat.dnat.push(mapping(s))
        find(s.publicAddress, 'eip-2').locks = ['financial']
      },
      'eni-b > 203.0.113.9 tcp 443',
      'unreachable nat.snat-missing',
    ],

    [
      'of the gateway that the route names, where two have one',
      (s) => {
        twoMappings(s)
      },
      'eni-b > 203.0.113.9 tcp 443',
      'reachable',
    ],
    [
      'not of another gateway than the route names',
      (s) => {
        twoMappings(s).dnat = []
      },
      'eni-b > 203.0.113.9 tcp 443',
      'unreachable nat.snat-missing',
    ],
    [
      'the reply leaves with it, whichever interface sends',
      (s) => {
        const nat = addNat(s)
        find(s.routeTable, 'rtb-1').routes = []
        addInterface(s, 'b2', 'vsw-1', '10.1.1.22', 'b')
        addGuest(s, 'b', { routes: [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-b' }] })
        nat.dnat.push({ ...mapping(s), internalAddress: '10.1.1.22' })
      },
      '203.0.113.9 > 47.1.0.2 tcp 80',
      'reachable',
    ],
  ],
  'nat.protocols': [
    [
      'GRE out',
      (s) => {
        addNat(s)
      },
      'eni-a > 203.0.113.9 gre',
      'unreachable nat.protocol-unsupported',
    ],
    [
      'GRE in',
      (s) => {
        addNat(s).dnat.push(mapping(s))
      },
      '203.0.113.9 > 47.1.0.2 gre',
      'unreachable nat.protocol-unsupported',
    ],
    [
      'a port nobody forwards',
      (s) => {
        addNat(s).dnat.push(door())
      },
      '203.0.113.9 > 47.1.0.1 tcp 22',
      'unreachable nat.dnat-missing',
    ],
    [
      'the port becomes that of the server',
      (s) => {
        addNat(s).dnat.push({ ...door(), internalPort: { from: 8080, to: 8080 } })
        setRules(s, 'sg-1', { ...admit('in'), protocol: 6, ports: [{ from: 8080, to: 8080 }] })
      },
      toNat,
      'reachable',
    ],
    [
      'in a range by its distance from the first',
      (s) => {
        addNat(s).dnat.push({
          ...door(),
          externalPort: { from: 70, to: 90 },
          internalPort: { from: 8070, to: 8090 },
        })
        setRules(s, 'sg-1', { ...admit('in'), protocol: 6, ports: [{ from: 8080, to: 8080 }] })
      },
      toNat,
      'reachable',
    ],

    [
      'GRE out by an IP mapping',
      (s) => {
        addNat(s).dnat.push(mapping(s))
        find(s.routeTable, 'rtb-1').routes = []
      },
      'eni-b > 203.0.113.9 gre',
      'unreachable nat.protocol-unsupported',
    ],
  ],
  'nat.no-hairpin': [
    [
      'from behind the same gateway',
      (s) => {
        addNat(s).dnat.push(door())
      },
      'eni-a > 47.1.0.1 tcp 80',
      'unreachable nat.hairpin',
    ],
  ],
  'nat.own-table': [
    [
      'its vSwitch has no route to the gateway',
      (s) => {
        addGateway(s, 'ipv4')
        addNat(s)
        addTable(s, 'rtb-n', 'vsw-2')
      },
      outward,
      'unreachable route.none',
    ],
    [
      'its vSwitch has one',
      (s) => {
        addGateway(s, 'ipv4')
        addNat(s)
        natRoutes(s)
      },
      outward,
      'reachable',
    ],
    [
      'replies of its services need it, too',
      (s) => {
        addGateway(s, 'ipv4')
        addNat(s).dnat.push(door())
        addTable(s, 'rtb-n', 'vsw-2')
      },
      toNat,
      'unreachable route.return.none on return',
    ],
    [
      'gateways that were not read',
      (s) => {
        addNat(s)
        gap(s, 'internetGateway')
      },
      outward,
      'undetermined',
    ],

    [
      'its table was not read',
      (s) => {
        addGateway(s, 'ipv4')
        addNat(s)
        natRoutes(s)
        s.gaps.push({ kind: 'routeTable', provider: 'alibaba', id: 'rtb-n', call: 'Describe' })
      },
      outward,
      'undetermined',
    ],
    [
      'its vSwitch leads back to the NAT gateway itself',
      (s) => {
        addGateway(s, 'ipv4')
        addNat(s)
      },
      outward,
      'unreachable route.none',
    ],
    [
      'its vSwitch leads back to itself, for replies',
      (s) => {
        addGateway(s, 'ipv4')
        addNat(s).dnat.push(door())
      },
      toNat,
      'unreachable route.return.none on return',
    ],
    [
      'its vSwitch leads to an IPv6 gateway',
      (s) => {
        addGateway(s, 'ipv6')
        addGateway(s, 'ipv4')
        addNat(s)
        natRoutes(s)
        find(s.routeTable, 'rtb-n').routes = []
        addRoute(s, 'rtb-n', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-6' })
      },
      outward,
      'unreachable route.none',
    ],
  ],
  'nat.return-through': [
    [
      'by the same gateway, without an SNAT entry',
      (s) => {
        const nat = addNat(s)
        nat.snat = []
        nat.dnat.push(door())
      },
      toNat,
      'reachable',
    ],
    [
      'no route back',
      (s) => {
        addNat(s).dnat.push(door())
        find(s.routeTable, 'rtb-1').routes = []
      },
      toNat,
      'unreachable route.return.none on return',
    ],
    [
      'past it by an address of its own',
      (s) => {
        addNat(s).dnat.push(door())
        addEip(s, '47.1.0.9', { kind: 'instance', id: 'i-b' })
      },
      toNat,
      'unreachable nat.return-bypass on return',
    ],
    [
      'another way out',
      (s) => {
        addNat(s).dnat.push(door())
        addPeering(s)
        addRoute(s, 'rtb-1', '203.0.113.0/24', { kind: 'peering', id: 'pcc-1' })
      },
      toNat,
      'unreachable nat.return-bypass on return',
    ],
    [
      'by another address that the same gateway maps to the server',
      (s) => {
        addNat(s).dnat.push(door(), mapping(s))
      },
      toNat,
      'reachable',
    ],
    [
      'two public clients and servers',
      (s) => {
        eipOfA(s)
        addEip(s, '47.1.0.9', { kind: 'instance', id: 'i-z' })
      },
      'eni-a > 47.1.0.9 tcp 80',
      'reachable',
    ],
    [
      'past it by another NAT gateway',
      (s) => {
        const nat = addNat(s)
        nat.dnat.push(door())
        s.natGateway.push({ ...nat, id: 'ngw-2', dnat: [] })
        addRoute(s, 'rtb-1', '203.0.113.0/24', { kind: 'natGateway', id: 'ngw-2' })
      },
      toNat,
      'unreachable nat.return-bypass on return',
    ],
    [
      'an EIP that was called, by a NAT gateway',
      (s) => {
        secondEip(s)
      },
      '203.0.113.9 > 47.1.0.9 tcp 80',
      'unreachable nat.return-bypass on return',
    ],

    [
      'an EIP that was called, by a peering',
      (s) => {
        gatewayMode(s)
        addPeering(s)
        addRoute(s, 'rtb-1', '203.0.113.0/24', { kind: 'peering', id: 'pcc-1' })
      },
      inward,
      'unreachable nat.return-bypass on return',
    ],
    [
      'an EIP that was called, by a VPN gateway',
      (s) => {
        gatewayMode(s)
        addRoute(s, 'rtb-1', '203.0.113.0/24', vpn(s))
      },
      inward,
      'unreachable nat.return-bypass on return',
    ],
    [
      'a client whose address the VPC has itself',
      (s) => {
        eipOfA(s)
        s.vpc[0].cidrs.push('203.0.113.0/24')
        addSubnet(s, 'vsw-5', 'vpc-1', '203.0.113.0/24')
      },
      inward,
      'unreachable nat.return-bypass on return',
    ],
  ],
  'ipv6.bandwidth': [
    [
      'out without any',
      (s) => six(s, 'none'),
      'eni-a > 2001:db8::9 tcp 443',
      'unreachable igw.no-public-mapping.egress',
    ],
    [
      'in without any',
      (s) => six(s, 'none'),
      '2001:db8::9 > 2408:4000:1:1::a tcp 443',
      'unreachable igw.no-public-mapping.ingress',
    ],
    ['in and out', (s) => six(s, 'both'), '2001:db8::9 > 2408:4000:1:1::a tcp 443', 'reachable'],
    ['nobody looked', (s) => six(s), 'eni-a > 2001:db8::9 tcp 443', 'undetermined'],
    [
      'a private destination',
      (s) => six(s, 'both'),
      'eni-a > fd00::1 tcp 443',
      'unreachable igw.private-destination',
    ],
    [
      'nobody looked at the called address, and the reply takes another way',
      (s) => {
        six(s)
        find(s.routeTable, 'rtb-1').routes = []
        addRoute(s, 'rtb-1', '::/0', vpn(s))
      },
      '2001:db8::9 > 2408:4000:1:1::a tcp 443',
      'undetermined',
    ],
    [
      'nobody looked at the caller, whose reply comes over the Internet',
      (s) => {
        sixOfBoth(s, undefined, 'both')
        addPeering(s)
        addRoute(s, 'rtb-1', '2408:4000:2::/56', { kind: 'peering', id: 'pcc-1' })
        addRoute(s, 'rtb-2', '::/0', { kind: 'internetGateway', id: 'igw-7' })
      },
      'eni-a > 2408:4000:2:1::a tcp 443',
      'undetermined',
    ],

    [
      'nobody looked at the called interface, whose reply leaves for the Internet',
      (s) => {
        sixOfBoth(s, 'both', undefined)
        addPeering(s)
        addRoute(s, 'rtb-1', '2408:4000:2::/56', { kind: 'peering', id: 'pcc-1' })
        addRoute(s, 'rtb-2', '::/0', { kind: 'internetGateway', id: 'igw-7' })
      },
      'eni-a > 2408:4000:2:1::a tcp 443',
      'undetermined',
    ],
    [
      'in without any, although the reply could take another way',
      (s) => {
        six(s, 'none')
        find(s.routeTable, 'rtb-1').routes = []
        addRoute(s, 'rtb-1', '::/0', vpn(s))
      },
      '2001:db8::9 > 2408:4000:1:1::a tcp 443',
      'unreachable igw.no-public-mapping.ingress',
    ],
  ],
  'ipv6.egress-only': [
    ['out', (s) => six(s, 'egress-only'), 'eni-a > 2001:db8::9 tcp 443', 'reachable'],
    [
      'in',
      (s) => six(s, 'egress-only'),
      '2001:db8::9 > 2408:4000:1:1::a tcp 443',
      'unreachable ipv6.egress-only',
    ],
  ],
  'ipv6.range-of-vpc': [
    [
      'the sender’s own VPC',
      (s) => six(s, 'both'),
      'eni-a > 2408:4000:1:9::9 tcp 443',
      'unreachable address.not-assigned',
    ],
    [
      'from outside',
      (s) => six(s, 'both'),
      '2001:db8::9 > 2408:4000:1:1::fff tcp 443',
      'unreachable address.not-assigned',
    ],
    [
      'a range of nobody’s VPC',
      (s) => six(s, 'both'),
      'eni-a > 2408:4000:9:9::9 tcp 443',
      'reachable',
    ],
  ],
  'ipv6.gateway': [
    [
      'no route',
      (s) => {
        six(s, 'both')
        find(s.routeTable, 'rtb-1').routes = []
      },
      'eni-a > 2001:db8::9 tcp 443',
      'unreachable route.none',
    ],
    [
      'no gateway, inbound',
      (s) => {
        six(s, 'both')
        s.internetGateway = []
      },
      '2001:db8::9 > 2408:4000:1:1::a tcp 443',
      'unreachable igw.absent',
    ],
    [
      'a gateway that is off',
      (s) => {
        six(s, 'both')
        s.internetGateway[0].enabled = false
      },
      'eni-a > 2001:db8::9 tcp 443',
      'unreachable route.next-hop-down',
    ],
    [
      'no address of that family',
      nothing,
      'eni-a > 2001:db8::9 tcp 443',
      'unreachable query.no-common-ip-version',
    ],

    [
      'a gateway that is off, although the reply could take another way',
      (s) => {
        six(s, 'both')
        s.internetGateway[0].enabled = false
        find(s.routeTable, 'rtb-1').routes = []
        addRoute(s, 'rtb-1', '::/0', vpn(s))
      },
      '2001:db8::9 > 2408:4000:1:1::a tcp 443',
      'unreachable igw.absent',
    ],
  ],
}

function nothing(): void {}

function gap(s: Sketch, kind: 'internetGateway' | 'publicAddress' | 'natGateway', id?: string) {
  s.gaps.push({ kind, provider: 'alibaba', call: 'Describe', ...(id ? { id } : {}) })
}

/** 47.1.0.8 of i-a. */
function eipOfA(s: Sketch): void {
  addEip(s, '47.1.0.8', { kind: 'instance', id: 'i-a' })
}

/** 47.1.0.8 for the second address of eni-a. */
function eipOfSecond(s: Sketch): void {
  find(s.networkInterface, 'eni-a').addresses.push('10.1.1.21')
  const privateAddress = '10.1.1.21'
  addEip(s, '47.1.0.8', { kind: 'networkInterface', id: 'eni-a', privateAddress })
}

/** eni-a2, whose address 10.1.1.22 is replaced by 47.1.0.9. */
function cutThrough(s: Sketch): void {
  addInterface(s, 'a2', 'vsw-1', '10.1.1.22', 'a')
  addEip(s, '47.1.0.9', { kind: 'networkInterface', id: 'eni-a2' }, 'cut-through')
}

/** An activated IPv4 gateway, a default route to it, and an EIP of i-a. */
function gatewayMode(s: Sketch) {
  eipOfA(s)
  addRoute(s, 'rtb-1', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-4' })
  return addGateway(s, 'ipv4')
}

/** In gateway mode, what arrives for vsw-1 passes i-f in vsw-3. */
function steered(s: Sketch, ipForward: boolean): void {
  const gateway = gatewayMode(s)
  addSubnet(s, 'vsw-3', 'vpc-1', '10.1.3.0/24')
  addInstance(s, 'f', 'vsw-3', '10.1.3.11')
  addGuest(s, 'f', { ipForward })
  addTable(s, 'rtb-gw', undefined, 'gateway')
  addRoute(s, 'rtb-gw', '10.1.1.0/24', { kind: 'instance', id: 'i-f' })
  gateway.routeTableId = 'rtb-gw'
}

/** vsw-2, where the NAT gateway stands, gets a route to the IPv4 gateway; vsw-1 one to ngw-1. */
function natRoutes(s: Sketch): void {
  addTable(s, 'rtb-n', 'vsw-2')
  addRoute(s, 'rtb-n', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-4' })
  addTable(s, 'rtb-p', 'vsw-1')
  addRoute(s, 'rtb-p', '0.0.0.0/0', { kind: 'natGateway', id: 'ngw-1' })
}

/** TCP 80 of 47.1.0.1 for eni-b. */
function door() {
  return {
    id: 'dnat-1',
    state: 'Available',
    protocol: 'tcp',
    externalAddress: '47.1.0.1',
    externalPort: { from: 80, to: 80 },
    internalAddress: '10.1.1.12',
  } as const
}

/** Every port of 47.1.0.2 for eni-b. */
function mapping(s: Sketch) {
  addEip(s, '47.1.0.2', { kind: 'natGateway', id: 'ngw-1' })
  const addresses = { externalAddress: '47.1.0.2', internalAddress: '10.1.1.12' }
  return { id: 'dnat-2', state: 'Available', protocol: 'any', ...addresses } as const
}

/** In gateway mode, the EIP of eni-b's second address; the first table of vsw-1 leads to ngw-1. */
function secondEip(s: Sketch): void {
  addGateway(s, 'ipv4')
  addNat(s)
  natRoutes(s)
  addInterface(s, 'b2', 'vsw-1', '10.1.1.22', 'b')
  addEip(s, '47.1.0.9', { kind: 'networkInterface', id: 'eni-b2' })
  addGuest(s, 'b', { routes: [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-b' }] })
}

/** eni-a has 2408:4000:1:1::a; vpc-1 has an IPv6 gateway and a default route to it. */
function six(s: Sketch, internet?: 'none' | 'egress-only' | 'both'): void {
  addIpv6(s, 'a', '2408:4000:1:1::a', internet)
  addGateway(s, 'ipv6')
  addRoute(s, 'rtb-1', '::/0', { kind: 'internetGateway', id: 'igw-6' })
}

/** eni-a and eni-z have IPv6 addresses, vpc-1 and vpc-2 IPv6 gateways igw-6 and igw-7. */
function sixOfBoth(s: Sketch, ofA?: 'both', ofZ?: 'both'): void {
  addIpv6(s, 'a', '2408:4000:1:1::a', ofA)
  addIpv6(s, 'z', '2408:4000:2:1::a', ofZ)
  s.internetGateway.push({ ...addGateway(s, 'ipv6'), id: 'igw-7', vpcId: 'vpc-2' })
}

/** Another NAT gateway ngw-2 beside ngw-1 in gateway mode, to which vsw-1 goes; both map eni-b. */
function twoMappings(s: Sketch) {
  addGateway(s, 'ipv4')
  const nat = addNat(s)
  nat.snat = []
  nat.dnat.push(mapping(s))
  natRoutes(s)
  addEip(s, '47.1.0.3', { kind: 'natGateway', id: 'ngw-2' })
  const entry = { ...nat.dnat[0], id: 'dnat-3', externalAddress: '47.1.0.3' }
  const second = { ...nat, id: 'ngw-2', snat: [], dnat: [entry] }
  s.natGateway.push(second)
  find(s.routeTable, 'rtb-p').routes = []
  addRoute(s, 'rtb-p', '0.0.0.0/0', { kind: 'natGateway', id: 'ngw-2' })
  return second
}

/** The gateway table steers what arrives for vsw-1 through another instance. */
function redirect(s: Sketch, id: string): void {
  find(s.routeTable, 'rtb-gw').routes = []
  addRoute(s, 'rtb-gw', '10.1.1.0/24', { kind: 'instance', id })
}

/** vsw-1 goes out through i-f in vsw-3, which follows the table of the VPC. */
function relayOut(s: Sketch): void {
  addSubnet(s, 'vsw-3', 'vpc-1', '10.1.3.0/24')
  addInstance(s, 'f', 'vsw-3', '10.1.3.11')
  addGuest(s, 'f', { ipForward: true })
  addTable(s, 'rtb-f', 'vsw-1')
  addRoute(s, 'rtb-f', '0.0.0.0/0', { kind: 'instance', id: 'i-f' })
}

function guestOf(s: Sketch, id: string) {
  const guest = s.guests.find(({ instanceId }) => instanceId === id)
  if (!guest) throw new Error(`nobody saw ${id}`)
  return guest
}

/** The edge of the model. */
function vpn(s: Sketch) {
  const { provider, account, region } = s.vpc[0]
  s.vpnGateway.push({ provider, account, region, id: 'vpn-1' })
  return { kind: 'vpnGateway', id: 'vpn-1' } as const
}

/** vpc-1 calls from 30.0.1.11 over a peering; vpc-2 takes that for an Internet address. */
function publicRange(s: Sketch): void {
  addPeering(s)
  s.vpc[0].cidrs = ['30.0.0.0/16', '10.1.0.0/16']
  find(s.subnet, 'vsw-1').cidr = '30.0.1.0/24'
  find(s.networkInterface, 'eni-a').addresses = ['30.0.1.11']
  find(s.networkInterface, 'eni-b').addresses = ['30.0.1.12']
  addRoute(s, 'rtb-2', '30.0.0.0/16', { kind: 'peering', id: 'pcc-1' })
}
