import { expect, test } from 'vitest'

import { readAlibaba } from '#dialects'
import { parseNetwork } from '#model'

import {
  amended,
  capture,
  gapLines,
  itemsIn,
  noteLines,
  objectIn,
  readAmended,
  without,
} from './amend-capture.ts'

test.each([
  ['DescribeVSwitches.', 'subnet *: DescribeVSwitches'],
  ['DescribeNetworkInterfaces.', 'networkInterface *: DescribeNetworkInterfaces'],
  ['DescribeSecurityGroups.', 'securityGroup *: DescribeSecurityGroups'],
  ['DescribeRouteTableList.', 'routeTable *: DescribeRouteTableList'],
  ['DescribeEipAddresses.', 'publicAddress *: DescribeEipAddresses'],
  ['DescribeNatGateways.', 'natGateway *: DescribeNatGateways'],
  ['ListVpcPeerConnections.', 'peering *: ListVpcPeerConnections'],
  ['DescribeRouterInterfaces.', 'routerInterface *: DescribeRouterInterfaces'],
  ['DescribeIpv6Gateways.', 'ipv6Internet *: DescribeIpv6Gateways'],
  ['DescribeIpv6Addresses.', 'ipv6Internet *: DescribeIpv6Addresses'],
  ['DescribeHaVips.', 'haVip *: DescribeHaVips'],
  ['DescribeClassicLinkInstances.', 'classicLink *: DescribeClassicLinkInstances'],
  ['DescribeInstances.', 'instance *: DescribeInstances'],
  ['DescribeVpcs.', 'vpc *: DescribeVpcs'],
])('without %s the gaps name it, and the rest is still a sound network', (part, gap) => {
  const result = readAlibaba(without(part))
  expect(gapLines(result)).toContain(gap)
  expect(result.network.gaps).toContainEqual({
    kind: gap.split(' ')[0],
    provider: 'alibaba',
    account: '1948236017520934',
    region: 'cn-hangzhou',
    call: expect.stringMatching(
      new RegExp(`^aliyun \\w+ ${gap.split(': ')[1]} --RegionId cn-hangzhou$`),
    ),
  })
  expect(parseNetwork(result.network)).toMatchObject({ ok: true })
})

test.each([
  [
    'DescribeSecurityGroupAttribute.sg-bp1app',
    'securityGroup',
    'DescribeSecurityGroupAttribute --SecurityGroupId sg-bp1app8p2a4s6d1f3g5h7',
  ],
  [
    'DescribeRouteEntryList.vtb-bp1sys1',
    'routeTable',
    'DescribeRouteEntryList --RouteTableId vtb-bp1sys1d8f2h6k4m9q3sv',
  ],
  [
    'ListGatewayRouteTableEntries.',
    'routeTable',
    'ListGatewayRouteTableEntries --GatewayRouteTableId vtb-bp1gw00z3x5c7v9b1n2md',
  ],
  [
    'DescribePrefixListAttributes.',
    'prefixList',
    'DescribePrefixListAttributes --PrefixListId pl-bp1off3o5p7a9s2d4f6g',
  ],
  [
    'DescribeSnatTableEntries.',
    'natGateway',
    'DescribeSnatTableEntries --NatGatewayId ngw-bp1nat5a7s9d1f3g2h4j6',
  ],
  [
    'DescribeForwardTableEntries.',
    'natGateway',
    'DescribeForwardTableEntries --NatGatewayId ngw-bp1nat5a7s9d1f3g2h4j6',
  ],
])('without %s the one resource is missed by its id', (part, kind, call) => {
  const gaps = readAlibaba(without(part)).network.gaps
  expect(gaps).toHaveLength(1)
  expect(gaps?.[0]).toMatchObject({
    kind,
    call: expect.stringMatching(new RegExp(`^aliyun \\w+ ${call} --RegionId cn-hangzhou$`)),
    id: call.split(' ').at(-1),
  })
})

test('without network ACLs, only the one that a vSwitch names is missed', () => {
  const result = readAlibaba(without('DescribeNetworkAcl'))
  expect(gapLines(result)).toEqual([
    'networkAcl nacl-bp1a7s9d2f4g6h8j3kq5w: DescribeNetworkAclAttributes --NetworkAclId nacl-bp1a7s9d2f4g6h8j3kq5w',
  ])
})

test('IPv4 gateways are needed unless the details of every VPC deny them', () => {
  const listless = without('ListIpv4Gateways')
  // The details name a gateway, and whether it is activated decides over everything.
  expect(gapLines(readAlibaba(listless))).toContain(
    'internetGateway *: GetIpv4GatewayAttribute --Ipv4GatewayId ipv4gw-bp1v4g8h1j3k5l7z9x2c',
  )
  const denied = amended(
    'DescribeVpcAttribute.vpc-bp1sf0web',
    (json) => void (json['Ipv4GatewayId'] = ''),
    listless,
  )
  const lines = gapLines(readAlibaba(denied)).filter((line) => line.includes(' *:'))
  expect(lines).toEqual([])
  const untold = without('DescribeVpcAttribute', listless)
  expect(gapLines(readAlibaba(untold))).toContain('internetGateway *: ListIpv4Gateways')
})

