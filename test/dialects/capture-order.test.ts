import fc from 'fast-check'
import { expect, test } from 'vitest'

import { readAlibaba } from '#dialects'
import type { SourceDocument } from '#dialects'

import { capture, objectIn } from './amend-capture.ts'
import type { Json } from './amend-capture.ts'

const whole = readAlibaba(capture).network

test('the order of the documents makes no difference to network or notes', () => {
  const shuffled = fc.shuffledSubarray([...capture], {
    minLength: capture.length,
    maxLength: capture.length,
  })
  fc.assert(
    fc.property(shuffled, (documents) => {
      expect(readAlibaba(documents)).toEqual({ network: whole, notes: [] })
    }),
    { numRuns: 25 },
  )
})

test('documents given twice make no difference', () => {
  const copies = capture.map(({ file, json }) => ({
    file: file.replace('.json', ' (1).json'),
    json,
  }))
  expect(readAlibaba([...capture, ...copies]).network).toEqual(whole)
})

/** Where the lists are that the APIs hand out in pages, and whether pages are counted or chained. */
const paged: readonly (readonly [part: string, path: readonly [string, string?], by: Paging])[] = [
  ['DescribeVpcs', ['Vpcs', 'Vpc'], 'number'],
  ['DescribeVSwitches', ['VSwitches', 'VSwitch'], 'number'],
  ['DescribeNetworkInterfaces', ['NetworkInterfaceSets', 'NetworkInterfaceSet'], 'token'],
  ['DescribeSecurityGroups', ['SecurityGroups', 'SecurityGroup'], 'token'],
  ['DescribeSecurityGroupAttribute', ['Permissions', 'Permission'], 'token'],
  ['DescribeRouteTableList', ['RouterTableList', 'RouterTableListType'], 'number'],
  ['DescribeRouteEntryList', ['RouteEntrys', 'RouteEntry'], 'total-and-token'],
  ['DescribeEipAddresses', ['EipAddresses', 'EipAddress'], 'number'],
  ['DescribeSnatTableEntries', ['SnatTableEntries', 'SnatTableEntry'], 'number'],
  ['DescribeForwardTableEntries', ['ForwardTableEntries', 'ForwardTableEntry'], 'number'],
  ['DescribeRouterInterfaces', ['RouterInterfaceSet', 'RouterInterfaceType'], 'number'],
  ['ListGatewayRouteTableEntries', ['GatewayRouteEntryModels'], 'total-and-token'],
]
type Paging = 'number' | 'token' | 'total-and-token'

test('how lists are cut into pages makes no difference', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 3 }), {
    minLength: paged.length,
    maxLength: paged.length,
  })
  fc.assert(
    fc.property(sizes, (chosen) => {
      const pages = capture.flatMap((document) => {
        const row = paged.findIndex(([part]) => document.file.includes(`/${part}.`))
        return row < 0 ? [document] : cut(document, paged[row][1], paged[row][2], chosen[row])
      })
      expect(pages.length).toBeGreaterThan(capture.length)
      expect(readAlibaba(pages)).toEqual({ network: whole, notes: [] })
      expect(readAlibaba(pages.toReversed())).toEqual({ network: whole, notes: [] })
    }),
    { numRuns: 20 },
  )
})

test('the parts of a listing that were asked for one by one add up to it', () => {
  const filtered = capture.flatMap((document) =>
    document.file.includes('/DescribeVSwitches.')
      ? cut(document, ['VSwitches', 'VSwitch'], 'number', 1).map(({ file, json }) => ({
          file,
          json: { ...objectIn(json), TotalCount: 1, PageNumber: 1 },
        }))
      : [document],
  )
  expect(readAlibaba(filtered)).toEqual({ network: whole, notes: [] })
})

test('one document that holds them all, by call, is the same', () => {
  const calls: Record<string, unknown[]> = {}
  for (const { file, json } of capture) {
    const [call = '', owner] = file.split('/').at(-1)?.split('.') ?? []
    if (owner !== undefined && owner !== 'json' && !owner.startsWith('page')) {
      calls[`${call}.${owner}`] = [json]
    } else calls[call] = [...(calls[call] ?? []), json]
  }
  const combined = { 'cn-hangzhou': calls }
  const file = 'accounts/1948236017520934/all/capture.json'
  expect(readAlibaba([{ file, json: combined }])).toEqual({ network: whole, notes: [] })
})

function cut(
  { file, json }: SourceDocument,
  [outer, wrapper]: readonly [string, string?],
  by: Paging,
  size: number,
): readonly SourceDocument[] {
  const answer = objectIn(json)
  const held: unknown = wrapper === undefined ? answer[outer] : objectIn(answer[outer])[wrapper]
  const items: readonly unknown[] = Array.isArray(held) ? held : []
  const count = Math.max(1, Math.ceil(items.length / size))
  return Array.from({ length: count }, (_, page) => {
    const part = items.slice(page * size, (page + 1) * size)
    const last = page === count - 1
    const marks: Json = {}
    if (by === 'number') Object.assign(marks, { PageNumber: page + 1, PageSize: size })
    else marks['NextToken'] = last ? '' : `caeba0bbb2be03f8-${page}`
    if (by === 'token') marks['TotalCount'] = 0
    const list = wrapper === undefined ? part : { [wrapper]: part }
    const name = file.replace('.json', `.p${page + 1}.json`)
    return { file: name, json: { ...answer, [outer]: list, ...marks } }
  })
}
