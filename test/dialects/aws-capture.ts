import { readAws } from '#dialects'
import type { ReadResult, SourceDocument } from '#dialects'

import { objectIn } from './amend-capture.ts'
import type { Json } from './amend-capture.ts'

const owner = '111122223333'
export const place = { provider: 'aws', account: owner, region: 'us-east-2' } as const
export const balancerArn = `arn:aws:elasticloadbalancing:us-east-2:${owner}:loadbalancer/net/front/50dc6c495c0c9188`
export const groupArn = `arn:aws:elasticloadbalancing:us-east-2:${owner}:targetgroup/web/73e2d6bc24d8a067`
const listenerArn = balancerArn.replace(':loadbalancer/', ':listener/')

const named = (name: string) => ({ Tags: [{ Key: 'Name', Value: name }] })
const associated = (range: string) => [
  { CidrBlock: range, CidrBlockState: { State: 'associated' } },
]
const associated6 = (range: string) => [
  { Ipv6CidrBlock: range, Ipv6CidrBlockState: { State: 'associated' } },
]
const subnet = (id: string, cidr: string, zone: string, more: Json = {}): Json => ({
  SubnetId: id,
  SubnetArn: `arn:aws:ec2:us-east-2:${owner}:subnet/${id}`,
  VpcId: 'vpc-web',
  CidrBlock: cidr,
  AvailabilityZone: `us-east-2${zone}`,
  OwnerId: owner,
  Ipv6CidrBlockAssociationSet: [],
  ...more,
})

/** A network interface with one address. */
export const eni = (id: string, subnetId: string, address: string, more: Json = {}): Json => ({
  NetworkInterfaceId: id,
  VpcId: 'vpc-web',
  SubnetId: subnetId,
  AvailabilityZone: 'us-east-2a',
  OwnerId: owner,
  InterfaceType: 'interface',
  Description: '',
  Status: 'in-use',
  SourceDestCheck: true,
  PrivateIpAddress: address,
  PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address }],
  Ipv6Addresses: [],
  Groups: [],
  TagSet: [],
  ...more,
})

const attached = (instance: string, index = 0) => ({
  Attachment: { InstanceId: instance, DeviceIndex: index, Status: 'attached' },
})
const instance = (id: string, name: string, more: Json = {}): Json => ({
  InstanceId: id,
  VpcId: 'vpc-web',
  State: { Code: 16, Name: 'running' },
  Placement: { AvailabilityZone: 'us-east-2a' },
  PlatformDetails: 'Linux/UNIX',
  ...named(name),
  NetworkInterfaces: [],
  ...more,
})
const allow = (number: number, egress: boolean, more: Json = {}): Json => ({
  RuleNumber: number,
  Egress: egress,
  Protocol: '-1',
  RuleAction: 'allow',
  CidrBlock: '0.0.0.0/0',
  ...more,
})
const route = (destination: string, target: Json, origin = 'CreateRoute'): Json => ({
  DestinationCidrBlock: destination,
  Origin: origin,
  State: 'active',
  ...target,
})
const local = (range: string) => route(range, { GatewayId: 'local' }, 'CreateRouteTable')

