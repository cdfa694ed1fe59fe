import { z } from 'zod'

import { parseAddress, parseIpv4, parsePrefix, parsePrefixOrAddress, parsePrefixU32 } from '#net'
import type { AddressText, CidrText, Id } from '../id.ts'
import { brandText } from './brand-text.ts'
import type { Complaint } from './complaint.ts'
import { schemaNotes } from './record.ts'
import type { SchemaNote } from './record.ts'

/** Any text, also the empty one. */
export function text(description: string) {
  return z.string().register(schemaNotes, { description })
}

/** Text of at least one character. */
export function nonEmptyText(description: string) {
  return z
    .string()
    .min(1, { error: complain('empty-text') })
    .register(schemaNotes, { description })
}

/** A provider's own identifier, never empty. */
export function idOf<Kind extends string>(description: string): z.ZodType<Id<Kind>> {
  return brandText<Id<Kind>>(nonEmptyText(description))
}

export const address = checkedText<AddressText>('address', isAddress, {
  id: 'Address',
  description: 'IPv4 or IPv6 address.',
  anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }],
})

export const ipv4Address = checkedText<AddressText>('ipv4-address', isIpv4, {
  id: 'Ipv4Address',
  description: 'IPv4 address in dotted decimal, without leading zeros.',
  anyOf: [{ format: 'ipv4' }],
})

export const ipv6Address = checkedText<AddressText>('ipv6-address', isIpv6, {
  id: 'Ipv6Address',
  description: 'IPv6 address.',
  anyOf: [{ format: 'ipv6' }],
})

/** Rules and routes take host bits as the clouds do: `10.0.0.1/24` means 10.0.0.0/24. */
export const cidr = checkedText<CidrText>('cidr', isCidr, {
  id: 'Cidr',
  description:
    'Address range; a bare address is a range of one, bits behind the length are ignored.',
  pattern: '^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$',
  examples: ['10.0.0.0/8', '2001:db8::/32'],
})

/** The range of a VPC or subnet. Host bits are refused: no cloud stores them there. */
export const range = checkedText<CidrText>('range', (value) => parsePrefix(value) !== undefined, {
  id: 'Range',
  description: 'Address range of a VPC or subnet, with no bit set behind the prefix length.',
  pattern: '^[0-9A-Fa-f.:]+/[0-9]{1,3}$',
  examples: ['10.0.0.0/24'],
})

export const ipv4Range = checkedText<CidrText>('ipv4-range', (value) => hasFamily(value, 4), {
  id: 'Ipv4Range',
  description: 'IPv4 range, with no bit set behind the prefix length.',
  pattern: '^[0-9.]+/[0-9]{1,2}$',
  examples: ['10.0.0.0/16'],
})

export const ipv6Range = checkedText<CidrText>('ipv6-range', (value) => hasFamily(value, 6), {
  id: 'Ipv6Range',
  description: 'IPv6 range, with no bit set behind the prefix length.',
  pattern: '^[0-9A-Fa-f.:]+/[0-9]{1,3}$',
  examples: ['2001:db8::/56'],
})

/** Passes the complaint through zod's message, where `explain-issue.ts` reads it back. */
export function complain(complaint: Complaint): Complaint {
  return complaint
}

function checkedText<Text extends string>(
  complaint: Complaint,
  accepts: (value: string) => boolean,
  note: SchemaNote,
): z.ZodType<Text> {
  return brandText<Text>(
    z
      .string()
      .refine(accepts, { error: complain(complaint) })
      .register(schemaNotes, note),
  )
}

function isIpv4(value: string): boolean {
  return parseIpv4(value) !== undefined
}

function isAddress(value: string): boolean {
  return isIpv4(value) || parseAddress(value) !== undefined
}

function isIpv6(value: string): boolean {
  return parseAddress(value)?.family === 6
}

function isCidr(value: string): boolean {
  return (
    parsePrefixU32(value) !== undefined ||
    parsePrefixOrAddress(value, { hostBits: 'mask' }) !== undefined
  )
}

function hasFamily(value: string, family: 4 | 6): boolean {
  return parsePrefix(value)?.family === family
}
