import { Address6, AddressError } from 'ip-address'

import { formatIpv4, parseIpv4 } from './ipv4.ts'

/** The IP version. An IPv4-mapped IPv6 address (`::ffff:a.b.c.d`) is of family 6. */
export type Family = 4 | 6

/** One address: `value` is the unsigned number of its bits, below 2^32 or 2^128. */
export interface IpAddress {
  readonly family: Family
  readonly value: bigint
}

/**
 * Reads one address: a dotted quad as in `parseIpv4`, or RFC 4291 §2.2 text with `::` and an
 * embedded dotted quad. Refused, as undefined: octal and short IPv4 forms, hexadecimal IPv4,
 * zones (`%eth0`), prefix lengths, brackets, blanks.
 */
export function parseAddress(text: string): IpAddress | undefined {
  const ipv4 = parseIpv4(text)
  if (ipv4 !== undefined) return ipv4Address(ipv4)
  const value = parseIpv6(text)
  return value === undefined ? undefined : { family: 6, value }
}

/**
 * The one canonical text: a dotted quad, or RFC 5952: lower case, longest zero run of two or more
 * groups as `::`, and IPv4-mapped addresses with a dotted quad (its §5).
 * Throws RangeError on a value that does not fit its family.
 */
export function formatAddress(address: IpAddress): string {
  const { family, value } = address
  if (value < 0n || value > lastAddress(family)) {
    throw new RangeError(`not an IPv${family} address: ${value}`)
  }
  if (family === 4) return formatIpv4(Number(value))
  if (value >> 32n === MAPPED) return `::ffff:${formatIpv4(Number(value & 0xffffffffn))}`
  return Address6.fromBigInt(value).correctForm()
}

/** The address of an unsigned 32-bit number. */
export function ipv4Address(value: number): IpAddress {
  return { family: 4, value: BigInt(value) }
}

/** The unsigned 32-bit number of an IPv4 address; undefined for IPv6, mapped or not. */
export function ipv4Value(address: IpAddress): number | undefined {
  return address.family === 4 ? Number(address.value) : undefined
}

/** 32 or 128. */
export function addressBits(family: Family): 32 | 128 {
  return family === 4 ? 32 : 128
}

/** The largest address of a family: 2^32 - 1 or 2^128 - 1. */
export function lastAddress(family: Family): bigint {
  return family === 4 ? LAST_IPV4 : LAST_IPV6
}

const LAST_IPV4 = 2n ** 32n - 1n
const LAST_IPV6 = 2n ** 128n - 1n

/** The high 96 bits of ::ffff:0:0/96 (RFC 4291 §2.5.5.2). */
const MAPPED = 0xffffn

/**
 * ip-address agrees with inet_pton on everything but two extras it takes: a zone, which it then
 * forgets, and a prefix length, even `/08`. Neither `%` nor `/` is in this alphabet.
 */
const IPV6_ALPHABET = /^[0-9a-fA-F:.]{2,45}$/

function parseIpv6(text: string): bigint | undefined {
  if (!IPV6_ALPHABET.test(text)) return undefined
  try {
    return new Address6(text).bigInt()
  } catch (error) {
    if (error instanceof AddressError) return undefined
    throw error
  }
}
