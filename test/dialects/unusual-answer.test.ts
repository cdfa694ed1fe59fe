import { expect, test } from 'vitest'

import { readAlibaba } from '#dialects'
import { indexNetwork, parseNetwork } from '#model'

import {
  amended,
  capture,
  gapLines,
  itemsIn,
  noteLines,
  objectIn,
  readAmended,
} from './amend-capture.ts'
import type { Json } from './amend-capture.ts'

const home = { provider: 'alibaba', account: '1948236017520934', region: 'cn-hangzhou' } as const
const first = (part: string, outer: string, wrapper: string, fields: Json) =>
  readAmended(part, (json) => void Object.assign(itemsIn(json, outer, wrapper)[0] ?? {}, fields))
const whole = readAlibaba(capture).network

test('lists without their wrapper are read, with a remark', () => {
  const result = readAmended('DescribeVSwitches', (json) => {
    json['VSwitches'] = itemsIn(json, 'VSwitches', 'VSwitch')
  })
  expect(result.network).toEqual(whole)
  expect(noteLines(result)).toEqual(['info listing.other-shape'])
  const inner = first('DescribeNetworkInterfaces', 'NetworkInterfaceSets', 'NetworkInterfaceSet', {
    SecurityGroupIds: ['sg-bp1web3e5r7t9y1u2i4o6'],
  })
  expect(inner.network).toEqual(whole)
})

test('numbers and booleans as text mean the same', () => {
  const texts = capture.map(({ file, json }) => {
    const text = JSON.stringify(json, (_, value: unknown) =>
      typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
    )
    const parsed: unknown = JSON.parse(text)
    return { file, json: parsed }
  })
  expect(readAlibaba(texts)).toEqual({ network: whole, notes: [] })
})

test.each([
  [
    'an instance',
    'DescribeInstances.page1',
    'Instances',
    'Instance',
    { Status: 'Hibernating' },
    'instance',
  ],
  [
    'an interface',
    'DescribeNetworkInterfaces',
    'NetworkInterfaceSets',
    'NetworkInterfaceSet',
    { Status: 'Melting' },
    'networkInterface',
  ],
  [
    'an interface type',
    'DescribeNetworkInterfaces',
    'NetworkInterfaceSets',
    'NetworkInterfaceSet',
    { Type: 'Trunk' },
    'networkInterface',
  ],
  [
    'an address',
    'DescribeEipAddresses',
    'EipAddresses',
    'EipAddress',
    { Status: 'Lost' },
    'publicAddress',
  ],
  [
    'an address mode',
    'DescribeEipAddresses',
    'EipAddresses',
    'EipAddress',
    { Mode: 'MAGIC' },
    'publicAddress',
  ],
  [
    'a bearer',
    'DescribeEipAddresses',
    'EipAddresses',
    'EipAddress',
    { InstanceType: 'Teapot' },
    'publicAddress',
  ],
  [
    'a NAT gateway',
    'DescribeNatGateways',
    'NatGateways',
    'NatGateway',
    { NetworkType: 'extranet' },
    'natGateway',
  ],
  [
    'an SNAT entry',
    'DescribeSnatTableEntries',
    'SnatTableEntries',
    'SnatTableEntry',
    { Status: 'Odd' },
    'natGateway',
  ],
  [
    'an SNAT source',
    'DescribeSnatTableEntries',
    'SnatTableEntries',
    'SnatTableEntry',
    { SourceCIDR: 'all' },
    'natGateway',
  ],
  [
    'a DNAT protocol',
    'DescribeForwardTableEntries',
    'ForwardTableEntries',
    'ForwardTableEntry',
    { IpProtocol: 'sctp' },
    'natGateway',
  ],
  [
    'a DNAT port',
    'DescribeForwardTableEntries',
    'ForwardTableEntries',
    'ForwardTableEntry',
    { ExternalPort: '0' },
    'natGateway',
  ],
  [
    'a route',
    'DescribeRouteEntryList.vtb-bp1sys2',
    'RouteEntrys',
    'RouteEntry',
    { Status: 'Odd' },
    'routeTable',
  ],
  [
    'a destination',
    'DescribeRouteEntryList.vtb-bp1sys2',
    'RouteEntrys',
    'RouteEntry',
    { DestinationCidrBlock: 'default' },
    'routeTable',
  ],
  [
    'a router',
    'DescribeRouterInterfaces',
    'RouterInterfaceSet',
    'RouterInterfaceType',
    { RouterType: 'Odd' },
    'routerInterface',
  ],
  [
    'a group type',
    'DescribeSecurityGroups',
    'SecurityGroups',
    'SecurityGroup',
    { SecurityGroupType: 'premium' },
    'securityGroup',
  ],
  ['a HaVip address', 'DescribeHaVips', 'HaVips', 'HaVip', { IpAddress: 'x' }, 'haVip'],
  ['a prefix', 'DescribePrefixListAttributes', 'Entries', 'Entry', { Cidr: 'x' }, 'prefixList'],
] as const)(
  'a word or value nobody knows at %s is said, and leaves a gap',
  (_, part, outer, wrapper, fields, kind) => {
    const result = first(part, outer, wrapper, { ...fields })
    expect(
      noteLines(result).some((line) => line.startsWith('error') && line.endsWith('.unreadable')),
    ).toBe(true)
    expect(result.network.gaps?.some((gap) => gap.kind === kind && gap.id !== undefined)).toBe(true)
    expect(parseNetwork(result.network)).toMatchObject({ ok: true })
  },
)

