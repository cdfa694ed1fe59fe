import { expect, test } from 'vitest'

import { readAws } from '#dialects'

import {
  answerOf,
  awsCapture,
  captureWith,
  elementsIn,
  gapLines,
  noteLines,
  place,
  readChanged,
  readOnly,
  readWith,
} from './aws-capture.ts'

const whole = readAws(awsCapture).network

test('a VPC has the ranges that are associated, its primary one first', () => {
  expect(whole.vpc?.[1]).toEqual({
    ...place,
    id: 'vpc-web',
    name: 'web',
    cidrs: ['10.0.0.0/16'],
    ipv6Cidrs: ['2600:1f16:1::/56'],
  })
  const range = (cidr: string) => ({ CidrBlock: cidr, CidrBlockState: { State: 'associated' } })
  const { network } = readOnly({
    Vpcs: [
      {
        VpcId: 'vpc-1',
        CidrBlock: '10.5.0.0/16',
        CidrBlockAssociationSet: [range('10.4.0.0/16'), range('10.5.0.0/16')],
      },
    ],
  })
  expect(network.vpc?.[0]?.cidrs).toEqual(['10.5.0.0/16', '10.4.0.0/16'])
})

test('a subnet has its zone and both ranges; one of IPv6 only has that', () => {
  expect(whole.subnet?.[0]).toEqual({
    ...place,
    id: 'subnet-a',
    name: 'public-a',
    vpcId: 'vpc-web',
    zone: 'us-east-2a',
    cidr: '10.0.1.0/24',
    ipv6Cidr: '2600:1f16:1:1::/64',
    routeTableId: 'rtb-public',
    networkAclId: 'acl-web',
  })
  const { network } = readWith('describe-subnets', 'Subnets', 'subnet-a', { CidrBlock: null })
  expect(network.subnet?.[0]).toMatchObject({ cidr: '2600:1f16:1:1::/64' })
  expect(network.subnet?.[0]).not.toHaveProperty('ipv6Cidr')
})

test('an internet gateway serves both families, an egress-only one lets IPv6 out', () => {
  expect(whole.internetGateway).toEqual([
    {
      ...place,
      id: 'eigw-1',
      kind: 'egress-only',
      vpcId: 'vpc-web',
      state: 'attached',
      enabled: true,
    },
    {
      ...place,
      id: 'igw-1',
      kind: 'both',
      vpcId: 'vpc-web',
      state: 'available',
      enabled: true,
      routeTableId: 'rtb-edge',
    },
  ])
})

test('a gateway that is being attached is not enabled, a detached one is left out', () => {
  const attaching = readWith('describe-internet-gateways', 'InternetGateways', 'igw-1', {
    Attachments: [{ State: 'attaching', VpcId: 'vpc-web' }],
  })
  expect(attaching.network.internetGateway?.[1]).toMatchObject({
    state: 'attaching',
    enabled: false,
  })
  const detached = readWith('describe-internet-gateways', 'InternetGateways', 'igw-1', {
    Attachments: [],
  })
  expect(detached.network.internetGateway?.map(({ id }) => id)).toEqual(['eigw-1'])
  expect(noteLines(detached)).toEqual(['info internet-gateway.detached'])
  expect(gapLines(detached)).toEqual([])
})

test('a NAT gateway has addresses and no entries, and is public unless it says private', () => {
  const gateway = {
    ...place,
    id: 'nat-1',
    vpcId: 'vpc-web',
    subnetId: 'subnet-a',
    reach: 'internet',
    state: 'Available',
    snat: [],
    dnat: [],
    addresses: [
      { privateAddress: '10.0.1.20', publicAddress: '3.1.1.2', networkInterfaceId: 'eni-nat' },
    ],
  }
  expect(whole.natGateway).toEqual([gateway])
  const change = (fields: Record<string, unknown>) =>
    readWith('describe-nat-gateways', 'NatGateways', 'nat-1', fields).network.natGateway
  expect(change({ ConnectivityType: null })).toEqual([gateway])
  expect(change({ ConnectivityType: 'private' })?.[0]?.reach).toBe('intranet')
  expect(change({ State: 'pending' })?.[0]?.state).toBe('Creating')
  expect(change({ State: 'deleted' })).toBeUndefined()
  const failed = [{ PrivateIp: '10.0.1.21', Status: 'failed' }]
  expect(change({ NatGatewayAddresses: failed })?.[0]?.addresses).toEqual([])
})

