import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Resource } from '#model'

import { IdTable } from '../../src/fabric/id-table.ts'

const home = fc.record({
  provider: fc.constantFrom('alibaba' as const, 'aws' as const),
  account: fc.constantFrom('1', '2'),
  region: fc.constantFrom('cn-a', 'cn-b'),
})
const resource: fc.Arbitrary<Resource> = fc
  .tuple(home, fc.constantFrom('i-1', 'i-2', 'i-3', '', '__proto__'))
  .map(([near, id]) => ({ ...near, id }))
const key = ({ provider, account, region, id }: Resource): string =>
  JSON.stringify([provider, account, region, id])

test('an id leads to the resource in the same home, else to the only one there is', () => {
  fc.assert(
    fc.property(fc.uniqueArray(resource, { selector: key }), resource, (resources, wanted) => {
      const same = resources.findIndex((item) => key(item) === key(wanted))
      const others = resources.flatMap((item, i) => (item.id === wanted.id ? [i] : []))
      const expected = same >= 0 ? same : others.length === 1 ? others[0] : -1
      expect(new IdTable(resources).find(wanted.id, wanted)).toBe(expected)
    }),
  )
})

test('a hundred thousand ids are all found, and no other', () => {
  const near = { provider: 'alibaba', account: '1', region: 'cn-a' } as const
  const resources = Array.from({ length: 100_000 }, (_, i) => ({
    ...near,
    id: `eni-bp1${i.toString(36)}`,
  }))
  const table = new IdTable(resources)
  expect(resources.every(({ id }, i) => table.find(id, near) === i)).toBe(true)
  expect(table.find('eni-bp1zzzz', near)).toBe(-1)
})
