import type { Sketch } from '#conformance'
import {
  addAcl,
  addEip,
  addGateway,
  addGuest,
  addInstance,
  addInterface,
  addNat,
  addPeering,
  addRoute,
  addSubnet,
  addTable,
  admit,
  entry,
  find,
  setRules,
} from '../oracle/tiny-network.ts'
import { addBalancer, addTwin, backend, closeAcl, listener, openAcl } from './balancer-network.ts'

/** What decision 0010 expects of real packets, worked out by hand. */
export interface BalancerCase {
  readonly point: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
  readonly title: string
  readonly change: (sketch: Sketch) => void
  /**
   * Question of `ask` → the stops of the way there, of which those of the way back are the reverse;
   * or leg, finding and component of what stops it.
   */
  readonly expect: Readonly<Record<string, string>>
}

const home = '10.1.1.100'
const eip = '47.1.0.8'
const outside = '203.0.113.9'

/** 0.0.0.0/0 admitted but for one host. */
function allBut(host: string) {
  return [entry('drop', 0, 65535, `${host}/32`), entry('accept')]
}

/** lb-1 in front of i-b (vsw-1) at TCP 80, of i-c (vsw-2) at TCP 81. */
function simple(s: Sketch) {
  return addBalancer(s, listener(80, backend('i-b', 8080)), listener(81, backend('i-c', 8081)))
}

function withEip(s: Sketch): void {
  simple(s)
  addEip(s, eip, { kind: 'loadBalancer', id: 'lb-1' })
}

/** i-b has a second interface in vsw-2, by which its own routes send everything but vsw-1. */
function twoLegs(s: Sketch): void {
  addPeering(s)
  simple(s)
  addInterface(s, 'b2', 'vsw-2', '10.1.2.12', 'b')
}

const twoDevices = [
  { name: 'eth0', networkInterfaceId: 'eni-b' },
  { name: 'eth1', networkInterfaceId: 'eni-b2' },
]

function outBySecond(s: Sketch): void {
  twoLegs(s)
  const routes = [
    { destination: '10.1.1.0/24', networkInterfaceId: 'eni-b' },
    { destination: '0.0.0.0/0', via: '10.1.2.253', networkInterfaceId: 'eni-b2' },
  ]
  addGuest(s, 'b', { devices: twoDevices, routes })
}

const places: readonly BalancerCase[] = [
  {
    point: 1,
    title: 'a client reaches it from its vSwitch and from another one',
    change: simple,
    expect: {
      [`i-a > ${home} tcp 80`]: 'i-a lb-1 i-b',
      [`i-c > ${home} tcp 80`]: 'i-c lb-1 i-b',
      [`i-a > ${home} tcp 81`]: 'i-a lb-1 i-c',
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
      [`i-d > ${home} tcp 81`]: 'i-d lb-1 i-c',
      [`i-a > ${home} tcp 81`]: 'i-a lb-1 i-c',
      // The same list is that of the backend's vSwitch here.
      [`i-d > ${home} tcp 80`]: 'forward acl.ingress.deny networkAcl acl-1',
    },
  },
  {
    point: 1,
    title: 'the list of the client’s vSwitch judges what leaves it for the load balancer',
    change: (s) => {
      simple(s)
      addAcl(s, 'vsw-2', openAcl, allBut(home))
    },
    expect: { [`i-c > ${home} tcp 80`]: 'forward acl.egress.deny networkAcl acl-2' },
  },
  {
    point: 2,
    title: 'a client of a peered VPC reaches it',
    change: (s) => {
      simple(s)
      addPeering(s)
    },
    expect: { [`i-z > ${home} tcp 80`]: 'i-z lb-1 i-b', [`i-z > ${home} tcp 81`]: 'i-z lb-1 i-c' },
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
      [`i-a > ${home} tcp 80`]: 'i-a lb-1 i-b',
      [`i-a3 > ${home} tcp 80`]: 'i-a3 lb-2 i-b3',
      [`i-b3 > ${home} tcp 80`]: 'forward guest.martian-source instance i-b3',
    },
  },
]