test('a VPC range that cannot be read leaves a gap, and so does an IPv6 range among the IPv4 ones', () => {
  for (const cidr of ['x', '2001:db8::/32', ['10.0.0.0/8']]) {
    const vpc = {
      VpcId: 'vpc-1',
      CidrBlock: '10.0.0.0/16',
      SecondaryCidrBlocks: { SecondaryCidrBlock: [cidr] },
    }
    const result = readAlibaba([{ file: 'a.json', json: { RequestId: 'r', Vpcs: { Vpc: [vpc] } } }])
    expect(result.network.vpc).toMatchObject([{ cidrs: ['10.0.0.0/16'] }])
    expect(noteLines(result)).toContain('error vpc.unreadable')
    expect(gapLines(result)).toContain('vpc vpc-1: DescribeVpcs --VpcId vpc-1')
  }
})

test('an interface that is lost is missed by place too, as it may be asked for by address', () => {
  const result = first('DescribeNetworkInterfaces', 'NetworkInterfaceSets', 'NetworkInterfaceSet', {
    Status: 'Melting',
  })
  const gaps = result.network.gaps?.filter(({ kind }) => kind === 'networkInterface')
  expect(gaps?.map(({ id }) => id)).toEqual([undefined, 'eni-bp1web1a2s3d4f5g6h7j'])
})

test('next hops of an unknown type are kept with their word', () => {
  const result = readAmended('DescribeRouteEntryList.vtb-bp1sys2', (json) => {
    const entry = itemsIn(json, 'RouteEntrys', 'RouteEntry')[2]
    Object.assign(entry ?? {}, {
      NextHops: {
        NextHop: [{ NextHopType: 'Wormhole', NextHopId: 'wh-1', Enabled: 1, Weight: 0 }],
      },
    })
  })
  expect(
    indexNetwork(result.network).get('routeTable', 'vtb-bp1sys2m6o2q8s4u1w7yb', home),
  ).toMatchObject({
    routes: [
      { nextHops: [{ target: { kind: 'unsupported', id: 'wh-1', word: 'Wormhole' } }] },
      {},
      {},
    ],
  })
  expect(noteLines(result)).toEqual(['warning route.unsupported-next-hop'])
})

test('a network ACL entry that cannot be read makes the ACL unread, and the others keep their order', () => {
  for (const [field, value] of [
    ['Policy', 'deny'],
    ['Protocol', 'x'],
    ['Port', '1-2'],
    ['SourceCidrIp', 'x'],
    ['EntryType', 'secret'],
  ] as const) {
    const change = (json: Json): void => {
      const acls =
        'NetworkAcls' in json
          ? itemsIn(json, 'NetworkAcls', 'NetworkAcl')
          : [objectIn(json['NetworkAclAttribute'])]
      for (const acl of acls)
        Object.assign(itemsIn(acl, 'IngressAclEntries', 'IngressAclEntry')[2] ?? {}, {
          [field]: value,
        })
    }
    const result = readAmended('DescribeNetworkAcl', change)
    expect(result.network.networkAcl?.[0]?.ingress.map(({ ports }) => ports.from)).toEqual([
      22, 1024, 0, 0,
    ])
    expect(gapLines(result)[0]).toMatch(/^networkAcl nacl-bp1a7s9d2f4g6h8j3kq5w:/)
  }
})

test('an association of a network ACL that comes or goes makes the ACL doubtful', () => {
  const change = (json: Json): void => {
    const acls =
      'NetworkAcls' in json
        ? itemsIn(json, 'NetworkAcls', 'NetworkAcl')
        : [objectIn(json['NetworkAclAttribute'])]
    for (const acl of acls)
      Object.assign(itemsIn(acl, 'Resources', 'Resource')[0] ?? {}, { Status: 'UNBINDING' })
  }
  const result = readAmended('DescribeNetworkAcl', change)
  expect(noteLines(result)).toContain('warning network-acl.association-unsettled')
  expect(gapLines(result)).toHaveLength(1)
})

test('either end of a binding is enough; ends that contradict each other leave a gap', () => {
  const mute = amended('DescribeVSwitches', (json) => {
    for (const subnet of itemsIn(json, 'VSwitches', 'VSwitch'))
      Object.assign(subnet, { NetworkAclId: '', RouteTable: {} })
  })
  expect(readAlibaba(mute).network).toEqual(whole)
  const torn = first('DescribeVSwitches', 'VSwitches', 'VSwitch', {
    RouteTable: { RouteTableId: 'vtb-bp1sys1d8f2h6k4m9q3sv' },
  })
  expect(noteLines(torn)).toContain('warning resource.contradiction')
  expect(torn.network.gaps?.map(({ kind, id }) => [kind, id])).toEqual([
    ['routeTable', 'vtb-bp1cus1w5y9a3c7e1g4ij'],
    ['routeTable', 'vtb-bp1sys1d8f2h6k4m9q3sv'],
    ['subnet', 'vsw-bp1web0a1k7m3q9s2d5fg'],
  ])
})

test('two answers that contradict each other are said, and make the resource doubtful', () => {
  const later = capture.find(({ file }) => file.includes('DescribeInstances.page2'))
  const json = structuredClone(objectIn(later?.json))
  Object.assign(itemsIn(json, 'Instances', 'Instance')[0] ?? {}, { Status: 'Running' })
  const result = readAlibaba([
    ...capture,
    { file: 'storefront/accounts/1948236017520934/cn-hangzhou/again.json', json },
  ])
  expect(result.notes).toHaveLength(2)
  expect(result.notes[0]).toMatchObject({
    severity: 'warning',
    code: 'resource.contradiction',
    pointer: '/Instances/Instance/0',
  })
  expect(gapLines(result)).toEqual([
    `instance i-bp1datj2k4l6z8x1c3v5b: DescribeInstances --InstanceIds '["i-bp1datj2k4l6z8x1c3v5b"]'`,
  ])
})
