import { expect, test } from 'vitest'

import { readAzure } from '#dialects'

import { objectIn } from './amend-capture.ts'
import {
  azureCapture,
  gapLines,
  network,
  noteLines,
  propertiesOf,
  readChanged,
  readOnly,
  readWithout,
} from './azure-capture.ts'

test('nothing at all is a network of which nothing is known', () => {
  expect(gapLines(readAzure([]))).toEqual([
    'networkInterface *: network nic list',
    'vpc *: network vnet list',
  ])
})

test('interfaces that a subnet names and nobody lists are gaps', () => {
  const result = readChanged('networkInterfaces', (all) => {
    Object.assign(all[2] ?? {}, { id: network('networkInterfaces/renamed') })
  })
  expect(gapLines(result)).toContain(
    'networkInterface networkInterfaces/app-1: network nic show --ids networkInterfaces/app-1',
  )
})

test('a network that does not print its peerings may have some', () => {
  const result = readChanged('virtualNetworks', ([hub]) => {
    if (hub) delete propertiesOf(hub)['virtualNetworkPeerings']
  })
  expect(gapLines(result)).toEqual(['peering *: network vnet show --ids virtualNetworks/hub'])
})

test.each([
  ['under its key', 'all.json', { connections: [] }],
  ['in a file of its name', 'export/connections.json', []],
  ['in an answer of ARM', 'connections.json', { value: [] }],
])('an empty list %s says that there is none', (_, file, json) => {
  const rest = azureCapture.filter((each) => each.file !== 'quay/connections.json')
  expect(gapLines(readAzure([...rest, { file, json }]))).toEqual([])
})

test('networks that are not listed are missed by those who stand in them', () => {
  const lines = gapLines(readWithout('virtualNetworks'))
  expect(lines).toContain('vpc *: network vnet list')
  expect(lines).toContain('vpc virtualNetworks/hub: network vnet show --ids virtualNetworks/hub')
})

test('an answer whose last page is missing is a gap', () => {
  const documents = azureCapture.map((document) => {
    if (!document.file.endsWith('routeTables.json')) return document
    return { ...document, json: { ...objectIn(document.json), nextLink: 'https://more' } }
  })
  const result = readAzure(documents)
  expect(gapLines(result)).toEqual([
    `routeTable *: graph query -q "resources | where type == 'microsoft.network/routetables'"`,
  ])
  expect(noteLines(result)).toContain('warning listing.pages-missing')
  const last = { value: [{ id: network('routeTables/x'), properties: { routes: [] } }] }
  expect(gapLines(readAzure([...documents, { file: 'page-2.json', json: last }]))).toEqual([])
})

test('a part without a name leaves what it is part of unread', () => {
  const rules = { securityRules: [{ properties: { priority: 100 } }] }
  const result = readOnly({ id: network('networkSecurityGroups/g'), properties: rules })
  expect(noteLines(result)).toContain('error record.no-id')
  expect(gapLines(result)).toContain(
    'securityGroup networkSecurityGroups/g: network nsg show --ids networkSecurityGroups/g',
  )
})

test('a rule that is listed alone does not make its group known', () => {
  const id = network('networkSecurityGroups/g/securityRules/r')
  expect(gapLines(readOnly([{ id, properties: { priority: 100 } }]))).toContain(
    'securityGroup networkSecurityGroups/g: network nsg show --ids networkSecurityGroups/g',
  )
})
