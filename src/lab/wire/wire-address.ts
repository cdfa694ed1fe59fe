import { formatAddress, parseAddress } from '#net'
import type { Family } from '#net'

/** An address in the form of the socket interface: its bytes, and the one canonical text. */
export interface WireAddress {
  readonly family: Family
  readonly bytes: Buffer
  readonly text: string
}

/** Reads an address; undefined for what is none. The same text gives the same object. */
export function toWireAddress(text: string): WireAddress | undefined {
  const known = byText.get(text)
  if (known !== undefined) return known
  const parsed = parseAddress(text)
  if (parsed === undefined) return undefined
  const { family, value } = parsed
  const digits = family === 4 ? 8 : 32
  const bytes = Buffer.from(value.toString(16).padStart(digits, '0'), 'hex')
  return remember(byText, text, { family, bytes, text: formatAddress(parsed) })
}

/** The address of 4 or 16 bytes; the bytes are copied. */
export function fromWireBytes(bytes: Uint8Array): WireAddress {
  const own = Buffer.from(bytes)
  const key = own.toString('latin1')
  const known = byBytes.get(key)
  if (known !== undefined) return known
  const family = own.length === 4 ? 4 : 6
  const text = formatAddress({ family, value: BigInt(`0x${own.toString('hex')}`) })
  return remember(byBytes, key, { family, bytes: own, text })
}

// A batch names few addresses many times, and IPv6 text costs some 20 µs each way.
const byText = new Map<string, WireAddress>()
const byBytes = new Map<string, WireAddress>()
const MOST_REMEMBERED = 65_536

function remember(cache: Map<string, WireAddress>, key: string, address: WireAddress): WireAddress {
  if (cache.size >= MOST_REMEMBERED) cache.clear()
  cache.set(key, address)
  return address
}
