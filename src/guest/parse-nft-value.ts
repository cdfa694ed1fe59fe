/** The right side of a condition: what a field is compared with, as ranges of numbers. */

import { addressBits, parseAddress, parseProtocol, prefixAround, prefixRange } from '#net'
import {
  addressTypes,
  connectionDirections,
  connectionStates,
  connectionStatus,
  deviceRange,
  everyValue,
  fieldBits,
  packetTypes,
  tcpFlagBits,
} from './firewall-field.ts'
import type { FirewallField } from './firewall-field.ts'
import { exactly, rangeBetween } from './number-range.ts'
import type { NumberRange } from './number-range.ts'
import { entryOf, listOf, member } from './parse-nft-json.ts'

/** A field, and the names of its values where the field alone does not tell them. */
export interface ValueField {
  readonly field: FirewallField
  readonly names?: Readonly<Record<string, number>>
}

/**
 * Reads a value: a number, a name, an address, a range, a prefix, flags joined by `|`, or a set of
 * them. Undefined for what is none, or no value of this field.
 */
export function parseFieldValue(
  field: ValueField,
  value: unknown,
): readonly NumberRange[] | undefined {
  const elements = listOf(member(value, 'set')) ?? [value]
  return parseAll(elements, (element) => parseElement(field, element))
}

/** Reads one element of a set or map: one range per field. Undefined as above. */
export function parseBox(
  fields: readonly ValueField[],
  element: unknown,
): readonly NumberRange[] | undefined {
  const value = unwrap(element)
  // The element that holds everything no other element holds.
  if (value === '*') return fields.map(({ field }) => everyValue(field))
  const parts = listOf(member(value, 'concat')) ?? [value]
  if (parts.length !== fields.length) return undefined
  return parseAll(fields, (field, at) => parseElement(field, parts[at]))
}

/** Applies a parser to all; undefined as soon as one fails. */
export function parseAll<T, R>(
  values: readonly T[],
  parse: (value: T, at: number) => R | undefined,
): readonly R[] | undefined {
  const parsed: R[] = []
  for (const [at, value] of values.entries()) {
    const result = parse(value, at)
    if (result === undefined) return undefined
    parsed.push(result)
  }
  return parsed
}

/** An element may carry a timeout or a comment; it is present all the same. */
function unwrap(element: unknown): unknown {
  return member(member(element, 'elem'), 'val') ?? element
}

function parseElement(field: ValueField, element: unknown): NumberRange | undefined {
  const value = unwrap(element)
  if (value === '*') return everyValue(field.field)
  const range = listOf(member(value, 'range'))
  if (range?.length === 2) return parseRangeOf(field, range)
  const prefix = member(value, 'prefix')
  if (prefix !== undefined) return parsePrefixOf(prefix)
  if (typeof value === 'string' && isDevice(field)) return parseDevice(value)
  const number = parseNumber(field, value)
  return number === undefined ? undefined : exactly(number)
}

function parseRangeOf(field: ValueField, [low, high]: readonly unknown[]): NumberRange | undefined {
  const from = parseElement(field, low)
  const to = parseElement(field, high)
  return from && to && rangeBetween(from.low, to.high)
}

function parsePrefixOf(prefix: unknown): NumberRange | undefined {
  const address = parseText(member(prefix, 'addr'), parseAddress)
  const length = member(prefix, 'len')
  if (!address || typeof length !== 'number' || !Number.isInteger(length)) return undefined
  if (length < 0 || length > addressBits(address.family)) return undefined
  const { low, high } = prefixRange(prefixAround(address, length))
  return { low, high }
}

const isDevice = ({ field }: ValueField) => field === 'inputDevice' || field === 'outputDevice'

/** A star at the end stands for any ending, unless a backslash makes it a letter of the name. */
function parseDevice(text: string): NumberRange | undefined {
  const isPrefix = text.endsWith('*') && !text.endsWith('\\*')
  const name = isPrefix ? text.slice(0, -1) : text.replaceAll('\\*', '*')
  return deviceRange(name, { prefix: isPrefix })
}

/** One number; flags in a list or joined by `|` are the number with all their bits. */
function parseNumber(field: ValueField, value: unknown): bigint | undefined {
  const flags = listOf(value) ?? listOf(member(value, '|'))
  if (flags) {
    const bits = parseAll(flags, (flag) => parseNumber(field, flag))
    return bits?.reduce((sum, bit) => sum | bit, 0n)
  }
  if (typeof value === 'boolean') return field.field === 'reverseRoute' ? BigInt(value) : undefined
  if (typeof value === 'number') return parseInteger(field, value)
  return parseText(value, (text) => parseName(field, text))
}

function parseInteger({ field }: ValueField, value: number): bigint | undefined {
  // A device's index means nothing without the list of devices; an address is never a number.
  if (!Number.isInteger(value) || value < 0 || fieldBits[field] === 128) return undefined
  return BigInt(value) <= everyValue(field).high ? BigInt(value) : undefined
}

function parseName(field: ValueField, text: string): bigint | undefined {
  const named = entryOf(field.names ?? fieldNames[field.field] ?? {}, text)
  if (named !== undefined) return BigInt(named)
  const number = readText[field.field]?.(text)
  if (number !== undefined) return number
  return /^\d{1,10}$/.test(text) ? parseInteger(field, Number(text)) : undefined
}

function parseText<T>(value: unknown, parse: (text: string) => T | undefined): T | undefined {
  return typeof value === 'string' ? parse(value) : undefined
}

const addressNumber = (text: string): bigint | undefined => parseAddress(text)?.value

const readText: Partial<Record<FirewallField, (text: string) => bigint | undefined>> = {
  source: addressNumber,
  destination: addressNumber,
  originalSource: addressNumber,
  originalDestination: addressNumber,
  protocol: (text) => {
    const protocol = parseProtocol(text)
    return protocol === undefined ? undefined : BigInt(protocol)
  },
}

const fieldNames: Partial<Record<FirewallField, Readonly<Record<string, number>>>> = {
  // What `meta nfproto` and `meta protocol` call them; other link protocols carry no IP.
  family: { ipv4: 4, ipv6: 6, ip: 4, ip6: 6, arp: 0 },
  tcpFlags: tcpFlagBits,
  state: connectionStates,
  status: connectionStatus,
  direction: connectionDirections,
  sourceType: addressTypes,
  destinationType: addressTypes,
  packetType: { ...packetTypes, unicast: packetTypes.host },
}