test('a peering connection that is active is activated, others keep their word', () => {
  expect(whole.peering).toEqual([
    {
      ...place,
      id: 'pcx-1',
      requesterVpcId: 'vpc-web',
      accepterVpcId: 'vpc-data',
      state: 'Activated',
    },
  ])
  const pending = readWith('describe-vpc-peering-connections', 'VpcPeeringConnections', 'pcx-1', {
    Status: { Code: 'pending-acceptance' },
  })
  expect(pending.network.peering?.[0]?.state).toBe('pending-acceptance')
})

test('the VPC at the other end of a peering connection may be out of sight', () => {
  const result = readWith('describe-vpc-peering-connections', 'VpcPeeringConnections', 'pcx-1', {
    AccepterVpcInfo: { VpcId: 'vpc-far', OwnerId: '444455556666', Region: 'eu-west-1' },
  })
  expect(noteLines(result)).toEqual([])
  expect(gapLines(result)).toEqual(['vpc vpc-far: ec2 describe-vpcs --vpc-ids vpc-far'])
})

test('endpoints are of three types, and a gateway one has the list of its service', () => {
  expect(whole.endpoint).toEqual([
    {
      ...place,
      id: 'vpce-s3',
      vpcId: 'vpc-web',
      state: 'available',
      type: 'gateway',
      service: 'com.amazonaws.us-east-2.s3',
      prefixListId: 'pl-63a5400a',
    },
    {
      ...place,
      id: 'vpce-ssm',
      vpcId: 'vpc-web',
      state: 'available',
      type: 'interface',
      service: 'com.amazonaws.us-east-2.ssm',
      networkInterfaceIds: ['eni-s3'],
    },
  ])
  const firewall = readWith('describe-vpc-endpoints', 'VpcEndpoints', 'vpce-ssm', {
    VpcEndpointType: 'GatewayLoadBalancer',
  })
  expect(firewall.network.endpoint?.[1]?.type).toBe('gatewayLoadBalancer')
})

test('lines are VPN connections, Direct Connect gateways and virtual interfaces', () => {
  expect(whole.line).toEqual([
    {
      ...place,
      id: 'dx-1',
      name: 'dx',
      state: 'available',
      medium: 'direct',
      attachedTo: { kind: 'vpnGateway', id: 'vgw-1' },
    },
    {
      ...place,
      id: 'dxvif-1',
      state: 'available',
      medium: 'direct',
      attachedTo: { kind: 'line', id: 'dx-1' },
    },
    {
      ...place,
      id: 'vpn-1',
      state: 'available',
      medium: 'vpn',
      attachedTo: { kind: 'vpnGateway', id: 'vgw-1' },
      routes: ['10.3.0.0/16'],
      routesComplete: true,
    },
    {
      ...place,
      id: 'vpn-2',
      state: 'available',
      medium: 'vpn',
      attachedTo: { kind: 'transitRouter', id: 'tgw-1' },
    },
  ])
  expect(whole.vpnGateway).toEqual([
    { ...place, id: 'vgw-1', vpcId: 'vpc-web', state: 'available' },
  ])
})

test('behind a connection with BGP there may be more than it lists', () => {
  const { network } = readWith('describe-vpn-connections', 'VpnConnections', 'vpn-1', {
    Options: { StaticRoutesOnly: false },
    Routes: [],
  })
  const line = network.line?.find(({ id }) => id === 'vpn-1')
  expect(line).toMatchObject({ routesComplete: false })
  expect(line).not.toHaveProperty('routes')
})

test('Direct Connect is read in the spelling of the SDKs too', () => {
  const capital = (json: unknown): unknown => {
    const text = JSON.stringify(json).replaceAll(
      /"([a-z])(\w*)":/g,
      (_, first: string, rest: string) => `"${first.toUpperCase()}${rest}":`,
    )
    const parsed: unknown = JSON.parse(text)
    return parsed
  }
  const names = [
    'describe-direct-connect-gateways',
    'describe-direct-connect-gateway-associations',
    'describe-virtual-interfaces',
  ]
  const spelt = Object.fromEntries(names.map((name) => [name, capital(answerOf(name))]))
  expect(readAws(captureWith(spelt))).toEqual({ network: whole, notes: [] })
})

test('pre-shared keys of a VPN connection reach neither the network nor a note', () => {
  const broken = readChanged('describe-vpn-connections', (json) => {
    for (const connection of elementsIn(json, 'VpnConnections')) {
      connection['Routes'] = 'hush-hush-3'
      connection['State'] = { PreSharedKey: 'hush-hush-4' }
    }
  })
  for (const result of [readAws(awsCapture), broken]) {
    const text = JSON.stringify(result)
    expect(text).toContain('vpn-1')
    expect(text).not.toContain('hush-hush')
    expect(text).not.toContain('pre_shared_key')
  }
})
