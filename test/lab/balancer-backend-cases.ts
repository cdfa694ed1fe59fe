import { home, type Sketch } from '#conformance'
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
  find,
  setRules,
} from '../oracle/tiny-network.ts'
import {
  addBalancer,
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

const backends: readonly BalancerCase[] = [
  {
    point: 5,
    title: 'the backend’s groups see the client and not the load balancer',
    change: (s) => {
      simple(s)
      setRules(s, 'sg-1', admit('client', '10.1.1.11/32'))
    },
    expect: {
      [`i-a > ${at} tcp 80`]: 'i-a lb-1 i-b',
      [`i-c > ${at} tcp 80`]: 'forward sg.ingress.no-match securityGroup sg-1',
    },
  },
  {
    point: 5,
    title: 'a group that admits the load balancer only admits nobody',
    change: (s) => {
      simple(s)
      setRules(s, 'sg-1', admit('balancer', `${at}/32`))
    },
    expect: { [`i-a > ${at} tcp 80`]: 'forward sg.ingress.no-match securityGroup sg-1' },
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
      [`i-a > ${at} tcp 80`]: 'i-a lb-1 i-b',
      [`i-a > ${at} tcp 81`]: 'forward sg.ingress.no-match securityGroup sg-1',
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
      [`i-a > ${at} tcp 80`]: 'forward acl.ingress.deny networkAcl acl-1',
      [`i-a > ${at} tcp 81`]: 'i-a lb-1 i-c',
      [`i-c > ${at} tcp 80`]: 'i-c lb-1 i-b',
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
      [`i-a > ${at} tcp 81`]: 'i-a lb-1 i-c',
    },
  },
  {
    point: 5,
    title: 'the backend’s guest has the last word',
    change: (s) => {
      simple(s)
      addGuest(s, 'b', { sockets: [{ protocol: 'tcp', address: '0.0.0.0', port: 80 }] })
    },
    expect: { [`i-a > ${at} tcp 80`]: 'forward guest.not-listening instance i-b' },
  },
  {
    point: 5,
    title: 'a backend whose EIP has taken the place of its private address is not found by that',
    change: (s) => {
      addInterface(s, 'b2', 'vsw-2', '10.1.2.12', 'b')
      addEip(s, '47.1.0.9', { kind: 'networkInterface', id: 'eni-b2' }, 'cut-through')
      addBalancer(s, listener(80, backend('eni-b2', 80)))
    },
    expect: { [`i-a > ${at} tcp 80`]: 'forward address.not-assigned subnet vsw-2' },
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
      [`i-a > ${at} tcp 81`]: 'i-a lb-1 i-c',
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
      [`i-a > ${at} tcp 80`]: 'return acl.egress.deny networkAcl acl-1',
      [`i-c > ${at} tcp 80`]: 'i-c lb-1 i-b',
    },
  },
  {
    point: 6,
    title: 'the reply reaches a client of another VPC that has an address of the backend’s vSwitch',
    change: strangerNextDoor,
    expect: { 'i-y > 10.1.3.100 tcp 80': 'i-y lb-1 i-b' },
  },
  {
    point: 6,
    title: 'an ICMP error of the backend is an answer like any other',
    change: (s) => {
      addBalancer(s, { ...listener(53, backend('i-c', 5353)), protocol: 'udp' })
      addGuest(s, 'c', { sockets: [] })
      closeAcl(s, 'vsw-1')
    },
    expect: { [`i-a > ${at} udp 53`]: 'forward guest.not-listening instance i-c' },
  },
  {
    point: 6,
    title: 'a guest set up by the book answers by the interface that was asked',
    change: twoLegs,
    expect: { [`i-z > ${at} tcp 80`]: 'i-z lb-1 i-b' },
  },
  {
    point: 6,
    title: 'a reply that leaves by another interface is lost, and only that one',
    change: outBySecond,
    expect: {
      [`i-z > ${at} tcp 80`]: 'return lb.return-bypass loadBalancer lb-1',
      [`i-a > ${at} tcp 80`]: 'i-a lb-1 i-b',
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
      [`i-z > ${at} tcp 80`]: 'return lb.return-bypass loadBalancer lb-1',
      'i-z > 10.1.1.12 tcp 8080': 'return eni.source-dest-check networkInterface eni-b2',
    },
  },
]

/** i-y in vpc-3 has an address of vsw-1, where lb-1’s own vSwitch vsw-lb finds it over a peering. */
function strangerNextDoor(s: Sketch): void {
  const vpcId = 'vpc-3'
  s.vpc.push({ ...home, id: vpcId, cidrs: ['10.1.1.0/24'] })
  s.routeTable.push({ ...home, id: 'rtb-3', vpcId, type: 'system', routes: [] })
  const group = { id: 'sg-3', type: 'basic', intraGroup: 'drop', rules: [admit('in')] } as const
  s.securityGroup.push({ ...home, vpcId, ...group, rules: [admit('in')] })
  addSubnet(s, 'vsw-3', vpcId, '10.1.1.0/24')
  addInstance(s, 'y', 'vsw-3', '10.1.1.50')
  const ends = { requesterVpcId: 'vpc-1', accepterVpcId: vpcId }
  s.peering.push({ ...home, id: 'pcc-2', ...ends, state: 'Activated' })
  addSubnet(s, 'vsw-lb', 'vpc-1', '10.1.3.0/24')
  addTable(s, 'rtb-lb', 'vsw-lb')
  addRoute(s, 'rtb-lb', '10.1.1.50/32', { kind: 'peering', id: 'pcc-2' })
  addRoute(s, 'rtb-3', '10.1.3.0/24', { kind: 'peering', id: 'pcc-2' })
  Object.assign(simple(s), { address: '10.1.3.100', subnetId: 'vsw-lb' })
}

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
      [`i-z > ${at} tcp 81`]: 'return route.none routeTable rtb-lb',
      [`i-z > ${at} tcp 80`]: 'return route.none routeTable rtb-lb',
    },
  },
  {
    point: 7,
    title: 'it answers neighbours as the load balancer, whatever else their table knows',
    change: (s) => {
      simple(s)
      ownTable(s)
    },
    expect: { [`i-a > ${at} tcp 81`]: 'i-a lb-1 i-c' },
  },
  {
    point: 7,
    title: 'the answer meets the list of the client’s vSwitch as any other reply',
    change: (s) => {
      simple(s)
      addAcl(s, 'vsw-2', allBut(at), openAcl)
    },
    expect: { [`i-c > ${at} tcp 80`]: 'return acl.ingress.deny networkAcl acl-2' },
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
    title: 'a NAT gateway on the way to the IPv4 gateway leaves the answer its EIP',
    change: (s) => {
      withEip(s)
      addGateway(s, 'ipv4')
      addNat(s)
      addTable(s, 'rtb-n', 'vsw-2')
      addRoute(s, 'rtb-n', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-4' })
    },
    expect: {
      [`${outside} > ${eip} tcp 81`]:
        'forward internet, forward lb-1, forward i-c, return i-c, return lb-1, return ngw-1, return internet',
    },
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
      [`i-b > ${at} tcp 80`]: 'forward guest.martian-source instance i-b',
      [`i-b > ${at} tcp 81`]: 'i-b lb-1 i-c',
    },
  },
]

/** What becomes of a connection behind the load balancer, and of its answer. */
export const backendCases = [...backends, ...answers]
