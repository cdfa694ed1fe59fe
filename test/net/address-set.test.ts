import fc from 'fast-check'
import { expect, test } from 'vitest'

import { AddressSet, formatPrefix, lastAddress, parseAddress, parsePrefix } from '#net'
import type { AddressRange, Family, IpAddress } from '#net'

import { notIpv4 } from './bad-addresses.ts'
import { given } from './given.ts'
import { testSetLaws } from './set-laws.ts'

const families = [4, 6] as const

/** Single addresses at both ends of each family, and everything between them as one atom. */
const atoms: readonly AddressRange[] = families.flatMap((family) => {
  const last = lastAddress(family)
  const single = [0n, 1n, 2n, 3n, last - 1n, last].map((low) => ({ family, low, high: low }))
  return [...single, { family, low: 4n, high: last - 2n }]
})

const witnesses: readonly IpAddress[] = [
  ...atoms.map(({ family, high }) => ({ family, value: high })),
  ...families.flatMap((family) => [
    { family, value: -1n },
    { family, value: lastAddress(family) + 1n },
  ]),
]

testSetLaws('AddressSet', {
  algebra: AddressSet,
  sets: fc.subarray([...atoms]).map(AddressSet.fromRanges),
  witnesses,
  numRuns: 100,
})

const someRanges: fc.Arbitrary<readonly AddressRange[]> = fc.array(
  fc.constantFrom(...families).chain((family) => {
    const bound = fc.bigInt({ min: 0n, max: lastAddress(family) })
    return fc.tuple(bound, bound).map(([a, b]) => rangeBetween(family, a, b))
  }),
)

test('every set survives being written and read', () => {
  fc.assert(
    fc.property(someRanges, (ranges) => {
      const set = AddressSet.fromRanges(ranges)
      expect(AddressSet.parse(AddressSet.format(set))).toEqual(set)
    }),
  )
})

test('the prefixes of a set hold exactly its addresses', () => {
  fc.assert(
    fc.property(someRanges, (ranges) => {
      const set = AddressSet.fromRanges(ranges)
      expect(AddressSet.fromPrefixes(AddressSet.prefixes(set))).toEqual(set)
      expect(AddressSet.fromRanges(AddressSet.ranges(set))).toEqual(set)
    }),
  )
})

test('the families of a set are its parts', () => {
  fc.assert(
    fc.property(someRanges, (ranges) => {
      const set = AddressSet.fromRanges(ranges)
      const [ipv4, ipv6] = families.map((family) => AddressSet.ofFamily(set, family))
      expect(AddressSet.union(ipv4, ipv6)).toEqual(set)
      expect(ipv4).toEqual(AddressSet.intersect(set, AddressSet.allOf(4)))
      expect(ipv6).toEqual(AddressSet.intersect(set, AddressSet.allOf(6)))
    }),
  )
})

test.each([
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['10.0.0.0/9,10.128.0.0/9', '10.0.0.0/8'],
  ['10.0.0.1', '10.0.0.1'],
  ['10.0.0.1/32', '10.0.0.1'],
  ['10.0.0.0-10.0.0.255', '10.0.0.0/24'],
  ['10.0.0.1-10.0.0.2', '10.0.0.1-10.0.0.2'],
  ['::1,10.0.0.1', '10.0.0.1,::1'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['0.0.0.0/0,::/0', 'all'],
  ['::ffff:0.0.0.0/96', '::ffff:0.0.0.0/96'],
  ['all', 'all'],
  ['none', 'none'],
])('the addresses %s are written %s', (text, canonical) => {
  expect(AddressSet.format(given(AddressSet.parse(text)))).toBe(canonical)
})

test.each([
  ',',
  '10.0.0.0/8,',
  ',10.0.0.0/8',
  '10.0.0.0/8, 11.0.0.0/8',
  '10.0.0.1/8',
  '10.0.0.0/08',
  '10.0.0.2-10.0.0.1',
  '10.0.0.1-::1',
  '10.0.0.0/8-11.0.0.0/8',
  'all,10.0.0.0/8',
  'any',
  '*',
  'localhost',
  '::1%eth0',
  ...notIpv4.filter((text) => text !== '1,2,3,4'),
  '1,2,3,4',
])('the addresses %j are refused', (text) => {
  expect(AddressSet.parse(text)).toBeUndefined()
})

test('sizes count both families', () => {
  expect(AddressSet.size(AddressSet.all)).toBe(2n ** 32n + 2n ** 128n)
  expect(AddressSet.size(AddressSet.of(address('10.0.0.1'), address('::1')))).toBe(2n)
})

test('an IPv4 address is not a member of an IPv6 set that holds its mapped form', () => {
  const mapped = given(AddressSet.parse('::ffff:0:0/96'))
  expect(AddressSet.contains(mapped, address('::ffff:1.2.3.4'))).toBe(true)
  expect(AddressSet.contains(mapped, address('1.2.3.4'))).toBe(false)
})

test('samples reach both families and both halves of a block', () => {
  const set = given(AddressSet.parse('10.0.0.0,10.0.0.1,::1'))
  const drawn = [0, 0.5, 0.9].map((value) => AddressSet.sample(set, () => value))
  expect(drawn).toEqual([address('10.0.0.0'), address('10.0.0.1'), address('::1')])
})

test('cutting a hole leaves the prefixes around it', () => {
  const block = AddressSet.fromPrefixes([given(parsePrefix('10.0.0.0/30'))])
  const rest = AddressSet.subtract(block, AddressSet.of(address('10.0.0.1')))
  expect(AddressSet.prefixes(rest).map(formatPrefix)).toEqual(['10.0.0.0/32', '10.0.0.2/31'])
})

test('an address outside its family is a bug of the caller', () => {
  expect(() => AddressSet.of({ family: 4, value: 2n ** 32n })).toThrow(RangeError)
  expect(() => AddressSet.of({ family: 6, value: -1n })).toThrow(RangeError)
  expect(() => AddressSet.fromRanges([{ family: 6, low: 2n, high: 1n }])).toThrow(RangeError)
})

function rangeBetween(family: Family, a: bigint, b: bigint): AddressRange {
  return { family, low: a < b ? a : b, high: a < b ? b : a }
}

function address(text: string): IpAddress {
  return given(parseAddress(text))
}

test.each(families)(
  'all of IPv%i has the first and the last address of that family only',
  (family) => {
    const last = lastAddress(family)
    expect(AddressSet.ranges(AddressSet.allOf(family))).toEqual([{ family, low: 0n, high: last }])
  },
)
