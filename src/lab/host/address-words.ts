import { FAMILY } from '../wire/socket-numbers.ts'
import { toWireAddress } from '../wire/wire-address.ts'
import { wholeNumber } from './line-words.ts'

/** An address or a range as rtnetlink takes it. */
export interface AddressBytes {
  /** The number of its address family. */
  readonly family: number
  readonly bytes: Buffer
  readonly length: number
}

/** Reads `10.0.0.1`, `10.0.0.0/8` and the same of IPv6. */
export function addressBytes(text: string): AddressBytes | undefined {
  const [start = '', width, ...rest] = text.split('/')
  const address = toWireAddress(start)
  if (address === undefined || rest.length > 0) return undefined
  const { bytes } = address
  const most = 8 * bytes.length
  const length = width === undefined ? most : wholeNumber(width)
  if (length === undefined || length > most) return undefined
  return { family: address.family === 4 ? FAMILY.ipv4 : FAMILY.ipv6, bytes, length }
}
