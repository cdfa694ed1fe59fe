import { formatAddress, lastAddress, parseAddress } from './address.ts'
import type { Family } from './address.ts'

/** Consecutive addresses of one family, both bounds included, `low` not above `high`. */
export interface AddressRange {
  readonly family: Family
  readonly low: bigint
  readonly high: bigint
}

/**
 * Reads `a-b`: two addresses of one family, not reversed, joined by one hyphen without blanks.
 * A single address is no range; undefined when refused.
 */
export function parseRange(text: string): AddressRange | undefined {
  const hyphen = text.indexOf('-')
  if (hyphen < 0) return undefined
  const low = parseAddress(text.slice(0, hyphen))
  const high = parseAddress(text.slice(hyphen + 1))
  if (!low || !high || low.family !== high.family || low.value > high.value) return undefined
  return { family: low.family, low: low.value, high: high.value }
}

/** Writes `a-b`, also when both ends are the same address, so that `parseRange` reads it back. */
export function formatRange({ family, low, high }: AddressRange): string {
  return `${formatAddress({ family, value: low })}-${formatAddress({ family, value: high })}`
}

/** Throws RangeError unless the bounds are in order and fit the family: a caller's bug. */
export function assertRange({ family, low, high }: AddressRange): void {
  if (low < 0n || low > high || high > lastAddress(family)) {
    throw new RangeError(`not an IPv${family} range: ${low} to ${high}`)
  }
}
