import type { ReversePathFilter, SocketProtocol } from '#model'
import type { GuestFilter } from './guest-filter.ts'

/** What was seen inside one instance of firewall, sockets and devices, in the fabric's numbers. */
export interface GuestSystem {
  /** Absent: not seen. */
  readonly filter?: GuestFilter
  /** Ports ascending; absent: not seen. */
  readonly listeners?: Readonly<Record<SocketProtocol, readonly GuestListener[]>>
  /** By attachment point; one that is not among them was not seen. */
  readonly devices: ReadonlyMap<number, SeenDevice>
}

/** A socket that takes connections or datagrams. */
export interface GuestListener {
  readonly port: number
  /** Rank of the address it is bound to, or one of `EVERY_ADDRESS`. */
  readonly rank: number
  /** Canonical text. */
  readonly address: string
}

/** In place of a rank: every address of a family. */
export const EVERY_ADDRESS = { ipv4: -4, ipv6: -6 } as const

/** A network interface as the operating system knows it. */
export interface SeenDevice {
  readonly name: string
  /** Absent: not seen, or not in force. */
  readonly filter?: ReversePathFilter
}
