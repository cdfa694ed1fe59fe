import fc from 'fast-check'
import { expect, test } from 'vitest'

import { readAzure, recognise } from '#dialects'

import { azCapture, azureCapture, network } from './azure-capture.ts'
import { complaints, junk, mutate } from './hostile-values.ts'

const call = /^az (?:network|vm|vmss|resource|graph|rest) [a-z-]+/
const values = fc.oneof(
  junk,
  fc.constantFrom<unknown>(
    'VirtualNetwork',
    '*',
    'Storage',
    '10.0.0.9-10.0.0.3',
    network('virtualNetworks/hub'),
    network('virtualNetworks/hub/subnets/web').toUpperCase(),
    network('networkInterfaces/web-1/ipConfigurations/first'),
    { id: network('natGateways/nat') },
    [{ id: network('networkSecurityGroups/web'), properties: 7 }],
    65_536,
  ),
)

test.each([
  ['ARM', azureCapture],
  ['the az CLI', azCapture],
])(
  'whatever a value of what %s prints is replaced by, reading ends with notes that point at values',
  (_, capture) => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(), values), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(edits, (chosen) => {
        const documents = structuredClone([...capture])
        for (const [which, where, value] of chosen) {
          mutate(documents[which % documents.length], where, structuredClone(value))
        }
        expect(complaints(documents, readAzure(documents), call)).toEqual([])
      }),
      { numRuns: 4000 },
    )
  },
)

test('any JSON at all is read as resources of Azure without an exception', () => {
  const keys = fc.constantFrom(
    'id',
    'type',
    'name',
    'location',
    'properties',
    'value',
    'values',
    'subnets',
    'securityRules',
    'ipConfigurations',
    'addressPrefixes',
    'nextLink',
    '__proto__',
  )
  const text = fc.constantFrom<unknown>(
    network('virtualNetworks/hub'),
    network('loadBalancers/a/frontendIPConfigurations/b'),
    network('networkManagers/a/securityAdminConfigurations/b/ruleCollections/c/rules/d'),
    '/subscriptions/x/providers/y/z/',
  )
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'json' },
      junk,
      text,
      fc.dictionary(keys, tie('any'), { maxKeys: 4, depthIdentifier: 'json' }),
      fc.array(tie('any'), { maxLength: 3, depthIdentifier: 'json' }),
    ),
  })).any
  fc.assert(
    fc.property(value, (json) => {
      const documents = [{ file: 'a.json', json }]
      recognise(json)
      expect(complaints(documents, readAzure(documents), call)).toEqual([])
    }),
    { numRuns: 400 },
  )
})

test('a resource of Azure that holds itself ends', () => {
  const cyclic: Record<string, unknown> = { name: 'hub', type: 'Microsoft.Network/virtualNetworks' }
  for (const key of ['properties', 'subnets', 'value', 'addressSpace', 'a', 'b'])
    cyclic[key] = cyclic
  cyclic['list'] = [cyclic, cyclic]
  const loop: unknown[] = []
  loop.push(loop)
  cyclic['addressPrefixes'] = loop
  const named = { id: network('virtualNetworks/hub'), ...cyclic }
  const documents = [
    { file: 'a.json', json: cyclic },
    { file: 'b.json', json: [named, { ...named, location: cyclic, addressSpace: loop }] },
  ]
  expect(readAzure(documents).network.kind).toBe('hopwise.network/v1')
})

test('keys of the language are data of Azure resources like others', () => {
  const id = network('virtualNetworks/constructor')
  const json: unknown = JSON.parse(
    `{"__proto__":{"value":[]},"constructor":[{"id":"${id}","__proto__":{"location":"x"},"location":"toString","addressSpace":{"addressPrefixes":["10.0.0.0/8"]}}]}`,
  )
  expect(readAzure([{ file: 'a.json', json }]).network.vpc).toMatchObject([
    { id, name: 'constructor', region: 'tostring', cidrs: ['10.0.0.0/8'] },
  ])
})

test('an id of very many parts is no resource, and does not take long', () => {
  const id = `/subscriptions/s/providers/Microsoft.Network${'/subnets/a'.repeat(50_000)}`
  const json = { id, properties: { addressPrefix: '10.0.0.0/24' } }
  expect(readAzure([{ file: 'a.json', json }]).network.subnet).toBeUndefined()
})
