import { expect, test } from 'vitest'

import { readAzure } from '#dialects'
import type { ReadResult } from '#dialects'

import {
  azureCapture,
  compute,
  gapLines,
  network,
  noteLines,
  partNamed,
  readChanged,
  readOnly,
  readWith,
  readWithout,
  short,
} from './azure-capture.ts'

const whole = readAzure(azureCapture).network

const named = (result: ReadResult, name: string) =>
  short(result.network.networkInterface?.find((each) => each.name === name))
const machine = (result: ReadResult, name: string) =>
  result.network.instance?.find((each) => each.name === name)

test('the primary address of an interface comes first, and forwarding is no check', () => {
  expect(named({ network: whole, notes: [] }, 'data-1')).toMatchObject({
    type: 'primary',
    state: 'InUse',
    addresses: ['10.0.2.4', '10.0.2.5'],
    ipv6Addresses: [{ address: 'fd00:1:0:2::4', internet: 'none' }],
    sourceDestCheck: false,
    instanceId: 'virtualMachines/data-1',
    subnetId: 'virtualNetworks/hub/subnets/data',
  })
})

test('an interface of a private endpoint serves it, also where only the endpoint says so', () => {
  const serves = { kind: 'endpoint', id: 'privateEndpoints/blob' }
  expect(named({ network: whole, notes: [] }, 'pe-nic')).toMatchObject({ serves })
  const result = readWith('networkInterfaces', 'pe-nic', { privateEndpoint: null })
  expect(result.network).toEqual(whole)
})

test('an interface belongs to the machine that names it where it does not say itself', () => {
  const result = readWith('networkInterfaces', 'app-1', { virtualMachine: null })
  expect(result.network).toEqual(whole)
})

test('an interface that nobody has is available; one that the provider runs is in use', () => {
  const free = { virtualMachine: null, primary: false }
  const alone = readChanged('virtualMachines', (all) => {
    Object.assign(partNamed(all, 'app-1'), { networkProfile: { networkInterfaces: [] } })
  })
  expect(named(alone, 'app-1')).toMatchObject({ state: 'InUse' })
  const result = readOnly({
    id: network('networkInterfaces/free'),
    properties: { ...free, ipConfigurations: configurations },
  })
  expect(named(result, 'free')).toMatchObject({ state: 'Available', type: 'secondary' })
  const hosted = readOnly({
    id: network('networkInterfaces/hosted'),
    managedBy: '/subscriptions/s/providers/Microsoft.Databricks/workspaces/w',
    properties: { ipConfigurations: configurations },
  })
  expect(named(hosted, 'hosted')).toMatchObject({
    state: 'InUse',
    serves: { kind: 'service', word: 'microsoft.databricks/workspaces' },
  })
})

const configurations = [
  {
    name: 'a',
    properties: {
      privateIPAddress: '10.0.1.9',
      primary: true,
      subnet: { id: network('virtualNetworks/hub/subnets/web') },
    },
  },
]

test('what an interface alone names are gaps', () => {
  const result = readOnly({
    id: network('networkInterfaces/lone'),
    properties: {
      ipConfigurations: configurations,
      virtualMachine: { id: compute('virtualMachines/lone') },
      networkSecurityGroup: { id: network('networkSecurityGroups/g') },
    },
  })
  expect(gapLines(result)).toEqual([
    'instance virtualMachines/lone: vm get-instance-view --ids virtualMachines/lone',
    'securityGroup networkSecurityGroups/g: network nsg show --ids networkSecurityGroups/g',
    'subnet virtualNetworks/hub/subnets/web: network vnet subnet show --ids virtualNetworks/hub/subnets/web',
    'vpc *: network vnet list',
    'vpc virtualNetworks/hub: network vnet show --ids virtualNetworks/hub',
  ])
})

test.each(['subnet', 'privateIPAddress'])('an interface without its %s is not read', (key) => {
  const result = readWith('networkInterfaces', 'app-1/ipConfigurations/first', { [key]: null })
  const call = 'network nic show --ids networkInterfaces/app-1'
  expect(named(result, 'app-1')).toBeNull()
  expect(gapLines(result)).toContain(`networkInterface *: ${call}`)
  expect(gapLines(result)).toContain(`networkInterface networkInterfaces/app-1: ${call}`)
})

test('a machine is in the network of its interface', () => {
  expect(short(whole.instance?.find(({ name }) => name === 'web-1'))).toMatchObject({
    state: 'Running',
    network: 'vpc',
    vpcId: 'virtualNetworks/hub',
    zone: '1',
    os: 'linux',
  })
})

test.each([
  ['PowerState/starting', 'Starting'],
  ['PowerState/stopping', 'Stopping'],
  ['PowerState/deallocating', 'Stopping'],
  ['PowerState/stopped', 'Stopped'],
  ['PowerState/deallocated', 'Stopped'],
])('%s is %s', (code, state) => {
  const view = { instanceView: { statuses: [{ code }] } }
  expect(machine(readWith('virtualMachines', 'web-1', view), 'web-1')?.state).toBe(state)
})

