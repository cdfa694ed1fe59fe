import { isIPv6 } from 'node:net'

import fc from 'fast-check'
import { expect, test } from 'vitest'

import { addressBits, formatAddress, lastAddress, parseAddress } from '#net'
import type { IpAddress } from '#net'

import { notIpv4, notIpv6 } from './bad-addresses.ts'
import { mutated } from './mutated.ts'

const group = fc.oneof(fc.constant(0n), fc.constant(0xffffn), fc.bigInt({ min: 0n, max: 0xffffn }))

/** IPv6 addresses with many runs of zero groups, where canonical text goes wrong first. */
const ipv6Values = fc
  .array(group, { minLength: 8, maxLength: 8 })
  .map((groups) => groups.reduce((value, next) => (value << 16n) | next))

const addresses: fc.Arbitrary<IpAddress> = fc.oneof(
  ipv6Values.map((value) => ({ family: 6 as const, value })),
  fc.bigInt({ min: 0n, max: lastAddress(4) }).map((value) => ({ family: 4 as const, value })),
)

test.each([...notIpv4, ...notIpv6])('the address %j is refused', (text) => {
  expect(parseAddress(text)).toBeUndefined()
})

test.each([
  ['::', 0n, '::'],
  ['::1', 1n, '::1'],
  ['0:0:0:0:0:0:0:0', 0n, '::'],
  ['::0001', 1n, '::1'],
  ['2001:DB8::', 0x20010db8n << 96n, '2001:db8::'],
  ['1::2:3:4:5:6:7', 0x0001_0000_0002_0003_0004_0005_0006_0007n, '1:0:2:3:4:5:6:7'],
  ['1:2:3:4:5:6:7::', 0x0001_0002_0003_0004_0005_0006_0007_0000n, '1:2:3:4:5:6:7:0'],
  ['2001:db8:0:0:1:0:0:1', 0x20010db8_00000000_00010000_00000001n, '2001:db8::1:0:0:1'],
  ['2001:0:0:1:0:0:0:1', 0x20010000_00000001_00000000_00000001n, '2001:0:0:1::1'],
  ['::ffff:192.0.2.1', 0xffff_c000_0201n, '::ffff:192.0.2.1'],
  ['::ffff:c000:201', 0xffff_c000_0201n, '::ffff:192.0.2.1'],
  ['::192.0.2.1', 0xc000_0201n, '::c000:201'],
  ['64:ff9b::192.0.2.33', (0x0064ff9bn << 96n) | 0xc000_0221n, '64:ff9b::c000:221'],
  ['1:2:3:4:5:6:1.2.3.4', 0x0001_0002_0003_0004_0005_0006_0102_0304n, '1:2:3:4:5:6:102:304'],
])('%s is read as IPv6 and written as RFC 5952 says', (text, value, canonical) => {
  expect(parseAddress(text)).toEqual({ family: 6, value })
  expect(formatAddress({ family: 6, value })).toBe(canonical)
})

test('every address survives being written and read', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      expect(parseAddress(formatAddress(address))).toEqual(address)
    }),
    { numRuns: 2000 },
  )
})

test('canonical IPv6 text is what the platform writes, mapped addresses apart', () => {
  fc.assert(
    fc.property(ipv6Values, (value) => {
      const text = formatAddress({ family: 6, value })
      const platform = new URL(`http://[${text}]/`).hostname.slice(1, -1)
      fc.pre(value >> 32n !== 0xffffn)
      expect(text).toBe(platform)
    }),
    { numRuns: 2000 },
  )
})

test('the reader agrees with the platform on mutated IPv6 addresses', () => {
  const texts = fc.oneof(
    ipv6Values.map((value) => formatAddress({ family: 6, value })),
    ipv6Values.map((value) => `::ffff:${formatAddress({ family: 4, value: value & 0xffffffffn })}`),
    fc.constantFrom('::', '1::', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:1.2.3.4', 'a::b:1.2.3.4'),
  )
  fc.assert(
    fc.property(mutated(texts, '0123456789abcdefFg::::../ x-'), (text) => {
      expect(parseAddress(text)?.family === 6).toBe(isIPv6(text))
    }),
    { numRuns: 5000 },
  )
})

test('a mapped IPv6 address is not the IPv4 address it maps', () => {
  expect(parseAddress('::ffff:1.2.3.4')).not.toEqual(parseAddress('1.2.3.4'))
})

test('a value that does not fit its family is not written', () => {
  for (const family of [4, 6] as const) {
    expect(lastAddress(family)).toBe(2n ** BigInt(addressBits(family)) - 1n)
    expect(() => formatAddress({ family, value: lastAddress(family) + 1n })).toThrow(RangeError)
    expect(() => formatAddress({ family, value: -1n })).toThrow(RangeError)
  }
})
