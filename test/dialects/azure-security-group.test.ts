import { expect, test } from 'vitest'

import { readAzure } from '#dialects'
import type { SecurityGroupRule } from '#model'

import {
  azureCapture,
  gapLines,
  network,
  noteLines,
  partNamed,
  propertiesOf,
  readChanged,
  readWith,
  readWithout,
  short,
} from './azure-capture.ts'
import type { ReadResult } from '#dialects'

const group = network('networkSecurityGroups/web')
const servers = { kind: 'group', groupId: network('applicationSecurityGroups/servers') }
const everybody = {
  kind: 'anyOf',
  peers: [
    { kind: 'cidr', cidr: '0.0.0.0/0' },
    { kind: 'cidr', cidr: '::/0' },
  ],
}

function ruleIn({ network: { securityGroup = [] } }: ReadResult, name: string): unknown {
  const rules: readonly SecurityGroupRule[] =
    securityGroup.find(({ id }) => id === group)?.rules ?? []
  return rules.find(({ id }) => id.endsWith(`/${name}`))
}

const changed = (properties: Record<string, unknown>): ReadResult =>
  readWith('networkSecurityGroups', 'web/securityRules/https', properties)

test('a rule names the far side, and the near side where it is not everybody', () => {
  const whole = readAzure(azureCapture)
  expect(ruleIn(whole, 'https')).toEqual({
    id: `${group}/securityRules/https`,
    direction: 'ingress',
    action: 'accept',
    priority: 100,
    protocol: 6,
    ports: [{ from: 443, to: 443 }],
    peer: { kind: 'serviceTag', tag: 'Internet' },
    own: [{ kind: 'cidr', cidr: '10.0.1.0/24' }],
  })
  expect(ruleIn(whole, 'servers')).toMatchObject({
    ports: [
      { from: 8000, to: 8080 },
      { from: 22, to: 22 },
    ],
    peer: { kind: 'anyOf', peers: [{ cidr: '10.1.0.0/16' }, { cidr: '10.2.0.7/32' }] },
    own: [servers],
  })
  expect(ruleIn(whole, 'no-storage')).toEqual({
    id: `${group}/securityRules/no-storage`,
    direction: 'egress',
    action: 'drop',
    priority: 200,
    protocol: 'all',
    ports: [{ from: 443, to: 443 }],
    peer: { kind: 'prefixList', prefixListId: 'Storage.WestEurope' },
  })
})

test.each([
  ['*', everybody],
  ['0.0.0.0/0', { kind: 'cidr', cidr: '0.0.0.0/0' }],
  ['10.9.0.1', { kind: 'cidr', cidr: '10.9.0.1/32' }],
  ['2001:db8::1', { kind: 'cidr', cidr: '2001:db8::1/128' }],
  [
    '10.9.0.0-10.9.0.2',
    { kind: 'anyOf', peers: [{ cidr: '10.9.0.0/31' }, { cidr: '10.9.0.2/32' }] },
  ],
  ['virtualnetwork', { kind: 'serviceTag', tag: 'VirtualNetwork' }],
  ['VIRTUAL_NETWORK', { kind: 'serviceTag', tag: 'VirtualNetwork' }],
  ['AZURE_LOADBALANCER', { kind: 'serviceTag', tag: 'AzureLoadBalancer' }],
  ['INTERNET', { kind: 'serviceTag', tag: 'Internet' }],
  ['AzurePlatformIMDS', { kind: 'serviceTag', tag: 'AzurePlatformIMDS' }],
  ['azurekeyvault', { kind: 'prefixList', prefixListId: 'AzureKeyVault' }],
])('the source %s is understood', (sourceAddressPrefix, peer) => {
  const result = changed({ sourceAddressPrefix })
  expect(ruleIn(result, 'https')).toMatchObject({ peer })
  expect(gapLines(result)).toEqual([])
})

