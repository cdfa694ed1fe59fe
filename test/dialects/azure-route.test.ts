import { describe, expect, test } from 'vitest'

import { readAzure } from '#dialects'
import type { ReadResult } from '#dialects'

import {
  azureCapture,
  gapLines,
  network,
  noteLines,
  partNamed,
  readChanged,
  readWith,
  readWithout,
  short,
} from './azure-capture.ts'

const whole = readAzure(azureCapture)

test('routes lead to addresses, gateways, the network, the Internet, or nowhere', () => {
  const [table] = whole.network.routeTable ?? []
  expect(table).toMatchObject({ type: 'custom', takesGatewayRoutes: false })
  expect(table).not.toHaveProperty('vpcId')
  const routes = table?.routes.map(({ id, destination, nextHops }) => [
    short(id).replace('routeTables/out/routes/', ''),
    destination,
    nextHops[0]?.target,
  ])
  expect(routes).toEqual([
    ['all', '0.0.0.0/0', { kind: 'address', address: '10.0.253.4' }],
    ['gone', '172.16.0.0/12', { kind: 'blackhole' }],
    ['office', '192.168.0.0/16', { kind: 'gateway' }],
    ['own', '10.0.0.0/16', { kind: 'local' }],
    ['vault/192.0.2.128/26', '192.0.2.128/26', { kind: 'internet' }],
  ])
})

test('a next hop of a type that is not known keeps its word', () => {
  const result = readWith('routeTables', 'out/routes/all', { nextHopType: 'HyperNetGateway' })
  expect(short(result.network.routeTable?.[0]?.routes[0]?.nextHops)).toEqual([
    { target: { kind: 'unsupported', id: 'routeTables/out/routes/all', word: 'HyperNetGateway' } },
  ])
})

const unread = 'routeTable routeTables/out: network route-table show --ids routeTables/out'

test.each([
  ['all', { nextHopIpAddress: 'firewall' }, unread],
  ['all', { addressPrefix: '10.0.0.0/99' }, unread],
  [
    'all',
    { addressPrefix: 'Sql' },
    'prefixList Sql: network list-service-tags --location westeurope',
  ],
])('a route %s with %j leaves its table unread', (name, properties, gap) => {
  expect(gapLines(readWith('routeTables', `out/routes/${name}`, properties))).toContain(gap)
})

test('a table that gateways may write to says nothing about it', () => {
  const result = readWith('routeTables', 'out', { disableBgpRoutePropagation: false })
  expect(result.network.routeTable?.[0]).not.toHaveProperty('takesGatewayRoutes')
})

test('a table that is named and not listed is a gap', () => {
  expect(gapLines(readWithout('routeTables'))).toEqual([unread])
})

test('a subnet has several ranges, its edge, and what holds for private endpoints', () => {
  const { subnet = [] } = whole.network
  expect(short(subnet.find(({ name }) => name === 'web'))).toMatchObject({
    vpcId: 'virtualNetworks/hub',
    cidr: '10.0.1.0/24',
    routeTableId: 'routeTables/out',
    securityGroupId: 'networkSecurityGroups/web',
    natGatewayId: 'natGateways/nat',
    defaultOutboundAccess: false,
    serviceEndpoints: ['Storage.WestEurope', 'AzureKeyVault'],
  })
  expect(subnet.find(({ name }) => name === 'data')).toMatchObject({
    cidr: '10.0.2.0/24',
    moreCidrs: ['10.0.3.0/24'],
    ipv6Cidr: 'fd00:1:0:2::/64',
    endpointPolicies: { securityGroup: false, routeTable: true },
  })
})

test.each([
  ['Enabled', { securityGroup: true, routeTable: true }],
  ['NetworkSecurityGroupEnabled', { securityGroup: true, routeTable: false }],
  ['Disabled', undefined],
])('endpoint policies that are %s are understood', (word, endpointPolicies) => {
  const properties = { privateEndpointNetworkPolicies: word }
  const { network: read } = readWith('virtualNetworks', 'hub/subnets/web', properties)
  expect(read.subnet?.find(({ name }) => name === 'web')?.endpointPolicies).toEqual(
    endpointPolicies,
  )
})

test('a service whose addresses nobody has is a gap', () => {
  const serviceEndpoints = [{ service: 'Microsoft.Sql', locations: ['westeurope'] }]
  const result = readWith('virtualNetworks', 'hub/subnets/web', { serviceEndpoints })
  expect(gapLines(result)).toEqual([
    'prefixList Sql: network list-service-tags --location westeurope',
  ])
})

const peering = ({ network: { peering: [first] = [] } }: ReadResult) => short(first)
const hubSide = 'hub/virtualNetworkPeerings/to-spoke'

describe('a peering', () => {
  test('is one of two networks that name each other', () => {
    expect(whole.network.peering).toHaveLength(1)
    expect(peering(whole)).toMatchObject({
      id: 'virtualNetworks/hub/virtualNetworkPeerings/to-spoke',
      requesterVpcId: 'virtualNetworks/hub',
      accepterVpcId: 'virtualNetworks/spoke',
      state: 'Activated',
      sides: {
        requester: { access: true, forwarded: false, lendsGateway: true, usesGateway: false },
        accepter: { access: true, forwarded: true, lendsGateway: false, usesGateway: true },
      },
    })
  })

  test.each(['Initiated', 'Disconnected'])(
    'has the word of the side that is %s',
    (peeringState) => {
      const result = readWith('virtualNetworks', hubSide, { peeringState })
      expect(peering(result)?.state).toBe(peeringState)
    },
  )

  test('is disconnected where the other network does not name it', () => {
    const result = readChanged('virtualNetworks', (all) => {
      Object.assign(partNamed(all, 'spoke'), { virtualNetworkPeerings: [] })
    })
    expect(peering(result)).toMatchObject({
      state: 'Disconnected',
      sides: { accepter: { access: true, forwarded: true, lendsGateway: false } },
    })
    expect(gapLines(result)).toEqual([])
  })

  test('of a network that is not listed is what the listed one says, and a gap', () => {
    const remote = network('virtualNetworks/elsewhere')
    const result = readWith('virtualNetworks', 'spoke/virtualNetworkPeerings/to-hub', {
      remoteVirtualNetwork: { id: remote },
    })
    const found = result.network.peering?.find(({ accepterVpcId }) => accepterVpcId === remote)
    expect(found).toMatchObject({
      state: 'Activated',
      sides: {
        requester: { usesGateway: true },
        accepter: { access: true, forwarded: true, lendsGateway: true, usesGateway: false },
      },
    })
    expect(gapLines(result)).toEqual([
      'vpc virtualNetworks/elsewhere: network vnet show --ids virtualNetworks/elsewhere',
    ])
  })

  test.each([
    { peerCompleteVnets: false },
    { localSubnetNames: ['web'] },
    { enableOnlyIPv6Peering: true },
    { localAddressSpace: { addressPrefixes: ['10.0.0.0/24'] } },
    { remoteVirtualNetwork: { id: [] } },
  ])('with %j is not understood', (properties) => {
    const result = readWith('virtualNetworks', hubSide, properties)
    const id = `virtualNetworks/${hubSide}`
    expect(gapLines(result)).toContain(`peering ${id}: network vnet peering show --ids ${id}`)
    expect(noteLines(result)).toContainEqual(
      expect.stringMatching(/^error (?:peering|resource)\.unreadable$/),
    )
  })
})
