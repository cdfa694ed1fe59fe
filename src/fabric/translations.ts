import type { RankRange } from './address-line.ts'

/** Public addresses and whom they stand for, by ascending rank. */
export interface Publics {
  readonly count: number
  readonly rank: Int32Array
  readonly kind: Uint8Array
  readonly port: Int32Array
  /** Rank of the private address; for a classic NIC or IPv6 its own. */
  readonly inside: Int32Array
  readonly nat: Int32Array
  /** Next mapping of the same port. */
  readonly next: Int32Array
  /** 1: nothing comes in by it where no filter says so. */
  readonly closed: Uint8Array
  /** Position in `network.publicAddress`; -1. */
  readonly resource: Int32Array
  /** Records below this number are addresses; above, outbound identities of DNAT IP mappings. */
  readonly addresses: number
}

/** What stands behind a public record (`Publics.kind`). */
export const PUBLIC = {
  unbound: 0,
  port: 1,
  nat: 2,
  unsupported: 3,
  noMaster: 4,
  ipv6: 5,
  ipv6EgressOnly: 6,
  ipv6Private: 7,
  ipv6Unread: 8,
  badState: 9,
  unread: 10,
  ipMapping: 11,
  classic: 12,
} as const

/** What takes connections to the Internet that start at a port (Azure). */
export interface Outbounds {
  /** Way of a port; -1: a public address of its own, or none. */
  readonly of: Int32Array
  readonly ways: readonly OutboundWay[]
}

/** One way out; `first` comes before the public address of the port itself. */
export interface OutboundWay {
  readonly kind: 'natGateway' | 'loadBalancer' | 'default' | 'unread'
  readonly first: boolean
  /** Position in its own array of the network; -1 for the provider's default. */
  readonly position: number
  /** Public records it draws from; none: an address that no input lists. */
  readonly publics: Int32Array
  /** Only TCP and UDP pass. */
  readonly portedOnly: boolean
}

/** NAT gateways in file order. */
export interface Nats {
  readonly domain: Int32Array
  readonly subnet: Int32Array
  /** 0 in service, 1 not, 2 of a kind that is not analysed. */
  readonly state: Uint8Array
  readonly unread: Uint8Array
  readonly snatOffsets: Int32Array
  /** In deciding order. */
  readonly snatRange: readonly RankRange[]
  /** Position in the gateway's own entries. */
  readonly snatEntry: Int32Array
  /** 1: an address of the entry is not listed, and some addresses were not read. */
  readonly snatUnread: Uint8Array
  readonly snatPublics: readonly Int32Array[]
  readonly dnatOffsets: Int32Array
  readonly dnat: readonly DnatRow[]
}

/** A working DNAT entry: what is called from outside and where it leads inside. */
export interface DnatRow {
  readonly external: number
  readonly protocol: number
  readonly low: number
  readonly high: number
  /** Rank inside. */
  readonly inside: number
  /** Added to a port on the way in. */
  readonly shift: number
  /** Position in the gateway's own entries. */
  readonly entry: number
}
