/** Values of iptables options as ranges of numbers; undefined: none that Hopwise knows. */

import { parseAddress, parsePrefixOrAddress, parseProtocol, parseRange, prefixRange } from '#net'
import type { Family } from '#net'
import { deviceRange } from './firewall-field.ts'
import type { FieldKey } from './firewall-field.ts'
import { exactly, rangeBetween } from './number-range.ts'
import type { NumberRange } from './number-range.ts'

/** An address, a prefix, or an address under a mask with holes, `10.0.0.1/255.0.0.255`. */
export function parseIptablesAddress(
  end: 'source' | 'destination',
  text: string,
  family: Family,
): { readonly key: FieldKey; readonly ranges: readonly NumberRange[] } | undefined {
  const prefix = parsePrefixOrAddress(text, { hostBits: 'mask' })
  if (prefix?.family === family) {
    const { low, high } = prefixRange(prefix)
    return { key: { field: end }, ranges: [{ low, high }] }
  }
  const [address, mask, more] = text.split('/').map(parseAddress)
  if (!address || !mask || more || address.family !== family || mask.family !== family)
    return undefined
  const key = { field: end, mask: mask.value }
  return { key, ranges: [exactly(address.value & mask.value)] }
}

/** `a-b`, or one address. */
export function parseIptablesRange(text: string, family: Family): NumberRange | undefined {
  const range = parseRange(text)
  if (range) return range.family === family ? { low: range.low, high: range.high } : undefined
  const address = parseAddress(text)
  return address?.family === family ? exactly(address.value) : undefined
}

/** A protocol by name or number; `all` is every one, as 0 is. */
export function parseIptablesProtocol(text: string): number | 'all' | undefined {
  const name = text.toLowerCase()
  if (name === 'all' || name === '0') return 'all'
  return parseProtocol(name)
}

/** `22`, `80:90`, `:1024`, `1024:`; names of services are not what iptables-save prints. */
export function parseIptablesPorts(text: string): NumberRange | undefined {
  return parseNumbers(text, 65_535)
}

/** One number or `low:high`, either of which may be left out. */
export function parseNumbers(text: string, last: number): NumberRange | undefined {
  const found = /^(\d{1,5})?(:)?(\d{1,5})?$/.exec(text)
  if (!found || text === '') return undefined
  const [, low, colon, high] = found
  if (colon === undefined)
    return low === undefined ? undefined : checked(Number(text), Number(text), last)
  return checked(Number(low ?? 0), Number(high ?? last), last)
}

function checked(low: number, high: number, last: number): NumberRange | undefined {
  return high <= last ? rangeBetween(BigInt(low), BigInt(high)) : undefined
}

/** A device name; a plus at the end stands for any ending. */
export function parseIptablesDevice(text: string): NumberRange | undefined {
  const isPrefix = text.endsWith('+')
  return deviceRange(isPrefix ? text.slice(0, -1) : text, { prefix: isPrefix })
}

/** `value` or `value/mask`, each decimal or hexadecimal, of 32 bits. */
export function parseMark(
  text: string,
): { readonly value: bigint; readonly mask: bigint } | undefined {
  const [value, mask, more] = text.split('/')
  const parsed = parseWord(value)
  const parsedMask = mask === undefined ? LAST_WORD : parseWord(mask)
  if (parsed === undefined || parsedMask === undefined || more !== undefined) return undefined
  return { value: parsed, mask: parsedMask }
}

/** The largest mark. */
export const LAST_WORD = 0xffffffffn

/** An unsigned number of 32 bits. */
export function parseWord(text: string): bigint | undefined {
  if (!/^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text)) return undefined
  const value = BigInt(text)
  return value <= LAST_WORD ? value : undefined
}
