import type { ResourceKind } from '#model'

/** The call that supplies one resource, with its argument, as the aliyun CLI takes it. */
export const ask = {
  vpc: (id: string) => `DescribeVpcs --VpcId ${id}`,
  subnet: (id: string) => `DescribeVSwitches --VSwitchId ${id}`,
  instance: (id: string) => `DescribeInstances --InstanceIds '["${id}"]'`,
  networkInterface: (id: string) => `DescribeNetworkInterfaces --NetworkInterfaceId.1 ${id}`,
  securityGroup: (id: string) => `DescribeSecurityGroupAttribute --SecurityGroupId ${id}`,
  networkAcl: (id: string) => `DescribeNetworkAclAttributes --NetworkAclId ${id}`,
  routeTable: (id: string) => `DescribeRouteEntryList --RouteTableId ${id}`,
  publicAddress: (id: string) => `DescribeEipAddresses --AllocationId ${id}`,
  natGateway: (id: string) => `DescribeNatGateways --NatGatewayId ${id}`,
  internetGateway: (id: string) => `GetIpv4GatewayAttribute --Ipv4GatewayId ${id}`,
  peering: (id: string) => `GetVpcPeerConnectionAttribute --InstanceId ${id}`,
  routerInterface: (id: string) =>
    `DescribeRouterInterfaces --Filter.1.Key RouterInterfaceId --Filter.1.Value.1 ${id}`,
  prefixList: (id: string) => `DescribePrefixListAttributes --PrefixListId ${id}`,
  haVip: (id: string) => `DescribeHaVips --Filter.1.Key HaVipId --Filter.1.Value.1 ${id}`,
} as const satisfies Partial<Record<ResourceKind, (id: string) => string>>

export type AskableKind = keyof typeof ask

/** Calls whose facts live inside other resources. */
export const askAbout = {
  groupType: (id: string) => `DescribeSecurityGroups --SecurityGroupId ${id}`,
  portList: (id: string) => `DescribePortRangeListEntries --PortRangeListId ${id}`,
  vpcPrefixList: (id: string) => `GetVpcPrefixListEntries --PrefixListId ${id}`,
  gatewayTable: (id: string) => `ListGatewayRouteTableEntries --GatewayRouteTableId ${id}`,
  tableList: (id: string) => `DescribeRouteTableList --RouteTableId ${id}`,
  snat: (id: string) => `DescribeSnatTableEntries --NatGatewayId ${id}`,
  forward: (id: string) => `DescribeForwardTableEntries --NatGatewayId ${id}`,
  ipv6Gateway: (id: string) => `DescribeIpv6Gateways --Ipv6GatewayId ${id}`,
  egressOnly: (id: string) => `DescribeIpv6EgressOnlyRules --Ipv6GatewayId ${id}`,
  ipv6Address: (address: string) => `DescribeIpv6Addresses --Ipv6Address ${address}`,
  interfacesOf: (id: string) => `DescribeNetworkInterfaces --InstanceId ${id}`,
} as const