/** What each call prints about one account and region; read as it is, nothing is missing. */
const answers: Readonly<Record<string, Json>> = {
  'describe-vpcs': {
    Vpcs: [
      {
        VpcId: 'vpc-web',
        CidrBlock: '10.0.0.0/16',
        CidrBlockAssociationSet: [
          ...associated('10.0.0.0/16'),
          { CidrBlock: '10.9.0.0/16', CidrBlockState: { State: 'disassociated' } },
        ],
        Ipv6CidrBlockAssociationSet: associated6('2600:1f16:1::/56'),
        OwnerId: owner,
        ...named('web'),
      },
      {
        VpcId: 'vpc-data',
        CidrBlock: '10.1.0.0/16',
        CidrBlockAssociationSet: associated('10.1.0.0/16'),
        OwnerId: owner,
      },
    ],
  },
  'describe-subnets': {
    Subnets: [
      subnet('subnet-a', '10.0.1.0/24', 'a', {
        Ipv6CidrBlockAssociationSet: associated6('2600:1f16:1:1::/64'),
        ...named('public-a'),
      }),
      subnet('subnet-b', '10.0.2.0/24', 'b'),
      subnet('subnet-d', '10.1.1.0/24', 'a', { VpcId: 'vpc-data' }),
    ],
  },
  'describe-instances': {
    Reservations: [
      {
        OwnerId: owner,
        Instances: [
          instance('i-web', 'web', { NetworkInterfaces: [] }),
          instance('i-fw', 'fw', { Platform: 'windows', PlatformDetails: 'Windows' }),
        ],
      },
      {
        OwnerId: owner,
        Instances: [instance('i-db', 'db', { VpcId: 'vpc-data', State: { Name: 'stopped' } })],
      },
    ],
  },
  'describe-network-interfaces': {
    NetworkInterfaces: [
      eni('eni-web', 'subnet-a', '10.0.1.10', {
        ...attached('i-web'),
        Groups: [{ GroupId: 'sg-web', GroupName: 'web' }],
        MacAddress: '06:00:00:00:00:01',
        PrivateIpAddresses: [
          { Primary: false, PrivateIpAddress: '10.0.1.11' },
          {
            Primary: true,
            PrivateIpAddress: '10.0.1.10',
            Association: { PublicIp: '3.1.1.1', IpOwnerId: 'amazon' },
          },
        ],
        Association: { PublicIp: '3.1.1.1', IpOwnerId: 'amazon' },
        Ipv6Addresses: [{ Ipv6Address: '2600:1f16:1:1::10' }],
      }),
      eni('eni-fw', 'subnet-b', '10.0.2.10', { ...attached('i-fw'), SourceDestCheck: false }),
      eni('eni-fw1', 'subnet-a', '10.0.1.12', attached('i-fw', 1)),
      eni('eni-db', 'subnet-d', '10.1.1.10', {
        ...attached('i-db'),
        VpcId: 'vpc-data',
        Groups: [{ GroupId: 'sg-db' }],
      }),
      eni('eni-nat', 'subnet-a', '10.0.1.20', {
        InterfaceType: 'nat_gateway',
        Description: 'Interface for NAT Gateway nat-1',
        SourceDestCheck: false,
        Association: { PublicIp: '3.1.1.2', AllocationId: 'eipalloc-nat' },
      }),
      eni('eni-lb', 'subnet-a', '10.0.1.30', {
        InterfaceType: 'network_load_balancer',
        Description: 'ELB net/front/50dc6c495c0c9188',
      }),
      eni('eni-s3', 'subnet-a', '10.0.1.40', {
        InterfaceType: 'vpc_endpoint',
        Description: 'VPC Endpoint Interface vpce-ssm',
        Groups: [{ GroupId: 'sg-web' }],
      }),
      eni('eni-tgw', 'subnet-a', '10.0.1.50', {
        InterfaceType: 'transit_gateway',
        Description: 'Network Interface for Transit Gateway Attachment tgw-attach-web',
      }),
      eni('eni-rds', 'subnet-b', '10.0.2.60', { Description: 'RDSNetworkInterface' }),
      eni('eni-free', 'subnet-b', '10.0.2.70', { Status: 'available' }),
    ],
  },
  'describe-security-groups': {
    SecurityGroups: [
      {
        GroupId: 'sg-web',
        GroupName: 'web',
        VpcId: 'vpc-web',
        OwnerId: owner,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'everyone' }],
            Ipv6Ranges: [{ CidrIpv6: '::/0' }],
            PrefixListIds: [{ PrefixListId: 'pl-own' }],
            UserIdGroupPairs: [{ GroupId: 'sg-web', UserId: owner }],
          },
          { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
      {
        GroupId: 'sg-db',
        GroupName: 'db',
        VpcId: 'vpc-data',
        OwnerId: owner,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 5432,
            ToPort: 5433,
            UserIdGroupPairs: [
              {
                GroupId: 'sg-web',
                UserId: owner,
                VpcId: 'vpc-web',
                VpcPeeringConnectionId: 'pcx-1',
                PeeringStatus: 'active',
              },
            ],
          },
        ],
        IpPermissionsEgress: [],
      },
    ],
  },
  'describe-security-group-rules': {
    SecurityGroupRules: [
      {
        SecurityGroupRuleId: 'sgr-1',
        GroupId: 'sg-web',
        IsEgress: false,
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        CidrIpv4: '0.0.0.0/0',
      },
      {
        SecurityGroupRuleId: 'sgr-2',
        GroupId: 'sg-web',
        IsEgress: true,
        IpProtocol: '-1',
        FromPort: -1,
        ToPort: -1,
        CidrIpv4: '0.0.0.0/0',
      },
    ],
  },
  'describe-network-acls': {
    NetworkAcls: [
      {
        NetworkAclId: 'acl-web',
        VpcId: 'vpc-web',
        IsDefault: true,
        OwnerId: owner,
        Associations: [{ SubnetId: 'subnet-a' }, { SubnetId: 'subnet-b' }],
        Entries: [
          allow(32_767, false, { RuleAction: 'deny' }),
          allow(200, false),
          allow(100, false, {
            Protocol: '6',
            RuleAction: 'deny',
            CidrBlock: '192.0.2.0/24',
            PortRange: { From: 22, To: 23 },
          }),
          allow(110, false, {
            Protocol: '1',
            IcmpTypeCode: { Type: 3, Code: 4 },
          }),
          allow(120, true, { CidrBlock: undefined, Ipv6CidrBlock: '::/0' }),
          allow(100, true),
          allow(32_767, true, { RuleAction: 'deny' }),
          allow(32_768, true, {
            RuleAction: 'deny',
            CidrBlock: undefined,
            Ipv6CidrBlock: '::/0',
          }),
        ],
      },
      {
        NetworkAclId: 'acl-data',
        VpcId: 'vpc-data',
        IsDefault: true,
        OwnerId: owner,
        Associations: [{ SubnetId: 'subnet-d' }],
        Entries: [allow(100, false), allow(100, true)],
      },
    ],
  },
  'describe-route-tables': {
    RouteTables: [
      {
        RouteTableId: 'rtb-main',
        VpcId: 'vpc-web',
        OwnerId: owner,
        Associations: [{ Main: true, AssociationState: { State: 'associated' } }],
        Routes: [
          local('10.0.0.0/16'),
          route('0.0.0.0/0', { NatGatewayId: 'nat-1' }),
          route('10.1.0.0/16', { VpcPeeringConnectionId: 'pcx-1' }),
          route('10.2.0.0/16', { TransitGatewayId: 'tgw-1' }),
          route('10.3.0.0/16', { GatewayId: 'vgw-1' }, 'EnableVgwRoutePropagation'),
          route('10.4.0.0/16', { NetworkInterfaceId: 'eni-fw', InstanceId: 'i-fw' }),
          {
            DestinationPrefixListId: 'pl-63a5400a',
            GatewayId: 'vpce-s3',
            Origin: 'CreateRoute',
            State: 'active',
          },
        ],
      },
      {
        RouteTableId: 'rtb-public',
        VpcId: 'vpc-web',
        OwnerId: owner,
        Associations: [{ Main: false, SubnetId: 'subnet-a' }],
        Routes: [
          local('10.0.0.0/16'),
          route('0.0.0.0/0', { GatewayId: 'igw-1' }),
          {
            DestinationIpv6CidrBlock: '::/0',
            EgressOnlyInternetGatewayId: 'eigw-1',
            Origin: 'CreateRoute',
            State: 'active',
          },
        ],
      },
      {
        RouteTableId: 'rtb-edge',
        VpcId: 'vpc-web',
        OwnerId: owner,
        Associations: [{ Main: false, GatewayId: 'igw-1' }],
        Routes: [local('10.0.0.0/16'), route('10.0.1.0/24', { NetworkInterfaceId: 'eni-fw' })],
      },
      {
        RouteTableId: 'rtb-data',
        VpcId: 'vpc-data',
        OwnerId: owner,
        Associations: [{ Main: true }],
        Routes: [local('10.1.0.0/16'), route('10.0.0.0/16', { VpcPeeringConnectionId: 'pcx-1' })],
      },
    ],
  },
  'describe-internet-gateways': {
    InternetGateways: [
      {
        InternetGatewayId: 'igw-1',
        OwnerId: owner,
        Attachments: [{ State: 'available', VpcId: 'vpc-web' }],
      },
    ],
  },
  'describe-egress-only-internet-gateways': {
    EgressOnlyInternetGateways: [
      {
        EgressOnlyInternetGatewayId: 'eigw-1',
        Attachments: [{ State: 'attached', VpcId: 'vpc-web' }],
      },
    ],
  },
  'describe-nat-gateways': {
    NatGateways: [
      {
        NatGatewayId: 'nat-1',
        VpcId: 'vpc-web',
        SubnetId: 'subnet-a',
        State: 'available',
        ConnectivityType: 'public',
        NatGatewayAddresses: [
          {
            AllocationId: 'eipalloc-nat',
            NetworkInterfaceId: 'eni-nat',
            PrivateIp: '10.0.1.20',
            PublicIp: '3.1.1.2',
            Status: 'succeeded',
          },
        ],
      },
    ],
  },
  'describe-addresses': {
    Addresses: [
      {
        AllocationId: 'eipalloc-nat',
        PublicIp: '3.1.1.2',
        Domain: 'vpc',
        NetworkInterfaceId: 'eni-nat',
        PrivateIpAddress: '10.0.1.20',
        NetworkBorderGroup: 'us-east-2',
      },
      {
        AllocationId: 'eipalloc-db',
        PublicIp: '3.1.1.3',
        Domain: 'vpc',
        NetworkInterfaceId: 'eni-db',
        PrivateIpAddress: '10.1.1.10',
      },
      { AllocationId: 'eipalloc-free', PublicIp: '3.1.1.4', Domain: 'vpc', ...named('spare') },
    ],
  },
  'describe-vpc-peering-connections': {
    VpcPeeringConnections: [
      {
        VpcPeeringConnectionId: 'pcx-1',
        RequesterVpcInfo: { VpcId: 'vpc-web', OwnerId: owner, Region: 'us-east-2' },
        AccepterVpcInfo: { VpcId: 'vpc-data', OwnerId: owner, Region: 'us-east-2' },
        Status: { Code: 'active', Message: 'Active' },
      },
    ],
  },
  'describe-prefix-lists': {
    PrefixLists: [
      {
        PrefixListId: 'pl-63a5400a',
        PrefixListName: 'com.amazonaws.us-east-2.s3',
        Cidrs: ['52.219.80.0/20', '3.5.128.0/22'],
      },
    ],
  },
  'describe-managed-prefix-lists': {
    ManagedPrefixLists: [
      {
        PrefixListId: 'pl-own',
        PrefixListName: 'offices',
        OwnerId: owner,
        PrefixListArn: `arn:aws:ec2:us-east-2:${owner}:prefix-list/pl-own`,
      },
      { PrefixListId: 'pl-unused', PrefixListName: 'com.amazonaws.global.cloudfront' },
    ],
  },
  'get-managed-prefix-list-entries.pl-own': {
    Entries: [{ Cidr: '198.51.100.0/24' }, { Cidr: '203.0.113.0/24' }],
  },
  'describe-vpc-endpoints': {
    VpcEndpoints: [
      {
        VpcEndpointId: 'vpce-s3',
        VpcEndpointType: 'Gateway',
        VpcId: 'vpc-web',
        ServiceName: 'com.amazonaws.us-east-2.s3',
        State: 'available',
        OwnerId: owner,
        NetworkInterfaceIds: [],
      },
      {
        VpcEndpointId: 'vpce-ssm',
        VpcEndpointType: 'Interface',
        VpcId: 'vpc-web',
        ServiceName: 'com.amazonaws.us-east-2.ssm',
        State: 'available',
        OwnerId: owner,
        NetworkInterfaceIds: ['eni-s3'],
      },
    ],
  },
  'describe-transit-gateways': {
    TransitGateways: [
      {
        TransitGatewayId: 'tgw-1',
        TransitGatewayArn: `arn:aws:ec2:us-east-2:${owner}:transit-gateway/tgw-1`,
        OwnerId: owner,
        State: 'available',
      },
    ],
  },
  'describe-transit-gateway-attachments': {
    TransitGatewayAttachments: [
      {
        TransitGatewayAttachmentId: 'tgw-attach-web',
        TransitGatewayId: 'tgw-1',
        TransitGatewayOwnerId: owner,
        ResourceType: 'vpc',
        ResourceId: 'vpc-web',
        State: 'available',
        Association: { State: 'associated', TransitGatewayRouteTableId: 'tgw-rtb-1' },
      },
      {
        TransitGatewayAttachmentId: 'tgw-attach-vpn',
        TransitGatewayId: 'tgw-1',
        TransitGatewayOwnerId: owner,
        ResourceType: 'vpn',
        ResourceId: 'vpn-2',
        State: 'available',
        Association: { State: 'associated', TransitGatewayRouteTableId: 'tgw-rtb-1' },
      },
      {
        TransitGatewayAttachmentId: 'tgw-attach-old',
        TransitGatewayId: 'tgw-1',
        ResourceType: 'vpn',
        ResourceId: 'vpn-0',
        State: 'deleted',
      },
    ],
  },
  'describe-transit-gateway-vpc-attachments': {
    TransitGatewayVpcAttachments: [
      {
        TransitGatewayAttachmentId: 'tgw-attach-web',
        TransitGatewayId: 'tgw-1',
        VpcId: 'vpc-web',
        State: 'available',
        SubnetIds: ['subnet-a'],
      },
    ],
  },
  'describe-transit-gateway-route-tables': {
    TransitGatewayRouteTables: [
      { TransitGatewayRouteTableId: 'tgw-rtb-1', TransitGatewayId: 'tgw-1', State: 'available' },
    ],
  },
  'search-transit-gateway-routes.tgw-rtb-1': {
    Routes: [
      {
        DestinationCidrBlock: '10.2.0.0/16',
        TransitGatewayAttachments: [{ TransitGatewayAttachmentId: 'tgw-attach-vpn' }],
        Type: 'static',
        State: 'active',
      },
      { DestinationCidrBlock: '10.5.0.0/16', Type: 'static', State: 'blackhole' },
      {
        DestinationCidrBlock: '10.0.0.0/16',
        TransitGatewayAttachments: [{ TransitGatewayAttachmentId: 'tgw-attach-web' }],
        Type: 'propagated',
        State: 'active',
      },
    ],
    AdditionalRoutesAvailable: false,
  },
  'get-transit-gateway-route-table-propagations.tgw-rtb-1': {
    TransitGatewayRouteTablePropagations: [
      { TransitGatewayAttachmentId: 'tgw-attach-web', State: 'enabled' },
      { TransitGatewayAttachmentId: 'tgw-attach-vpn', State: 'disabled' },
    ],
  },
  'describe-vpn-connections': {
    VpnConnections: [
      {
        VpnConnectionId: 'vpn-1',
        VpnGatewayId: 'vgw-1',
        State: 'available',
        CustomerGatewayConfiguration: '<pre_shared_key>hush-hush-1</pre_shared_key>',
        Options: { StaticRoutesOnly: true, TunnelOptions: [{ PreSharedKey: 'hush-hush-2' }] },
        Routes: [
          { DestinationCidrBlock: '10.3.0.0/16', State: 'available' },
          { DestinationCidrBlock: '10.6.0.0/16', State: 'deleted' },
        ],
      },
      {
        VpnConnectionId: 'vpn-2',
        TransitGatewayId: 'tgw-1',
        State: 'available',
        Options: { StaticRoutesOnly: false },
        Routes: [],
      },
      { VpnConnectionId: 'vpn-0', TransitGatewayId: 'tgw-1', State: 'deleted' },
    ],
  },
  'describe-vpn-gateways': {
    VpnGateways: [
      {
        VpnGatewayId: 'vgw-1',
        State: 'available',
        VpcAttachments: [
          { State: 'detached', VpcId: 'vpc-data' },
          { State: 'attached', VpcId: 'vpc-web' },
        ],
      },
    ],
  },
  'describe-customer-gateways': { CustomerGateways: [{ CustomerGatewayId: 'cgw-1' }] },
  'describe-direct-connect-gateways': {
    directConnectGateways: [
      {
        directConnectGatewayId: 'dx-1',
        directConnectGatewayName: 'dx',
        directConnectGatewayState: 'available',
        ownerAccount: owner,
      },
    ],
  },
  'describe-direct-connect-gateway-associations': {
    directConnectGatewayAssociations: [
      {
        associationId: 'assoc-1',
        directConnectGatewayId: 'dx-1',
        associationState: 'associated',
        associatedGateway: { id: 'vgw-1', type: 'virtualPrivateGateway', region: 'us-east-2' },
      },
    ],
  },
  'describe-virtual-interfaces': {
    virtualInterfaces: [
      {
        virtualInterfaceId: 'dxvif-1',
        virtualInterfaceState: 'available',
        virtualInterfaceType: 'private',
        directConnectGatewayId: 'dx-1',
        region: 'us-east-2',
        ownerAccount: owner,
      },
    ],
  },
  'describe-load-balancers': {
    LoadBalancers: [
      {
        LoadBalancerArn: balancerArn,
        LoadBalancerName: 'front',
        Type: 'network',
        VpcId: 'vpc-web',
        State: { Code: 'active' },
        AvailabilityZones: [{ SubnetId: 'subnet-a', LoadBalancerAddresses: [] }],
      },
    ],
  },
  'describe-listeners': {
    Listeners: [
      {
        ListenerArn: `${listenerArn}/1`,
        LoadBalancerArn: balancerArn,
        Port: 53,
        Protocol: 'TCP_UDP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: groupArn }],
      },
      {
        ListenerArn: `${listenerArn}/2`,
        LoadBalancerArn: balancerArn,
        Port: 443,
        Protocol: 'TLS',
        DefaultActions: [
          {
            Type: 'forward',
            ForwardConfig: { TargetGroups: [{ TargetGroupArn: groupArn, Weight: 1 }] },
          },
        ],
      },
    ],
  },
  'describe-load-balancer-attributes': {
    LoadBalancerArn: balancerArn,
    Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
  },
  'describe-target-groups': {
    TargetGroups: [
      { TargetGroupArn: groupArn, TargetType: 'ip', Protocol: 'TCP', Port: 80, VpcId: 'vpc-web' },
    ],
  },
  'describe-target-group-attributes': {
    TargetGroupArn: groupArn,
    Attributes: [{ Key: 'preserve_client_ip.enabled', Value: 'true' }],
  },
  'describe-target-health': {
    TargetGroupArn: groupArn,
    TargetHealthDescriptions: [
      {
        Target: { Id: '10.0.1.10', Port: 8080, AvailabilityZone: 'us-east-2a' },
        TargetHealth: { State: 'healthy' },
      },
      { Target: { Id: '10.1.1.10' }, TargetHealth: { State: 'draining' } },
    ],
  },
}