test.each([
  ['*', 'all'],
  ['Udp', 17],
  ['ICMP', 1],
  ['icmpv6', 58],
  ['Esp', 50],
  ['Ah', 51],
])('the protocol %s is understood', (protocol, number) => {
  expect(ruleIn(changed({ protocol }), 'https')).toMatchObject({ protocol: number })
})

test('every port is no port, on either side', () => {
  const result = changed({ destinationPortRange: '*', sourcePortRange: '1024-65535' })
  expect(ruleIn(result, 'https')).toMatchObject({
    ports: [],
    sourcePorts: [{ from: 1024, to: 65_535 }],
  })
})

test.each([
  ['sourceAddressPrefix', '10.0.0.0/40'],
  ['sourceAddressPrefix', ''],
  ['destinationPortRange', '443-80'],
  ['sourcePortRange', '70000'],
  ['protocol', 'Gre'],
  ['access', 'Perhaps'],
  ['direction', 'Sideways'],
  ['priority', 'first'],
  ['destinationAddressPrefixes', 'not a list'],
])('a rule whose %s is %j leaves its group unread', (key, value) => {
  const result = changed({ [key]: value })
  expect(gapLines(result)).toContain(
    'securityGroup networkSecurityGroups/web: network nsg show --ids networkSecurityGroups/web',
  )
})

test('a service tag that no list has is a gap that names the list', () => {
  const result = changed({ sourceAddressPrefix: 'AzureCloud.NorthEurope' })
  expect(ruleIn(result, 'https')).toMatchObject({
    peer: { kind: 'prefixList', prefixListId: 'AzureCloud.NorthEurope' },
  })
  expect(gapLines(result)).toEqual([
    'prefixList AzureCloud.NorthEurope: network list-service-tags --location westeurope',
  ])
})

test('default rules that were not exported are there all the same', () => {
  const result = readChanged('networkSecurityGroups', (groups) => {
    delete partNamed(groups, 'web')['defaultSecurityRules']
  })
  expect(result.network.securityGroup).toEqual(readAzure(azureCapture).network.securityGroup)
})

test('a group whose rules nobody printed is not read', () => {
  const result = readChanged('networkSecurityGroups', ([json]) => {
    if (json) delete propertiesOf(json)['securityRules']
  })
  expect(gapLines(result)).toEqual([
    'securityGroup networkSecurityGroups/web: network nsg show --ids networkSecurityGroups/web',
  ])
})

test('a group that is named and not listed is a gap, but for one that only its members make', () => {
  const result = readWithout('networkSecurityGroups', 'applicationSecurityGroups')
  const named = result.network.securityGroup?.find(({ type }) => type === 'application')
  expect(named).toMatchObject({ name: 'servers', rules: [] })
  const members = result.network.networkInterface?.filter(({ securityGroupIds }) =>
    securityGroupIds.some((id) => id === named?.id),
  )
  expect(members?.map(({ name }) => name)).toContain('web-1')
  expect(gapLines(result)).toEqual([
    'securityGroup networkSecurityGroups/web: network nsg show --ids networkSecurityGroups/web',
  ])
})

test('lists of service tags that differ make a gap', () => {
  const other = { name: 'AzureKeyVault', properties: { addressPrefixes: ['192.0.2.0/26'] } }
  const json = { changeNumber: 8, values: [other] }
  const result = readAzure([...azureCapture, { file: 'tags.json', json }])
  expect(gapLines(result)).toEqual([
    'prefixList AzureKeyVault: network list-service-tags --location westeurope',
  ])
  expect(noteLines(result)).toContain('warning resource.contradiction')
})

test('application groups are groups without rules, and their members name them', () => {
  const { securityGroup = [], networkInterface = [] } = readAzure(azureCapture).network
  expect(short(securityGroup.find(({ type }) => type === 'application'))).toMatchObject({
    id: 'applicationSecurityGroups/servers',
    rules: [],
    intraGroup: 'drop',
  })
  const web = networkInterface.find(({ name }) => name === 'web-1')
  expect(short(web?.securityGroupIds)).toEqual([
    'networkSecurityGroups/web',
    'applicationSecurityGroups/servers',
  ])
})
