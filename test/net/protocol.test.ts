import { expect, test } from 'vitest'

import { formatProtocol, hasIcmpType, hasPorts, parseProtocol, PROTOCOL } from '#net'

const everyProtocol = Array.from({ length: 256 }, (_, number) => number)

test.each([
  ['tcp', 6],
  ['TCP', 6],
  ['Udp', 17],
  ['icmp', 1],
  ['icmpv6', 58],
  ['ICMPv6', 58],
  ['IPv6-ICMP', 58],
  ['gre', 47],
  ['esp', 50],
  ['ah', 51],
  ['sctp', 132],
  ['ospf', 89],
  ['OSPFIGP', 89],
  ['3pc', 34],
  ['0', 0],
  ['6', 6],
  ['255', 255],
])('%s is protocol %d', (text, number) => {
  expect(parseProtocol(text)).toBe(number)
})

test.each([
  '',
  ' ',
  'tcp ',
  ' tcp',
  'tcp/udp',
  'any',
  'all',
  'ip',
  '-1',
  '+6',
  '06',
  '6.0',
  '0x6',
  '6e0',
  '256',
  '99999',
  '\u0666',
  '\uff16',
  'constructor',
  '__proto__',
  '6'.repeat(1_000_000),
  'tcp'.repeat(300_000),
])('the protocol %j is refused', (text) => {
  expect(parseProtocol(text)).toBeUndefined()
})

test('every protocol survives being written and read, by name and by number', () => {
  for (const number of everyProtocol) {
    expect(parseProtocol(formatProtocol(number))).toBe(number)
    expect(parseProtocol(formatProtocol(number).toUpperCase())).toBe(number)
    expect(parseProtocol(String(number))).toBe(number)
  }
})

test('the protocols with a constant are written by its name', () => {
  for (const [name, number] of Object.entries(PROTOCOL)) expect(formatProtocol(number)).toBe(name)
})

test('a protocol without a keyword is written as its number', () => {
  expect(formatProtocol(253)).toBe('253')
})

test('TCP, UDP, DCCP, SCTP and UDP-Lite have ports, ICMP and ICMPv6 have types', () => {
  expect(everyProtocol.filter(hasPorts)).toEqual([6, 17, 33, 132, 136])
  expect(everyProtocol.filter(hasIcmpType)).toEqual([1, 58])
})