/** A complete capture as the aws CLI prints it, one file a call: no notes, no gaps. */
export const awsCapture: readonly SourceDocument[] = Object.entries(answers).map(
  ([name, json]) => ({ file: `aws/${name}.json`, json: cleaned(json) }),
)

/** As JSON has it: without undefined values. */
function cleaned(json: Json): Json {
  const parsed: unknown = JSON.parse(JSON.stringify(json))
  return objectIn(parsed)
}

/** The answer of a call, to be changed. */
export function answerOf(name: string): Json {
  const found = awsCapture.find(({ file }) => file === `aws/${name}.json`)
  if (!found) throw new Error(`no answer of ${name}`)
  return objectIn(structuredClone(found.json))
}

/** Elements of a list as objects to change. */
export function elementsIn(json: Json, key: string): Json[] {
  const list = json[key]
  if (!Array.isArray(list)) throw new TypeError(`${key} is no list`)
  return list.map(objectIn)
}

/** The capture without some calls, and with other answers in place of its own. */
export function captureWith(
  replaced: Readonly<Record<string, unknown>>,
  removed: readonly string[] = [],
): readonly SourceDocument[] {
  const gone = new Set([...Object.keys(replaced), ...removed].map((name) => `aws/${name}.json`))
  const rest = awsCapture.filter(({ file }) => !gone.has(file))
  if (rest.length !== awsCapture.length - gone.size) throw new Error('no such answer')
  return [
    ...rest,
    ...Object.entries(replaced).map(([name, json]) => ({ file: `aws/${name}.json`, json })),
  ]
}

