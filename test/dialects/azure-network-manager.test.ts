import { expect, test } from 'vitest'

import { readAzure } from '#dialects'
import type { ReadResult } from '#dialects'

import { objectIn } from './amend-capture.ts'
import {
  azureCapture,
  gapLines,
  noteLines,
  readChanged,
  readWith,
  readWithout,
  resourcesIn,
  short,
} from './azure-capture.ts'

const whole = readAzure(azureCapture)
const manager = 'networkManagers/nm'
const collection = `${manager}/securityAdminConfigurations/base/ruleCollections/all`

const group = ({ network: { securityGroup = [] } }: ReadResult) =>
  short(securityGroup.find(({ type }) => type === 'admin'))
const holdsFor = ({ network: { vpc = [] } }: ReadResult) =>
  vpc.filter(({ adminGroupIds = [] }) => adminGroupIds.length > 0).map(({ name }) => name)

const unknown = [
  `securityGroup ${collection}: network manager group static-member list --network-manager-name nm --network-group-name prod --resource-group rg-shop --subscription 11111111-2222-3333-4444-555555555555`,
]

test('a rule collection is a group of the networks that its network groups name', () => {
  expect(holdsFor(whole)).toEqual(['hub'])
  expect(group(whole)).toMatchObject({
    id: collection,
    type: 'admin',
    rules: [
      {
        id: `${collection}/rules/no-telnet`,
        direction: 'ingress',
        action: 'drop',
        priority: 10,
        protocol: 6,
        ports: [{ from: 23, to: 23 }],
        own: [{ kind: 'cidr', cidr: '10.0.0.0/16' }],
      },
      {
        id: `${collection}/rules/scanner`,
        action: 'accept',
        final: true,
        protocol: 'all',
        ports: [],
        peer: { kind: 'serviceTag', tag: 'VirtualNetwork' },
      },
    ],
  })
})

test('what is allowed goes on to the security groups, what is always allowed does not', () => {
  const result = readWith('adminRules', 'scanner', { access: 'Allow' })
  expect(group(result)?.rules[1]).not.toHaveProperty('final')
})

test('a collection whose members nobody lists may hold for any network, and is in doubt', () => {
  const result = readWithout('staticMembers')
  expect(holdsFor(result)).toEqual(['hub', 'spoke'])
  expect(gapLines(result)).toEqual(unknown)
  expect(noteLines(result)).toContain('warning admin-group.members-unknown')
})

test('effective rules say what their collection is, but not for whom they were asked', () => {
  const documents = structuredClone([...azureCapture])
  const rules = resourcesIn(documents, 'adminRules').map((rule) => ({
    ...rule,
    ruleCollectionAppliesToGroups: resourcesIn(documents, 'ruleCollections')
      .map((each) => objectIn(each['properties']))
      .flatMap(({ appliesToGroups }) => appliesToGroups),
    ruleGroups: [],
  }))
  const rest = documents.filter(({ file }) => !/adminRules|ruleCollections/.test(file))
  const json = { value: rules, skipToken: '' }
  const result = readAzure([...rest, { file: 'effective.json', json }])
  expect(group(result)).toMatchObject({ id: collection, rules: group(whole)?.rules })
  expect(gapLines(result)).toEqual([])
  const alone = rest.filter(({ file }) => !file.includes('staticMembers'))
  expect(gapLines(readAzure([...alone, { file: 'effective.json', json }]))).toEqual(unknown)
})

test.each([
  { sources: [{ addressPrefix: manager, addressPrefixType: 'NetworkGroup' }] },
  { sources: 'all' },
  { protocol: 'Gre' },
  { destinationPortRanges: ['http'] },
])('a rule with %j leaves its collection unread', (properties) => {
  const result = readWith('adminRules', 'no-telnet', properties)
  expect(gapLines(result)).toContainEqual(expect.stringContaining(`securityGroup ${collection}: `))
})

test('a subnet as a member is not understood', () => {
  const result = readChanged('staticMembers', ([member]) => {
    const properties = objectIn(member?.['properties'])
    properties['resourceId'] = `${String(properties['resourceId'])}/subnets/web`
  })
  expect(gapLines(result)).toContainEqual(expect.stringContaining(`securityGroup ${collection}: `))
})
