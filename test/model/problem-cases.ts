// table: one row per way to spoil the sample network
import type { Problem, ProblemCode } from '#model'
import { REMOVE } from './sample-network.ts'
import type { Edits } from './sample-network.ts'

/** What was done to the healthy sample, and the one problem that has to come of it. */
export interface ProblemCase {
  readonly code: ProblemCode
  readonly edits: Edits
  readonly pointer: string
  readonly severity?: Problem['severity']
  readonly message: string
}

const home = { provider: 'alibaba', account: '1001', region: 'cn-hangzhou' }
const eni = {
  ...home,
  id: 'eni-new',
  type: 'secondary',
  state: 'Available',
  vpcId: 'vpc-1',
  subnetId: 'vsw-b',
  addresses: ['10.0.2.30'],
  securityGroupIds: ['sg-db'],
}

const balancer = { ...home, id: 'lb-1', subnetId: 'vsw-b', address: '10.0.2.60' }

const active = { ...balancer, state: 'active' }
const server = { target: { kind: 'networkInterface', id: 'eni-db' }, port: 80, weight: 1 }
const listener = { protocol: 'tcp', port: 80, state: 'running', backends: [server] }
const udp = { ...listener, protocol: 'udp' }
const plug = { id: 'att-1', kind: 'cable', resourceId: 'vpc-1', state: 'available' }

const gateway = { ...home, vpcId: 'vpc-1', state: 'Available', enabled: true }

