import { formatAddress, parseAddress, parseIpv4 } from '#net'
import type { AddressText } from './id.ts'

/**
 * Reads an IPv4 or IPv6 address and brands its canonical text (RFC 5952 for IPv6), so that equal
 * addresses are equal strings. Undefined for anything else.
 */
export function parseAddressText(text: string): AddressText | undefined {
  // Strict dotted decimal has one spelling only.
  if (parseIpv4(text) !== undefined) return text as AddressText
  const address = parseAddress(text)
  return address && (formatAddress(address) as AddressText)
}
