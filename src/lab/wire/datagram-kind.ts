import type { ProbeProtocol } from './probe.ts'
import { SOCKET } from './socket-numbers.ts'
import type { WireAddress } from './wire-address.ts'

/** What one probe's datagrams are told by. */
export interface Tag {
  /** The port, ICMP id or GRE key. */
  readonly number: number
  /** The probe's payload, the same in request and answer. */
  readonly payload: Buffer
}

/** How a protocol without connections asks, and knows its answer and its errors. */
export interface DatagramKind {
  readonly type: number
  readonly protocol: (destination: WireAddress) => number
  readonly hasPorts: boolean
  /** What is sent, from the transport header on (for UDP, after it). */
  readonly request: (tag: Tag, destination: WireAddress) => Buffer
  /** Whether a received datagram, IP header cut off, answers the request. */
  readonly isAnswer: (datagram: Buffer, tag: Tag, destination: WireAddress) => boolean
  /** Whether the packet that an ICMP error quotes is the request. */
  readonly isQuoted: (quoted: Buffer, tag: Tag) => boolean
}

/** Every protocol but TCP. */
export const datagramKinds: Readonly<Record<Exclude<ProbeProtocol, 'tcp'>, DatagramKind>> = {
  udp: {
    type: SOCKET.datagram,
    protocol: () => 0,
    hasPorts: true,
    request: ({ payload }) => payload,
    isAnswer: (datagram, { payload }) => isEcho(datagram, payload),
    // A connected UDP socket's errors are all its own, and its quotes begin behind the header.
    isQuoted: () => true,
  },
  icmp: {
    type: SOCKET.raw,
    protocol: ({ family }) => (family === 4 ? 1 : 58),
    hasPorts: false,
    request: (tag, { family }) => echoRequest(tag, family === 4 ? 8 : 128),
    isAnswer: (datagram, { number, payload }, { family }) =>
      datagram[0] === (family === 4 ? 0 : 129) &&
      datagram.length >= 8 + payload.length &&
      datagram.readUInt16BE(4) === number &&
      datagram.subarray(8, 8 + payload.length).equals(payload),
    // Eight bytes are all that RFC 792 promises of the quoted packet.
    isQuoted: (quoted, { number }) => quoted.length >= 8 && quoted.readUInt16BE(4) === number,
  },
  gre: {
    type: SOCKET.raw,
    protocol: () => 47,
    hasPorts: false,
    request: ({ number, payload }) => Buffer.concat([encodeGre(number), payload]),
    isAnswer: (datagram, { number, payload }) =>
      readGreKey(datagram) === number && isEcho(datagram.subarray(GRE_SIZE), payload),
    isQuoted: (quoted, { number }) => readGreKey(quoted) === number,
  },
}

/** What a responder of ours puts before the payload it sends back. */
export const ECHO_MARK = Buffer.from('echo')

/** The bytes of a GRE header with a key and nothing else optional. */
export const GRE_SIZE = 8

/** The key of a GRE packet with our header (RFC 2890); undefined for any other packet. */
export function readGreKey(packet: Buffer): number | undefined {
  if (packet.length < GRE_SIZE || packet.readUInt16BE(0) !== GRE_HAS_KEY) return undefined
  return packet.readUInt32BE(4)
}

/**
 * A packet without its IP header where a raw socket delivers it with one: for IPv4 (raw(7)).
 * Empty when it is cut off.
 */
export function cutIpv4Header(packet: Buffer): Buffer {
  return packet.subarray(packet.length === 0 ? 0 : (packet[0] & 15) * 4)
}

function isEcho(datagram: Buffer, payload: Buffer): boolean {
  return (
    datagram.subarray(0, ECHO_MARK.length).equals(ECHO_MARK) &&
    datagram.subarray(ECHO_MARK.length).equals(payload)
  )
}

function echoRequest({ number, payload }: Tag, type: number): Buffer {
  const packet = Buffer.concat([Buffer.from([type, 0, 0, 0, 0, 0, 0, 1]), payload])
  packet.writeUInt16BE(number, 4)
  // For ICMPv6 the kernel writes it (RFC 3542 §3.1).
  packet.writeUInt16BE(checksum(packet), 2)
  return packet
}

const GRE_HAS_KEY = 0x2000

/** Local Experimental Ethertype 1 (IEEE 802): nothing inside that a tunnel would unpack. */
const GRE_PAYLOAD_TYPE = 0x88b5

function encodeGre(key: number): Buffer {
  const header = Buffer.alloc(GRE_SIZE)
  header.writeUInt16BE(GRE_HAS_KEY, 0)
  header.writeUInt16BE(GRE_PAYLOAD_TYPE, 2)
  header.writeUInt32BE(key, 4)
  return header
}

/** RFC 1071, of an even number of bytes. */
function checksum(packet: Buffer): number {
  let sum = 0
  for (let at = 0; at + 1 < packet.length; at += 2) sum += packet.readUInt16BE(at)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
