import fc from 'fast-check'
import { expect, test } from 'vitest'

import { IcmpTypeSet, PortSet, ProtocolSet } from '#net'

import { given } from './given.ts'
import { testSetLaws } from './set-laws.ts'

/** Neighbouring low numbers, neighbours at the upper end, and the wide middle as one atom. */
function atoms(last: number): readonly { readonly low: number; readonly high: number }[] {
  const near = [0, 1, 2, 3, 4, 5, 6, 7].map((low) => ({ low, high: low }))
  const far = [last - 2, last - 1, last].map((low) => ({ low, high: low }))
  return [...near, { low: 8, high: last - 3 }, ...far]
}

const witnesses = (last: number) => [...atoms(last).map(({ high }) => high), -1, 1.5, last + 1]

testSetLaws('PortSet', {
  algebra: PortSet,
  sets: fc.subarray([...atoms(65535)]).map(PortSet.fromRanges),
  witnesses: witnesses(65535),
  numRuns: 100,
})

testSetLaws('ProtocolSet', {
  algebra: ProtocolSet,
  sets: fc.subarray([...atoms(255)]).map(ProtocolSet.fromRanges),
  witnesses: witnesses(255),
  numRuns: 100,
})

testSetLaws('IcmpTypeSet', {
  algebra: IcmpTypeSet,
  sets: fc.subarray([...atoms(255)]).map(IcmpTypeSet.fromRanges),
  witnesses: witnesses(255),
  numRuns: 100,
})

const anyRange = fc
  .tuple(fc.nat({ max: 65535 }), fc.nat({ max: 65535 }))
  .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }))

test('ranges in any order, overlapping or touching, make one canonical set', () => {
  fc.assert(
    fc.property(fc.array(anyRange), (given) => {
      const set = PortSet.fromRanges(given)
      const ports = new Set(given.flatMap(({ low, high }) => [low, high]))
      for (const port of ports) expect(PortSet.contains(set, port)).toBe(true)
      set.ranges.forEach(({ low, high }, i) => {
        expect(low).toBeLessThanOrEqual(high)
        expect(i === 0 || low > set.ranges[i - 1].high + 1).toBe(true)
      })
      expect(PortSet.fromRanges(given.toReversed())).toEqual(set)
    }),
  )
})

test('a set of numbers counts and holds exactly those numbers', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: 300 })), fc.nat({ max: 300 }), (ports, port) => {
      const set = PortSet.of(...ports)
      expect(PortSet.size(set)).toBe(ports.length)
      expect(PortSet.contains(set, port)).toBe(ports.includes(port))
    }),
  )
})

test('every member of a set can be sampled', () => {
  const set = PortSet.of(0, 1, 7, 65535)
  const drawn = [0, 0.25, 0.5, 0.75].map((value) => PortSet.sample(set, () => value))
  expect(drawn).toEqual([0, 1, 7, 65535])
  expect(() => PortSet.sample(set, () => 1)).toThrow(RangeError)
})

test('every set survives being written and read', () => {
  fc.assert(
    fc.property(fc.array(anyRange), (given) => {
      const set = PortSet.fromRanges(given)
      expect(PortSet.parse(PortSet.format(set))).toEqual(set)
    }),
  )
})

test.each([
  ['22,80,8000-8999', '22,80,8000-8999'],
  ['8000-8999,80,22', '22,80,8000-8999'],
  ['80,80', '80'],
  ['1-5,4-9,10', '1-10'],
  ['0-65535', 'all'],
  ['0-9,10-65535', 'all'],
  ['7-7', '7'],
  ['all', 'all'],
  ['none', 'none'],
  ['0', '0'],
])('the ports %s are written %s', (text, canonical) => {
  expect(PortSet.format(given(PortSet.parse(text)))).toBe(canonical)
})

test.each([
  '',
  ' ',
  ',',
  '22,',
  ',22',
  '22,,80',
  '22, 80',
  ' 22',
  '22 ',
  '+22',
  '-22',
  '22-',
  '-',
  '--',
  '1--2',
  '1-2-3',
  '80-22',
  '65536',
  '0-65536',
  '100000',
  '022',
  '00',
  '1-02',
  '0x16',
  '1e3',
  '22.0',
  '22/tcp',
  'ssh',
  'ALL',
  'all,22',
  '22,all',
  'none,22',
  '22;80',
  '22\n',
  '\u0662\u0662',
  '\uff12\uff12',
  '1\u20132',
  '-1/-1',
  '2'.repeat(1_000_000),
  ','.repeat(1_000_000),
  `${'22,'.repeat(100_000)}x`,
])('the ports %j are refused', (text) => {
  expect(PortSet.parse(text)).toBeUndefined()
})

test('protocols are read by name or number and written by name', () => {
  const set = given(ProtocolSet.parse('17,TCP,ipv6-icmp,50-51'))
  expect(ProtocolSet.format(set)).toBe('tcp,udp,50-51,icmpv6')
  expect(ProtocolSet.parse('tcp-udp')).toBeUndefined()
  expect(ProtocolSet.parse('256')).toBeUndefined()
  expect(ProtocolSet.parse('1-256')).toBeUndefined()
})

test('the same numbers as ports and as protocols are different things', () => {
  expect(PortSet.of(6)).not.toEqual(ProtocolSet.of(6))
  expect(IcmpTypeSet.of(6)).not.toEqual(ProtocolSet.of(6))
})

test('a number outside the domain is a bug of the caller', () => {
  for (const bad of [-1, 65536, 1.5, Number.NaN, Infinity]) {
    expect(() => PortSet.of(bad)).toThrow(RangeError)
    expect(() => PortSet.fromRanges([{ low: 0, high: bad }])).toThrow(RangeError)
  }
  expect(() => PortSet.fromRanges([{ low: 2, high: 1 }])).toThrow(RangeError)
  expect(() => IcmpTypeSet.of(256)).toThrow(RangeError)
})
