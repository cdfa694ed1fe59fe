// table: one row for each call of the APIs, together because the first row that fits wins
import type { Call, Owner, Yield } from './call.ts'
import type { RecordKind } from './record-kind.ts'

const owners = {
  group: { kind: 'securityGroup', field: 'SecurityGroupId', shape: /\bsg-[0-9a-z-]+/ },
  prefixList: { kind: 'prefixList', field: 'PrefixListId', shape: /\bpl-[0-9a-z]+/ },
  portList: { kind: 'portRange', field: 'PortRangeListId', shape: /\bprl-[0-9a-z]+/ },
  table: { kind: 'routeTable', field: 'RouteTableId', shape: /\bvtb-[0-9a-z]+/ },
  gatewayTable: {
    kind: 'routeTable',
    field: 'GatewayRouteTableId',
    shape: /\b[a-z]*vtb-[0-9a-z]+/,
  },
  nat: { kind: 'natGateway', field: 'NatGatewayId', shape: /\bngw-[0-9a-z]+/ },
} as const satisfies Record<string, Owner>

/** The answer is one record of this kind. */
function self(kind: RecordKind, id: string): Yield {
  return { kind, path: [], id }
}

function list(kind: RecordKind, path: readonly string[], id: string): Yield {
  return { kind, path, id }
}

const permissions: Yield = {
  kind: 'permission',
  path: ['Permissions', 'Permission'],
  id: 'SecurityGroupRuleId',
  parts: [
    'Direction',
    'Policy',
    'Priority',
    'IpProtocol',
    'PortRange',
    'PortRangeListId',
    'SourcePortRange',
    'SourceCidrIp',
    'Ipv6SourceCidrIp',
    'SourceGroupId',
    'SourcePrefixListId',
    'DestCidrIp',
    'Ipv6DestCidrIp',
    'DestGroupId',
    'DestPrefixListId',
    'NicType',
  ],
  owner: owners.group,
}

const routeEntries: Yield = {
  kind: 'routeEntry',
  path: ['RouteEntrys', 'RouteEntry'],
  id: 'RouteEntryId',
  parts: ['DestinationCidrBlock', 'NextHopType', 'InstanceId', 'Type'],
  owner: owners.table,
}

/**
 * Every call that this reader understands. The first row whose marks fit an answer wins, so that
 * details, which are marked by fields of their own, stand before the listings.
 */
