import { ERRNO, nameErrno } from './errno-name.ts'
import type { Libc, Memory } from './libc.ts'
import { EPOLL } from './socket-numbers.ts'

/** Called with the events of `READY` that a file descriptor has. */
export type WhenReady = (events: number) => void

/**
 * Waits for many sockets of many namespaces at once. epoll rather than poll: a lab has more
 * listeners than probes under way, and poll would hand all of them to the kernel each time.
 */
export class ReadyQueue {
  /** Readable itself when a watched socket is ready, so one queue can watch another. */
  readonly fd: number
  readonly #libc: Libc
  readonly #watched = new Map<number, WhenReady>()
  readonly #events: Memory
  readonly #event = Buffer.alloc(EVENT.size)

  constructor(libc: Libc) {
    this.#libc = libc
    this.fd = libc.epoll_create1(EPOLL.closeOnExec)
    if (this.fd < 0) throw new Error(`epoll_create1: ${nameErrno(-this.fd)}`)
    this.#events = libc.allocate(EVENT.size * MOST_EVENTS)
  }

  /** Begins to watch. Whoever closes the descriptor calls `forget` before. */
  watch(fd: number, events: number, whenReady: WhenReady): void {
    this.#event.writeUInt32LE(events, 0)
    this.#event.writeInt32LE(fd, EVENT.data)
    const result = this.#libc.epoll_ctl(this.fd, EPOLL.add, fd, this.#event)
    if (result < 0) throw new Error(`epoll_ctl: ${nameErrno(-result)}`)
    this.#watched.set(fd, whenReady)
  }

  /** Ends watching. */
  forget(fd: number): void {
    if (!this.#watched.delete(fd)) return
    this.#libc.epoll_ctl(this.fd, EPOLL.remove, fd, this.#event)
  }

  /**
   * Waits until something is ready, at most `timeoutMs`, and serves what is. A callee must not
   * watch a new descriptor: it could have the number of one whose events are still to be served.
   * @returns how many descriptors were ready
   */
  serve(timeoutMs: number): number {
    const { pointer, bytes } = this.#events
    const ready = this.#libc.epoll_wait(this.fd, pointer, MOST_EVENTS, timeoutMs)
    if (ready === -ERRNO.interrupted) return 0
    if (ready < 0) throw new Error(`epoll_wait: ${nameErrno(-ready)}`)
    for (let i = 0; i < ready; i++) {
      const at = i * EVENT.size
      this.#watched.get(bytes.readInt32LE(at + EVENT.data))?.(bytes.readUInt32LE(at))
    }
    return ready
  }

  close(): void {
    this.#watched.clear()
    this.#libc.close(this.fd)
  }
}

/** `struct epoll_event` is packed on x86-64 only (epoll_ctl(2), linux/eventpoll.h EPOLL_PACKED). */
const EVENT = process.arch === 'x64' ? { size: 12, data: 4 } : { size: 16, data: 8 }

const MOST_EVENTS = 256
