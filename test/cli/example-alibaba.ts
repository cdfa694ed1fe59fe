/**
 * The two hosts of the example network as Alibaba Cloud's calls would print them, one answer each:
 * file name → content.
 */
export const exampleAlibaba: Readonly<Record<string, object>> = {
  'vpcs.json': {
    ...page(1),
    Vpcs: {
      Vpc: [
        {
          VpcId: 'vpc-shop',
          VpcName: 'shop',
          CidrBlock: '10.0.0.0/16',
          Status: 'Available',
          RegionId: 'cn-hangzhou',
          OwnerId: 1001,
          VSwitchIds: { VSwitchId: ['vsw-a', 'vsw-b'] },
          SecondaryCidrBlocks: { SecondaryCidrBlock: [] },
        },
      ],
    },
  },
  'vswitches.json': {
    ...page(2),
    VSwitches: { VSwitch: [vSwitch('vsw-a', '10.0.1.0/24'), vSwitch('vsw-b', '10.0.2.0/24')] },
  },
  'instances.json': {
    ...page(2),
    Instances: {
      Instance: [instance('web', 'vsw-a', '10.0.1.10'), instance('db', 'vsw-b', '10.0.2.20')],
    },
  },
  'interfaces.json': {
    ...page(2),
    NetworkInterfaceSets: {
      NetworkInterfaceSet: [
        networkInterface('web', 'vsw-a', '10.0.1.10'),
        networkInterface('db', 'vsw-b', '10.0.2.20'),
      ],
    },
  },
  'groups.json': {
    ...page(2),
    RegionId: 'cn-hangzhou',
    SecurityGroups: {
      SecurityGroup: ['sg-web', 'sg-db'].map((id) => ({
        SecurityGroupId: id,
        VpcId: 'vpc-shop',
        SecurityGroupType: 'normal',
      })),
    },
  },
  'sg-web.json': group('sg-web', []),
  'sg-db.json': group('sg-db', [
    {
      SecurityGroupRuleId: 'sgr-5432',
      Direction: 'ingress',
      NicType: 'intranet',
      Policy: 'Accept',
      IpProtocol: 'TCP',
      PortRange: '5432/5432',
      SourceCidrIp: '10.0.1.0/24',
      Priority: '1',
    },
  ]),
  'tables.json': {
    ...page(1),
    RouterTableList: {
      RouterTableListType: [
        {
          RouteTableId: 'vtb-1',
          RouteTableType: 'System',
          VpcId: 'vpc-shop',
          OwnerId: 1001,
          VSwitchIds: { VSwitchId: ['vsw-a', 'vsw-b'] },
        },
      ],
    },
  },
  'vtb-1.json': {
    RequestId: 'C0FFEE00-0000-0000-0000-000000000000',
    RouteEntrys: {
      RouteEntry: ['10.0.1.0/24', '10.0.2.0/24'].map((destination) => ({
        RouteTableId: 'vtb-1',
        DestinationCidrBlock: destination,
        Type: 'System',
        Status: 'Available',
        NextHops: { NextHop: [{ NextHopType: 'local', NextHopId: '', Enabled: 1 }] },
      })),
    },
  },
}

function page(total: number) {
  return {
    RequestId: 'C0FFEE00-0000-0000-0000-000000000000',
    PageNumber: 1,
    PageSize: 50,
    TotalCount: total,
  }
}

function vSwitch(id: string, cidr: string) {
  return {
    VSwitchId: id,
    VpcId: 'vpc-shop',
    CidrBlock: cidr,
    Status: 'Available',
    ZoneId: 'cn-hangzhou-h',
    RouteTable: { RouteTableId: 'vtb-1', RouteTableType: 'System' },
    NetworkAclId: '',
  }
}

function instance(name: string, subnet: string, address: string) {
  return {
    InstanceId: `i-${name}-1`,
    InstanceName: `${name} one`,
    Status: 'Running',
    OSType: 'linux',
    RegionId: 'cn-hangzhou',
    InstanceNetworkType: 'vpc',
    VpcAttributes: {
      VpcId: 'vpc-shop',
      VSwitchId: subnet,
      PrivateIpAddress: { IpAddress: [address] },
    },
    SecurityGroupIds: { SecurityGroupId: [`sg-${name}`] },
    PublicIpAddress: { IpAddress: [] },
    EipAddress: {},
  }
}

function networkInterface(name: string, subnet: string, address: string) {
  return {
    NetworkInterfaceId: `eni-${name}-1`,
    Type: 'Primary',
    Status: 'InUse',
    VpcId: 'vpc-shop',
    VSwitchId: subnet,
    InstanceId: `i-${name}-1`,
    PrivateIpAddress: address,
    PrivateIpSets: { PrivateIpSet: [{ PrivateIpAddress: address, Primary: true }] },
    SecurityGroupIds: { SecurityGroupId: [`sg-${name}`] },
    OwnerId: '1001',
  }
}

function group(id: string, rules: readonly object[]) {
  return {
    RequestId: 'C0FFEE00-0000-0000-0000-000000000000',
    SecurityGroupId: id,
    VpcId: 'vpc-shop',
    RegionId: 'cn-hangzhou',
    InnerAccessPolicy: 'Accept',
    Permissions: { Permission: rules },
  }
}
