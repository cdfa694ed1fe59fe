// table: for every kind of missing input, a question whose definite answer it opens
import type { Gap, Verdict } from '#model'
import type { Sketch } from '#conformance'
import {
  addBalancer,
  addClassic,
  addEip,
  addGateway,
  addGuest,
  addHaVip,
  addInterface,
  addIpv6,
  addNat,
  addPeering,
  addRoute,
  addRouterInterfaces,
  addTable,
  admit,
  find,
  setRules,
} from '../oracle/tiny-network.ts'

/** A change of the tiny network, a question, and what the gap has to make of it. */
export interface GapCase {
  readonly about: string
  readonly change: (sketch: Sketch) => void
  readonly asked: string
  /** Absent: the whole kind was not read. */
  readonly id?: string
  /** The verdict without the gap; `invalid`: without it, the file is. */
  readonly before: Verdict | 'invalid'
  /** What the finding names as missing. */
  readonly missing: string
}

const nothing = (): void => {}
const across = 'i-a > i-c tcp 80'

/** i-a sends IPv6 by eni-a2, which has no address of it, with that of eni-a. */
function lending(sketch: Sketch): void {
  addInterface(sketch, 'a2', 'vsw-1', '10.1.1.44', 'a')
  addIpv6(sketch, 'a', '2408:4000:1:1::11')
  addIpv6(sketch, 'b', '2408:4000:1:1::12')
  addGuest(sketch, 'a', { routes: [{ destination: '::/0', networkInterfaceId: 'eni-a2' }] })
}

const remove = (sketch: Sketch, kind: 'instance' | 'networkInterface' | 'subnet', id: string) => {
  Object.assign(sketch, { [kind]: sketch[kind].filter((item) => item.id !== id) })
}