/** Every problem of a network, by the smallest edit that brings it about. */
export const problemCases: readonly ProblemCase[] = [
  {
    code: 'wrong-type',
    edits: { '/vpc/0/name': 7 },
    pointer: '/vpc/0/name',
    message: 'The field "name" must be a string, but is 7.',
  },
  {
    code: 'wrong-type',
    edits: { '/peering': {} },
    pointer: '/peering',
    message: 'The field "peering" must be an array, but is an object.',
  },
  {
    code: 'wrong-type',
    edits: { '/securityGroup/1/rules/0': null },
    pointer: '/securityGroup/1/rules/0',
    message: 'Item 0 must be an object, but is null.',
  },
  {
    code: 'wrong-type',
    edits: { '/securityGroup/1/rules/0/priority': '1' },
    pointer: '/securityGroup/1/rules/0/priority',
    message: 'The field "priority" must be a number, but is "1".',
  },
  {
    code: 'missing-field',
    edits: { '/networkInterface/0/subnetId': REMOVE },
    pointer: '/networkInterface/0/subnetId',
    message: 'The field "subnetId" is missing; it must be a string.',
  },
  {
    code: 'missing-field',
    edits: { '/kind': REMOVE },
    pointer: '/kind',
    message: 'The field "kind" is missing; it must be "hopwise.network/v1".',
  },
  {
    code: 'missing-field',
    edits: { '/securityGroup/1/rules/0/peer/kind': REMOVE },
    pointer: '/securityGroup/1/rules/0/peer/kind',
    message:
      'The field "kind" is missing; it must be "cidr" or "group" or "prefixList" or "serviceTag" or "anyOf".',
  },
  {
    code: 'missing-field',
    edits: { '/securityGroup/1/rules/0/protocol': REMOVE },
    pointer: '/securityGroup/1/rules/0/protocol',
    message:
      'The field "protocol" is missing; it must be "all" or a protocol number from 0 to 255.',
  },
  {
    code: 'unknown-field',
    severity: 'warning',
    edits: { '/instance/0/flavour~1size': 'large' },
    pointer: '/instance/0/flavour~1size',
    message: 'The field "flavour/size" is not known here and is ignored.',
  },
  {
    code: 'unknown-field',
    severity: 'warning',
    edits: { '/vpcs': [] },
    pointer: '/vpcs',
    message: 'The field "vpcs" is not known here and is ignored.',
  },
  {
    code: 'unknown-field',
    severity: 'warning',
    edits: { '/peerings': [], '/peering': REMOVE },
    pointer: '/peerings',
    message: 'The field "peerings" is not known here and is ignored. Did you mean "peering"?',
  },
  {
    code: 'unknown-field',
    severity: 'warning',
    edits: { '/instance/1/lock': [] },
    pointer: '/instance/1/lock',
    message: 'The field "lock" is not known here and is ignored. Did you mean "locks"?',
  },
  {
    code: 'unknown-field',
    severity: 'warning',
    edits: { '/securityGroup/1/rules/0/peer/acount': '1002' },
    pointer: '/securityGroup/1/rules/0/peer/acount',
    message: 'The field "acount" is not known here and is ignored. Did you mean "account"?',
  },
  {
    code: 'wrong-format',
    edits: { '/kind': 'hopwise.network/v9' },
    pointer: '/kind',
    message: 'The field "kind" must be "hopwise.network/v1", but is "hopwise.network/v9".',
  },
  {
    code: 'bad-value',
    edits: { '/vpc/0/provider': 'gcp' },
    pointer: '/vpc/0/provider',
    message: 'The field "provider" must be "alibaba" or "aws" or "azure", but is "gcp".',
  },
  {
    code: 'bad-value',
    edits: { '/securityGroup/1/rules/0/peer/kind': 'everybody' },
    pointer: '/securityGroup/1/rules/0/peer/kind',
    message:
      'The field "kind" must be "cidr" or "group" or "prefixList" or "serviceTag" or "anyOf", but is "everybody".',
  },
  {
    code: 'bad-state',
    edits: { '/instance/0/state': 'Napping' },
    pointer: '/instance/0/state',
    message:
      'The field "state" must be "Pending" or "Starting" or "Running" or "Stopping" or "Stopped", but is "Napping".',
  },
  {
    code: 'bad-address',
    edits: { '/networkInterface/0/addresses/1': '10.0.01.11' },
    pointer: '/networkInterface/0/addresses/1',
    message: 'Item 1 must be an IPv4 address, such as 10.0.0.1, but is "10.0.01.11".',
  },
  {
    code: 'bad-address',
    edits: { '/networkInterface/0/ipv6Addresses/0/address': '10.0.1.9' },
    pointer: '/networkInterface/0/ipv6Addresses/0/address',
    message: 'The field "address" must be an IPv6 address, such as 2001:db8::1, but is "10.0.1.9".',
  },
  {
    code: 'bad-address',
    edits: {
      '/loadBalancer': [{ ...balancer, frontends: [{ address: '::1', subnetId: 'vsw-b' }] }],
    },
    pointer: '/loadBalancer/0/frontends/0/address',
    message: 'The field "address" must be an IPv4 address, such as 10.0.0.1, but is "::1".',
  },
  {
    code: 'bad-address',
    edits: { '/natGateway/0/addresses': [{ privateAddress: 'inside' }] },
    pointer: '/natGateway/0/addresses/0/privateAddress',
    message:
      'The field "privateAddress" must be an IPv4 address, such as 10.0.0.1, but is "inside".',
  },
  {
    code: 'bad-value',
    edits: { '/networkInterface/1/serves': { kind: 'coffee' } },
    pointer: '/networkInterface/1/serves/kind',
    message:
      'The field "kind" must be "natGateway" or "loadBalancer" or "endpoint" or "transitRouter" or "service", but is "coffee".',
  },
  {
    code: 'bad-value',
    edits: { '/transitRouter': [{ ...home, id: 'tr-1', attachments: [plug] }] },
    pointer: '/transitRouter/0/attachments/0/kind',
    message:
      'The field "kind" must be "vpc" or "line" or "peering" or "unsupported", but is "cable".',
  },
  {
    code: 'bad-cidr',
    edits: { '/line': [{ ...home, id: 'line-1', routes: ['yonder'] }] },
    pointer: '/line/0/routes/0',
    message: 'Item 0 must be an address range, such as 10.0.0.0/8, but is "yonder".',
  },
  {
    code: 'out-of-range',
    edits: { '/securityGroup/1/rules/0/icmp': { type: 256 } },
    pointer: '/securityGroup/1/rules/0/icmp/type',
    message: 'The field "type" must be a whole number from 0 to 255, but is 256.',
  },
  {
    code: 'bad-cidr',
    edits: { '/subnet/1/cidr': '10.0.2.1/24' },
    pointer: '/subnet/1/cidr',
    message:
      'The field "cidr" must be an address range without host bits, such as 10.0.0.0/24, but is "10.0.2.1/24".',
  },
  {
    code: 'bad-cidr',
    edits: { '/securityGroup/1/rules/2/peer/cidr': '0.0.0.0/33' },
    pointer: '/securityGroup/1/rules/2/peer/cidr',
    message: 'The field "cidr" must be an address range, such as 10.0.0.0/8, but is "0.0.0.0/33".',
  },
  {
    code: 'bad-protocol',
    edits: { '/networkAcl/0/ingress/0/protocol': 256 },
    pointer: '/networkAcl/0/ingress/0/protocol',
    message: 'The field "protocol" must be "all" or a protocol number from 0 to 255, but is 256.',
  },
  {
    code: 'bad-time',
    edits: { '/capturedAt': 'yesterday' },
    pointer: '/capturedAt',
    message:
      'The field "capturedAt" must be a time in UTC, such as 2026-11-21T01:31:28Z, but is "yesterday".',
  },
  {
    code: 'port-range',
    edits: { '/securityGroup/1/rules/0/ports/0/to': 65_536 },
    pointer: '/securityGroup/1/rules/0/ports/0/to',
    message: 'The field "to" must be a port, a whole number from 0 to 65535, but is 65536.',
  },
  {
    code: 'port-range',
    edits: { '/natGateway/0/dnat/0/internalPort': { from: 9, to: 8 } },
    pointer: '/natGateway/0/dnat/0/internalPort',
    message:
      'The field "internalPort" must be an interval whose `from` is not above its `to`, but is an object.',
  },
  {
    code: 'out-of-range',
    edits: { '/routeTable/0/routes/1/nextHops/0/weight': -1 },
    pointer: '/routeTable/0/routes/1/nextHops/0/weight',
    message: 'The field "weight" must be a whole number, 0 or above, but is -1.',
  },
  {
    code: 'out-of-range',
    edits: { '/securityGroup/1/rules/0/priority': 1.5 },
    pointer: '/securityGroup/1/rules/0/priority',
    message: 'The field "priority" must be a whole number, but is 1.5.',
  },
  {
    code: 'empty-text',
    edits: { '/vpnGateway/0/id': '' },
    pointer: '/vpnGateway/0/id',
    message: 'The field "id" must be text of at least one character, but is "".',
  },
  {
    code: 'empty-list',
    edits: { '/routeTable/0/routes/0/nextHops': [] },
    pointer: '/routeTable/0/routes/0/nextHops',
    message: 'The field "nextHops" must be a list of at least one item, but is an array of 0.',
  },
  {
    code: 'duplicate-id',
    edits: { '/vpnGateway/-': { ...home, id: 'vpn-1' } },
    pointer: '/vpnGateway/1/id',
    message: 'The VPN gateway vpn-1 is listed twice, first at /vpnGateway/0.',
  },
  {
    code: 'duplicate-id',
    edits: { '/guests/-': { ...home, instanceId: 'i-web' } },
    pointer: '/guests/1/instanceId',
    message: 'What was seen inside instance i-web is listed twice, first at /guests/0.',
  },
  {
    code: 'dangling-reference',
    edits: { '/networkInterface/0/subnetId': 'vsw-z' },
    pointer: '/networkInterface/0/subnetId',
    message:
      'There is no subnet vsw-z in this file, and no gap says so. Did you mean vsw-a or vsw-b?',
  },
  {
    code: 'dangling-reference',
    edits: { '/haVip/0/members/0': 'eni-z\u001b[31m' },
    pointer: '/haVip/0/members/0',
    message:
      'There is no instance or network interface "eni-z\\u001b[31m" in this file, and no gap says so.',
  },
  {
    code: 'ambiguous-reference',
    edits: {
      '/vpc/-': { ...home, region: 'cn-beijing', id: 'vpc-3', cidrs: ['10.0.0.0/8'] },
      '/vpc/3': { ...home, region: 'cn-shanghai', id: 'vpc-3', cidrs: ['10.0.0.0/8'] },
      '/cloudService/1/vpcId': 'vpc-3',
      '/gaps/-': { kind: 'routeTable', provider: 'alibaba', call: 'DescribeRouteTableList' },
    },
    pointer: '/cloudService/1/vpcId',
    message:
      'Several accounts or regions have a VPC vpc-3, and none of them is where this reference is made.',
  },
  {
    code: 'overlapping-subnets',
    edits: { '/subnet/-': { ...home, id: 'vsw-c', vpcId: 'vpc-1', cidr: '10.0.2.128/25' } },
    pointer: '/subnet/3/cidr',
    message: 'Subnets vsw-c and vsw-b of one VPC overlap.',
  },
  {
    code: 'overlapping-subnets',
    edits: { '/subnet/1/ipv6Cidr': '2001:db8:1::/80' },
    pointer: '/subnet/1/ipv6Cidr',
    message: 'Subnets vsw-b and vsw-a of one VPC overlap.',
  },
  {
    code: 'subnet-outside-vpc',
    edits: { '/subnet/-': { ...home, id: 'vsw-c', vpcId: 'vpc-1', cidr: '10.1.0.0/24' } },
    pointer: '/subnet/3/cidr',
    message: 'Subnet vsw-c lies outside the ranges of VPC vpc-1.',
  },
  {
    code: 'address-outside-subnet',
    edits: { '/networkInterface/0/addresses/1': '10.0.3.1' },
    pointer: '/networkInterface/0/addresses/1',
    message: 'The address 10.0.3.1 of network interface eni-web lies outside subnet vsw-a.',
  },
  {
    code: 'address-outside-subnet',
    edits: { '/networkInterface/0/ipv6Addresses/0/address': '2001:db8:2::10' },
    pointer: '/networkInterface/0/ipv6Addresses/0/address',
    message: 'The address 2001:db8:2::10 of network interface eni-web lies outside subnet vsw-a.',
  },
  {
    code: 'reserved-address',
    severity: 'warning',
    edits: { '/networkInterface/0/addresses/1': '10.0.1.253' },
    pointer: '/networkInterface/0/addresses/1',
    message:
      'The cloud keeps the address 10.0.1.253 of subnet vsw-a for itself, but network interface eni-web has it.',
  },
  {
    code: 'reserved-address',
    severity: 'warning',
    edits: { '/networkInterface/0/ipv6Addresses/0/address': '2001:db8:1:0:ffff:ffff:ffff:fff7' },
    pointer: '/networkInterface/0/ipv6Addresses/0/address',
    message:
      'The cloud keeps the address 2001:db8:1:0:ffff:ffff:ffff:fff7 of subnet vsw-a for itself, but network interface eni-web has it.',
  },
  {
    code: 'address-outside-subnet',
    edits: { '/haVip/0/address': '10.0.1.100' },
    pointer: '/haVip/0/address',
    message: 'The address 10.0.1.100 of HaVip havip-1 lies outside subnet vsw-b.',
  },
  {
    code: 'missing-field',
    edits: { '/loadBalancer': [{ ...home, id: 'lb-1', address: '10.0.2.60' }] },
    pointer: '/loadBalancer/0/vpcId',
    message:
      'The load balancer lb-1 has the address 10.0.2.60 and needs a "vpcId" or a "subnetId" that says where.',
  },
  {
    code: 'bad-state',
    severity: 'warning',
    edits: { '/loadBalancer': [{ ...balancer, listeners: [], state: 'Activ' }] },
    pointer: '/loadBalancer/0/state',
    message:
      'The load balancer lb-1 has the state "Activ", which is not known and counts as one that takes no connections; known are "active" or "inactive" or "locked". Did you mean "active"?',
  },
  {
    code: 'missing-field',
    severity: 'warning',
    edits: { '/loadBalancer': [{ ...balancer, listeners: [] }] },
    pointer: '/loadBalancer/0/state',
    message:
      'The load balancer lb-1 has no state, so whether it takes connections stays open; known are "active" or "inactive" or "locked".',
  },
  {
    code: 'port-range',
    edits: {
      '/loadBalancer': [
        {
          ...balancer,
          listeners: [{ protocol: 'tcp', port: 0, state: 'running', backends: [] }],
        },
      ],
    },
    pointer: '/loadBalancer/0/listeners/0/port',
    message: 'The field "port" must be a port, a whole number from 1 to 65535, but is 0.',
  },
  {
    code: 'port-range',
    edits: {
      '/loadBalancer': [
        {
          ...balancer,
          listeners: [
            {
              protocol: 'tcp',
              port: 80,
              state: 'running',
              backends: [
                { target: { kind: 'networkInterface', id: 'eni-db' }, port: 0, weight: 1 },
              ],
            },
          ],
        },
      ],
    },
    pointer: '/loadBalancer/0/listeners/0/backends/0/port',
    message: 'The field "port" must be a port, a whole number from 1 to 65535, but is 0.',
  },
  {
    code: 'address-outside-subnet',
    edits: { '/loadBalancer': [{ ...balancer, address: '10.0.1.60' }] },
    pointer: '/loadBalancer/0/address',
    message: 'The address 10.0.1.60 of load balancer lb-1 lies outside subnet vsw-b.',
  },
  {
    code: 'address-outside-vpc',
    edits: {
      '/gaps/-': { kind: 'subnet', provider: 'alibaba', id: 'vsw-b', call: 'DescribeVSwitches' },
      '/subnet/1/id': 'vsw-other',
      '/networkInterface/1/addresses/0': '10.77.0.1',
    },
    pointer: '/networkInterface/1/addresses/0',
    message: 'The address 10.77.0.1 of network interface eni-db lies outside VPC vpc-1.',
  },
  {
    code: 'duplicate-address',
    edits: { '/networkInterface/-': { ...eni, addresses: ['10.0.2.31', '10.0.2.20'] } },
    pointer: '/networkInterface/2/addresses/1',
    message:
      'The address 10.0.2.20 of network interface eni-new is taken in one VPC, first at /networkInterface/1/addresses/0.',
  },
  {
    code: 'duplicate-address',
    edits: { '/loadBalancer': [{ ...balancer, address: '10.0.2.20' }] },
    pointer: '/loadBalancer/0/address',
    message:
      'The address 10.0.2.20 of load balancer lb-1 is taken in one VPC, first at /networkInterface/1/addresses/0.',
  },
  {
    code: 'duplicate-address',
    edits: { '/haVip/0/address': '10.0.2.20' },
    pointer: '/haVip/0/address',
    message:
      'The address 10.0.2.20 of HaVip havip-1 is taken in one VPC, first at /networkInterface/1/addresses/0.',
  },
  {
    code: 'duplicate-address',
    edits: {
      '/networkInterface/0/ipv6Addresses/-': { address: '2001:DB8:1:0:0::10' },
    },
    pointer: '/networkInterface/0/ipv6Addresses/1/address',
    message:
      'The address 2001:DB8:1:0:0::10 of network interface eni-web is taken in one VPC, first at /networkInterface/0/ipv6Addresses/0/address.',
  },
  {
    code: 'duplicate-address',
    edits: { '/publicAddress/1/address': '203.0.113.10' },
    pointer: '/publicAddress/1/address',
    message:
      'The address 203.0.113.10 of public address eip-free is taken, first at /publicAddress/0/address.',
  },
  {
    code: 'binding-address',
    severity: 'warning',
    edits: { '/publicAddress/0/boundTo/privateAddress': '10.0.1.99' },
    pointer: '/publicAddress/0/boundTo/privateAddress',
    message: 'Public address eip-web maps to 10.0.1.99, which eni-web does not have.',
  },
  {
    code: 'mixed-families',
    severity: 'warning',
    edits: { '/prefixList/0/cidrs/-': '2001:db8::/32' },
    pointer: '/prefixList/0/cidrs',
    message: 'Prefix list pl-1 mixes IPv4 and IPv6 prefixes.',
  },
  {
    code: 'wrong-vpc',
    edits: { '/loadBalancer': [{ ...balancer, vpcId: 'vpc-2' }] },
    pointer: '/loadBalancer/0/subnetId',
    message: 'The load balancer lb-1 is in VPC vpc-2, but the subnet vsw-b is in VPC vpc-1.',
  },
  {
    code: 'wrong-vpc',
    edits: { '/networkInterface/1/securityGroupIds/0': 'sg-far' },
    pointer: '/networkInterface/1/securityGroupIds/0',
    message:
      'The network interface eni-db is in VPC vpc-1, but the security group sg-far is in VPC vpc-2.',
  },
  {
    code: 'wrong-vpc',
    edits: { '/subnet/1/routeTableId': 'vtb-2' },
    pointer: '/subnet/1/routeTableId',
    message: 'The subnet vsw-b is in VPC vpc-1, but the route table vtb-2 is in VPC vpc-2.',
  },
  {
    code: 'network-type',
    edits: {
      '/instance/2/network': 'vpc',
      '/networkInterface/-': { ...eni, type: 'primary', state: 'InUse', instanceId: 'i-old' },
    },
    pointer: '/instance/2/network',
    message: 'Instance i-old has the network type vpc, which its other fields contradict.',
  },
  {
    code: 'attachment-state',
    severity: 'warning',
    edits: { '/networkInterface/-': { ...eni, state: 'InUse' } },
    pointer: '/networkInterface/2/state',
    message: 'Network interface eni-new is InUse although it has no instance.',
  },
  {
    code: 'attachment-state',
    severity: 'warning',
    edits: { '/networkInterface/-': { ...eni, instanceId: 'i-db' } },
    pointer: '/networkInterface/2/state',
    message: 'Network interface eni-new is Available although it has an instance.',
  },
  {
    code: 'attachment-state',
    severity: 'warning',
    edits: { '/publicAddress/0/boundTo': REMOVE },
    pointer: '/publicAddress/0/state',
    message: 'Public address eip-web is InUse although it is bound to nothing.',
  },
  {
    code: 'attachment-state',
    severity: 'warning',
    edits: { '/publicAddress/0/state': 'Available' },
    pointer: '/publicAddress/0/state',
    message: 'Public address eip-web is Available although it is bound.',
  },
  {
    code: 'primary-interface',
    severity: 'warning',
    edits: { '/networkInterface/1/type': 'secondary' },
    pointer: '/instance/1',
    message: 'Instance i-db has no primary network interfaces.',
  },
  {
    code: 'primary-interface',
    severity: 'warning',
    edits: {
      '/networkInterface/-': { ...eni, type: 'primary', state: 'InUse', instanceId: 'i-db' },
    },
    pointer: '/instance/1',
    message: 'Instance i-db has 2 primary network interfaces.',
  },
  {
    code: 'mixed-group-types',
    severity: 'warning',
    edits: { '/networkInterface/1/securityGroupIds/-': 'sg-big' },
    pointer: '/networkInterface/1/securityGroupIds',
    message: 'Network interface eni-db has both basic and enterprise security groups.',
  },
  {
    code: 'enterprise-group-peer',
    severity: 'warning',
    edits: { '/securityGroup/1/type': 'enterprise' },
    pointer: '/securityGroup/1/rules/0/peer',
    message: 'Rule r-1 matches nothing: only basic security groups can name each other.',
  },
  {
    code: 'enterprise-group-peer',
    severity: 'warning',
    edits: { '/securityGroup/1/rules/0/peer/groupId': 'sg-big' },
    pointer: '/securityGroup/1/rules/0/peer',
    message: 'Rule r-1 matches nothing: only basic security groups can name each other.',
  },
  {
    code: 'gateway-mode',
    severity: 'warning',
    edits: {
      '/publicAddress/0/mode': 'multi-visible',
      '/internetGateway/-': { ...gateway, id: 'ipv4gw-1', kind: 'ipv4' },
    },
    pointer: '/publicAddress/0/mode',
    message:
      'Public address eip-web is multi-visible, which a VPC with an activated IPv4 gateway (ipv4gw-1) does not allow.',
  },
  {
    code: 'system-table-count',
    severity: 'warning',
    edits: { '/routeTable/1/type': 'custom' },
    pointer: '/vpc/1',
    message: 'VPC vpc-2 has no system route tables.',
  },
  {
    code: 'system-table-count',
    severity: 'warning',
    edits: {
      '/routeTable/-': { ...home, id: 'vtb-3', vpcId: 'vpc-1', type: 'system', routes: [] },
    },
    pointer: '/vpc/0',
    message: 'VPC vpc-1 has 2 system route tables.',
  },
  {
    code: 'duplicate-listener',
    severity: 'warning',
    edits: { '/loadBalancer': [{ ...active, listeners: [listener, udp, listener] }] },
    pointer: '/loadBalancer/0/listeners/2',
    message:
      'The load balancer lb-1 has two listeners on TCP 80, first at /loadBalancer/0/listeners/0; the first one that runs counts.',
  },
  {
    code: 'duplicate-backend',
    severity: 'warning',
    edits: {
      '/loadBalancer': [
        {
          ...active,
          listeners: [{ ...listener, backends: [server, { ...server, port: 81 }, server] }],
        },
      ],
    },
    pointer: '/loadBalancer/0/listeners/0/backends/2',
    message:
      'The listener TCP 80 of load balancer lb-1 has the backend eni-db twice on one port, first at /loadBalancer/0/listeners/0/backends/0.',
  },
]