const listeners: readonly BalancerCase[] = [
  {
    point: 3,
    title: 'one that is not active takes nothing',
    change: (s) => void (simple(s).state = 'inactive'),
    expect: {
      [`i-a > ${home} tcp 80`]: 'forward lb.bad-state loadBalancer lb-1',
      [`i-a > ${home} tcp 443`]: 'forward lb.bad-state loadBalancer lb-1',
    },
  },
  {
    point: 3,
    title: 'the case of its state says nothing',
    change: (s) => void (simple(s).state = 'ACTIVE'),
    expect: { [`i-a > ${home} tcp 80`]: 'i-a lb-1 i-b' },
  },
  {
    point: 3,
    title: 'a state that was not read says nothing against it',
    change: (s) => void delete simple(s).state,
    expect: { [`i-a > ${home} tcp 80`]: 'i-a lb-1 i-b' },
  },
  {
    point: 3,
    title: 'ports, protocols and stopped listeners without a running one are refused',
    change: (s) => {
      const stopped = { ...listener(82, backend('i-b', 80)), state: 'stopped' } as const
      addBalancer(s, listener(80, backend('i-b', 80)), stopped)
    },
    expect: {
      [`i-a > ${home} tcp 82`]: 'forward lb.no-listener loadBalancer lb-1',
      [`i-a > ${home} tcp 443`]: 'forward lb.no-listener loadBalancer lb-1',
      [`i-a > ${home} udp 80`]: 'forward lb.no-listener loadBalancer lb-1',
      [`i-a > ${home} gre`]: 'forward lb.no-listener loadBalancer lb-1',
      [`i-a > ${home} icmp`]: 'forward lb.not-analysed loadBalancer lb-1',
    },
  },
  {
    point: 3,
    title: 'a listener of UDP takes datagrams',
    change: (s) => void addBalancer(s, { ...listener(53, backend('i-c', 5353)), protocol: 'udp' }),
    expect: {
      [`i-a > ${home} udp 53`]: 'i-a lb-1 i-c',
      [`i-a > ${home} tcp 53`]: 'forward lb.no-listener loadBalancer lb-1',
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
      [`i-a > ${home} tcp 80`]: 'i-a lb-1 i-c',
      [`i-a > ${home} tcp 81`]: 'forward lb.listener-no-backend loadBalancer lb-1',
      [`i-a > ${home} tcp 82`]: 'forward lb.listener-no-backend loadBalancer lb-1',
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
      [`i-a > ${home} tcp 81`]: 'forward instance.not-running networkInterface eni-c',
    },
  },
  {
    point: 4,
    title: 'a backend may be a further interface',
    change: (s) => {
      addInterface(s, 'b2', 'vsw-2', '10.1.2.12', 'b')
      addBalancer(s, listener(80, backend('eni-b2', 80)))
    },
    expect: { [`i-a > ${home} tcp 80`]: 'i-a lb-1 i-b' },
  },
]

