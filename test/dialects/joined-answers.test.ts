import { expect, test } from 'vitest'

import { readAlibaba } from '#dialects'
import { indexNetwork, parseNetwork } from '#model'

import {
  capture,
  gapLines,
  itemsIn,
  noteLines,
  objectIn,
  readAmended,
  without,
} from './amend-capture.ts'
import type { Json } from './amend-capture.ts'

const home = { provider: 'alibaba', account: '1948236017520934', region: 'cn-hangzhou' } as const
const first = (part: string, outer: string, wrapper: string, fields: Json) =>
  readAmended(part, (json) => void Object.assign(itemsIn(json, outer, wrapper)[0] ?? {}, fields))
const whole = readAlibaba(capture).network

test('primary interfaces are made from their instances; secondary ones are missed', () => {
  const result = readAlibaba(without('DescribeNetworkInterfaces'))
  const { get } = indexNetwork(result.network)
  expect(get('networkInterface', 'eni-bp1web1a2s3d4f5g6h7j', home)).toEqual({
    ...home,
    id: 'eni-bp1web1a2s3d4f5g6h7j',
    type: 'primary',
    state: 'InUse',
    vpcId: 'vpc-bp1sf0web7qk2m4x9c1tz',
    subnetId: 'vsw-bp1web0a1k7m3q9s2d5fg',
    instanceId: 'i-bp1webq3w5e7r9t1y2u4i',
    addresses: ['10.20.1.11', '10.20.1.12'],
    ipv6Addresses: [{ address: '2408:4005:3b2:8a01:5c3e:91f0:27ab:d41c', internet: 'egress-only' }],
    securityGroupIds: ['sg-bp1web3e5r7t9y1u2i4o6'],
    macAddress: '00:16:3e:0a:41:7c',
  })
  expect(get('networkInterface', 'eni-bp1apx6b7n8m9q1w2e3', home)).toBeUndefined()
  expect(gapLines(result)).toContain(
    'networkInterface eni-bp1apx6b7n8m9q1w2e3: DescribeNetworkInterfaces --NetworkInterfaceId.1 eni-bp1apx6b7n8m9q1w2e3',
  )
})

test('elastic addresses are also known from their bearers', () => {
  const result = readAlibaba(without('DescribeEipAddresses'))
  expect(result.network.publicAddress?.map(({ id, boundTo }) => [id, boundTo?.kind])).toEqual([
    ['121.43.77.205', 'instance'],
    ['eip-bp1cut3i5o7p9a2s4d6f', 'networkInterface'],
    ['eip-bp1nat7q9w2e4r6t8y1u', 'natGateway'],
    ['eip-bp1web2z4x6c8v1b3n5m', 'instance'],
  ])
  // Only the listing tells whether the one on a secondary interface is cut-through.
  expect(gapLines(result)).toContain(
    'publicAddress eip-bp1cut3i5o7p9a2s4d6f: DescribeEipAddresses --AllocationId eip-bp1cut3i5o7p9a2s4d6f',
  )
})

test('an elastic address bound to a plain address is bound to whoever has it', () => {
  const fields = {
    InstanceType: 'IpAddress',
    InstanceId: '10.20.1.12',
    VpcId: 'vpc-bp1sf0web7qk2m4x9c1tz',
  }
  const result = first('DescribeEipAddresses', 'EipAddresses', 'EipAddress', fields)
  const { get } = indexNetwork(result.network)
  expect(get('publicAddress', 'eip-bp1web2z4x6c8v1b3n5m', home)).toMatchObject({
    boundTo: {
      kind: 'networkInterface',
      id: 'eni-bp1web1a2s3d4f5g6h7j',
      privateAddress: '10.20.1.12',
    },
  })
  const nobody = first('DescribeEipAddresses', 'EipAddresses', 'EipAddress', {
    ...fields,
    InstanceId: '10.20.1.99',
  })
  expect(gapLines(nobody)).toHaveLength(1)
})

test('an elastic address on a load balancer names it as a boundary', () => {
  const fields = { InstanceType: 'SlbInstance', InstanceId: 'lb-bp1x', Mode: 'NAT' }
  const { network } = first('DescribeEipAddresses', 'EipAddresses', 'EipAddress', fields)
  expect(network.loadBalancer).toEqual([{ ...home, id: 'lb-bp1x' }])
  expect(parseNetwork(network)).toMatchObject({ ok: true })
})

