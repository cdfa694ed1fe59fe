import { expect, test } from 'vitest'

import { readAlibaba, recognise } from '#dialects'
import { indexNetwork, parseNetwork } from '#model'

import { capture } from './amend-capture.ts'

const { network, notes } = readAlibaba(capture)
const home = { provider: 'alibaba', account: '1948236017520934', region: 'cn-hangzhou' } as const
const { get } = indexNetwork(network)

test('a complete capture leaves no gap and no note, and only two visible addresses are odd', () => {
  expect(notes).toEqual([])
  expect(network.gaps).toBeUndefined()
  const odd = { severity: 'warning', code: 'gateway-mode' }
  const problems = [odd, odd]
  expect(parseNetwork(network)).toMatchObject({ ok: true, network, problems })
})

test('each document is recognised by its content', () => {
  for (const { json } of capture) expect(recognise(json)).toBe('alibaba')
  expect(recognise({ kind: 'hopwise.network/v1' })).toBe('hopwise')
  expect(recognise(network)).toBe('hopwise')
})

test('every resource carries provider, account and region', () => {
  for (const [kind, list] of Object.entries(network)) {
    if (!Array.isArray(list)) continue
    expect({ kind, empty: list.length === 0 }).toEqual({ kind, empty: false })
    for (const resource of list) expect(resource).toMatchObject(home)
  }
})

test('a VPC has its ranges, primary first, and what only its details tell', () => {
  expect(get('vpc', 'vpc-bp1sf0web7qk2m4x9c1tz', home)).toEqual({
    ...home,
    id: 'vpc-bp1sf0web7qk2m4x9c1tz',
    name: 'storefront-web',
    cidrs: ['10.20.0.0/16', '10.21.0.0/20'],
    ipv6Cidrs: ['2408:4005:3b2:8a00::/56'],
    classicLink: true,
  })
})

test('a vSwitch has its route table and network ACL', () => {
  expect(get('subnet', 'vsw-bp1web0a1k7m3q9s2d5fg', home)).toEqual({
    ...home,
    id: 'vsw-bp1web0a1k7m3q9s2d5fg',
    name: 'web-h',
    vpcId: 'vpc-bp1sf0web7qk2m4x9c1tz',
    zone: 'cn-hangzhou-h',
    cidr: '10.20.1.0/24',
    ipv6Cidr: '2408:4005:3b2:8a01::/64',
    routeTableId: 'vtb-bp1cus1w5y9a3c7e1g4ij',
    networkAclId: 'nacl-bp1a7s9d2f4g6h8j3kq5w',
  })
})

test('an interface has its primary address first, wherever the list has it', () => {
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
    sourceDestCheck: false,
    macAddress: '00:16:3e:0a:41:7c',
  })
})

test('a classic instance has two NICs and its ClassicLink', () => {
  expect(get('instance', 'i-bp1clsn7m9q2w4e6r8t1y', home)).toEqual({
    ...home,
    id: 'i-bp1clsn7m9q2w4e6r8t1y',
    name: 'legacy-01',
    state: 'Running',
    network: 'classic',
    classic: {
      intranetAddress: '10.117.8.41',
      publicAddress: '120.26.55.18',
      securityGroupIds: ['sg-bp1classic2q4w6e8r1t3'],
      linkedVpcId: 'vpc-bp1sf0web7qk2m4x9c1tz',
    },
    zone: 'cn-hangzhou-b',
    os: 'windows',
  })
  expect(get('instance', 'i-bp1datj2k4l6z8x1c3v5b', home)).toMatchObject({
    state: 'Stopped',
    locks: ['financial'],
  })
})

test('public addresses are bound as printed: fixed, elastic, cut-through, to a NAT gateway, unbound', () => {
  expect(
    network.publicAddress?.map(({ id, kind, mode, boundTo }) => [id, kind, mode, boundTo]),
  ).toEqual([
    ['121.43.77.205', 'natPublicIp', 'nat', { kind: 'instance', id: 'i-bp1datj2k4l6z8x1c3v5b' }],
    [
      'eip-bp1cut3i5o7p9a2s4d6f',
      'eip',
      'cut-through',
      { kind: 'networkInterface', id: 'eni-bp1apx6b7n8m9q1w2e3', privateAddress: '10.20.2.22' },
    ],
    ['eip-bp1free4h6j8k1l3z5x7c', 'eip', 'nat', undefined],
    [
      'eip-bp1nat7q9w2e4r6t8y1u',
      'eip',
      'multi-visible',
      { kind: 'natGateway', id: 'ngw-bp1nat5a7s9d1f3g2h4j6', privateAddress: '10.20.1.200' },
    ],
    ['eip-bp1web2z4x6c8v1b3n5m', 'eip', 'nat', { kind: 'instance', id: 'i-bp1webq3w5e7r9t1y2u4i' }],
  ])
})

