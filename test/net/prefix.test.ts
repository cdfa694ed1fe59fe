import fc from 'fast-check'
import { expect, test } from 'vitest'

import {
  addressBits,
  formatPrefix,
  lastAddress,
  parsePrefix,
  parsePrefixOrAddress,
  parsePrefixU32,
  prefixAround,
  prefixContains,
  prefixCovers,
  prefixesOverlap,
  prefixRange,
} from '#net'
import type { Prefix } from '#net'

import { given } from './given.ts'
import { notIpv4, notIpv6 } from './bad-addresses.ts'
import { mutated } from './mutated.ts'

const families = fc.constantFrom(4 as const, 6 as const)

const prefixes: fc.Arbitrary<Prefix> = families.chain((family) =>
  fc
    .tuple(fc.bigInt({ min: 0n, max: lastAddress(family) }), fc.nat({ max: addressBits(family) }))
    .map(([value, length]) => prefixAround({ family, value }, length)),
)

/** Two prefixes near each other, so that one often covers the other. */
const neighbours: fc.Arbitrary<readonly [Prefix, Prefix]> = fc
  .tuple(prefixes, fc.nat({ max: 128 }), fc.bigInt({ min: 0n, max: 3n }))
  .map(([prefix, length, offset]) => {
    const { family, low } = prefix
    const other = Math.min(length, addressBits(family))
    return [prefix, prefixAround({ family, value: low ^ offset }, other)]
  })

test.each([
  ['0.0.0.0/0', { family: 4, low: 0n, length: 0 }],
  ['10.0.0.0/8', { family: 4, low: 0x0a000000n, length: 8 }],
  ['10.0.0.1/32', { family: 4, low: 0x0a000001n, length: 32 }],
  ['::/0', { family: 6, low: 0n, length: 0 }],
  ['2001:db8::/32', { family: 6, low: 0x20010db8n << 96n, length: 32 }],
  ['::1/128', { family: 6, low: 1n, length: 128 }],
])('%s is a prefix and is written the same', (text, prefix) => {
  expect(parsePrefix(text)).toEqual(prefix)
  expect(parsePrefixOrAddress(text)).toEqual(prefix)
  expect(formatPrefix(given(parsePrefix(text)))).toBe(text)
})

test.each([
  '/8',
  '10.0.0.0/',
  '10.0.0.0/08',
  '10.0.0.0/00',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '10.0.0.0/+8',
  '10.0.0.0/8 ',
  '10.0.0.0 /8',
  '10.0.0.0/8/8',
  '10.0.0.0/8.0',
  '10.0.0.0/1e1',
  '10.0.0.0/0x8',
  '10.0.0.0/255.0.0.0',
  '10.0.0.0/\u0668',
  '10.0.0.0/99999999999999999999',
  `10.0.0.0/${'0'.repeat(1_000_000)}8`,
  '10/8',
  '::/129',
  '::/064',
  '::/',
  'fe80::%1/64',
  'fe80::/64%1',
])('the prefix %j is refused', (text) => {
  for (const hostBits of ['refuse', 'mask'] as const) {
    expect(parsePrefix(text, { hostBits })).toBeUndefined()
    expect(parsePrefixOrAddress(text, { hostBits })).toBeUndefined()
  }
})

test.each([...notIpv4, ...notIpv6.filter((text) => text !== '::1/128')])(
  'no prefix is made of the bad address %j',
  (text) => {
    expect(parsePrefix(`${text}/0`)).toBeUndefined()
    expect(parsePrefixOrAddress(text)).toBeUndefined()
  },
)

test('set host bits are refused unless masking is asked for', () => {
  for (const [text, masked] of [
    ['10.0.0.1/8', '10.0.0.0/8'],
    ['2001:db8::1/32', '2001:db8::/32'],
    ['1.2.3.4/0', '0.0.0.0/0'],
  ]) {
    expect(parsePrefix(text)).toBeUndefined()
    expect(parsePrefix(text, { hostBits: 'refuse' })).toBeUndefined()
    expect(parsePrefix(text, { hostBits: 'mask' })).toEqual(parsePrefix(masked))
  }
})

test('a bare address is a prefix only where that is asked for', () => {
  expect(parsePrefix('10.0.0.1')).toBeUndefined()
  expect(parsePrefix('::1')).toBeUndefined()
  expect(parsePrefixOrAddress('10.0.0.1')).toEqual(parsePrefix('10.0.0.1/32'))
  expect(parsePrefixOrAddress('::1')).toEqual(parsePrefix('::1/128'))
})

test('every prefix survives being written and read', () => {
  fc.assert(
    fc.property(prefixes, (prefix) => {
      expect(parsePrefix(formatPrefix(prefix))).toEqual(prefix)
    }),
  )
})

test('a prefix holds exactly the addresses of its range', () => {
  fc.assert(
    fc.property(prefixes, (prefix) => {
      const { family, low, high } = prefixRange(prefix)
      expect(high - low + 1n).toBe(2n ** BigInt(addressBits(family) - prefix.length))
      expect(prefixContains(prefix, { family, value: low })).toBe(true)
      expect(prefixContains(prefix, { family, value: high })).toBe(true)
      expect(low > 0n && prefixContains(prefix, { family, value: low - 1n })).toBe(false)
      expect(prefixContains(prefix, { family, value: high + 1n })).toBe(false)
      expect(prefixContains(prefix, { family: family === 4 ? 6 : 4, value: low })).toBe(false)
    }),
  )
})

test('covering and overlapping are what the ranges say', () => {
  fc.assert(
    fc.property(fc.oneof(neighbours, fc.tuple(prefixes, prefixes)), ([a, b]) => {
      const [x, y] = [prefixRange(a), prefixRange(b)]
      const sameFamily = a.family === b.family
      expect(prefixCovers(a, b)).toBe(sameFamily && x.low <= y.low && y.high <= x.high)
      expect(prefixesOverlap(a, b)).toBe(sameFamily && x.low <= y.high && y.low <= x.high)
    }),
    { numRuns: 1000 },
  )
})

test('the fast reader agrees with the masking general one on mutated IPv4 prefixes', () => {
  const texts = prefixes.filter(({ family }) => family === 4).map(formatPrefix)
  fc.assert(
    fc.property(mutated(texts, '0123456789./ x'), (text) => {
      const general = parsePrefixOrAddress(text, { hostBits: 'mask' })
      const range = general && prefixRange(general)
      expect(parsePrefixU32(text)).toEqual(
        range && { low: Number(range.low), high: Number(range.high), length: general?.length },
      )
    }),
    { numRuns: 5000 },
  )
})

test('a length that does not fit the family is a bug of the caller', () => {
  for (const length of [-1, 33, 1.5, Number.NaN]) {
    expect(() => prefixAround({ family: 4, value: 0n }, length)).toThrow(RangeError)
  }
  expect(() => prefixAround({ family: 6, value: 0n }, 129)).toThrow(RangeError)
})