const backends: readonly BalancerCase[] = [
  {
    point: 5,
    title: 'the backend’s groups see the client and not the load balancer',
    change: (s) => {
      simple(s)
      setRules(s, 'sg-1', admit('client', '10.1.1.11/32'))
    },
    expect: {
      [`i-a > ${home} tcp 80`]: 'i-a lb-1 i-b',
      [`i-c > ${home} tcp 80`]: 'forward sg.ingress.no-match securityGroup sg-1',
    },
  },
  {
    point: 5,
    title: 'a group that admits the load balancer only admits nobody',
    change: (s) => {
      simple(s)
      setRules(s, 'sg-1', admit('balancer', `${home}/32`))
    },
    expect: { [`i-a > ${home} tcp 80`]: 'forward sg.ingress.no-match securityGroup sg-1' },
  },
  {
    point: 5,
    title: 'a group judges the backend’s port and not the listener’s',
    change: (s) => {
      simple(s)
      const narrow = { ...admit('web'), protocol: 6, ports: [{ from: 8080, to: 8080 }] }
      setRules(s, 'sg-1', narrow)
    },
    expect: {
      [`i-a > ${home} tcp 80`]: 'i-a lb-1 i-b',
      [`i-a > ${home} tcp 81`]: 'forward sg.ingress.no-match securityGroup sg-1',
    },
  },
  {
    point: 5,
    title: 'the list of the backend’s vSwitch judges neighbours of the backend, too',
    change: (s) => {
      simple(s)
      addAcl(s, 'vsw-1', allBut('10.1.1.11'), openAcl)
    },
    expect: {
      'i-a > 10.1.1.12 tcp 8080': 'i-a i-b',
      [`i-a > ${home} tcp 80`]: 'forward acl.ingress.deny networkAcl acl-1',
      [`i-a > ${home} tcp 81`]: 'i-a lb-1 i-c',
      [`i-c > ${home} tcp 80`]: 'i-c lb-1 i-b',
    },
  },
  {
    point: 5,
    title: 'no route table is asked between it and the backend',
    change: (s) => {
      simple(s)
      addRoute(s, 'rtb-1', '10.1.2.11/32', { kind: 'blackhole' })
    },
    expect: {
      'i-a > 10.1.2.11 tcp 8081': 'forward route.blackhole routeTable rtb-1',
      [`i-a > ${home} tcp 81`]: 'i-a lb-1 i-c',
    },
  },
  {
    point: 5,
    title: 'the backend’s guest has the last word',
    change: (s) => {
      simple(s)
      addGuest(s, 'b', { sockets: [{ protocol: 'tcp', address: '0.0.0.0', port: 80 }] })
    },
    expect: { [`i-a > ${home} tcp 80`]: 'forward guest.not-listening instance i-b' },
  },
  {
    point: 5,
    title: 'a backend whose EIP has taken the place of its private address is not found by that',
    change: (s) => {
      addInterface(s, 'b2', 'vsw-2', '10.1.2.12', 'b')
      addEip(s, '47.1.0.9', { kind: 'networkInterface', id: 'eni-b2' }, 'cut-through')
      addBalancer(s, listener(80, backend('eni-b2', 80)))
    },
    expect: { [`i-a > ${home} tcp 80`]: 'forward address.not-assigned subnet vsw-2' },
  },
  {
    point: 6,
    title: 'the reply goes back whatever the route table of the backend’s vSwitch says',
    change: (s) => {
      simple(s)
      addTable(s, 'rtb-c', 'vsw-2')
      addRoute(s, 'rtb-c', '10.1.1.11/32', { kind: 'blackhole' })
    },
    expect: {
      'i-a > 10.1.2.11 tcp 8081': 'return route.blackhole routeTable rtb-c',
      [`i-a > ${home} tcp 81`]: 'i-a lb-1 i-c',
    },
  },
  {
    point: 6,
    title: 'the list of the backend’s vSwitch judges the reply as a packet to the client',
    change: (s) => {
      simple(s)
      addAcl(s, 'vsw-1', openAcl, allBut('10.1.1.11'))
    },
    expect: {
      [`i-a > ${home} tcp 80`]: 'return acl.egress.deny networkAcl acl-1',
      [`i-c > ${home} tcp 80`]: 'i-c lb-1 i-b',
    },
  },
  {
    point: 6,
    title: 'an ICMP error of the backend is an answer like any other',
    change: (s) => {
      addBalancer(s, { ...listener(53, backend('i-c', 5353)), protocol: 'udp' })
      addGuest(s, 'c', { sockets: [] })
      closeAcl(s, 'vsw-1')
    },
    expect: { [`i-a > ${home} udp 53`]: 'forward guest.not-listening instance i-c' },
  },
  {
    point: 6,
    title: 'a guest set up by the book answers by the interface that was asked',
    change: twoLegs,
    expect: { [`i-z > ${home} tcp 80`]: 'i-z lb-1 i-b' },
  },
  {
    point: 6,
    title: 'a reply that leaves by another interface is lost, and only that one',
    change: outBySecond,
    expect: {
      [`i-z > ${home} tcp 80`]: 'return lb.return-bypass loadBalancer lb-1',
      [`i-a > ${home} tcp 80`]: 'i-a lb-1 i-b',
    },
  },
  {
    point: 6,
    title: 'it is lost for that reason where the other interface checks sources, too',
    change: (s) => {
      outBySecond(s)
      find(s.networkInterface, 'eni-b2').sourceDestCheck = true
    },
    expect: {
      [`i-z > ${home} tcp 80`]: 'return lb.return-bypass loadBalancer lb-1',
      'i-z > 10.1.1.12 tcp 8080': 'return eni.source-dest-check networkInterface eni-b2',
    },
  },
]

