/** Packets as the wire has them, with the checksums that the kernel checks. */

import type { IpAddress } from '#net'
import { hasIcmpType } from '#net'

export interface WirePacket {
  readonly source: IpAddress
  readonly destination: IpAddress
  readonly protocol: number
  readonly sourcePort?: number
  readonly destinationPort?: number
  readonly tcpFlags?: number
  readonly sequence?: number
  readonly acknowledged?: number
  readonly icmpType?: number
  readonly icmpCode?: number
  readonly icmpId?: number
  /** Behind the header of the protocol. */
  readonly payload?: Buffer
  readonly hopLimit: number
}

export function packetBytes(packet: WirePacket): Buffer {
  const body = withChecksum(packet, bodyOf(packet))
  return Buffer.concat([headerOf(packet, body.length), body])
}

function headerOf(packet: WirePacket, length: number): Buffer {
  const { source, destination, protocol, hopLimit } = packet
  if (source.family === 6) {
    const header = Buffer.alloc(8)
    header.writeUInt32BE(0x60000000)
    header.writeUInt16BE(length, 4)
    header.writeUInt8(protocol, 6)
    header.writeUInt8(hopLimit, 7)
    return Buffer.concat([header, addressBytes(source), addressBytes(destination)])
  }
  const header = Buffer.alloc(12)
  header.writeUInt8(0x45)
  header.writeUInt16BE(20 + length, 2)
  header.writeUInt8(hopLimit, 8)
  header.writeUInt8(protocol, 9)
  const whole = Buffer.concat([header, addressBytes(source), addressBytes(destination)])
  whole.writeUInt16BE(checksum(whole), 10)
  return whole
}

export function addressBytes({ family, value }: IpAddress): Buffer {
  return Buffer.from(value.toString(16).padStart(family === 4 ? 8 : 32, '0'), 'hex')
}

function bodyOf(packet: WirePacket): Buffer {
  const { protocol, sourcePort = 0, destinationPort = 0, payload = Buffer.alloc(0) } = packet
  if (hasIcmpType(protocol)) {
    const head = Buffer.from([packet.icmpType ?? 0, packet.icmpCode ?? 0, 0, 0, 0, 0, 0, 1])
    head.writeUInt16BE(packet.icmpId ?? 0, 4)
    return Buffer.concat([head, payload])
  }
  if (protocol === 6) {
    const head = Buffer.alloc(20)
    head.writeUInt16BE(sourcePort, 0)
    head.writeUInt16BE(destinationPort, 2)
    head.writeUInt32BE(packet.sequence ?? 1000, 4)
    head.writeUInt32BE(packet.acknowledged ?? 0, 8)
    head.writeUInt8(0x50, 12)
    head.writeUInt8(packet.tcpFlags ?? 2, 13)
    head.writeUInt16BE(64_000, 14)
    return Buffer.concat([head, payload])
  }
  if (protocol === 17) {
    const head = Buffer.alloc(8)
    head.writeUInt16BE(sourcePort, 0)
    head.writeUInt16BE(destinationPort, 2)
    head.writeUInt16BE(8 + payload.length, 4)
    return Buffer.concat([head, payload])
  }
  return Buffer.concat([Buffer.alloc(8), payload])
}

const checksumPlaces: Readonly<Record<number, number>> = { 1: 2, 6: 16, 17: 6, 58: 2 }

function withChecksum({ source, destination, protocol }: WirePacket, body: Buffer): Buffer {
  const place = checksumPlaces[protocol]
  if (place === undefined) return body
  const length = Buffer.alloc(4)
  length.writeUInt16BE(body.length, 2)
  const pseudo =
    protocol === 1
      ? Buffer.alloc(0)
      : Buffer.concat([
          addressBytes(source),
          addressBytes(destination),
          length,
          Buffer.from([0, 0, 0, protocol]),
        ])
  body.writeUInt16BE(checksum(Buffer.concat([pseudo, body])) || 0xffff, place)
  return body
}

function checksum(bytes: Buffer): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i += 2) sum += (bytes[i] << 8) | (bytes[i + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