export const calls: readonly Call[] = [
  {
    name: 'DescribeSecurityGroupAttribute',
    marks: ['SecurityGroupId', 'Permissions'],
    yields: [permissions, self('securityGroup', 'SecurityGroupId')],
    about: owners.group,
    detail: true,
    reader: 'security-group.ts',
    supplies: 'rules and intra-group policy of one security group',
  },
  {
    name: 'DescribeNetworkInterfaceAttribute',
    marks: ['NetworkInterfaceId', 'VSwitchId'],
    proof: ['RequestId'],
    yields: [self('networkInterface', 'NetworkInterfaceId')],
    detail: true,
    reader: 'network-interface.ts',
    supplies: 'one network interface',
  },
  {
    name: 'DescribeVSwitchAttributes',
    marks: ['VSwitchId', 'CidrBlock'],
    proof: ['RequestId'],
    yields: [self('subnet', 'VSwitchId')],
    detail: true,
    reader: 'vswitch.ts',
    supplies: 'one vSwitch, its route table and network ACL',
  },
  {
    name: 'DescribeVpcAttribute',
    marks: ['VpcId', 'CidrBlock'],
    proof: ['RequestId', 'ClassicLinkEnabled', 'CloudResources', 'Ipv4GatewayId'],
    unless: ['VSwitchId'],
    yields: [self('vpc', 'VpcId')],
    detail: true,
    reader: 'vpc.ts',
    supplies: 'ClassicLink and the IPv4 gateway of one VPC',
  },
  {
    name: 'GetNatGatewayAttribute',
    marks: ['NatGatewayId', 'VpcId'],
    proof: ['RequestId', 'SnatTable', 'ForwardTable', 'PrivateInfo'],
    yields: [self('natGateway', 'NatGatewayId')],
    detail: true,
    reader: 'nat-gateway.ts',
    supplies: 'one NAT gateway and how many entries it has',
  },
  {
    name: 'GetIpv4GatewayAttribute',
    marks: ['Ipv4GatewayId', 'Enabled'],
    proof: ['RequestId'],
    unless: ['CidrBlock'],
    yields: [self('ipv4Gateway', 'Ipv4GatewayId')],
    detail: true,
    reader: 'internet-gateway.ts',
    supplies: 'one IPv4 gateway and whether it is activated',
  },
  {
    name: 'DescribeIpv6GatewayAttribute',
    marks: ['Ipv6GatewayId', 'VpcId'],
    proof: ['RequestId'],
    yields: [self('ipv6Gateway', 'Ipv6GatewayId')],
    detail: true,
    reader: 'internet-gateway.ts',
    supplies: 'one IPv6 gateway',
  },
  {
    name: 'GetVpcPeerConnectionAttribute',
    marks: ['InstanceId', 'AcceptingVpc'],
    yields: [self('peering', 'InstanceId')],
    detail: true,
    reader: 'peering.ts',
    supplies: 'one VPC peering connection',
  },
  {
    name: 'DescribeInstanceAttribute',
    marks: ['InstanceId', 'SecurityGroupIds'],
    proof: ['RequestId'],
    unless: ['NetworkInterfaceId'],
    yields: [self('instance', 'InstanceId')],
    detail: true,
    reader: 'instance.ts',
    supplies: 'one instance',
  },
  {
    name: 'DescribePrefixListAttributes',
    marks: ['PrefixListId', 'Entries'],
    yields: [
      {
        kind: 'prefixEntry',
        path: ['Entries', 'Entry'],
        parts: ['Cidr'],
        owner: owners.prefixList,
      },
      self('prefixList', 'PrefixListId'),
    ],
    about: owners.prefixList,
    detail: true,
    reader: 'prefix-list.ts',
    supplies: 'the entries of one prefix list',
  },
  {
    name: 'DescribeNetworkAclAttributes',
    marks: ['NetworkAclAttribute'],
    yields: [list('networkAcl', ['NetworkAclAttribute'], 'NetworkAclId')],
    detail: true,
    reader: 'network-acl.ts',
    supplies: 'entries and vSwitches of one network ACL',
  },
  {
    name: 'DescribePortRangeListEntries',
    marks: ['Entries'],
    unless: ['PrefixListId'],
    elementHas: ['PortRange'],
    yields: [
      { kind: 'portRange', path: ['Entries'], parts: ['PortRange'], owner: owners.portList },
    ],
    about: owners.portList,
    reader: 'port-range-list.ts',
    supplies: 'the ranges of one port list',
  },
  {
    name: 'GetVpcPrefixListEntries',
    marks: ['PrefixListEntry'],
    yields: [
      {
        kind: 'prefixEntry',
        path: ['PrefixListEntry'],
        parts: ['Cidr'],
        owner: owners.prefixList,
      },
    ],
    about: owners.prefixList,
    reader: 'prefix-list.ts',
    supplies: 'the entries of one VPC prefix list',
  },
  {
    name: 'DescribeRouteEntryList',
    marks: ['RouteEntrys'],
    unless: ['RouteTables'],
    yields: [routeEntries],
    about: owners.table,
    detail: true,
    reader: 'route-table.ts',
    supplies: 'the routes of one route table',
  },
  {
    name: 'ListGatewayRouteTableEntries',
    marks: ['GatewayRouteEntryModels'],
    yields: [
      {
        kind: 'gatewayRouteEntry',
        path: ['GatewayRouteEntryModels'],
        parts: ['DestinationCidrBlock'],
        owner: owners.gatewayTable,
      },
    ],
    about: owners.gatewayTable,
    reader: 'route-table.ts',
    supplies: 'the routes of one gateway route table',
  },
  {
    name: 'DescribeSnatTableEntries',
    marks: ['SnatTableEntries'],
    yields: [
      {
        ...list('snatEntry', ['SnatTableEntries', 'SnatTableEntry'], 'SnatEntryId'),
        owner: owners.nat,
      },
    ],
    about: owners.nat,
    reader: 'nat-gateway.ts',
    supplies: 'the SNAT entries of one NAT gateway',
  },
  {
    name: 'DescribeForwardTableEntries',
    marks: ['ForwardTableEntries'],
    yields: [
      {
        ...list('forwardEntry', ['ForwardTableEntries', 'ForwardTableEntry'], 'ForwardEntryId'),
        owner: owners.nat,
      },
    ],
    about: owners.nat,
    reader: 'nat-gateway.ts',
    supplies: 'the DNAT entries of one NAT gateway',
  },
  {
    name: 'DescribeVpcs',
    marks: ['Vpcs'],
    yields: [list('vpc', ['Vpcs', 'Vpc'], 'VpcId')],
    reader: 'vpc.ts',
    supplies: 'VPCs and their ranges',
  },
  {
    name: 'DescribeVSwitches',
    marks: ['VSwitches'],
    yields: [list('subnet', ['VSwitches', 'VSwitch'], 'VSwitchId')],
    reader: 'vswitch.ts',
    supplies: 'vSwitches, their route tables and network ACLs',
  },
  {
    name: 'DescribeInstances',
    marks: ['Instances'],
    yields: [list('instance', ['Instances', 'Instance'], 'InstanceId')],
    reader: 'instance.ts',
    supplies: 'instances, their locks, fixed public addresses and primary interfaces',
  },
  {
    name: 'DescribeNetworkInterfaces',
    marks: ['NetworkInterfaceSets'],
    yields: [
      list(
        'networkInterface',
        ['NetworkInterfaceSets', 'NetworkInterfaceSet'],
        'NetworkInterfaceId',
      ),
    ],
    reader: 'network-interface.ts',
    supplies: 'network interfaces, their addresses and security groups',
  },
  {
    name: 'DescribeSecurityGroups',
    marks: ['SecurityGroups'],
    yields: [list('securityGroup', ['SecurityGroups', 'SecurityGroup'], 'SecurityGroupId')],
    reader: 'security-group.ts',
    supplies: 'security groups and their types',
  },
  {
    name: 'DescribePrefixLists',
    marks: ['PrefixLists'],
    yields: [list('prefixList', ['PrefixLists', 'PrefixList'], 'PrefixListId')],
    reader: 'prefix-list.ts',
    supplies: 'names of prefix lists',
  },
  {
    name: 'DescribeRouteTableList',
    marks: ['RouterTableList'],
    yields: [list('routeTable', ['RouterTableList', 'RouterTableListType'], 'RouteTableId')],
    reader: 'route-table.ts',
    supplies: 'route tables and what they are bound to',
  },
  {
    name: 'DescribeRouteTables',
    marks: ['RouteTables'],
    yields: [
      {
        ...list('routeTable', ['RouteTables', 'RouteTable'], 'RouteTableId'),
        within: [routeEntries],
      },
    ],
    reader: 'route-table.ts',
    supplies: 'route tables with their routes (older call)',
  },
  {
    name: 'DescribeVRouters',
    marks: ['VRouters'],
    yields: [list('router', ['VRouters', 'VRouter'], 'VRouterId')],
    reader: 'route-table.ts',
    supplies: 'which VPC a router and its tables belong to',
  },
  {
    name: 'DescribeEipAddresses',
    marks: ['EipAddresses'],
    yields: [list('publicAddress', ['EipAddresses', 'EipAddress'], 'AllocationId')],
    reader: 'public-address.ts',
    supplies: 'elastic IP addresses, their modes, bindings and locks',
  },
  {
    name: 'DescribeNatGateways',
    marks: ['NatGateways'],
    yields: [list('natGateway', ['NatGateways', 'NatGateway'], 'NatGatewayId')],
    reader: 'nat-gateway.ts',
    supplies: 'NAT gateways',
  },
  {
    name: 'DescribeNetworkAcls',
    marks: ['NetworkAcls'],
    yields: [list('networkAcl', ['NetworkAcls', 'NetworkAcl'], 'NetworkAclId')],
    reader: 'network-acl.ts',
    supplies: 'network ACLs with entries and vSwitches',
  },
  {
    name: 'DescribeRouterInterfaces',
    marks: ['RouterInterfaceSet'],
    yields: [
      list('routerInterface', ['RouterInterfaceSet', 'RouterInterfaceType'], 'RouterInterfaceId'),
    ],
    reader: 'router-interface.ts',
    supplies: 'Express Connect router interfaces',
  },
  {
    name: 'ListVpcPeerConnections',
    marks: ['VpcPeerConnects'],
    yields: [list('peering', ['VpcPeerConnects'], 'InstanceId')],
    reader: 'peering.ts',
    supplies: 'VPC peering connections (VpcPeer API)',
  },
  {
    name: 'ListIpv4Gateways',
    marks: ['Ipv4GatewayModels'],
    yields: [list('ipv4Gateway', ['Ipv4GatewayModels'], 'Ipv4GatewayId')],
    reader: 'internet-gateway.ts',
    supplies: 'IPv4 gateways and whether they are activated',
  },
  {
    name: 'DescribeIpv6Gateways',
    marks: ['Ipv6Gateways'],
    yields: [list('ipv6Gateway', ['Ipv6Gateways', 'Ipv6Gateway'], 'Ipv6GatewayId')],
    reader: 'internet-gateway.ts',
    supplies: 'IPv6 gateways',
  },
  {
    name: 'DescribeIpv6Addresses',
    marks: ['Ipv6Addresses'],
    yields: [list('ipv6Address', ['Ipv6Addresses', 'Ipv6Address'], 'Ipv6AddressId')],
    reader: 'ipv6-address.ts',
    supplies: 'how far each IPv6 address reaches',
  },
  {
    name: 'DescribeIpv6EgressOnlyRules',
    marks: ['Ipv6EgressOnlyRules'],
    yields: [
      list('egressOnlyRule', ['Ipv6EgressOnlyRules', 'Ipv6EgressOnlyRule'], 'Ipv6EgressOnlyRuleId'),
    ],
    reader: 'ipv6-address.ts',
    supplies: 'IPv6 addresses that may only start connections',
  },
  {
    name: 'DescribeHaVips',
    marks: ['HaVips'],
    yields: [list('haVip', ['HaVips', 'HaVip'], 'HaVipId')],
    reader: 'ha-vip.ts',
    supplies: 'high-availability virtual addresses, members and master',
  },
  {
    name: 'DescribeClassicLinkInstances',
    marks: ['Links'],
    elementHas: ['VpcId'],
    yields: [{ kind: 'classicLink', path: ['Links', 'Link'], parts: ['InstanceId', 'VpcId'] }],
    reader: 'instance.ts',
    supplies: 'ClassicLink connections of classic instances',
  },
]
