/** What a firewall rule may look at, as numbers: a field's values are bigints below `2 ** bits`. */

import type { NumberRange } from './number-range.ts'

/**
 * The fields and their widths in bits. Addresses are as wide as IPv6; an IPv4 address is its own
 * number, and a match on it always comes after one on `family`. Not on the wire:
 *
 * - `inputDevice`, `outputDevice`: see `deviceRange`; 0 where the packet has none.
 * - `state`, `status`, `direction`: of the connection; see `connectionStates`, `connectionStatus`.
 * - `original…`: the connection's first packet before any translation.
 * - `sourceType`, `destinationType`: see `addressTypes`; `packetType`: see `packetTypes`.
 * - `reverseRoute`: 1 if a packet to this source would leave by the device it came in by.
 */
export const fieldBits = {
  family: 8,
  source: 128,
  destination: 128,
  protocol: 8,
  sourcePort: 16,
  destinationPort: 16,
  icmpType: 8,
  icmpCode: 8,
  tcpFlags: 8,
  length: 16,
  hopLimit: 8,
  fragment: 16,
  inputDevice: 128,
  outputDevice: 128,
  state: 8,
  status: 32,
  direction: 8,
  originalSource: 128,
  originalDestination: 128,
  originalSourcePort: 16,
  originalDestinationPort: 16,
  mark: 32,
  connectionMark: 32,
  sourceType: 8,
  destinationType: 8,
  packetType: 8,
  reverseRoute: 1,
} as const satisfies Record<string, number>

/** One of the keys of `fieldBits`. */
export type FirewallField = keyof typeof fieldBits

/** The two marks that rules may set: of the packet, of its connection. */
export type MarkField = 'mark' | 'connectionMark'

/** What of a packet is compared: a field, or the bits of it under a mask. */
export interface FieldKey {
  readonly field: FirewallField
  readonly mask?: bigint
}

/** Values of `state`, the kernel's bits; a packet has exactly one. */
export const connectionStates = {
  invalid: 1,
  established: 2,
  related: 4,
  new: 8,
  untracked: 64,
} as const
/** One of the keys of `connectionStates`. */
export type ConnectionState = keyof typeof connectionStates

/** Bits of `status` that can be known from the rules alone: what translation a connection has. */
export const connectionStatus = { snat: 16, dnat: 32 } as const

/** Values of `direction`. */
export const connectionDirections = { original: 0, reply: 1 } as const
/** One of the keys of `connectionDirections`. */
export type ConnectionDirection = keyof typeof connectionDirections

/** Values of `sourceType` and `destinationType`: what a lookup in the routes makes of an address. */
export const addressTypes = {
  unspec: 0,
  unicast: 1,
  local: 2,
  broadcast: 3,
  anycast: 4,
  multicast: 5,
  blackhole: 6,
  unreachable: 7,
  prohibit: 8,
} as const
/** One of the keys of `addressTypes`. */
export type AddressType = keyof typeof addressTypes

/** Values of `packetType`, from the link below. */
export const packetTypes = { host: 0, broadcast: 1, multicast: 2, other: 3 } as const

/** Bits of `tcpFlags`. */
export const tcpFlagBits = {
  fin: 1,
  syn: 2,
  rst: 4,
  psh: 8,
  ack: 16,
  urg: 32,
  ecn: 64,
  cwr: 128,
} as const

/** The range of every value of a field. */
export function everyValue(field: FirewallField): NumberRange {
  return { low: 0n, high: 2n ** BigInt(fieldBits[field]) - 1n }
}

/**
 * A device name as a number: its bytes, filled up with zeros to the 16 of the kernel's IFNAMSIZ, so
 * that the names that begin alike are one range. Undefined for a name that no device can have.
 */
export function deviceRange(
  name: string,
  options: { readonly prefix: boolean },
): NumberRange | undefined {
  const bytes = new TextEncoder().encode(name)
  if (bytes.length >= DEVICE_BYTES) return undefined
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const free = BigInt(DEVICE_BYTES - bytes.length) * 8n
  const low = value << free
  return { low, high: options.prefix ? low | ((1n << free) - 1n) : low }
}

const DEVICE_BYTES = 16
