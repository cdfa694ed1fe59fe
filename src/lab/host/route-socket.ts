import { nameErrno } from '../wire/errno-name.ts'
import type { Libc } from '../wire/libc.ts'
import { MESSAGE } from '../wire/socket-numbers.ts'
import { setNumber } from '../wire/socket-steps.ts'
import { frame, type RouteMessage } from './netlink-message.ts'
import { NETLINK, REQUEST } from './netlink-numbers.ts'
import { readReplies } from './read-replies.ts'

/** The message that the kernel would not carry out, and its reason. */
export interface Refusal {
  readonly nth: number
  readonly why: string
}

/** Messages in one datagram: what they are refused with fits the socket's buffer. */
const MOST_AT_ONCE = 200

/** A socket of rtnetlink; it configures the namespace in which it was opened. */
export class RouteSocket {
  readonly #libc: Libc
  readonly #fd: number

  /** Takes over a socket of family netlink, protocol 0. */
  constructor(libc: Libc, fd: number) {
    this.#libc = libc
    this.#fd = fd
    setNumber(libc, fd, NETLINK.level, NETLINK.capAcknowledge, 1)
    setNumber(libc, fd, NETLINK.level, NETLINK.extendedAcknowledge, 1)
  }

  /**
   * Has the kernel carry out messages in their order. It does so while they are being sent, and
   * speaks up for what it refuses and for the last one.
   */
  send(messages: readonly RouteMessage[]): Refusal | undefined {
    for (let first = 0; first < messages.length; first += MOST_AT_ONCE) {
      const refusal = this.#sendSome(messages.slice(first, first + MOST_AT_ONCE), first)
      if (refusal) return refusal
    }
    return undefined
  }

  close(): void {
    this.#libc.close(this.#fd)
  }

  #sendSome(messages: readonly RouteMessage[], first: number): Refusal | undefined {
    const last = messages.length - 1
    const datagram = Buffer.concat(
      messages.map(({ type, flags, body }, nth) =>
        frame({ type, flags: nth === last ? flags | REQUEST.acknowledge : flags, body }, nth),
      ),
    )
    const sent = this.#libc.send(this.#fd, datagram, datagram.length, 0)
    if (sent < 0) return { nth: first, why: nameErrno(-sent) }
    for (;;) {
      const length = this.#libc.recv(this.#fd, received, received.length, MESSAGE.dontWait)
      if (length < 0) return { nth: first, why: `no answer of the kernel: ${nameErrno(-length)}` }
      for (const { number, errno, words } of readReplies(received.subarray(0, length))) {
        if (errno !== 0) return { nth: first + number, why: words ?? nameErrno(errno) }
        if (number === last) return undefined
      }
    }
  }
}

/** Written and read within one call. */
const received = Buffer.alloc(32 * 1024)
