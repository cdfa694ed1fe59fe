import { isIPv4 } from 'node:net'

import fc from 'fast-check'
import { expect, test } from 'vitest'

import { formatIpv4, ipv4Address, ipv4Value, parseAddress, parseIpv4, parsePrefixU32 } from '#net'

import { mutated } from './mutated.ts'
import { notIpv4 } from './bad-addresses.ts'

const u32 = fc.integer({ min: 0, max: 0xffffffff })

test.each([
  ['0.0.0.0', 0],
  ['0.0.0.1', 1],
  ['10.0.0.1', 0x0a000001],
  ['127.255.255.255', 0x7fffffff],
  ['128.0.0.0', 0x80000000],
  ['255.255.255.255', 0xffffffff],
])('%s is the number %d', (text, value) => {
  expect(parseIpv4(text)).toBe(value)
  expect(formatIpv4(value)).toBe(text)
})

test.each(notIpv4)('the IPv4 text %j is refused', (text) => {
  expect(parseIpv4(text)).toBeUndefined()
  expect(parsePrefixU32(text)).toBeUndefined()
  expect(parsePrefixU32(`${text}/24`)).toBeUndefined()
})

test('every 32-bit number survives being written and read', () => {
  fc.assert(
    fc.property(u32, (value) => {
      expect(parseIpv4(formatIpv4(value))).toBe(value)
    }),
  )
})

test('a number that is no unsigned 32-bit number is not written as an address', () => {
  for (const value of [-1, 2 ** 32, 1.5, Number.NaN, Infinity]) {
    expect(() => formatIpv4(value)).toThrow(RangeError)
  }
})

test('the fast reader agrees with the general one and with the platform on mutated addresses', () => {
  fc.assert(
    fc.property(mutated(u32.map(formatIpv4), '0123456789./ x:-\u0661\uff11'), (text) => {
      const fast = parseIpv4(text)
      const general = parseAddress(text)
      expect(fast).toBe(general?.family === 4 ? Number(general.value) : undefined)
      expect(fast !== undefined).toBe(isIPv4(text))
    }),
    { numRuns: 5000 },
  )
})

test('the fast reader agrees with the general one on random text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('0', '1', '2', '5', '.') }),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const general = parseAddress(text)
      expect(parseIpv4(text)).toBe(general && ipv4Value(general))
    }),
    { numRuns: 5000 },
  )
})

test('an address converts to its number and back, and IPv6 has no such number', () => {
  fc.assert(
    fc.property(u32, (value) => {
      expect(ipv4Value(ipv4Address(value))).toBe(value)
    }),
  )
  expect(ipv4Value({ family: 6, value: 1n })).toBeUndefined()
})

test.each([
  ['10.1.2.3/8', { low: 0x0a000000, high: 0x0affffff, length: 8 }],
  ['10.1.2.3', { low: 0x0a010203, high: 0x0a010203, length: 32 }],
  ['255.255.255.255/32', { low: 0xffffffff, high: 0xffffffff, length: 32 }],
  ['255.255.255.255/0', { low: 0, high: 0xffffffff, length: 0 }],
  ['192.168.1.129/25', { low: 0xc0a80180, high: 0xc0a801ff, length: 25 }],
])('the fast prefix reader masks %s to its block', (text, block) => {
  expect(parsePrefixU32(text)).toEqual(block)
})

test.each(['/', '/8', '10.0.0.0/', '10.0.0.0/08', '10.0.0.0/00', '10.0.0.0/33', '10.0.0.0/99'])(
  'the fast prefix reader refuses %s',
  (text) => expect(parsePrefixU32(text)).toBeUndefined(),
)

test.each(['10.0.0.0/+8', '10.0.0.0/8 ', '10.0.0.0/ 8', '10.0.0.0/1/2', '10.0.0.0/\u0668', '::/0'])(
  'the fast prefix reader refuses %j as well',
  (text) => expect(parsePrefixU32(text)).toBeUndefined(),
)

test('one hundred thousand addresses are read in far less than a second', () => {
  const texts = Array.from({ length: 100_000 }, (_, i) => formatIpv4((i * 42_949) >>> 0))
  const start = performance.now()
  for (const text of texts) parseIpv4(text)
  expect(performance.now() - start).toBeLessThan(1000)
})