/** Reads the capture with one answer changed. */
export function readChanged(name: string, change: (json: Json) => void): ReadResult {
  const json = answerOf(name)
  change(json)
  return readAws(captureWith({ [name]: json }))
}

/** Reads the capture with fields of one element changed. */
export function readWith(name: string, key: string, id: string, fields: Json): ReadResult {
  return readChanged(name, (json) => {
    const element = elementsIn(json, key).find((each) => Object.values(each).includes(id))
    if (!element) throw new Error(`no ${id} in ${key}`)
    Object.assign(element, fields)
  })
}

/** Reads single answers, as if nothing else had been asked. */
export function readOnly(...all: readonly Json[]): ReadResult {
  return readAws(all.map((json, index) => ({ file: `${index}.json`, json })))
}

/** The gaps of a result in one line each: kind, id or `*`, call. */
export function gapLines({ network }: ReadResult): string[] {
  const short = (call: string): string =>
    call.replace(/^aws /, '').replace(/ --region us-east-2$/, '')
  return (network.gaps ?? []).map(({ kind, id, call }) => `${kind} ${id ?? '*'}: ${short(call)}`)
}

/** The notes of a result in one line each: severity and code. */
export function noteLines({ notes }: ReadResult): string[] {
  return notes.map(({ severity, code }) => `${severity} ${code}`)
}
