import {
  addAcl,
  addEip,
  addGateway,
  addInstance,
  addInterface,
  addPeering,
  addRoute,
  addTable,
  find,
} from '../oracle/tiny-network.ts'
import { backendCases } from './balancer-backend-cases.ts'
import {
  addBalancer,
  addTwin,
  allBut,
  at,
  backend,
  type BalancerCase,
  closeAcl,
  eip,
  listener,
  openAcl,
  outside,
  simple,
  withEip,
} from './balancer-network.ts'

const places: readonly BalancerCase[] = [
  {
    point: 1,
    title: 'a client reaches it from its vSwitch and from another one',
    change: simple,
    expect: {
      [`i-a > ${at} tcp 80`]: 'i-a lb-1 i-b',
      [`i-c > ${at} tcp 80`]: 'i-c lb-1 i-b',
      [`i-a > ${at} tcp 81`]: 'i-a lb-1 i-c',
    },
  },
  {
    point: 1,
    title: 'a list of its vSwitch that admits nobody stops nothing of what it gets and sends',
    change: (s) => {
      simple(s)
      addInstance(s, 'd', 'vsw-2', '10.1.2.12')
      closeAcl(s, 'vsw-1')
    },
    expect: {
      [`i-d > ${at} tcp 81`]: 'i-d lb-1 i-c',
      [`i-a > ${at} tcp 81`]: 'i-a lb-1 i-c',
      // The same list is that of the backend's vSwitch here.
      [`i-d > ${at} tcp 80`]: 'forward acl.ingress.deny networkAcl acl-1',
    },
  },
  {
    point: 1,
    title: 'the list of the client’s vSwitch judges what leaves it for the load balancer',
    change: (s) => {
      simple(s)
      addAcl(s, 'vsw-2', openAcl, allBut(at))
    },
    expect: { [`i-c > ${at} tcp 80`]: 'forward acl.egress.deny networkAcl acl-2' },
  },
  {
    point: 2,
    title: 'a client of a peered VPC reaches it',
    change: (s) => {
      simple(s)
      addPeering(s)
    },
    expect: { [`i-z > ${at} tcp 80`]: 'i-z lb-1 i-b', [`i-z > ${at} tcp 81`]: 'i-z lb-1 i-c' },
  },
  {
    point: 2,
    title: 'a client on the Internet reaches it by its EIP, without an IPv4 gateway',
    change: (s) => {
      withEip(s)
      // A backend with an EIP of its own answers by the load balancer all the same.
      addEip(s, '47.1.0.9', { kind: 'instance', id: 'i-c' })
    },
    expect: {
      [`${outside} > ${eip} tcp 80`]: 'internet lb-1 i-b',
      [`${outside} > ${eip} tcp 81`]: 'internet lb-1 i-c',
      [`${outside} > ${eip} tcp 82`]: 'forward lb.no-listener loadBalancer lb-1',
      [`${outside} > ${eip} gre`]: 'forward nat.protocol-unsupported publicAddress eip-1',
      [`i-c > ${eip} tcp 80`]: 'i-c internet lb-1 i-b',
    },
  },
  {
    point: 2,
    title: 'a gateway route table does not redirect what comes for its EIP',
    change: (s) => {
      withEip(s)
      addEip(s, '47.1.0.9', { kind: 'instance', id: 'i-b' })
      addTable(s, 'rtb-in', undefined, 'gateway')
      addRoute(s, 'rtb-in', '10.1.1.0/24', { kind: 'blackhole' })
      addGateway(s, 'ipv4').routeTableId = 'rtb-in'
      addRoute(s, 'rtb-1', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-4' })
    },
    expect: {
      [`${outside} > ${eip} tcp 80`]: 'internet lb-1 i-b',
      [`${outside} > 47.1.0.9 tcp 80`]: 'forward route.blackhole routeTable rtb-in',
    },
  },
  {
    point: 2,
    title: 'a VPC that is cut off from the Internet is cut off at the EIP, too',
    change: (s) => {
      withEip(s)
      find(s.vpc, 'vpc-1').internetAccess = 'none'
    },
    expect: { [`${outside} > ${eip} tcp 80`]: 'forward igw.absent publicAddress eip-1' },
  },
  {
    point: 2,
    title: 'two VPCs with one range keep their load balancers apart',
    change: (s) => {
      simple(s)
      addTwin(s)
    },
    expect: {
      [`i-a > ${at} tcp 80`]: 'i-a lb-1 i-b',
      [`i-a3 > ${at} tcp 80`]: 'i-a3 lb-2 i-b3',
      [`i-b3 > ${at} tcp 80`]: 'forward guest.martian-source instance i-b3',
    },
  },
]

const listeners: readonly BalancerCase[] = [
  {
    point: 3,
    title: 'one that is not active takes nothing',
    change: (s) => void (simple(s).state = 'inactive'),
    expect: {
      [`i-a > ${at} tcp 80`]: 'forward lb.bad-state loadBalancer lb-1',
      [`i-a > ${at} tcp 443`]: 'forward lb.bad-state loadBalancer lb-1',
    },
  },
  {
    point: 3,
    title: 'the case of its state says nothing',
    change: (s) => void (simple(s).state = 'ACTIVE'),
    expect: { [`i-a > ${at} tcp 80`]: 'i-a lb-1 i-b' },
  },
  {
    point: 3,
    title: 'a state that was not read says nothing against it',
    change: (s) => void delete simple(s).state,
    expect: { [`i-a > ${at} tcp 80`]: 'i-a lb-1 i-b' },
  },
  {
    point: 3,
    title: 'ports, protocols and stopped listeners without a running one are refused',
    change: (s) => {
      const stopped = { ...listener(82, backend('i-b', 80)), state: 'stopped' } as const
      addBalancer(s, listener(80, backend('i-b', 80)), stopped)
    },
    expect: {
      [`i-a > ${at} tcp 82`]: 'forward lb.no-listener loadBalancer lb-1',
      [`i-a > ${at} tcp 443`]: 'forward lb.no-listener loadBalancer lb-1',
      [`i-a > ${at} udp 80`]: 'forward lb.no-listener loadBalancer lb-1',
      [`i-a > ${at} gre`]: 'forward lb.no-listener loadBalancer lb-1',
      [`i-a > ${at} icmp`]: 'forward lb.not-analysed loadBalancer lb-1',
    },
  },
  {
    point: 3,
    title: 'a listener of UDP takes datagrams',
    change: (s) => void addBalancer(s, { ...listener(53, backend('i-c', 5353)), protocol: 'udp' }),
    expect: {
      [`i-a > ${at} udp 53`]: 'i-a lb-1 i-c',
      [`i-a > ${at} tcp 53`]: 'forward lb.no-listener loadBalancer lb-1',
    },
  },
  {
    point: 4,
    title: 'a weight of 0 gets no connections, and nobody is left where all have it',
    change: (s) => {
      const idle = backend('i-b', 80, 0)
      addBalancer(s, listener(80, idle, backend('i-c', 80)), listener(81, idle), listener(82))
    },
    expect: {
      [`i-a > ${at} tcp 80`]: 'i-a lb-1 i-c',
      [`i-a > ${at} tcp 81`]: 'forward lb.listener-no-backend loadBalancer lb-1',
      [`i-a > ${at} tcp 82`]: 'forward lb.listener-no-backend loadBalancer lb-1',
    },
  },
  {
    point: 4,
    title: 'a backend that is down fails its branch',
    change: (s) => {
      simple(s)
      find(s.instance, 'i-c').state = 'Stopped'
    },
    expect: {
      [`i-a > ${at} tcp 81`]: 'forward instance.not-running networkInterface eni-c',
    },
  },
  {
    point: 4,
    title: 'a backend may be a further interface',
    change: (s) => {
      addInterface(s, 'b2', 'vsw-2', '10.1.2.12', 'b')
      addBalancer(s, listener(80, backend('eni-b2', 80)))
    },
    expect: { [`i-a > ${at} tcp 80`]: 'i-a lb-1 i-b' },
  },
]

/** All of them, in the order of the points. */
export const balancerCases = [...places, ...listeners, ...backendCases]
