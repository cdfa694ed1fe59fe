// table: the cases of load balancers, semantic by semantic (docs/decisions/0010)
import type { AlibabaSemantic } from '#fabric'
import { home, type Sketch } from '#conformance'
import type { Case } from './tiny-case.ts'
import {
  addAcl,
  addBalancer,
  addEip,
  addGateway,
  addGuest,
  addInterface,
  addNat,
  addPeering,
  addRoute,
  addTable,
  admit,
  entry,
  find,
  firstListener,
  setRules,
} from './tiny-network.ts'

type Balanced = Extract<AlibabaSemantic, `lb.${string}`>

const called = 'eni-a > 10.1.2.100 tcp 80'
const fromOutside = '203.0.113.9 > 47.1.0.8 tcp 80'

/** What the walk says of load balancers. */
export const balancerCases: Readonly<Record<Balanced, readonly Case[]>> = {
  'lb.active': [
    ['one that works', (s) => addBalancer(s, 'b'), called, 'reachable'],
    [
      'another spelling of active',
      (s) => (addBalancer(s, 'b').state = 'Active'),
      called,
      'reachable',
    ],
    [
      'a locked one',
      (s) => (addBalancer(s, 'b').state = 'locked'),
      called,
      'unreachable lb.bad-state',
    ],
    ['a state that was not read', (s) => delete addBalancer(s, 'b').state, called, 'undetermined'],
    [
      'an inside that was not read',
      (s) => {
        const balancer = addBalancer(s, 'b')
        balancer.state = 'inactive'
        delete balancer.listeners
      },
      called,
      'undetermined',
    ],
    [
      'sources that contradict each other',
      (s) => {
        addBalancer(s, 'b')
        s.gaps.push({ kind: 'loadBalancer', provider: 'alibaba', id: 'lb-1', call: 'any' })
      },
      called,
      'undetermined',
    ],
    [
      'one that was not listed may have any address',
      (s) => s.gaps.push({ kind: 'loadBalancer', provider: 'alibaba', call: 'any' }),
      called,
      'undetermined',
    ],
  ],
  'lb.listener-running': [
    [
      'a stopped listener',
      (s) => (firstListener(addBalancer(s, 'b')).state = 'stopped'),
      called,
      'unreachable lb.no-listener',
    ],
    [
      'another port',
      (s) => addBalancer(s, 'b'),
      'eni-a > 10.1.2.100 tcp 81',
      'unreachable lb.no-listener',
    ],
    [
      'another protocol',
      (s) => addBalancer(s, 'b'),
      'eni-a > 10.1.2.100 udp 80',
      'unreachable lb.no-listener',
    ],
    [
      'a protocol without ports',
      (s) => addBalancer(s, 'b'),
      'eni-a > 10.1.2.100 gre',
      'unreachable lb.no-listener',
    ],
    ['an echo', (s) => addBalancer(s, 'b'), 'eni-a > 10.1.2.100 icmp', 'undetermined'],
    [
      'a stopped listener beside one that runs',
      (s) => {
        const { listeners = [], ...rest } = addBalancer(s, 'b')
        s.loadBalancer = [
          { ...rest, listeners: [{ ...listeners[0], state: 'stopped' }, ...listeners] },
        ]
      },
      called,
      'reachable',
    ],
  ],
  'lb.weights': [
    [
      'nobody with a weight',
      (s) => {
        for (const backend of firstListener(addBalancer(s, 'b')).backends) backend.weight = 0
      },
      called,
      'unreachable lb.listener-no-backend',
    ],
    [
      'a broken backend that gets nothing',
      (s) => {
        firstListener(addBalancer(s, 'b', 'c')).backends[1].weight = 0
        find(s.instance, 'i-c').state = 'Stopped'
      },
      called,
      'reachable',
    ],
  ],
  'lb.branches': [
    ['two that work', (s) => addBalancer(s, 'b', 'c'), called, 'reachable'],
    [
      'one of two is stopped',
      (s) => {
        addBalancer(s, 'b', 'c')
        find(s.instance, 'i-c').state = 'Stopped'
      },
      called,
      'partial instance.not-running',
    ],
    [
      'a client that is a backend too',
      (s) => addBalancer(s, 'a', 'b'),
      called,
      'partial guest.martian-source',
    ],
    [
      'a backend without an interface',
      (s) => {
        const { backends } = firstListener(addBalancer(s, 'b'))
        backends[0].target = { kind: 'instance', id: 'i-bare' }
        const state = 'Running'
        s.instance.push({ ...home, id: 'i-bare', vpcId: 'vpc-1', network: 'vpc', state })
      },
      called,
      'unreachable instance.no-interface',
    ],
    [
      'a backend whose interface was not read',
      (s) => {
        addBalancer(s, 'b')
        s.networkInterface = s.networkInterface.filter(({ id }) => id !== 'eni-b')
        s.gaps.push({ kind: 'networkInterface', provider: 'alibaba', call: 'any' })
      },
      called,
      'undetermined',
    ],
    [
      'a backend whose address an EIP has taken',
      (s) => {
        addInterface(s, 'b2', 'vsw-1', '10.1.1.22', 'b')
        const [backend] = firstListener(addBalancer(s, 'b')).backends
        backend.target = { kind: 'networkInterface', id: 'eni-b2' }
        addEip(s, '47.1.0.7', { kind: 'networkInterface', id: 'eni-b2' }, 'cut-through')
      },
      called,
      'unreachable address.not-assigned',
    ],
  ],
  'lb.no-acl': [
    [
      'its own vSwitch admits nothing',
      (s) => {
        addBalancer(s, 'b')
        addAcl(s, 'vsw-2', [], [])
      },
      called,
      'reachable',
    ],
    [
      'the client’s vSwitch lets nothing out',
      (s) => {
        addBalancer(s, 'b')
        addAcl(s, 'vsw-1', [entry('accept')], [])
      },
      called,
      'unreachable acl.egress.deny',
    ],
    [
      'a client in its own vSwitch crosses no list',
      (s) => {
        addBalancer(s, 'b')
        addAcl(s, 'vsw-2', [], [])
      },
      'eni-c > 10.1.2.100 tcp 80',
      'reachable',
    ],
  ],
  'lb.past-gateway-table': [
    [
      'an EIP beside a gateway table',
      (s) => {
        addBalancer(s, 'b')
        balancerEip(s)
        addGateway(s, 'ipv4').routeTableId = 'rtb-gw'
        addTable(s, 'rtb-gw', undefined, 'gateway')
        addRoute(s, 'rtb-gw', '10.1.2.0/24', { kind: 'networkInterface', id: 'eni-a' })
        addRoute(s, 'rtb-1', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-4' })
      },
      fromOutside,
      'reachable',
    ],
    [
      'an EIP',
      (s) => {
        addBalancer(s, 'b')
        balancerEip(s)
      },
      fromOutside,
      'reachable',
    ],
    [
      'an EIP of one without an inside',
      (s) => {
        delete addBalancer(s, 'b').listeners
        balancerEip(s)
      },
      fromOutside,
      'undetermined',
    ],
    [
      'an EIP carries no GRE',
      (s) => {
        addBalancer(s, 'b')
        balancerEip(s)
      },
      '203.0.113.9 > 47.1.0.8 gre',
      'unreachable nat.protocol-unsupported',
    ],
    [
      'a VPC without Internet',
      (s) => {
        addBalancer(s, 'b')
        balancerEip(s)
        s.vpc[0].internetAccess = 'none'
      },
      fromOutside,
      'unreachable igw.absent',
    ],
  ],
  'lb.client-address': [
    [
      'a group for the client',
      (s) => {
        addBalancer(s, 'b')
        setRules(s, 'sg-1', admit('client', '10.1.1.11/32'))
      },
      called,
      'reachable',
    ],
    [
      'a group for the load balancer',
      (s) => {
        addBalancer(s, 'b')
        setRules(s, 'sg-1', admit('lb', '10.1.2.100/32'))
      },
      called,
      'unreachable sg.ingress.no-match',
    ],
    [
      'a group that names the client’s',
      (s) => {
        addBalancer(s, 'b')
        setRules(s, 'sg-1', { ...admit('group'), peer: { kind: 'group', groupId: 'sg-1' } })
      },
      called,
      'reachable',
    ],
  ],
  'lb.backend-acl': [
    [
      'a client in the backend’s vSwitch',
      (s) => {
        addBalancer(s, 'b')
        addAcl(s, 'vsw-1', [], [entry('accept')])
      },
      called,
      'unreachable acl.ingress.deny',
    ],
    [
      'no way back to a client in the backend’s vSwitch',
      (s) => {
        addBalancer(s, 'b')
        addAcl(s, 'vsw-1', [entry('accept')], [entry('accept', 0, 1023)])
      },
      called,
      'unreachable acl.return.egress.deny on return',
    ],
  ],
  'lb.return-direct': [
    [
      'a table that leads the backend nowhere',
      (s) => {
        addBalancer(s, 'b')
        balancerEip(s)
        addTable(s, 'rtb-3', 'vsw-1')
        addRoute(s, 'rtb-3', '0.0.0.0/0', { kind: 'blackhole' })
      },
      fromOutside,
      'reachable',
    ],
    [
      'another port and the way back over a peering',
      (s) => {
        firstListener(addBalancer(s, 'b')).backends[0].port = 8080
        addPeering(s)
      },
      'eni-z > 10.1.2.100 tcp 80',
      'reachable',
    ],
  ],
  'lb.return-interface': [
    [
      'a guest that replies by another interface',
      (s) => {
        addBalancer(s, 'b')
        addInterface(s, 'b2', 'vsw-1', '10.1.1.22', 'b')
        addGuest(s, 'b', { routes: [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-b2' }] })
      },
      called,
      'unreachable lb.return-bypass on return',
    ],
    [
      'a guest that knows no way',
      (s) => {
        addBalancer(s, 'b')
        addGuest(s, 'b', { routes: [] })
      },
      called,
      'unreachable guest.route-missing on return',
    ],
  ],
  'lb.own-table': [
    [
      'no way back from its vSwitch',
      (s) => {
        addBalancer(s, 'b')
        addPeering(s)
        addTable(s, 'rtb-3', 'vsw-2')
      },
      'eni-z > 10.1.2.100 tcp 80',
      'unreachable route.return.none on return',
    ],
    [
      'a request by EIP needs a route to an activated gateway',
      (s) => {
        addBalancer(s, 'b')
        balancerEip(s)
        addGateway(s, 'ipv4')
      },
      fromOutside,
      'unreachable route.return.none on return',
    ],
    [
      'a firewall on the way to the gateway',
      (s) => {
        addBalancer(s, 'b')
        balancerEip(s)
        addGateway(s, 'ipv4')
        addTable(s, 'rtb-3', 'vsw-2')
        addRoute(s, 'rtb-3', '0.0.0.0/0', { kind: 'instance', id: 'i-a' })
        addGuest(s, 'a', { ipForward: true })
        addRoute(s, 'rtb-1', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-4' })
      },
      fromOutside,
      'reachable',
    ],
    [
      'a NAT gateway on the way to the gateway leaves it its EIP',
      (s) => {
        addBalancer(s, 'b')
        balancerEip(s)
        addGateway(s, 'ipv4')
        addNat(s).subnetId = 'vsw-1'
        addTable(s, 'rtb-n', 'vsw-1')
        addRoute(s, 'rtb-n', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-4' })
      },
      fromOutside,
      'reachable',
    ],
    [
      'called by a DNAT entry, it answers through the NAT gateway',
      (s) => {
        const gateway = addNat(s)
        firstListener(addBalancer(s, 'b')).backends[0].port = 8080
        gateway.dnat.push({
          id: 'dnat-1',
          state: 'Available',
          protocol: 'tcp',
          externalAddress: '47.1.0.1',
          externalPort: { from: 8000, to: 8000 },
          internalAddress: '10.1.2.100',
          internalPort: { from: 80, to: 80 },
        })
      },
      '203.0.113.9 > 47.1.0.1 tcp 8000',
      'reachable',
    ],
  ],
}

function balancerEip(sketch: Sketch): void {
  addEip(sketch, '47.1.0.8', { kind: 'loadBalancer', id: 'lb-1' })
}
