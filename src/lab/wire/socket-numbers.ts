// table: numbers of the Linux socket interface, as its headers have them on x86-64 and arm64

/** Address families. */
export const FAMILY = { ipv4: 2, ipv6: 10, netlink: 16 } as const

/** Socket types, and the flags that every socket here is opened with. */
export const SOCKET = { stream: 1, datagram: 2, raw: 3, flags: 0x80000 | 0x800 } as const

/** Levels of socket options. */
export const LEVEL = { socket: 1, ipv4: 0, ipv6: 41, tcp: 6 } as const

/** Options at the socket level. */
export const SO = {
  reuseAddress: 2,
  error: 4,
  receiveBuffer: 8,
  linger: 13,
  mark: 36,
  receiveBufferForce: 33,
} as const

/** Options at the IPv4 level. */
export const IP = { ttl: 2, packetInfo: 8, receiveErrors: 11 } as const

/** Options at the IPv6 level. */
export const IPV6 = {
  hopLimit: 16,
  receiveErrors: 25,
  only: 26,
  receivePacketInfo: 49,
  packetInfo: 50,
} as const

/** Options at the TCP level. */
export const TCP = { repair: 19 } as const

/** Flags of sending and receiving. */
export const MESSAGE = {
  dontWait: 0x40,
  errorQueue: 0x2000,
  noSignal: 0x4000,
  truncated: 0x20,
} as const

/** Events of epoll. */
export const READY = { in: 1, out: 4, error: 8, hangUp: 16 } as const

/** Operations of epoll_ctl. */
export const EPOLL = { add: 1, remove: 2, closeOnExec: 0x80000 } as const

/** The ioctl that opens the network namespace of a socket. */
export const SIOCGSKNS = 0x894c

/** The ioctl that names the device of an index. */
export const SIOCGIFNAME = 0x8910

/** The namespace kind of setns(2). */
export const CLONE_NEWNET = 0x40000000

/** The option of prctl(2) by which a process has itself ended when its parent ends; 0 takes it back. */
export const PARENT_DEATH_SIGNAL = 1
