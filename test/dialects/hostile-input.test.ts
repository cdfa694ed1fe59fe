import fc from 'fast-check'
import { expect, test } from 'vitest'

import { documentsFromText, readAlibaba, recognise } from '#dialects'
import type { ReadResult, SourceDocument } from '#dialects'
import { parseNetwork } from '#model'

import { capture } from './amend-capture.ts'

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    '-1/-1',
    '0/99999',
    '::/0',
    '10.0.0.0/33',
    '10.0.0.7/8',
    'ALL',
    'accept',
    'cn-hangzhou',
    'i-1',
    0,
    -1,
    1e308,
    Number.NaN,
    2 ** 60,
    true,
    [],
    {},
    [[]],
    [null],
    [''],
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string(),
)

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

/** Replaces the value at one of the document's places. */
function mutate(document: SourceDocument | undefined, where: number, value: unknown): void {
  const places: { holder: object; key: string }[] = []
  const visit = (holder: unknown): void => {
    if (typeof holder !== 'object' || holder === null) return
    for (const key of Object.keys(holder)) {
      places.push({ holder, key })
      visit(Reflect.get(holder, key))
    }
  }
  visit(document?.json)
  const place = places[where % Math.max(1, places.length)]
  if (place) Reflect.set(place.holder, place.key, value)
}

/** What is wrong with a result, whatever the input was. */
function complaints(documents: readonly SourceDocument[], result: ReadResult): readonly string[] {
  const { notes, network } = result
  const parsed = parseNetwork(network).problems.filter(
    ({ severity, code }) => severity === 'error' && !inputsOwn.includes(code),
  )
  return [
    ...notes.flatMap(({ file, pointer, code, message }) => {
      const named = documents.filter((document) => document.file === file)
      const found = named.some(({ json }) => resolves(json, pointer))
      const sound = found && /^[a-z0-9]+(?:[.-][a-z0-9]+)+$/.test(code) && message !== ''
      return sound ? [] : [`${file}${pointer} ${code} ${message}`]
    }),
    ...(network.gaps ?? []).flatMap(({ call }) =>
      /^aliyun [a-z-]+ (?:Describe|List|Get)[A-Z]/.test(call) ? [] : [call],
    ),
    ...parsed.map(({ pointer, message }) => `${pointer} ${message}`),
  ]
}

/** Contradictions that an input may have in itself, and that the network then has too. */
const inputsOwn: readonly string[] = [
  'wrong-vpc',
  'duplicate-address',
  'address-outside-subnet',
  'address-outside-vpc',
  'subnet-outside-vpc',
  'overlapping-subnets',
  'duplicate-id',
]

function resolves(json: unknown, pointer: string): boolean {
  let value: unknown = json
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false
    value = Reflect.get(value, key)
  }
  return true
}
