import fc from 'fast-check'
import { expect, test } from 'vitest'

import {
  addressBits,
  formatPrefix,
  formatRange,
  lastAddress,
  parseRange,
  prefixRange,
  rangeToPrefixes,
} from '#net'
import type { AddressRange } from '#net'

import { given } from './given.ts'
import { notIpv4 } from './bad-addresses.ts'

const ranges: fc.Arbitrary<AddressRange> = fc
  .constantFrom(4 as const, 6 as const)
  .chain((family) => {
    const last = lastAddress(family)
    const bounds = fc.oneof(
      fc.bigInt({ min: 0n, max: last }),
      fc.bigInt({ min: 0n, max: 40n }),
      fc.bigInt({ min: last - 40n, max: last }),
    )
    return fc.tuple(bounds, bounds).map(([a, b]) => {
      return { family, low: a < b ? a : b, high: a < b ? b : a }
    })
  })

test.each([
  ['10.0.0.0-10.0.0.0', ['10.0.0.0/32']],
  ['0.0.0.0-255.255.255.255', ['0.0.0.0/0']],
  ['10.0.0.1-10.0.0.6', ['10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/31', '10.0.0.6/32']],
  ['10.0.0.0-10.0.0.255', ['10.0.0.0/24']],
  ['255.255.255.254-255.255.255.255', ['255.255.255.254/31']],
  ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ['::/0']],
  ['::1-::4', ['::1/128', '::2/127', '::4/128']],
])('%s is covered by %j', (text, prefixes) => {
  const range = given(parseRange(text))
  expect(rangeToPrefixes(range).map(formatPrefix)).toEqual(prefixes)
  expect(formatRange(range)).toBe(text)
})

test.each([
  '',
  '-',
  '10.0.0.1',
  '10.0.0.1-',
  '-10.0.0.1',
  '10.0.0.2-10.0.0.1',
  '::2-::1',
  '10.0.0.1-::1',
  '0.0.0.1-::2',
  '::1-0.0.0.2',
  '::ffff:1.2.3.4-1.2.3.5',
  '10.0.0.1 - 10.0.0.2',
  '10.0.0.1-10.0.0.2-10.0.0.3',
  '10.0.0.1--10.0.0.2',
  '10.0.0.1-2',
  '10.0.0.0/8-11.0.0.0/8',
  '10.0.0.1\u201310.0.0.2',
  '-'.repeat(1_000_000),
  ...notIpv4.map((bad) => `0.0.0.0-${bad}`),
])('the range %j is refused', (text) => {
  expect(parseRange(text)).toBeUndefined()
})

test('every range survives being written and read', () => {
  fc.assert(
    fc.property(ranges, (range) => {
      expect(parseRange(formatRange(range))).toEqual(range)
    }),
  )
})

test('the prefixes of a range follow each other without gap or overlap, from end to end', () => {
  fc.assert(
    fc.property(ranges, (range) => {
      const parts = rangeToPrefixes(range).map(prefixRange)
      expect(parts[0].low).toBe(range.low)
      expect(parts.at(-1)?.high).toBe(range.high)
      parts.slice(1).forEach((part, i) => expect(part.low).toBe(parts[i].high + 1n))
      expect(parts.length).toBeLessThanOrEqual(2 * addressBits(range.family) - 2)
    }),
  )
})

test('no two prefixes of a range are halves of one, so none could be saved', () => {
  fc.assert(
    fc.property(ranges, (range) => {
      const parts = rangeToPrefixes(range)
      for (const [i, a] of parts.entries()) {
        const b = parts[i + 1]
        const size = 1n << BigInt(addressBits(a.family) - a.length)
        const halves = b?.length === a.length && a.low % (2n * size) === 0n
        expect(halves).toBe(false)
      }
    }),
  )
})

test('the longest possible cover has two prefixes fewer than twice the bits', () => {
  for (const family of [4, 6] as const) {
    const range = { family, low: 1n, high: lastAddress(family) - 1n }
    expect(rangeToPrefixes(range)).toHaveLength(2 * addressBits(family) - 2)
  }
})

test('a range that is none is a bug of the caller', () => {
  const bad = [
    { family: 4, low: 2n, high: 1n },
    { family: 4, low: -1n, high: 1n },
    { family: 4, low: 0n, high: 2n ** 32n },
    { family: 6, low: 0n, high: 2n ** 128n },
  ] as const
  for (const range of bad) expect(() => rangeToPrefixes(range)).toThrow(RangeError)
})
