import fc from 'fast-check'
import { expect, test } from 'vitest'

import { documentsFromText, readAlibaba, recognise } from '#dialects'

import { capture } from './amend-capture.ts'
import { complaints, junk, mutate } from './hostile-values.ts'

test('whatever a value of a capture is replaced by, reading ends with notes that point at values', () => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(), junk), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(edits, (chosen) => {
      const documents = structuredClone([...capture])
      for (const [which, where, value] of chosen) {
        mutate(documents[which % documents.length], where, value)
      }
      expect(complaints(documents, readAlibaba(documents))).toEqual([])
    }),
    { numRuns: 120 },
  )
})

test('any JSON at all is read without an exception', () => {
  const keys = fc.constantFrom(
    'Vpcs',
    'Vpc',
    'Instances',
    'Permissions',
    'VpcId',
    'Entries',
    '__proto__',
  )
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'json' },
      junk,
      fc.dictionary(keys, tie('any'), { maxKeys: 4, depthIdentifier: 'json' }),
      fc.array(tie('any'), { maxLength: 3, depthIdentifier: 'json' }),
    ),
  })).any
  fc.assert(
    fc.property(value, (json) => {
      const documents = [{ file: 'a.json', json }]
      recognise(json)
      expect(complaints(documents, readAlibaba(documents))).toEqual([])
    }),
    { numRuns: 400 },
  )
})

test('a value that holds itself ends', () => {
  const cyclic: Record<string, unknown> = { RequestId: 'r' }
  for (const key of ['Vpcs', 'Vpc', 'a', 'b', 'c', 'd', 'e', 'f']) cyclic[key] = cyclic
  cyclic['list'] = [cyclic, cyclic]
  const documents = [
    { file: 'a.json', json: cyclic },
    {
      file: 'b.json',
      json: { Vpcs: { Vpc: [{ VpcId: 'vpc-1', Tags: cyclic, CidrBlock: cyclic }] } },
    },
    { file: 'c.json', json: { Vpcs: { Vpc: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/8' }] } } },
  ]
  expect(readAlibaba(documents).network.kind).toBe('hopwise.network/v1')
})

test('keys of the language are data like others', () => {
  const json: unknown = JSON.parse(
    '{"__proto__":{"Vpcs":{"Vpc":[]}},"constructor":{"name":1},"Vpcs":{"Vpc":[{"VpcId":"vpc-1","CidrBlock":"10.0.0.0/8","__proto__":{"VpcName":"x"},"RegionId":"constructor"}]}}',
  )
  const { network } = readAlibaba([{ file: 'a.json', json }])
  expect(network.vpc).toEqual([
    {
      provider: 'alibaba',
      account: 'unknown',
      region: 'constructor',
      id: 'vpc-1',
      cidrs: ['10.0.0.0/8'],
    },
  ])
})

test('deep and long texts become documents or notes', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  const { documents, notes } = documentsFromText('deep.json', deep)
  expect(documents.length + notes.length).toBeGreaterThan(0)
  expect(readAlibaba(documents).network.kind).toBe('hopwise.network/v1')
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '1', 'a', ' ') }),
      (text) => {
        const read = documentsFromText('a.json', text)
        expect(read.documents.length + read.notes.length).toBeGreaterThan(0)
      },
    ),
  )
})
