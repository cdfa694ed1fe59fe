import { FAMILY } from './socket-numbers.ts'
import { fromWireBytes } from './wire-address.ts'
import type { WireAddress } from './wire-address.ts'

/** The bytes of the larger of the two: `sockaddr_in6`. */
export const SOCKET_ADDRESS_SIZE = 28

/** `sockaddr_in` or `sockaddr_in6`, new memory. */
export function encodeSocketAddress({ family, bytes }: WireAddress, port: number): Buffer {
  const socketAddress = Buffer.alloc(family === 4 ? 16 : SOCKET_ADDRESS_SIZE)
  socketAddress.writeUInt16LE(family === 4 ? FAMILY.ipv4 : FAMILY.ipv6, 0)
  socketAddress.writeUInt16BE(port, 2)
  bytes.copy(socketAddress, family === 4 ? 4 : 8)
  return socketAddress
}

/** Address and port of a `sockaddr_in` or `sockaddr_in6`; undefined for any other or a short one. */
export function decodeSocketAddress(
  bytes: Buffer,
): { readonly address: WireAddress; readonly port: number } | undefined {
  if (bytes.length < 8) return undefined
  const family = bytes.readUInt16LE(0)
  const port = bytes.readUInt16BE(2)
  if (family === FAMILY.ipv4) return { address: fromWireBytes(bytes.subarray(4, 8)), port }
  if (family !== FAMILY.ipv6 || bytes.length < 24) return undefined
  return { address: fromWireBytes(bytes.subarray(8, 24)), port }
}
