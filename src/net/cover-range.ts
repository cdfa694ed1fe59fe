import { addressBits } from './address.ts'
import type { Family } from './address.ts'
import { prefixAround, prefixRange } from './prefix.ts'
import type { Prefix } from './prefix.ts'
import { assertRange } from './range.ts'
import type { AddressRange } from './range.ts'

/**
 * The fewest prefixes that hold exactly the addresses of the range, in ascending order: at most
 * 2 * bits - 2 of them. Throws RangeError on a range that is none (reversed or too large).
 */
export function rangeToPrefixes(range: AddressRange): readonly Prefix[] {
  assertRange(range)
  const prefixes: Prefix[] = []
  let low = range.low
  while (low <= range.high) {
    const prefix = widestPrefixFrom(range.family, low, range.high)
    prefixes.push(prefix)
    low = prefixRange(prefix).high + 1n
  }
  return prefixes
}

/** The one prefix that is the whole range, if there is one. */
export function rangeAsPrefix(range: AddressRange): Prefix | undefined {
  const prefix = widestPrefixFrom(range.family, range.low, range.high)
  return prefixRange(prefix).high === range.high ? prefix : undefined
}

/** The largest block that starts at `low` and does not reach past `high`. */
function widestPrefixFrom(family: Family, low: bigint, high: bigint): Prefix {
  let prefix: Prefix = { family, low, length: addressBits(family) }
  while (prefix.length > 0) {
    const wider = prefixAround({ family, value: low }, prefix.length - 1)
    if (wider.low !== low || prefixRange(wider).high > high) break
    prefix = wider
  }
  return prefix
}
