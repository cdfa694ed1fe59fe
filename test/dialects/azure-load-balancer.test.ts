import { expect, test } from 'vitest'

import { readAzure } from '#dialects'
import type { ReadResult } from '#dialects'

import {
  azureCapture,
  gapLines,
  network,
  partNamed,
  readChanged,
  readWith,
  readWithout,
  short,
} from './azure-capture.ts'

const whole = readAzure(azureCapture)
const web = { kind: 'networkInterface', id: 'networkInterfaces/web-1' }

const balancer = ({ network: { loadBalancer = [] } }: ReadResult, name: string) =>
  short(loadBalancer.find((each) => each.name === name))

test('each frontend is a load balancer with the rules that name it', () => {
  expect(balancer(whole, 'front/all')).toMatchObject({
    id: 'loadBalancers/front/frontendIPConfigurations/all',
    state: 'active',
    vpcId: 'virtualNetworks/hub',
    listeners: [
      { protocol: 'tcp', port: 2201, backends: [{ target: web, port: 22, weight: 1 }] },
      {
        protocol: 'tcp',
        port: 443,
        state: 'running',
        backends: [{ target: web, port: 8443, weight: 1 }],
        keepsClient: true,
      },
    ],
    outbound: [web],
  })
  expect(balancer(whole, 'front/all')).not.toHaveProperty('address')
})

test('an internal frontend has an address; HA ports take everything', () => {
  expect(balancer(whole, 'inner/db')).toMatchObject({
    subnetId: 'virtualNetworks/hub/subnets/data',
    address: '10.0.2.20',
    listeners: [],
    everyPort: [
      { kind: 'address', id: '10.0.2.5' },
      { kind: 'address', id: '10.0.2.30' },
    ],
  })
  expect(balancer(whole, 'inner/db')).not.toHaveProperty('outbound')
})

test('a rule of a public frontend takes its servers to the Internet unless it was told not to', () => {
  const result = readChanged('loadBalancers', (all) => {
    partNamed(all, 'front')['outboundRules'] = []
  })
  expect(balancer(result, 'front/all')).not.toHaveProperty('outbound')
  const implied = readChanged('loadBalancers', (all) => {
    partNamed(all, 'front')['outboundRules'] = []
    partNamed(all, 'front/loadBalancingRules/https')['disableOutboundSnat'] = false
  })
  expect(balancer(implied, 'front/all')).toMatchObject({ outbound: [web] })
})

test('a pool that names nobody has the interfaces that name it', () => {
  const result = readWith('loadBalancers', 'front/backendAddressPools/web', {
    backendIPConfigurations: null,
    loadBalancerBackendAddresses: [],
  })
  expect(result.network).toEqual(whole.network)
})

test.each([
  ['loadBalancingRules/https', { enableFloatingIP: true }],
  ['loadBalancingRules/https', { protocol: 'Sctp' }],
  ['loadBalancingRules/https', { backendPort: 99_999 }],
  ['loadBalancingRules/https', { backendAddressPools: 'web' }],
  ['frontendIPConfigurations/all', { gatewayLoadBalancer: { id: network('loadBalancers/g') } }],
  ['frontendIPConfigurations/all', { publicIPPrefix: { id: network('publicIPPrefixes/p') } }],
  ['backendAddressPools/web', { backendIPConfigurations: 7 }],
])('a part %s with %j leaves the load balancer unread', (part, properties) => {
  expect(gapLines(readWith('loadBalancers', `front/${part}`, properties))).toEqual([
    'loadBalancer loadBalancers/front/frontendIPConfigurations/all: network lb show --ids loadBalancers/front',
  ])
})

test('a frontend of IPv6 is left out with a remark', () => {
  const properties = { privateIPAddress: 'fd00::9', privateIPAddressVersion: 'IPv6' }
  const result = readWith('loadBalancers', 'inner/frontendIPConfigurations/db', properties)
  expect(balancer(result, 'inner/db')).toBeNull()
  expect(result.notes.map(({ code }) => code)).toContain('load-balancer.left-out')
})

test('load balancers that subnets and addresses name and nobody lists are gaps', () => {
  expect(gapLines(readWithout('loadBalancers'))).toEqual([
    'loadBalancer loadBalancers/front/frontendIPConfigurations/all: network lb show --ids loadBalancers/front',
    'loadBalancer loadBalancers/inner/frontendIPConfigurations/db: network lb show --ids loadBalancers/inner',
  ])
})

test('servers that are not listed are gaps', () => {
  const backendIPConfigurations = [
    { id: network('networkInterfaces/other/ipConfigurations/first') },
  ]
  const result = readWith('loadBalancers', 'inner/backendAddressPools/db', {
    backendIPConfigurations,
  })
  expect(gapLines(result)).toEqual([
    'networkInterface networkInterfaces/other: network nic show --ids networkInterfaces/other',
  ])
})
