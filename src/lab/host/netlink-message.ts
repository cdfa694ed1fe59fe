/** A request of rtnetlink without its number: what stands behind `struct nlmsghdr`. */
export interface RouteMessage {
  readonly type: number
  readonly flags: number
  readonly body: Buffer
}

/** `struct nlmsghdr`. */
export const HEADER_SIZE = 16

const NESTED = 0x8000

/** Header and body; every part of a message is padded to four bytes. */
export function frame({ type, flags, body }: RouteMessage, number: number): Buffer {
  const header = Buffer.alloc(HEADER_SIZE)
  header.writeUInt32LE(HEADER_SIZE + body.length, 0)
  header.writeUInt16LE(type, 4)
  header.writeUInt16LE(flags, 6)
  header.writeUInt32LE(number, 8)
  return Buffer.concat([header, body])
}

/** `struct rtattr` with bytes. */
export function attribute(type: number, value: Uint8Array): Buffer {
  const size = 4 + value.length
  const bytes = Buffer.alloc((size + 3) & ~3)
  bytes.writeUInt16LE(size, 0)
  bytes.writeUInt16LE(type, 2)
  bytes.set(value, 4)
  return bytes
}

/** An attribute of 32 bits. */
export function number32(type: number, value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value, 0)
  return attribute(type, bytes)
}

/** An attribute of 8 bits. */
export function number8(type: number, value: number): Buffer {
  return attribute(type, Buffer.of(value))
}

/** A text that ends with a zero byte. */
export function text(type: number, value: string): Buffer {
  return attribute(type, Buffer.from(`${value}\0`))
}

/** An attribute made of attributes. */
export function nested(type: number, parts: readonly Buffer[]): Buffer {
  return attribute(type | NESTED, Buffer.concat(parts))
}
