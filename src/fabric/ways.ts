import type { RankRange } from './address-line.ts'

/** Every route of every table, and those the provider implies. */
export interface Routes {
  /** Position of the table in `network.routeTable`; -1 for an implied route of no table. */
  readonly table: Int32Array
  /** Position in its table's routes; -1 implied. */
  readonly entry: Int32Array
  readonly hopOffsets: Int32Array
  readonly hopKind: Uint8Array
  readonly hopTarget: Int32Array
  /** Text of each route for evidence where the network has none. */
  readonly impliedText: ReadonlyMap<number, string>
}

/** What a next hop does with a packet. */
export const HOP = {
  local: 0,
  blackhole: 1,
  relay: 2,
  nat: 3,
  gateway: 4,
  link: 5,
  leaves: 6,
  unsupported: 7,
  unresolved: 8,
  unread: 9,
  noMaster: 10,
  toClassic: 11,
  fromClassic: 12,
  refuse: 13,
  internet: 14,
  service: 15,
  /** The interface of a NAT gateway. */
  translate: 16,
  /** An attachment of a transit router: into the router by it. */
  transit: 17,
  /** An attachment of a transit router: out of the router by it. */
  attachment: 18,
  /** To the Internet, by whatever the provider has for the port (`Outbounds`). */
  outbound: 19,
} as const

/** Peerings, then router interfaces. */
export interface Links {
  readonly kind: readonly ('peering' | 'routerInterface')[]
  /** Position in its own array of the network. */
  readonly position: Int32Array
  /** The domain it leads to, per direction: `toA` when entered from B's side. */
  readonly domainA: Int32Array
  readonly domainB: Int32Array
  /** 0 carries, 1 does not, 2 leaves the model, 3 other side not read, 4 is closed by a side. */
  readonly state: Uint8Array
  /** 1: A, 2: B takes packets from the other whose source is no address of it. */
  readonly takesForeign: Uint8Array
}

/** Gateways to the Internet in file order. */
export interface Gateways {
  readonly domain: Int32Array
  /** One of `GATEWAY`. */
  readonly kind: Uint8Array
  readonly enabled: Uint8Array
}

/** What passes a gateway (`Gateways.kind`). */
export const GATEWAY = { ipv4: 0, ipv6: 1, both: 2, egressOnly: 3 } as const

/** A service of the provider at an address inside the cloud. */
export interface Service {
  readonly range: RankRange
  /** -1: every domain (of the region). */
  readonly domain: number
  readonly region?: string
  readonly ports: readonly { readonly from: number; readonly to: number }[]
  /** Position in `network.cloudService`; -1 for the provider's own. */
  readonly position: number
}

/** Ways out of the cloud to the customer's side: VPN gateways first, then lines. */
export interface Exits {
  readonly kind: readonly ('vpnGateway' | 'line')[]
  /** Position in its own array of the network. */
  readonly position: Int32Array
  /** Map: 1 where it is known to lead. */
  readonly map: Int32Array
  /** 1: it leads nowhere else. */
  readonly complete: Uint8Array
  /** The VPC of a VPN gateway, or of the one that a line ends at; -1. */
  readonly domain: Int32Array
  /** What a VPN gateway routes by what comes in; -1 where no user made a table for it, `UNREAD`. */
  readonly table: Int32Array
  /** VPCs beside its own that use a VPN gateway. */
  readonly lentTo: readonly (readonly number[])[]
  /** 1: there may be more of these. */
  readonly lentUnread: Uint8Array
  /** The gateway, or the line of a router, that a line ends at; of these their own number. */
  readonly via: Int32Array
}

/** Attachments of transit routers, and the table that each of them asks. */
export interface Transits {
  /** Position of the router in `network.transitRouter`, and of the attachment in that. */
  readonly router: Int32Array
  readonly entry: Int32Array
  /** 0 carries, 1 does not, 2 not read. */
  readonly state: Uint8Array
  /** Map from ranks to routes whose hops are `HOP.attachment`; -1 no table, `UNREAD`. */
  readonly table: Int32Array
  /** 1: the table also learns routes that were not read. */
  readonly learns: Uint8Array
  /** Ports in the subnets of an attached VPC. */
  readonly plugs: readonly Int32Array[]
  /** The exit behind an attached line; -1. */
  readonly exit: Int32Array
  /** The other end of a peering of routers, as an attachment; -1. */
  readonly far: Int32Array
}

/** A guest's own routing: rules in order, each a source range and a map from ranks to ways. */
export interface GuestTables {
  readonly rules: readonly { readonly from?: RankRange; readonly map: number }[]
  /** The choices that ways in the maps name (`portOfWay`). */
  readonly choices: readonly GuestChoice[]
}

/** IPv6 routes of one prefix by several ports, in the order in which they are listed. */
export interface GuestChoice {
  /** Those of the lowest metric: they differ in their device only. */
  readonly equal: readonly { readonly port: number; readonly gateway: boolean }[]
  /** Ports of those of a higher metric. */
  readonly others: readonly number[]
}

/** What a route hangs on that was not read, by number (`HOP.unread` targets); -1: its next hop. */
export const unreadKinds = ['classicLink', 'subnet', 'instance'] as const

/** Refusals a route can name, by number (`HOP.refuse` targets, `classicRefusal`). */
export const refusalCodes = [
  'none',
  'classiclink.absent',
  'classiclink.outside-primary',
  'classiclink.subnet-not-covered',
] as const