/** vsw-1 has a table of its own. */
function ownTable(s: Sketch): void {
  addTable(s, 'rtb-lb', 'vsw-1')
}

const answers: readonly BalancerCase[] = [
  {
    point: 7,
    title: 'the table of its vSwitch says where the answer goes',
    change: (s) => {
      simple(s)
      addPeering(s)
      ownTable(s)
    },
    expect: {
      [`i-z > ${home} tcp 81`]: 'return route.none routeTable rtb-lb',
      [`i-z > ${home} tcp 80`]: 'return route.none routeTable rtb-lb',
    },
  },
  {
    point: 7,
    title: 'it answers neighbours as the load balancer, past lists and tables',
    change: (s) => {
      simple(s)
      ownTable(s)
      addRoute(s, 'rtb-lb', '10.1.1.11/32', { kind: 'blackhole' })
    },
    expect: { [`i-a > ${home} tcp 81`]: 'i-a lb-1 i-c' },
  },
  {
    point: 7,
    title: 'the answer meets the list of the client’s vSwitch as any other reply',
    change: (s) => {
      simple(s)
      addAcl(s, 'vsw-2', allBut(home), openAcl)
    },
    expect: { [`i-c > ${home} tcp 80`]: 'return acl.ingress.deny networkAcl acl-2' },
  },
  {
    point: 7,
    title: 'the answer by an EIP leaves past the table without an IPv4 gateway',
    change: (s) => {
      withEip(s)
      addRoute(s, 'rtb-1', '0.0.0.0/0', { kind: 'blackhole' })
    },
    expect: { [`${outside} > ${eip} tcp 81`]: 'internet lb-1 i-c' },
  },
  {
    point: 7,
    title: 'with an IPv4 gateway the answer by an EIP needs a route to it',
    change: (s) => {
      withEip(s)
      addGateway(s, 'ipv4')
    },
    expect: { [`${outside} > ${eip} tcp 81`]: 'return route.none routeTable rtb-1' },
  },
  {
    point: 7,
    title: 'a route to a NAT gateway is none to the IPv4 gateway',
    change: (s) => {
      withEip(s)
      addGateway(s, 'ipv4')
      addNat(s)
    },
    expect: { [`${outside} > ${eip} tcp 81`]: 'return nat.return-bypass natGateway ngw-1' },
  },
  {
    point: 7,
    title: 'the route of its own vSwitch counts, not that of the backend’s',
    change: (s) => {
      withEip(s)
      addGateway(s, 'ipv4')
      ownTable(s)
      addRoute(s, 'rtb-lb', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-4' })
    },
    expect: {
      [`${outside} > ${eip} tcp 80`]: 'internet lb-1 i-b',
      [`${outside} > ${eip} tcp 81`]: 'internet lb-1 i-c',
    },
  },
  {
    point: 7,
    title: 'with a vSwitch to itself it serves others just the same',
    change: (s) => {
      addSubnet(s, 'vsw-lb', 'vpc-1', '10.1.3.0/24')
      closeAcl(s, 'vsw-lb')
      const balancer = simple(s)
      balancer.address = '10.1.3.100'
      balancer.subnetId = 'vsw-lb'
    },
    expect: {
      'i-a > 10.1.3.100 tcp 80': 'i-a lb-1 i-b',
      'i-c > 10.1.3.100 tcp 80': 'i-c lb-1 i-b',
    },
  },
  {
    point: 8,
    title: 'a backend that is given its own connection cannot answer it',
    change: simple,
    expect: {
      [`i-b > ${home} tcp 80`]: 'forward guest.martian-source instance i-b',
      [`i-b > ${home} tcp 81`]: 'i-b lb-1 i-c',
    },
  },
]

/** All of them, in the order of the points. */
export const balancerCases = [...places, ...listeners, ...backends, ...answers]
