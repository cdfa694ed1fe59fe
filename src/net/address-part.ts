/** One part of an address set's text: an address, a prefix, or `a-b`. */

import { addressBits, formatAddress } from './address.ts'
import { rangeAsPrefix } from './cover-range.ts'
import { formatPrefix, parsePrefixOrAddress, prefixRange } from './prefix.ts'
import { formatRange, parseRange } from './range.ts'
import type { AddressRange } from './range.ts'

/** Reads one part; host bits in a prefix and anything unreadable are refused as undefined. */
export function parseAddressPart(text: string): AddressRange | undefined {
  if (text.includes('-')) return parseRange(text)
  const prefix = parsePrefixOrAddress(text)
  return prefix && prefixRange(prefix)
}

/** The shortest exact text: the address alone, else the prefix, else `a-b`. */
export function formatAddressPart(range: AddressRange): string {
  const prefix = rangeAsPrefix(range)
  if (!prefix) return formatRange(range)
  const { family, low, length } = prefix
  return length === addressBits(family)
    ? formatAddress({ family, value: low })
    : formatPrefix(prefix)
}