test('IPv6 and ClassicLink are asked for only where they are in use', () => {
  const plain = readAlibaba([
    {
      file: 'cn-beijing/vpcs.json',
      json: {
        RequestId: 'r',
        TotalCount: 1,
        Vpcs: { Vpc: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/8', Ipv6CidrBlock: '' }] },
      },
    },
  ])
  const kinds = new Set(plain.network.gaps?.map(({ kind }) => kind))
  expect(kinds.has('ipv6Internet') || kinds.has('classicLink') || kinds.has('networkAcl')).toBe(
    false,
  )
  expect(kinds.has('natGateway')).toBe(true)
})

test('no documents at all: everything is missing, everywhere', () => {
  const { network, notes } = readAlibaba([])
  expect(notes).toEqual([])
  expect(network.gaps).toContainEqual({
    kind: 'vpc',
    provider: 'alibaba',
    call: 'aliyun vpc DescribeVpcs',
  })
})

test('a page that TotalCount promises and nobody gave is missed', () => {
  const result = readAlibaba(without('DescribeInstances.page2'))
  expect(gapLines(result)).toContain('instance *: DescribeInstances (every page)')
  expect(result.notes).toContainEqual(
    expect.objectContaining({
      severity: 'warning',
      code: 'listing.pages-missing',
      message: 'DescribeInstances: 2 of 4 were seen; pages are missing.',
    }),
  )
})

test('a page behind a NextToken that nobody followed is missed', () => {
  const result = readAmended('DescribeSecurityGroupAttribute.sg-bp1web', (json) => {
    json['NextToken'] = 'caeba0bbb2be03f84eb48b699f0a'
  })
  expect(gapLines(result)).toEqual([
    'securityGroup sg-bp1web3e5r7t9y1u2i4o6: DescribeSecurityGroupAttribute --SecurityGroupId sg-bp1web3e5r7t9y1u2i4o6 (every page)',
  ])
  // With a total that is met, a token says nothing.
  const counted = readAmended('DescribeNetworkInterfaces', (json) => void (json['NextToken'] = 'x'))
  expect(counted.notes).toEqual([])
})

test('routes of a table of which pages are missing make that table unread', () => {
  const result = readAmended(
    'DescribeRouteEntryList.vtb-bp1sys2',
    (json) => void (json['TotalCount'] = 9),
  )
  expect(gapLines(result)).toEqual([
    'routeTable vtb-bp1sys2m6o2q8s4u1w7yb: DescribeRouteEntryList --RouteTableId vtb-bp1sys2m6o2q8s4u1w7yb (every page)',
  ])
})

test('a refused call and a stranger are said, and supply nothing', () => {
  const refused = {
    Code: 'Forbidden.RAM',
    Message: 'User not authorized.',
    RequestId: 'r',
    HostId: 'vpc.aliyuncs.com',
  }
  const result = readAlibaba([
    ...without('DescribeNatGateways'),
    { file: 'cn-hangzhou/nat.json', json: refused },
    { file: 'cn-hangzhou/other.json', json: { Buckets: [] } },
  ])
  expect(noteLines(result)).toEqual(
    expect.arrayContaining(['warning answer.refused', 'warning answer.unrecognised']),
  )
  expect(gapLines(result)).toContain('natGateway *: DescribeNatGateways')
})

test('a list of another type supplies nothing', () => {
  const result = readAmended('DescribeNatGateways', (json) => void (json['NatGateways'] = 'none'))
  expect(noteLines(result)).toContain('warning listing.not-a-list')
  expect(gapLines(result)).toContain('natGateway *: DescribeNatGateways')
})

test('an element without an id is lost aloud, and its listing counts as incomplete', () => {
  const result = readAmended('DescribeVSwitches', (json) => {
    delete itemsIn(json, 'VSwitches', 'VSwitch')[0]?.['VSwitchId']
  })
  expect(noteLines(result)).toContain('error record.no-id')
  expect(gapLines(result)).toContain('subnet *: DescribeVSwitches')
})

test('an empty answer that names nobody goes to the only one it can be about', () => {
  const bare = (part: string, name: string) =>
    capture.map(({ file, json }) =>
      file.includes(part)
        ? {
            file: file.replace(/[^/]+$/, name),
            json: { RequestId: 'r', TotalCount: 0, SnatTableEntries: { SnatTableEntry: [] } },
          }
        : { file, json },
    )
  const one = readAlibaba(bare('DescribeSnatTableEntries', 'snat.json'))
  expect(one.network.gaps).toBeUndefined()
  expect(one.network.natGateway?.[0]?.snat).toEqual([])
  const twoGateways = bare('DescribeSnatTableEntries', 'snat.json').map(({ file, json }) => {
    if (!file.includes('DescribeNatGateways')) return { file, json }
    const changed = objectIn(structuredClone(json))
    const [first] = itemsIn(changed, 'NatGateways', 'NatGateway')
    changed['NatGateways'] = { NatGateway: [first, { ...first, NatGatewayId: 'ngw-bp1other' }] }
    return { file, json: { ...changed, TotalCount: 2 } }
  })
  const two = readAlibaba(twoGateways)
  expect(noteLines(two)).toContain('warning listing.no-owner')
  expect(gapLines(two)).toContain(
    'natGateway ngw-bp1other: DescribeSnatTableEntries --NatGatewayId ngw-bp1other',
  )
})

test('a next hop that a complete listing lacks is gone; in an incomplete one it is missed', () => {
  const dangling = amended('DescribeRouteEntryList.vtb-bp1cus1', (json) => {
    const list = itemsIn(json, 'RouteEntrys', 'RouteEntry')
    const pending = list.find((entry) => entry['DestinationCidrBlock'] === '10.99.0.0/16')
    Object.assign(pending ?? {}, {
      NextHops: { NextHop: [{ NextHopType: 'NetworkInterface', NextHopId: 'eni-gone' }] },
    })
  })
  expect(gapLines(readAlibaba(dangling))).toEqual([])
  const partial = without('DescribeNetworkInterfaces.', dangling)
  expect(gapLines(readAlibaba(partial))).toContain(
    'networkInterface eni-gone: DescribeNetworkInterfaces --NetworkInterfaceId.1 eni-gone',
  )
})