test('the older listing of route tables gives the same routes, equal-cost hops in entries of their own', () => {
  const json = {
    RequestId: 'r',
    RouteTables: {
      RouteTable: [
        {
          RouteTableId: 'vtb-1',
          VRouterId: 'vrt-1',
          RouteTableType: 'System',
          VSwitchIds: { VSwitchId: [] },
          RouteEntrys: {
            RouteEntry: [
              {
                RouteTableId: 'vtb-1',
                DestinationCidrBlock: '10.0.0.0/24',
                Type: 'System',
                NextHopType: 'local',
                InstanceId: '',
                Status: 'Available',
              },
              {
                RouteTableId: 'vtb-1',
                DestinationCidrBlock: '172.16.0.0/12',
                Type: 'Custom',
                NextHopType: 'RouterInterface',
                InstanceId: 'ri-2',
                Status: 'Available',
              },
              {
                RouteTableId: 'vtb-1',
                DestinationCidrBlock: '172.16.0.0/12',
                Type: 'Custom',
                NextHopType: 'RouterInterface',
                InstanceId: 'ri-1',
                Status: 'Available',
              },
            ],
          },
        },
      ],
    },
  }
  const vpcs = {
    RequestId: 'r',
    Vpcs: {
      Vpc: [
        { VpcId: 'vpc-1', VRouterId: 'vrt-1', CidrBlock: '10.0.0.0/16', RegionId: 'cn-beijing' },
      ],
    },
  }
  const { network } = readAlibaba([
    { file: 'a.json', json },
    { file: 'b.json', json: vpcs },
  ])
  expect(network.routeTable).toMatchObject([
    {
      id: 'vtb-1',
      vpcId: 'vpc-1',
      type: 'system',
      region: 'cn-beijing',
      routes: [
        { id: 'vtb-1/10.0.0.0/24', origin: 'system', nextHops: [{ target: { kind: 'local' } }] },
        {
          destination: '172.16.0.0/12',
          nextHops: [
            { target: { kind: 'routerInterface', id: 'ri-1' } },
            { target: { kind: 'routerInterface', id: 'ri-2' } },
          ],
        },
      ],
    },
  ])
  expect(network.gaps?.some(({ kind, id }) => kind === 'routeTable' && id !== undefined)).toBe(
    false,
  )
})

test('tables of border routers are left out', () => {
  const result = readAmended('DescribeRouteTableList', (json) => {
    const list = itemsIn(json, 'RouterTableList', 'RouterTableListType')
    const border = {
      ...list[0],
      RouteTableId: 'vtb-border',
      RouterType: 'VBR',
      VpcId: '',
      VSwitchIds: { VSwitchId: [] },
    }
    Object.assign(json, {
      RouterTableList: { RouterTableListType: [...list, border] },
      TotalCount: 5,
    })
  })
  expect(result.network).toEqual(whole)
  expect(noteLines(result)).toEqual(['info route-table.border-router'])
})

test('an IPv6 address reaches as far as bandwidth and egress-only rules let it', () => {
  const address = (result: ReturnType<typeof first>) =>
    result.network.networkInterface?.find(({ ipv6Addresses }) => ipv6Addresses)?.ipv6Addresses?.[0]
      ?.internet
  const change = (fields: Json) =>
    first('DescribeIpv6Addresses', 'Ipv6Addresses', 'Ipv6Address', fields)
  expect(address(change({ NetworkType: 'Private', Ipv6InternetBandwidth: {} }))).toBe('none')
  expect(address(change({ Ipv6AddressId: 'ipv6-other' }))).toBe('both')
  expect(
    address(change({ Ipv6InternetBandwidth: { Bandwidth: 5, BusinessStatus: 'FinancialLocked' } })),
  ).toBe('none')
  expect(address(change({ NetworkType: 'Odd' }))).toBeUndefined()
  // Nobody said whether an egress-only rule names it.
  const untold = readAlibaba(without('DescribeIpv6EgressOnlyRules'))
  expect(address(untold)).toBeUndefined()
  expect(gapLines(untold)).toEqual([
    'ipv6Internet *: DescribeIpv6EgressOnlyRules --Ipv6GatewayId ipv6gw-bp1v6c4v6b8n1m3q5w7e',
  ])
})

test('a peering locked for money is not activated, and its far side is missed', () => {
  const result = readAmended('ListVpcPeerConnections', (json) => {
    const list: unknown = json['VpcPeerConnects']
    const [connect] = Array.isArray(list) ? list.map(objectIn) : []
    Object.assign(connect ?? {}, {
      BizStatus: 'FinancialLocked',
      AcceptingVpc: { VpcId: 'vpc-far' },
    })
  })
  expect(result.network.peering).toMatchObject([
    { state: 'FinancialLocked', accepterVpcId: 'vpc-far' },
  ])
  expect(gapLines(result)).toEqual(['vpc vpc-far: DescribeVpcs --VpcId vpc-far'])
  expect(noteLines(result)).toEqual(['warning peering.locked'])
})

test('counts of GetNatGatewayAttribute make further calls needless where they are zero', () => {
  const json = {
    RequestId: 'r',
    RegionId: 'cn-beijing',
    NatGatewayId: 'ngw-1',
    VpcId: 'vpc-1',
    Status: 'Available',
    NetworkType: 'intranet',
    SnatTable: { SnatTableId: 'stb-1', SnatEntryCount: 0 },
    ForwardTable: { ForwardTableId: 'ftb-1', ForwardEntryCount: 3 },
    PrivateInfo: { VswitchId: 'vsw-1' },
  }
  const result = readAlibaba([{ file: 'a.json', json }])
  expect(result.network.natGateway).toMatchObject([
    { reach: 'intranet', subnetId: 'vsw-1', snat: [], dnat: [] },
  ])
  expect(gapLines(result).filter((line) => line.startsWith('natGateway ngw-1'))).toEqual([
    'natGateway ngw-1: DescribeForwardTableEntries --NatGatewayId ngw-1',
  ])
})
