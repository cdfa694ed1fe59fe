import { formatAddress, formatPrefix, parseAddress, parsePrefixOrAddress } from '#net'
import type { IpAddress, Prefix } from '#net'
import type { AddressText, CidrText, Id } from '#model'

import { textOf } from './spot.ts'
import type { Spot } from './spot.ts'

// The one file of the readers that casts: text becomes an id or an address here and nowhere else.

/** An id of whatever kind the place asks for: the provider's text as it is. */
export function idOf<Identity extends Id<string>>(text: string): Identity {
  return text as Identity
}

/** The id in a field; undefined where the field is empty. */
export function idAt<Identity extends Id<string>>(spot: Spot): Identity | undefined {
  const text = textOf(spot)
  return text === undefined ? undefined : idOf<Identity>(text)
}

export interface ReadAddress {
  readonly address: AddressText
  readonly value: IpAddress
}

/** A canonical address; undefined for anything else. */
export function readAddress(text: string | undefined): ReadAddress | undefined {
  const value = text === undefined ? undefined : parseAddress(text)
  return value && { address: formatAddress(value) as AddressText, value }
}

export interface ReadCidr {
  readonly cidr: CidrText
  readonly prefix: Prefix
  /** Bits behind the length were set, and were cut. */
  readonly masked: boolean
}

/** A canonical prefix; a bare address is a /32 or /128. */
export function readCidr(text: string | undefined): ReadCidr | undefined {
  if (text === undefined) return undefined
  const prefix = parsePrefixOrAddress(text, { hostBits: 'mask' })
  if (!prefix) return undefined
  return { cidr: writeCidr(prefix), prefix, masked: parsePrefixOrAddress(text) === undefined }
}

export function writeCidr(prefix: Prefix): CidrText {
  return formatPrefix(prefix) as CidrText
}

export function writeAddress(address: IpAddress): AddressText {
  return formatAddress(address) as AddressText
}
