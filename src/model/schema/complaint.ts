import type { ProblemCode } from '../problem.ts'

/**
 * What a schema's own check found wrong: the code and the expectation that the problem will carry.
 * The key travels as zod's error message.
 */
export const complaints = {
  address: { code: 'bad-address', expected: 'an IPv4 or IPv6 address, such as 10.0.0.1' },
  'ipv4-address': { code: 'bad-address', expected: 'an IPv4 address, such as 10.0.0.1' },
  'ipv6-address': { code: 'bad-address', expected: 'an IPv6 address, such as 2001:db8::1' },
  cidr: { code: 'bad-cidr', expected: 'an address range, such as 10.0.0.0/8' },
  range: {
    code: 'bad-cidr',
    expected: 'an address range without host bits, such as 10.0.0.0/24',
  },
  'ipv4-range': {
    code: 'bad-cidr',
    expected: 'an IPv4 range without host bits, such as 10.0.0.0/16',
  },
  'ipv6-range': {
    code: 'bad-cidr',
    expected: 'an IPv6 range without host bits, such as 2001:db8::/56',
  },
  'empty-text': { code: 'empty-text', expected: 'text of at least one character' },
  'empty-list': { code: 'empty-list', expected: 'a list of at least one item' },
  port: { code: 'port-range', expected: 'a port, a whole number from 0 to 65535' },
  'port-order': { code: 'port-range', expected: 'an interval whose `from` is not above its `to`' },
  'service-port': { code: 'port-range', expected: 'a port, a whole number from 1 to 65535' },
  'rule-protocol': { code: 'bad-protocol', expected: '"all" or a protocol number from 0 to 255' },
  'question-protocol': {
    code: 'bad-protocol',
    expected: '"tcp", "udp", "icmp", "gre", "any" or a protocol number from 0 to 255',
  },
  'portless-protocol': {
    code: 'port-without-protocol',
    expected: 'absent, as only tcp and udp have ports',
  },
  'natural-number': { code: 'out-of-range', expected: 'a whole number, 0 or above' },
  'whole-number': { code: 'out-of-range', expected: 'a whole number' },
  octet: { code: 'out-of-range', expected: 'a whole number from 0 to 255' },
  time: { code: 'bad-time', expected: 'a time in UTC, such as 2026-11-21T01:31:28Z' },
  format: { code: 'wrong-format', expected: '"hopwise.network/v1"' },
} as const satisfies Record<string, { readonly code: ProblemCode; readonly expected: string }>

export type Complaint = keyof typeof complaints