/** Where a gap of each kind opens an answer; `open`: paths to such resources are open or outside anyway. */
export const gapCases: Readonly<Record<Gap['kind'], readonly GapCase[] | 'open'>> = {
  transitRouter: 'open',
  endpoint: 'open',
  bastion: 'open',
  applicationGateway: 'open',
  scaleSet: 'open',
  vpc: [
    {
      about: 'the sources contradict each other about it',
      change: nothing,
      asked: across,
      id: 'vpc-1',
      before: 'reachable',
      missing: 'vpc vpc-1',
    },
    {
      about: 'what an EIP is bound to is in one that is not listed',
      change: (s) => {
        addEip(s, '47.1.0.10', { kind: 'instance', id: 'i-c' })
        s.vpc = s.vpc.filter(({ id }) => id !== 'vpc-1')
      },
      asked: 'internet > 47.1.0.10 tcp 80',
      id: 'vpc-1',
      before: 'invalid',
      missing: 'vpc vpc-1',
    },
    {
      about: 'the sender is in one that is not listed',
      change: (s) => {
        s.vpc = s.vpc.filter(({ id }) => id !== 'vpc-1')
      },
      asked: 'i-a > i-b tcp 25',
      id: 'vpc-1',
      before: 'invalid',
      missing: 'vpc vpc-1',
    },
    {
      about: 'the sender asks for an address of the Internet',
      change: (s) => {
        s.vpc = s.vpc.filter(({ id }) => id !== 'vpc-1')
      },
      asked: 'i-a > 8.8.8.8 tcp 80',
      id: 'vpc-1',
      before: 'invalid',
      missing: 'vpc vpc-1',
    },
    {
      about: 'the far side of a peering',
      change: (s) => {
        addPeering(s)
        find(s.peering, 'pcc-1').accepterVpcId = 'vpc-9'
      },
      asked: 'i-a > 10.2.1.11 tcp 80',
      before: 'undetermined',
      missing: 'vpc',
    },
  ],
  subnet: [
    {
      about: 'the sources contradict each other about it',
      change: nothing,
      asked: across,
      id: 'vsw-1',
      before: 'reachable',
      missing: 'subnet vsw-1',
    },
    {
      about: 'an address of the own VPC that is in no listed one',
      change: nothing,
      asked: 'i-a > 10.1.9.9 tcp 80',
      before: 'unreachable',
      missing: 'subnet',
    },
    {
      about: 'one that is named and not listed may be where the address is',
      change: nothing,
      asked: 'i-a > 10.1.9.9 tcp 80',
      id: 'vsw-77',
      before: 'unreachable',
      missing: 'subnet vsw-77',
    },
    {
      about: 'behind a peering',
      change: addPeering,
      asked: 'i-a > 10.2.9.9 tcp 80',
      before: 'unreachable',
      missing: 'subnet',
    },
  ],
  instance: [
    {
      about: 'the sources contradict each other about it',
      change: nothing,
      asked: across,
      id: 'i-c',
      before: 'reachable',
      missing: 'instance i-c',
    },
    {
      about: 'an interface names one that is not listed',
      change: (s) => remove(s, 'instance', 'i-c'),
      asked: 'i-a > 10.1.2.11 tcp 80',
      before: 'invalid',
      missing: 'instance i-c',
    },
    {
      about: 'a classic one that is not listed may be linked',
      change: (s) => {
        addClassic(s, 'k', { intranetAddress: '10.200.0.1', linkedVpcId: 'vpc-1' })
        find(s.vpc, 'vpc-1').cidrs = ['172.16.0.0/12', '10.1.0.0/16']
        find(s.subnet, 'vsw-1').cidr = '172.16.1.0/24'
        find(s.networkInterface, 'eni-a').addresses = ['172.16.1.11']
        find(s.networkInterface, 'eni-b').addresses = ['172.16.1.12']
      },
      asked: 'i-a > 10.200.0.2 tcp 80 vpc-1',
      before: 'unreachable',
      missing: 'instance',
    },
  ],
  networkInterface: [
    {
      about: 'one in doubt may lend its IPv6 address',
      change: lending,
      asked: 'i-a > 2408:4000:1:1::12 tcp 80',
      id: 'eni-a',
      before: 'reachable',
      missing: 'networkInterface eni-a',
    },
    {
      about: 'one more may lend an IPv6 address',
      change: lending,
      asked: 'i-a > 2408:4000:1:1::12 tcp 80',
      before: 'reachable',
      missing: 'networkInterface',
    },
    {
      about: 'the sources contradict each other about it',
      change: nothing,
      asked: across,
      id: 'eni-c',
      before: 'reachable',
      missing: 'networkInterface eni-c',
    },
    {
      about: 'an address that no listed one has',
      change: nothing,
      asked: 'i-a > 10.1.2.99 tcp 80',
      before: 'unreachable',
      missing: 'networkInterface',
    },
    {
      about: 'one that is named and not listed may have the address',
      change: nothing,
      asked: 'i-a > 10.1.2.99 tcp 80',
      id: 'eni-77',
      before: 'unreachable',
      missing: 'networkInterface eni-77',
    },
    {
      about: 'a sender by an address that no listed one has',
      change: nothing,
      asked: '10.1.2.99 > i-a tcp 80',
      before: 'unreachable',
      missing: 'networkInterface',
    },
    {
      about: 'an instance without any',
      change: (s) => remove(s, 'networkInterface', 'eni-a'),
      asked: 'i-a > i-c tcp 80',
      before: 'unreachable',
      missing: 'networkInterface',
    },
    {
      about: 'the next hop of a route',
      change: (s) => {
        addTable(s, 'rtb-x', 'vsw-1')
        addRoute(s, 'rtb-x', '10.9.0.0/16', { kind: 'networkInterface', id: 'eni-77' })
      },
      asked: 'i-a > 10.9.0.1 tcp 80 vpc-1',
      id: 'eni-77',
      before: 'unreachable',
      missing: 'networkInterface eni-77',
    },
    {
      about: 'an outbound rule that names a group, for an address whose owner is not known',
      change: (s) => {
        const deny = { ...admit('deny'), direction: 'egress', action: 'drop' } as const
        const peer = { kind: 'group', groupId: 'sg-1' } as const
        const allow = { ...admit('allow'), direction: 'egress', priority: 1, peer } as const
        setRules(s, 'sg-1', deny, allow)
      },
      asked: 'i-a > 10.1.2.99 tcp 80',
      before: 'unreachable',
      missing: 'networkInterface',
    },
  ],
  securityGroup: [
    {
      about: 'only part of it was read',
      change: nothing,
      asked: across,
      id: 'sg-1',
      before: 'reachable',
      missing: 'securityGroup sg-1',
    },
    {
      about: 'an interface names one that is not listed',
      change: (s) => find(s.networkInterface, 'eni-c').securityGroupIds.push('sg-77'),
      asked: across,
      before: 'invalid',
      missing: 'securityGroup sg-77',
    },
    {
      about: 'the rule of the far end names it, and may match',
      change: (s) => {
        find(s.networkInterface, 'eni-a').securityGroupIds.push('sg-77')
        const peer = { kind: 'group', groupId: 'sg-77' } as const
        setRules(s, 'sg-1', { ...admit('in'), peer })
      },
      asked: across,
      id: 'sg-77',
      before: 'invalid',
      missing: 'securityGroup sg-77',
    },
  ],
  networkAcl: [
    {
      about: 'a vSwitch names one that is not listed',
      change: (s) => {
        find(s.subnet, 'vsw-1').networkAclId = 'acl-77'
      },
      asked: across,
      before: 'invalid',
      missing: 'networkAcl acl-77',
    },
  ],
  networkAclAssociation: [
    {
      about: 'every vSwitch may have one',
      change: nothing,
      asked: across,
      before: 'reachable',
      missing: 'networkAclAssociation vsw-1',
    },
    {
      about: 'one vSwitch may have one',
      change: nothing,
      asked: across,
      id: 'vsw-2',
      before: 'reachable',
      missing: 'networkAclAssociation vsw-2',
    },
  ],
  routeTable: [
    {
      about: 'only part of it was read',
      change: nothing,
      asked: across,
      id: 'rtb-1',
      before: 'reachable',
      missing: 'routeTable rtb-1',
    },
    {
      about: 'the system table is not listed',
      change: (s) => {
        s.routeTable = s.routeTable.filter(({ id }) => id !== 'rtb-1')
      },
      asked: across,
      before: 'undetermined',
      missing: 'routeTable',
    },
  ],
  publicAddress: [
    {
      about: 'the sender may have one',
      change: nothing,
      asked: 'i-a > 8.8.8.8 tcp 80',
      before: 'unreachable',
      missing: 'publicAddress',
    },
    {
      about: 'the sources contradict each other about the sender’s',
      change: (s) => addEip(s, '47.1.0.10', { kind: 'instance', id: 'i-a' }),
      asked: 'i-a > 8.8.8.8 tcp 80',
      id: 'eip-1',
      before: 'reachable',
      missing: 'publicAddress eip-1',
    },
    {
      about: 'the sources contradict each other about that of a NAT gateway',
      change: (s) => {
        addNat(s)
        addGateway(s, 'ipv4')
        addTable(s, 'rtb-x', 'vsw-2')
        addRoute(s, 'rtb-x', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-4' })
      },
      asked: 'i-a > 8.8.8.8 tcp 80',
      id: 'eip-1',
      before: 'reachable',
      missing: 'publicAddress eip-1',
    },
    {
      about: 'an IPv4 gateway finds none for the sender',
      change: (s) => {
        addGateway(s, 'ipv4')
        addRoute(s, 'rtb-1', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-4' })
      },
      asked: 'i-a > 8.8.8.8 tcp 80',
      before: 'unreachable',
      missing: 'publicAddress',
    },
  ],
  natGateway: [
    {
      about: 'its entries were not read',
      change: addNat,
      asked: 'i-a > 8.8.8.8 tcp 80',
      id: 'ngw-1',
      before: 'reachable',
      missing: 'natGateway ngw-1',
    },
    {
      about: 'the next hop of a route',
      change: (s) => addRoute(s, 'rtb-1', '0.0.0.0/0', { kind: 'natGateway', id: 'ngw-7' }),
      asked: 'i-a > 8.8.8.8 tcp 80',
      before: 'unreachable',
      missing: 'natGateway ngw-7',
    },
  ],
  internetGateway: [
    {
      about: 'there may be one that takes the packet from the bypass',
      change: (s) => addEip(s, '47.1.0.10', { kind: 'instance', id: 'i-a' }),
      asked: 'i-a > 8.8.8.8 tcp 80',
      before: 'reachable',
      missing: 'internetGateway',
    },
    {
      about: 'the next hop of a route, in doubt',
      change: (s) => {
        addGateway(s, 'ipv4').enabled = false
        addEip(s, '47.1.0.10', { kind: 'instance', id: 'i-c' })
        addRoute(s, 'rtb-1', '0.0.0.0/0', { kind: 'internetGateway', id: 'igw-4' })
      },
      asked: 'i-a > 8.8.8.8 tcp 80',
      id: 'igw-4',
      before: 'unreachable',
      missing: 'internetGateway igw-4',
    },
    {
      about: 'an IPv6 address called from the Internet',
      change: (s) => {
        addIpv6(s, 'a', '2408:4000:1:1::11', 'both')
        addRoute(s, 'rtb-1', '::/0', { kind: 'internetGateway', id: 'igw-6' })
      },
      asked: 'internet > 2408:4000:1:1::11 tcp 80',
      before: 'unreachable',
      missing: 'internetGateway',
    },
  ],
  ipv6Internet: [
    {
      about: 'an IPv6 address called from the Internet',
      change: (s) => {
        addIpv6(s, 'a', '2408:4000:1:1::11')
        addGateway(s, 'ipv6')
        addRoute(s, 'rtb-1', '::/0', { kind: 'internetGateway', id: 'igw-6' })
      },
      asked: 'internet > 2408:4000:1:1::11 tcp 80',
      before: 'undetermined',
      missing: 'ipv6Internet',
    },
  ],
  peering: [
    {
      about: 'the sources contradict each other about it',
      change: addPeering,
      asked: 'i-a > i-z tcp 80',
      id: 'pcc-1',
      before: 'reachable',
      missing: 'peering pcc-1',
    },
    {
      about: 'the next hop of a route',
      change: (s) => addRoute(s, 'rtb-1', '10.2.0.0/16', { kind: 'peering', id: 'pcc-7' }),
      asked: 'i-a > i-z tcp 80',
      before: 'unreachable',
      missing: 'peering pcc-7',
    },
  ],
  routerInterface: [
    {
      about: 'the one on the far side is not listed',
      change: (s) => {
        addRouterInterfaces(s)
        s.routerInterface = s.routerInterface.filter(({ id }) => id === 'ri-1')
        addRoute(s, 'rtb-1', '10.2.0.0/16', { kind: 'routerInterface', id: 'ri-1' })
        addRoute(s, 'rtb-2', '10.1.0.0/16', { kind: 'routerInterface', id: 'ri-2' })
      },
      asked: 'i-a > i-z tcp 80',
      before: 'unreachable',
      missing: 'routerInterface ri-2',
    },
  ],
  cloudService: [
    {
      about: 'an address of a vSwitch that nothing listed has',
      change: nothing,
      asked: 'i-a > 10.1.2.99 tcp 80',
      before: 'unreachable',
      missing: 'cloudService',
    },
  ],
  vpnGateway: [
    {
      about: 'the next hop of a route',
      change: (s) => addRoute(s, 'rtb-1', '172.31.0.0/16', { kind: 'vpnGateway', id: 'vpn-7' }),
      asked: 'i-a > 172.31.0.1 tcp 80 vpc-1',
      before: 'unreachable',
      missing: 'vpnGateway vpn-7',
    },
  ],
  line: [
    {
      about: 'the next hop of a route',
      change: (s) => addRoute(s, 'rtb-1', '172.31.0.0/16', { kind: 'line', id: 'vbr-7' }),
      asked: 'i-a > 172.31.0.1 tcp 80 vpc-1',
      before: 'unreachable',
      missing: 'line vbr-7',
    },
  ],
  prefixList: [
    {
      about: 'a rule names one that is not listed',
      change: (s) => {
        const peer = { kind: 'prefixList', prefixListId: 'pl-7' } as const
        setRules(s, 'sg-1', { ...admit('in'), peer })
      },
      asked: across,
      before: 'invalid',
      missing: 'prefixList pl-7',
    },
  ],
  loadBalancer: [
    {
      about: 'the address of nobody may be one’s',
      change: nothing,
      asked: 'i-a > 10.1.2.77 tcp 80',
      before: 'unreachable',
      missing: 'loadBalancer',
    },
    {
      about: 'the sources contradict each other about one',
      change: (s) => addBalancer(s, 'c'),
      asked: 'i-a > 10.1.2.100 tcp 80',
      id: 'lb-1',
      before: 'reachable',
      missing: 'loadBalancer lb-1',
    },
    {
      about: 'of one only the address was read',
      change: (s) => {
        const balancer = addBalancer(s, 'c')
        delete balancer.vpcId
        delete balancer.subnetId
      },
      asked: 'i-a > 10.1.2.100 tcp 80',
      id: 'lb-1',
      before: 'invalid',
      missing: 'loadBalancer lb-1',
    },
    {
      about: 'an EIP leads to one in doubt',
      change: (s) => {
        addBalancer(s, 'c')
        addEip(s, '47.1.0.10', { kind: 'loadBalancer', id: 'lb-1' })
      },
      asked: '203.0.113.9 > 47.1.0.10 tcp 80',
      id: 'lb-1',
      before: 'reachable',
      missing: 'loadBalancer lb-1',
    },
  ],
  haVip: [
    {
      about: 'the sources contradict each other about it',
      change: (s) => addHaVip(s, 'i-c'),
      asked: 'i-a > 10.1.2.200 tcp 80',
      id: 'havip-1',
      before: 'reachable',
      missing: 'haVip havip-1',
    },
    {
      about: 'an address that nothing listed has',
      change: nothing,
      asked: 'i-a > 10.1.2.99 tcp 80',
      before: 'unreachable',
      missing: 'haVip',
    },
  ],
  classicLink: [
    {
      about: 'a classic instance that may be linked, towards the VPC',
      change: (s) => addClassic(s, 'k', { intranetAddress: '10.200.0.1' }),
      asked: 'i-k > 10.1.1.11 tcp 80',
      before: 'unreachable',
      missing: 'classicLink i-k',
    },
    {
      about: 'from the VPC towards a classic instance',
      change: (s) => addClassic(s, 'k', { intranetAddress: '10.200.0.1' }),
      asked: 'i-a > 10.200.0.1 tcp 80',
      id: 'i-k',
      before: 'unreachable',
      missing: 'classicLink i-k',
    },
    {
      about: 'its link is in doubt',
      change: (s) => addClassic(s, 'k', { intranetAddress: '10.200.0.1', linkedVpcId: 'vpc-1' }),
      asked: 'i-k > 10.1.1.11 tcp 80',
      id: 'i-k',
      before: 'unreachable',
      missing: 'classicLink i-k',
    },
  ],
  addressUse: [
    {
      about: 'an address of the vSwitch that nothing listed has',
      change: nothing,
      asked: 'i-a > 10.1.2.99 tcp 80',
      id: 'vsw-2',
      before: 'unreachable',
      missing: 'vsw-2',
    },
    {
      about: 'every vSwitch',
      change: nothing,
      asked: 'i-a > 10.1.2.99 tcp 80',
      before: 'unreachable',
      missing: 'vsw-2',
    },
    {
      about: 'a sender by such an address',
      change: nothing,
      asked: '10.1.2.99 > i-a tcp 80',
      id: 'vsw-2',
      before: 'unreachable',
      missing: 'vsw-2',
    },
  ],
}
