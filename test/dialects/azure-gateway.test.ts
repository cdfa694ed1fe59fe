import { expect, test } from 'vitest'

import { readAzure } from '#dialects'

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

const whole = readAzure(azureCapture).network

test('a NAT gateway is of the network whose subnets use it, and draws from prefixes, too', () => {
  expect(short(whole.natGateway)).toMatchObject([
    {
      id: 'natGateways/nat',
      vpcId: 'virtualNetworks/hub',
      reach: 'internet',
      state: 'Available',
      publicPrefixes: ['198.51.100.0/30'],
    },
  ])
})

test('a subnet uses the NAT gateway that names it, and the other way round', () => {
  expect(readWith('virtualNetworks', 'hub/subnets/web', { natGateway: null }).network).toEqual(
    whole,
  )
  expect(readWith('natGateways', 'nat', { subnets: [] }).network).toEqual(whole)
})

test('a NAT gateway that no subnet uses is left out with a remark', () => {
  const documents = structuredClone([...azureCapture])
  const json = [{ id: network('natGateways/idle'), properties: { subnets: [] } }]
  const result = readAzure([...documents, { file: 'idle.json', json }])
  expect(result.network).toEqual(whole)
  expect(noteLines(result)).toContain('info nat-gateway.unused')
})

test.each([
  ['natGateways', 'natGateway natGateways/nat: network nat gateway show --ids natGateways/nat'],
  [
    'publicIPPrefixes',
    'natGateway natGateways/nat: network public-ip prefix show --ids publicIPPrefixes/block',
  ],
  [
    'virtualNetworkGateways',
    'vpnGateway virtualNetworkGateways/gw: network vnet-gateway show --ids virtualNetworkGateways/gw',
  ],
  [
    'localNetworkGateways',
    'line connections/office: network local-gateway show --ids localNetworkGateways/office',
  ],
  ['connections', 'line *: network vpn-connection list --resource-group rg-shop'],
  ['azureFirewalls', 'networkInterface azureFirewalls/fw: resource show --ids azureFirewalls/fw'],
  [
    'privateEndpoints',
    'endpoint privateEndpoints/blob: network private-endpoint show --ids privateEndpoints/blob',
  ],
])('without %s there is a gap', (kind, gap) => {
  expect(gapLines(readWithout(kind))).toEqual([gap])
})

test('a connection is a line of its gateway, with what is behind it', () => {
  expect(short(whole.vpnGateway)).toMatchObject([
    { id: 'virtualNetworkGateways/gw', vpcId: 'virtualNetworks/hub', state: 'Succeeded' },
  ])
  expect(short(whole.line)).toMatchObject([
    {
      id: 'connections/office',
      medium: 'vpn',
      state: 'Connected',
      attachedTo: { kind: 'vpnGateway', id: 'virtualNetworkGateways/gw' },
      routes: ['192.168.0.0/16'],
      routesComplete: true,
    },
    { id: 'expressRouteCircuits/line', medium: 'direct', state: 'Provisioned' },
  ])
})

test.each([{ enableBgp: true }, { connectionType: 'ExpressRoute' }])(
  'a connection with %j may lead to more than it says',
  (properties) => {
    const result = readWith('connections', 'office', properties)
    expect(result.network.line?.[0]).not.toHaveProperty('routesComplete')
  },
)

test('a firewall is an interface at its address', () => {
  const firewall = whole.networkInterface?.find(({ name }) => name === 'fw')
  expect(short(firewall)).toMatchObject({
    type: 'secondary',
    state: 'InUse',
    serves: { kind: 'service', word: 'AzureFirewall' },
    subnetId: 'virtualNetworks/hub/subnets/AzureFirewallSubnet',
    addresses: ['10.0.253.4'],
    securityGroupIds: [],
    sourceDestCheck: false,
  })
  const hidden = readWith('azureFirewalls', 'fw', { ipConfigurations: [] })
  expect(noteLines(hidden)).toContain('warning firewall.left-out')
})

test('a private endpoint has an interface, a service and the state of its connection', () => {
  expect(short(whole.endpoint)).toMatchObject([
    {
      id: 'privateEndpoints/blob',
      type: 'interface',
      vpcId: 'virtualNetworks/hub',
      state: 'Approved',
      service: 'blob',
      networkInterfaceIds: ['networkInterfaces/pe-nic'],
    },
  ])
  const manual = readChanged('privateEndpoints', (all) => {
    const properties = partNamed(all, 'blob')
    properties['privateLinkServiceConnections'] = []
    properties['manualPrivateLinkServiceConnections'] = [
      {
        properties: {
          privateLinkServiceId: network('privateLinkServices/ours'),
          privateLinkServiceConnectionState: { status: 'Pending' },
        },
      },
    ]
  })
  expect(short(manual.network.endpoint)).toMatchObject([
    { state: 'Pending', service: 'privateLinkServices/ours' },
  ])
})

test('what is not analysed stands in its network', () => {
  expect(short([whole.bastion, whole.applicationGateway, whole.scaleSet])).toMatchObject([
    [{ id: 'bastionHosts/door', vpcId: 'virtualNetworks/hub' }],
    [{ id: 'applicationGateways/agw', vpcId: 'virtualNetworks/hub', state: 'Running' }],
    [{ id: 'virtualMachineScaleSets/fleet', vpcId: 'virtualNetworks/spoke' }],
  ])
})
