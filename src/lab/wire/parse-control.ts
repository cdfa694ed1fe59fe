import { IP, IPV6, LEVEL } from './socket-numbers.ts'
import { decodeSocketAddress } from './socket-address.ts'

/** One item of a message's control data. */
export interface ControlItem {
  readonly level: number
  readonly type: number
  readonly data: Buffer
}

/** What a socket's error queue says of one error (ip(7), IP_RECVERR). */
export interface SocketError {
  readonly errno: number
  readonly origin: 'local' | 'icmp' | 'other'
  /** Of ICMP, or of ICMPv6 on a socket of that family. */
  readonly type: number
  readonly code: number
  /** The address of the machine that sent the ICMP error. */
  readonly offender?: string
}

/** The items of control data, up to the first that does not fit; nothing is thrown. */
export function parseControl(control: Buffer): readonly ControlItem[] {
  const items: ControlItem[] = []
  let at = 0
  while (at + HEADER_SIZE <= control.length) {
    const size = control.readUInt32LE(at)
    if (size < HEADER_SIZE || at + size > control.length) break
    items.push({
      level: control.readInt32LE(at + 8),
      type: control.readInt32LE(at + 12),
      data: control.subarray(at + HEADER_SIZE, at + size),
    })
    at += align(size)
  }
  return items
}

/** The extended error among the control data of a message from an error queue. */
export function parseSocketError(control: Buffer): SocketError | undefined {
  const item = parseControl(control).find(isExtendedError)
  if (item === undefined || item.data.length < ERROR_SIZE) return undefined
  const { data } = item
  const offender = decodeSocketAddress(data.subarray(ERROR_SIZE))
  return {
    errno: data.readUInt32LE(0),
    origin: origins[data[4]] ?? 'other',
    type: data[5],
    code: data[6],
    ...(offender && { offender: offender.address.text }),
  }
}

/** Writes one item, padded as the kernel expects it. */
export function encodeControl({ level, type, data }: ControlItem): Buffer {
  const control = Buffer.alloc(align(HEADER_SIZE + data.length))
  control.writeUInt32LE(HEADER_SIZE + data.length, 0)
  control.writeInt32LE(level, 8)
  control.writeInt32LE(type, 12)
  data.copy(control, HEADER_SIZE)
  return control
}

/** `struct cmsghdr` of a 64-bit machine. */
const HEADER_SIZE = 16

/** `struct sock_extended_err`; the offender's address follows. */
const ERROR_SIZE = 16

/** SO_EE_ORIGIN_LOCAL, _ICMP and _ICMP6. */
const origins: Readonly<Record<number, SocketError['origin']>> = {
  1: 'local',
  2: 'icmp',
  3: 'icmp',
}

function isExtendedError({ level, type }: ControlItem): boolean {
  if (level === LEVEL.ipv4) return type === IP.receiveErrors
  return level === LEVEL.ipv6 && type === IPV6.receiveErrors
}

function align(size: number): number {
  return (size + 7) & ~7
}
