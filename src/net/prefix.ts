import { addressBits, formatAddress, parseAddress } from './address.ts'
import type { Family, IpAddress } from './address.ts'
import type { AddressRange } from './range.ts'
import { parseWholeNumber } from './whole-number.ts'

/** A CIDR block: `low` is its first address, with no bit set behind `length` (0 to 32 or 128). */
export interface Prefix {
  readonly family: Family
  readonly low: bigint
  readonly length: number
}

/** What to do with `10.0.0.1/8`: refuse it (the default) or read it as 10.0.0.0/8. */
export interface PrefixOptions {
  readonly hostBits?: 'refuse' | 'mask'
}

/**
 * Reads `address/length` (RFC 4632 §3.1, RFC 4291 §2.3). A bare address, a length with a leading
 * zero, a netmask in place of the length, or (unless masked) host bits are refused as undefined.
 */
export function parsePrefix(text: string, options: PrefixOptions = {}): Prefix | undefined {
  const slash = text.indexOf('/')
  if (slash < 0) return undefined
  const address = parseAddress(text.slice(0, slash))
  if (!address) return undefined
  const length = parseWholeNumber(text.slice(slash + 1), addressBits(address.family))
  if (length === undefined) return undefined
  const prefix = prefixAround(address, length)
  return prefix.low !== address.value && options.hostBits !== 'mask' ? undefined : prefix
}

/** As `parsePrefix`, and a bare address is a /32 or /128. */
export function parsePrefixOrAddress(
  text: string,
  options: PrefixOptions = {},
): Prefix | undefined {
  const address = parseAddress(text)
  return address ? prefixAround(address, addressBits(address.family)) : parsePrefix(text, options)
}

/** Writes the canonical `address/length`, for single addresses too. */
export function formatPrefix({ family, low, length }: Prefix): string {
  return `${formatAddress({ family, value: low })}/${length}`
}

/** The block of the given length that holds the address. Throws RangeError on a bad length. */
export function prefixAround(address: IpAddress, length: number): Prefix {
  const { family, value } = address
  return { family, low: value & ~hostMask(family, length), length }
}

/** First and last address of the block. */
export function prefixRange({ family, low, length }: Prefix): AddressRange {
  return { family, low, high: low | hostMask(family, length) }
}

/** Whether the address is in the block; never, when the families differ. */
export function prefixContains(prefix: Prefix, address: IpAddress): boolean {
  return prefix.family === address.family && prefixAround(address, prefix.length).low === prefix.low
}

/** Whether `outer` holds every address of `inner`. A block covers itself. */
export function prefixCovers(outer: Prefix, inner: Prefix): boolean {
  return (
    outer.length <= inner.length &&
    prefixContains(outer, { family: inner.family, value: inner.low })
  )
}

/** Whether the blocks share an address; blocks never overlap partly, so one covers the other. */
export function prefixesOverlap(a: Prefix, b: Prefix): boolean {
  return prefixCovers(a, b) || prefixCovers(b, a)
}

function hostMask(family: Family, length: number): bigint {
  const hostBits = addressBits(family) - length
  if (length < 0 || hostBits < 0) throw new RangeError(`not an IPv${family} length: ${length}`)
  return (1n << BigInt(hostBits)) - 1n
}
