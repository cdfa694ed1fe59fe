import { describe, expect, test } from 'vitest'

import { readAzure, recognise } from '#dialects'
import { parseNetwork } from '#model'

import { objectIn } from './amend-capture.ts'
import {
  azCapture,
  azureCapture,
  gapLines,
  network,
  noteLines,
  place,
  readChanged,
  readOnly,
  resourcesIn,
  short,
} from './azure-capture.ts'

const whole = readAzure(azureCapture)

test('a capture of Azure is a network without gaps', () => {
  expect(gapLines(whole)).toEqual([])
  expect(noteLines(whole)).toEqual(['info admin-group.deployment-unknown'])
  expect(parseNetwork(whole.network)).toEqual({ ok: true, network: whole.network, problems: [] })
})

test('what ARM nests under properties and what the az CLI does not is the same network', () => {
  expect(readAzure(azCapture).network).toEqual(whole.network)
})

test('the order of documents and of their lists makes no difference', () => {
  const turned = azureCapture.toReversed().map(({ file, json }) => {
    const { value } = objectIn(json)
    return { file, json: { value: Array.isArray(value) ? value.toReversed() : value } }
  })
  expect(readAzure(turned).network).toEqual(whole.network)
})

test('resources in any capitals are the same, and keep the spelling of their own listing', () => {
  const shout = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shout)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => {
        const isReference = typeof each === 'object' && each !== null && 'id' in each
        const loud = isReference && Object.keys(each).length === 1
        return [key, loud ? { id: String(each.id).toUpperCase() } : shout(each)]
      }),
    )
  }
  const documents = azureCapture.map(({ file, json }) => ({ file, json: shout(json) }))
  expect(readAzure(documents).network).toEqual(whole.network)
})

describe('resources are found', () => {
  const id = network('virtualNetworks/only')
  const addressSpace = { addressPrefixes: ['10.0.0.0/16'] }
  const only = { id, location: 'West Europe', properties: { addressSpace, subnets: [] } }
  const expected = [{ ...place, id, name: 'only', cidrs: ['10.0.0.0/16'] }]
  test.each([
    ['alone', only],
    ['in a list', [only]],
    ['in an answer of ARM', { value: [only] }],
    ['in an answer of Resource Graph', { count: 1, data: [only], skip_token: null }],
    ['in an exported template', { $schema: 'x', resources: [only] }],
    ['under a key of any name', { networks: [only], comment: 'by hand' }],
    ['under a subscription and a kind', { sub: { networks: { value: [only] } } }],
    ['in pages', [{ value: [only] }, { value: [only] }]],
  ])('%s', (_, json) => {
    expect(recognise(json)).toBe('azure')
    expect(readOnly(json).network.vpc).toEqual(expected)
  })
})

test.each([
  ['an empty list', []],
  ['an answer of another cloud', { Vpcs: [{ VpcId: 'vpc-1' }] }],
  ['a mere reference', { id: network('virtualNetworks/only') }],
  ['an id of no resource', [{ id: '/subscriptions/x', name: 'x' }]],
])('%s is nothing of Azure', (_, json) => {
  expect(recognise(json)).not.toBe('azure')
})

test('a resource of a template that has no id is said to be lost', () => {
  const type = 'Microsoft.Network/virtualNetworks'
  const json = { resources: [{ type, name: 'hub', properties: {} }] }
  expect(recognise(json)).toBe('azure')
  expect(noteLines(readOnly(json))).toEqual(['error record.no-id'])
})

test('types that are not read are named once', () => {
  const disk = { id: network('dnsZones/a'), name: 'a' }
  const result = readOnly([disk, { ...disk, id: network('dnsZones/b') }])
  expect(result.notes.map(({ message }) => message)).toEqual([
    'Resources of type microsoft.network/dnszones are not read.',
  ])
})

test('a part that is listed alone is the same as one inside what it is part of', () => {
  const documents = structuredClone([...azureCapture])
  const hub = objectIn(resourcesIn(documents, 'virtualNetworks')[0]?.['properties'])
  const { subnets, virtualNetworkPeerings } = hub
  hub['subnets'] = []
  hub['virtualNetworkPeerings'] = []
  const alone = [
    { file: 'subnets.json', json: subnets },
    { file: 'peerings.json', json: virtualNetworkPeerings },
  ]
  expect(readAzure([...documents, ...alone]).network).toEqual(whole.network)
})

test('what is listed twice is there once', () => {
  const copies = azCapture.map(({ file, json }) => ({ file: `again/${file}`, json }))
  expect(readAzure([...azureCapture, ...copies]).network).toEqual(whole.network)
})

test('sources that contradict each other make a gap and are named', () => {
  const later = structuredClone([...azureCapture])
  const table = objectIn(resourcesIn(later, 'routeTables')[0]?.['properties'])
  const [route] = Array.isArray(table['routes']) ? table['routes'].map(objectIn) : []
  Object.assign(objectIn(route?.['properties']), { nextHopIpAddress: '10.0.253.9' })
  const files = later.map(({ file, json }) => ({ file: `later/${file}`, json }))
  const result = readAzure([...azureCapture, ...files])
  expect(gapLines(result)).toEqual([
    `routeTable routeTables/out: network route-table show --ids routeTables/out`,
  ])
  expect(noteLines(result).filter((line) => line.startsWith('warning'))).toEqual([
    'warning resource.contradiction',
    'warning resource.contradiction',
  ])
  expect(short(result.notes.find(({ severity }) => severity === 'warning')?.message)).toBe(
    'routeTables/out/routes/all: sources differ in nextHopIpAddress; one of them is used.',
  )
})

test('a resource that is not settled is read, with a remark', () => {
  const result = readChanged('routeTables', ([table]) => {
    Object.assign(objectIn(table?.['properties']), { provisioningState: 'Updating' })
  })
  expect(result.network).toEqual(whole.network)
  expect(noteLines(result)).toContain('info resource.not-settled')
})
