import type { Libc, Memory } from './libc.ts'
import { MESSAGE } from './socket-numbers.ts'

/** One received message; its parts are views that the next one overwrites. */
export interface Message {
  readonly data: Buffer
  /** The sender's socket address; empty where there is none. */
  readonly name: Buffer
  readonly control: Buffer
}

/** Receives and sends messages that carry control data, in memory that is laid out once. */
export class MessageBox {
  readonly #libc: Libc
  readonly #memory: Memory

  constructor(libc: Libc) {
    this.#libc = libc
    this.#memory = libc.allocate(PLACE.end)
  }

  /** The next message, or the negative errno. */
  receive(fd: number, flags: number): Message | number {
    this.#layOut(NAME_SIZE, DATA_SIZE, CONTROL_SIZE)
    const { bytes, pointer } = this.#memory
    const length = this.#libc.recvmsg(fd, pointer, flags | MESSAGE.dontWait)
    if (length < 0) return length
    const part = (at: number, size: number) => bytes.subarray(at, at + size)
    return {
      data: part(PLACE.data, Math.min(length, DATA_SIZE)),
      name: part(PLACE.name, bytes.readUInt32LE(HEADER.nameSize)),
      control: part(PLACE.control, Number(bytes.readBigUInt64LE(HEADER.controlSize))),
    }
  }

  /** Sends one message; the result of sendmsg(2). What was received last may be sent again. */
  send(fd: number, { data, name, control }: Message): number {
    const { bytes, pointer } = this.#memory
    bytes.set(data, PLACE.data)
    bytes.set(name, PLACE.name)
    bytes.set(control, PLACE.control)
    this.#layOut(name.length, data.length, control.length)
    return this.#libc.sendmsg(fd, pointer, MESSAGE.dontWait | MESSAGE.noSignal)
  }

  /** Writes `struct msghdr` and its one `struct iovec`. */
  #layOut(name: number, data: number, control: number): void {
    const { bytes, pointer } = this.#memory
    const place = (at: number) => pointer + BigInt(at)
    bytes.writeBigUInt64LE(place(PLACE.name), HEADER.name)
    bytes.writeUInt32LE(name, HEADER.nameSize)
    bytes.writeBigUInt64LE(place(PLACE.vector), HEADER.vectors)
    bytes.writeBigUInt64LE(1n, HEADER.vectorCount)
    bytes.writeBigUInt64LE(control === 0 ? 0n : place(PLACE.control), HEADER.control)
    bytes.writeBigUInt64LE(BigInt(control), HEADER.controlSize)
    bytes.writeUInt32LE(0, HEADER.flags)
    bytes.writeBigUInt64LE(place(PLACE.data), PLACE.vector)
    bytes.writeBigUInt64LE(BigInt(data), PLACE.vector + 8)
  }
}

/** The most bytes of a message that are looked at. */
export const DATA_SIZE = 4096
const NAME_SIZE = 32
const CONTROL_SIZE = 512

/** Offsets in `struct msghdr` of a 64-bit machine. */
const HEADER = {
  name: 0,
  nameSize: 8,
  vectors: 16,
  vectorCount: 24,
  control: 32,
  controlSize: 40,
  flags: 48,
} as const

const PLACE = { vector: 64, name: 96, control: 128, data: 1024, end: 1024 + 4096 } as const
