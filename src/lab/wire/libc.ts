/** Memory that stays where it is, for structures that point at each other. */
export interface Memory {
  readonly pointer: bigint
  readonly bytes: Buffer
}

/** What a system call takes where C has `void *`. */
export type Pointed = Uint8Array | bigint | null

/**
 * The system calls that Node lacks. Each returns what the call returns, or the negative errno.
 * None blocks, because every socket here is opened non-blocking; `epoll_wait` waits as told.
 */
export interface Libc {
  readonly setns: (fd: number, kind: number) => number
  readonly prctl: (option: number, argument: number) => number
  readonly socket: (family: number, type: number, protocol: number) => number
  readonly bind: (fd: number, address: Pointed, size: number) => number
  readonly connect: (fd: number, address: Pointed, size: number) => number
  readonly listen: (fd: number, backlog: number) => number
  readonly accept4: (fd: number, address: Pointed, size: Pointed, flags: number) => number
  readonly getsockname: (fd: number, address: Pointed, size: Pointed) => number
  readonly getsockopt: (
    fd: number,
    level: number,
    name: number,
    value: Pointed,
    size: Pointed,
  ) => number
  readonly setsockopt: (
    fd: number,
    level: number,
    name: number,
    value: Pointed,
    size: number,
  ) => number
  readonly send: (fd: number, data: Pointed, size: number, flags: number) => number
  readonly recv: (fd: number, data: Pointed, size: number, flags: number) => number
  readonly sendmsg: (fd: number, message: Pointed, flags: number) => number
  readonly recvmsg: (fd: number, message: Pointed, flags: number) => number
  readonly ioctl: (fd: number, request: number, argument: Pointed) => number
  readonly epoll_create1: (flags: number) => number
  readonly epoll_ctl: (epoll: number, operation: number, fd: number, event: Pointed) => number
  readonly epoll_wait: (epoll: number, events: Pointed, most: number, timeoutMs: number) => number
  readonly close: (fd: number) => number
  /** Zeroed memory that is never given back: for the few structures a prober holds. */
  readonly allocate: (size: number) => Memory
}

/** The system calls, or why they cannot be called here. */
export type LoadedLibc =
  | { readonly kind: 'loaded'; readonly libc: Libc }
  | { readonly kind: 'absent'; readonly why: string }
