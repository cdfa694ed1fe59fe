import { formatPrefix, parseAddress, parseIpv4, parsePrefixU32, prefixContains } from '#net'
import type { IpAddress, Prefix, PrefixU32 } from '#net'

/**
 * An address as it is looked up: IPv4 as an unsigned 32-bit number, so that a million questions do
 * not make a bigint each; IPv6 as room net has it.
 */
export type Place = number | IpAddress

/** Undefined for text that is no address. */
export function readPlace(text: string): Place | undefined {
  return parseIpv4(text) ?? parseAddress(text)
}

/** Ranges of both families, ready to be asked about places. */
export interface Ranges {
  readonly ipv4: readonly PrefixU32[]
  readonly ipv6: readonly Prefix[]
}

export function rangesOf(prefixes: readonly Prefix[]): Ranges {
  const ipv4 = prefixes.filter(({ family }) => family === 4)
  return {
    ipv4: ipv4.flatMap((prefix) => parsePrefixU32(formatPrefix(prefix)) ?? []),
    ipv6: prefixes.filter(({ family }) => family === 6),
  }
}

/** Whether any of the ranges holds the place. */
export function holdsPlace({ ipv4, ipv6 }: Ranges, place: Place): boolean {
  return typeof place === 'number'
    ? ipv4.some(({ low, high }) => low <= place && place <= high)
    : ipv6.some((prefix) => prefixContains(prefix, place))
}