test('routes name their next hops; weights and health count between router interfaces', () => {
  const table = get('routeTable', 'vtb-bp1sys1d8f2h6k4m9q3sv', home)
  expect(table).toMatchObject({ type: 'system', vpcId: 'vpc-bp1sf0web7qk2m4x9c1tz' })
  expect(
    typeof table === 'object' &&
      table.routes.map(({ destination, origin, nextHops }) => [destination, origin, nextHops]),
  ).toEqual([
    ['0.0.0.0/0', 'custom', [{ target: { kind: 'natGateway', id: 'ngw-bp1nat5a7s9d1f3g2h4j6' } }]],
    ['10.20.1.0/24', 'system', [{ target: { kind: 'local' } }]],
    ['10.20.2.0/24', 'system', [{ target: { kind: 'local' } }]],
    ['10.30.0.0/16', 'custom', [{ target: { kind: 'peering', id: 'pcc-8r2t4y6u1i3o5p7a' } }]],
    ['100.64.0.0/10', 'system', [{ target: { kind: 'local' } }]],
    [
      '172.20.0.0/16',
      'dynamic',
      [{ target: { kind: 'transitRouter', id: 'tr-attach-q1w3e5r7t9y2u4' } }],
    ],
    [
      '192.168.0.0/16',
      'custom',
      [
        { target: { kind: 'routerInterface', id: 'ri-bp1ra7x9c2v4b6n8m1q3' }, weight: 100 },
        {
          target: { kind: 'routerInterface', id: 'ri-bp1rb5w7e9r2t4y6u8i1' },
          weight: 0,
          enabled: false,
        },
      ],
    ],
  ])
})

test('a gateway table has routes of its own, and the IPv4 gateway names it', () => {
  const id = 'vtb-bp1gw00z3x5c7v9b1n2md'
  expect(get('internetGateway', 'ipv4gw-bp1v4g8h1j3k5l7z9x2c', home)).toMatchObject({
    kind: 'ipv4',
    enabled: true,
    routeTableId: id,
  })
  expect(get('routeTable', id, home)).toMatchObject({
    type: 'gateway',
    routes: [
      { id: `${id}/10.20.1.0/24`, origin: 'system', nextHops: [{ target: { kind: 'local' } }] },
      {
        id: `${id}/10.20.2.0/24`,
        origin: 'custom',
        nextHops: [{ target: { kind: 'networkInterface', id: 'eni-bp1apx6b7n8m9q1w2e3' } }],
      },
    ],
  })
})

test('a NAT gateway has its SNAT and DNAT entries', () => {
  expect(get('natGateway', 'ngw-bp1nat5a7s9d1f3g2h4j6', home)).toMatchObject({
    reach: 'internet',
    state: 'Available',
    subnetId: 'vsw-bp1web0a1k7m3q9s2d5fg',
    snat: [
      {
        source: '10.20.2.0/24',
        sourceSubnetId: 'vsw-bp1app0b4h8j2l6n1p3rt',
        addresses: ['47.111.60.8'],
      },
      { source: '10.20.2.99/32', state: 'Pending', addresses: ['47.111.60.8', '47.111.60.9'] },
    ],
    dnat: [
      {
        protocol: 'udp',
        externalPort: { from: 8000, to: 8100 },
        internalPort: { from: 9000, to: 9100 },
      },
      { protocol: 'any', externalAddress: '47.111.60.10', internalAddress: '10.20.2.99' },
      {
        protocol: 'tcp',
        externalPort: { from: 8443, to: 8443 },
        internalPort: { from: 443, to: 443 },
      },
    ],
  })
})

test("a network ACL has its custom entries in order, without the provider's own", () => {
  const acl = get('networkAcl', 'nacl-bp1a7s9d2f4g6h8j3kq5w', home)
  expect(
    typeof acl === 'object' &&
      acl.ingress.map(({ action, protocol, ports, peer }) => [
        action,
        protocol,
        ports.from,
        ports.to,
        peer,
      ]),
  ).toEqual([
    ['drop', 6, 22, 22, '192.0.2.0/24'],
    ['accept', 6, 443, 443, '0.0.0.0/0'],
    ['accept', 6, 1024, 65_535, '0.0.0.0/0'],
    ['accept', 1, 0, 65_535, '0.0.0.0/0'],
    ['accept', 'all', 0, 65_535, '::/0'],
  ])
})

test('ends of Express Connect links have a VPC, or stand on a border router', () => {
  expect(
    network.routerInterface?.map(({ vpcId, oppositeVpcId, state, locks }) => [
      vpcId,
      oppositeVpcId,
      state,
      locks,
    ]),
  ).toEqual([
    ['vpc-bp1sf0web7qk2m4x9c1tz', undefined, 'Active', undefined],
    ['vpc-bp1sf0web7qk2m4x9c1tz', undefined, 'Inactive', ['financial']],
    [undefined, 'vpc-bp1sf0web7qk2m4x9c1tz', 'Active', undefined],
    [undefined, 'vpc-bp1sf0web7qk2m4x9c1tz', 'Inactive', undefined],
  ])
})

test('peerings, HaVips and prefix lists are read, and what routes lead out to is named', () => {
  expect(network.peering).toMatchObject([
    {
      state: 'Activated',
      requesterVpcId: 'vpc-bp1sf0web7qk2m4x9c1tz',
      accepterVpcId: 'vpc-bp1sf0data3hw8n5r2v6y',
    },
  ])
  expect(network.haVip).toMatchObject([
    {
      address: '10.20.2.100',
      members: ['i-bp1appo6p8a1s3d5f7g9h'],
      master: 'i-bp1appo6p8a1s3d5f7g9h',
    },
  ])
  expect(network.prefixList).toMatchObject([
    { name: 'offices', cidrs: ['198.51.100.16/28', '203.0.113.0/24'] },
  ])
  expect(network.transitRouter).toMatchObject([{ id: 'tr-attach-q1w3e5r7t9y2u4' }])
})
