/** IPv4 addresses as unsigned 32-bit numbers: the form in which a network is loaded and walked. */

/**
 * Reads a dotted quad into an unsigned 32-bit number (0 to 4294967295).
 *
 * Strict: four decimal octets and nothing else. `010.0.0.1` is refused because half of the
 * world's parsers read it as octal (RFC 6943 §3.1.1), `10.1` because inet_aton would fill it up.
 * Undefined means "not an IPv4 address"; nothing is thrown.
 */
export function parseIpv4(text: string): number | undefined {
  const value = scanIpv4(text, text.length)
  return value < 0 ? undefined : value
}

/** Writes an unsigned 32-bit number as a dotted quad. Throws RangeError on any other number. */
export function formatIpv4(value: number): string {
  if (value >>> 0 !== value) throw new RangeError(`not an unsigned 32-bit number: ${value}`)
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}

/** An IPv4 block as unsigned 32-bit bounds, both included; `length` is the prefix length, 0 to 32. */
export interface PrefixU32 {
  readonly low: number
  readonly high: number
  readonly length: number
}

/**
 * Reads `a.b.c.d/len` for the load path. A bare address is a /32, and **host bits are masked**:
 * `10.0.0.1/8` is 10.0.0.0/8, as route tables and security groups take it. Everything else is as
 * strict as `parseIpv4` (`/08`, `/`, `/33` are refused). Use `parsePrefix` to refuse host bits.
 */
export function parsePrefixU32(text: string): PrefixU32 | undefined {
  if (text.length > LONGEST_PREFIX) return undefined
  const slash = text.indexOf('/')
  const value = scanIpv4(text, slash < 0 ? text.length : slash)
  if (value < 0) return undefined
  const length = slash < 0 ? 32 : scanLength(text, slash + 1)
  if (length < 0) return undefined
  // A shift by 32 is a shift by 0 in JavaScript, so /0 needs its own mask.
  const hostBits = length === 0 ? 0xffffffff : ~(-1 << (32 - length))
  return { low: (value & ~hostBits) >>> 0, high: (value | hostBits) >>> 0, length }
}

const LONGEST_ADDRESS = '255.255.255.255'.length
const LONGEST_PREFIX = '255.255.255.255/32'.length
const DOT = 46
const ZERO = 48

/** The dotted quad in `text[0, end)`, or -1. A number, so the loop of the load path never boxes. */
function scanIpv4(text: string, end: number): number {
  if (end > LONGEST_ADDRESS) return -1
  let value = 0
  let octet = -1
  let dots = 0
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code === DOT) {
      if (octet < 0) return -1
      dots++
      value = (value << 8) | octet
      octet = -1
      continue
    }
    const digit = code - ZERO
    // A digit after an octet that is already 0 is a leading zero.
    if (digit < 0 || digit > 9 || octet === 0) return -1
    octet = octet < 0 ? digit : octet * 10 + digit
    if (octet > 255) return -1
  }
  return dots === 3 && octet >= 0 ? ((value << 8) | octet) >>> 0 : -1
}

/** The prefix length from `start` to the end of `text`, or -1. */
function scanLength(text: string, start: number): number {
  const digits = text.length - start
  if (digits < 1 || digits > 2) return -1
  const first = text.charCodeAt(start) - ZERO
  if (first < 0 || first > 9) return -1
  if (digits === 1) return first
  const second = text.charCodeAt(start + 1) - ZERO
  if (first === 0 || second < 0 || second > 9) return -1
  const length = first * 10 + second
  return length > 32 ? -1 : length
}