test('the power state may be the one word of the az CLI, or the summary of Resource Graph', () => {
  const none = { instanceView: null }
  const words = [
    { ...none, powerState: 'VM deallocated' },
    { ...none, extended: { instanceView: { powerState: { code: 'PowerState/deallocated' } } } },
  ]
  for (const properties of words) {
    const result = readWith('virtualMachines', 'web-1', properties)
    expect(machine(result, 'web-1')?.state).toBe('Stopped')
    expect(gapLines(result)).toEqual([])
  }
})

test.each([null, { statuses: [{ code: 'PowerState/napping' }] }])(
  'a machine of which nobody knows whether it runs is a gap: %j',
  (instanceView) => {
    const result = readWith('virtualMachines', 'web-1', { instanceView })
    expect(machine(result, 'web-1')?.state).toBe('Running')
    expect(gapLines(result)).toEqual([
      'instance virtualMachines/web-1: vm get-instance-view --ids virtualMachines/web-1',
    ])
  },
)

test('a machine whose interface is not listed is not read', () => {
  const result = readWithout('networkInterfaces')
  expect(result.network.instance).toBeUndefined()
  expect(gapLines(result)).toContain(
    'instance virtualMachines/app-1: network nic show --ids networkInterfaces/app-1',
  )
  expect(gapLines(result)).toContain('networkInterface *: network nic list')
})

test('machines and interfaces of scale sets are like others', () => {
  const set = compute('virtualMachineScaleSets/fleet/virtualMachines/3')
  const result = readAzure([
    ...azureCapture,
    {
      file: 'fleet.json',
      json: [
        { id: set, name: 'fleet_3', properties: { powerState: 'VM running' } },
        {
          id: `${set}/networkInterfaces/nic`,
          properties: { ipConfigurations: configurations },
        },
      ],
    },
  ])
  expect(short(result.network.networkInterface?.find(({ name }) => name === 'nic'))).toMatchObject({
    instanceId: 'virtualMachineScaleSets/fleet/virtualMachines/3',
    addresses: ['10.0.1.9'],
  })
  expect(short(machine(result, 'fleet_3'))).toMatchObject({
    state: 'Running',
    vpcId: 'virtualNetworks/hub',
  })
  expect(gapLines(result)).toEqual([])
})

const address = (result: ReadResult, name: string) =>
  short(result.network.publicAddress?.find((each) => each.name === name))

test('public addresses are bound to interfaces, gateways, frontends and firewalls, or to nothing', () => {
  expect(
    short(whole.publicAddress?.map(({ name, state, boundTo }) => [name, state, boundTo])),
  ).toEqual([
    [
      'front-ip',
      'InUse',
      { kind: 'loadBalancer', id: 'loadBalancers/front/frontendIPConfigurations/all' },
    ],
    ['fw-ip', 'InUse', { kind: 'networkInterface', id: 'azureFirewalls/fw' }],
    ['nat-ip', 'InUse', { kind: 'natGateway', id: 'natGateways/nat' }],
    ['spare', 'Available', null],
    [
      'web-ip',
      'InUse',
      { kind: 'networkInterface', id: 'networkInterfaces/web-1', privateAddress: '10.0.1.4' },
    ],
  ])
})

test('what a public address does not say, its holder does', () => {
  const result = readChanged('publicIPAddresses', (all) => {
    for (const name of ['web-ip', 'nat-ip', 'front-ip']) {
      Object.assign(partNamed(all, name), { ipConfiguration: null, natGateway: null })
    }
  })
  expect(result.network).toEqual(whole)
})

test('an address of a component that is not analysed is bound to something unread', () => {
  const ipConfiguration = { id: network('virtualNetworkGateways/gw/ipConfigurations/default') }
  const result = readWith('publicIPAddresses', 'spare', { ipConfiguration })
  expect(address(result, 'spare')).toMatchObject({
    state: 'InUse',
    boundTo: { kind: 'networkInterface', id: 'virtualNetworkGateways/gw' },
  })
  expect(gapLines(result)).toEqual([
    'networkInterface virtualNetworkGateways/gw: network vnet-gateway show --ids virtualNetworkGateways/gw',
  ])
})

test('an address that two resources claim is in doubt', () => {
  const ipConfiguration = { id: network('networkInterfaces/app-1/ipConfigurations/first') }
  const result = readWith('publicIPAddresses', 'web-ip', { ipConfiguration })
  expect(gapLines(result)).toEqual([
    'publicAddress publicIPAddresses/web-ip: network public-ip show --ids publicIPAddresses/web-ip',
  ])
  expect(noteLines(result)).toContain('warning resource.contradiction')
})

test.each([
  ['no address yet', { ipAddress: null }],
  ['an IPv6 address', { ipAddress: '2001:db8::7', publicIPAddressVersion: 'IPv6' }],
])('a public address with %s is left out with a remark', (_, properties) => {
  const result = readWith('publicIPAddresses', 'spare', properties)
  expect(address(result, 'spare')).toBeNull()
  expect(noteLines(result)).toContain('info public-address.left-out')
  expect(gapLines(result)).toEqual([])
})
