import type { Instance, Network, NetworkInterface } from '#model'
import type { AddressLine, RankRange } from './address-line.ts'
import type { IntervalMaps } from './interval-map.ts'
import type { RuleTable } from './rule-table.ts'

/**
 * A network as a packet sees it: integers in flat arrays, provider semantics already applied.
 * Columns are indexed by the number of the thing they describe; -1 means none throughout.
 * Provider rooms build it, the analyzer walks it.
 */
export interface Fabric {
  readonly network: Network
  readonly line: AddressLine
  readonly ranks: number
  readonly flags: FabricFlags
  readonly maps: IntervalMaps
  readonly rules: RuleTable
  readonly domains: Domains
  readonly subnets: Subnets
  readonly ports: Ports
  readonly instances: Instances
  readonly owners: Owners
  readonly groups: Groups
  readonly routes: Routes
  readonly publics: Publics
  readonly nats: Nats
  readonly links: Links
  readonly gateways: Gateways
  readonly services: readonly Service[]
  readonly guests: readonly GuestTables[]
  /** Map of ranks that no route to the Internet carries (1) and the rest. */
  readonly privateSpace: number
  /** Map of ranks whose traffic stateless filters let pass (1). */
  readonly filterExempt: number
  readonly find: FabricFinder
}

/** How the provider treats packets where no table can say it. */
export interface FabricFlags {
  /** Replies pass interfaces that the connection passed before. */
  readonly groupsStateful: boolean
  readonly aclStateful: boolean
  readonly aclDefaultAccept: boolean
  readonly aclSameSubnetExempt: boolean
  readonly aclCutThroughExempt: boolean
  readonly intraGroupFirst: boolean
  readonly groupPeerAcrossDomains: boolean
  readonly groupPeerPublic: boolean
  readonly ingressDefaultAccept: boolean
  readonly nextHopAlive: boolean
  readonly relayFiltered: boolean
  readonly guestConnected: boolean
  readonly guestForwarding: boolean
  readonly classicGuestRoute: boolean
  readonly classicLinkOnly: boolean
  readonly linksTransitive: boolean
  readonly routersTransitive: boolean
  readonly mappedProtocolsOnly: boolean
  readonly mappedOneAddress: boolean
  readonly natProtocolsOnly: boolean
  readonly natOwnAddressFirst: boolean
  readonly natSnatNeeded: boolean
  readonly natHairpin: boolean
  readonly natOwnTable: boolean
  readonly natReturnThrough: boolean
  readonly gatewayNeedsPublic: boolean
  readonly ipv6Gateway: boolean
  /** Some public address may not have been read. */
  readonly publicsUnread: boolean
  /** Protocol and destination port that never leave for the Internet; -1 for none. */
  readonly blockedProtocol: number
  readonly blockedPort: number
}

/** Address spaces: one per VPC, then one per classic region. */
export interface Domains {
  readonly count: number
  /** Domains below this number are VPCs, in the order of `network.vpc`. */
  readonly vpcs: number
  /** One of `MODE`. */
  readonly mode: Uint8Array
  /** Map: 1 where a destination is private to the domain. */
  readonly privateMap: Int32Array
  readonly gateway4: Int32Array
  readonly gateway6: Int32Array
  /** Map from ranks to routes for traffic arriving from the IPv4 gateway. */
  readonly gatewayTable: Int32Array
  /** Map from ranks to subnets. */
  readonly subnetMap: Int32Array
  /** Map of the system route table; `UNREAD`. */
  readonly systemTable: Int32Array
  /** The classic network of the VPC's region; -1. */
  readonly classic: Int32Array
  /** 1 where some owner of an address may not have been read. */
  readonly ownersUnread: Uint8Array
}

/** How a domain meets the IPv4 Internet. */
export const MODE = { bypass: 0, gateway: 1, none: 2, unread: 3 } as const

export interface Subnets {
  readonly domain: Int32Array
  /** Route table map; `UNREAD` if the input lacks it, -1 if there is none. */
  readonly table: Int32Array
  /** Rule lists; -1 unfiltered, `UNREAD` if the input lacks it. */
  readonly aclIn: Int32Array
  readonly aclOut: Int32Array
  /** 0, or the refusal code of ClassicLink traffic for this subnet. */
  readonly classicRefusal: Int32Array
}

export const UNREAD = -2

/** Attachment points: network interfaces in file order, then classic NICs. */
export interface Ports {
  readonly count: number
  readonly interfaces: number
  readonly domain: Int32Array
  readonly subnet: Int32Array
  readonly table: Int32Array
  readonly set: Int32Array
  readonly instance: Int32Array
  /** Rank of the first IPv4 address; -1. */
  readonly address4: Int32Array
  readonly address6: Int32Array
  readonly state: Uint8Array
  readonly flags: Uint8Array
  /** First of the port's public mappings, chained by `publics.next`. */
  readonly publicHead: Int32Array
}

export const PORT_STATE = {
  usable: 0,
  notAttached: 1,
  badState: 2,
  notRunning: 3,
  locked: 4,
  unread: 5,
} as const

export const PORT_FLAG = { cutThrough: 1, checked: 2, primary: 4, classicIntranet: 8, classicInternet: 16 } as const

export interface Instances {
  readonly offsets: Int32Array
  /** Usable or not, the primary port first; then by id. */
  readonly ports: Int32Array
  /** Guest tables; -1 where the guest was not seen. */
  readonly guest: Int32Array
  /** 0 not seen, 1 on, 2 off. */
  readonly forwarding: Uint8Array
  /** The VPC a classic instance is linked to. */
  readonly linkedDomain: Int32Array
}

/** Who owns an address inside a domain: ranks ascending per domain. */
export interface Owners {
  readonly offsets: Int32Array
  readonly ranks: Int32Array
  /** The port; `NO_MASTER` for a floating address that nobody announces. */
  readonly ports: Int32Array
}

export const NO_MASTER = -2

/** Sets of security groups, interned. */
export interface Groups {
  readonly setOffsets: Int32Array
  /** Group numbers, ascending inside a set. */
  readonly members: Int32Array
  /** Rule list of group g: ingress `2g`, egress `2g + 1`; NICs of classic groups have their own. */
  readonly listIn: Int32Array
  readonly listOut: Int32Array
  readonly listInInternet: Int32Array
  readonly listOutInternet: Int32Array
  /** 1 where members accept each other. */
  readonly intra: Uint8Array
  /** 1 where the set lets out what no rule matches. */
  readonly setEgressAccept: Uint8Array
  /** 1 where a group of the set was not read. */
  readonly setUnread: Uint8Array
  readonly setEmpty: number
}

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
} as const

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
  /** Position in `network.publicAddress`; -1. */
  readonly resource: Int32Array
  /** Records below this number are addresses; above, outbound identities of DNAT IP mappings. */
  readonly addresses: number
}

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
  readonly snatPublics: readonly Int32Array[]
  readonly dnatOffsets: Int32Array
  readonly dnat: readonly DnatRow[]
}

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

/** Peerings, then router interfaces. */
export interface Links {
  readonly kind: readonly ('peering' | 'routerInterface')[]
  /** Position in its own array of the network. */
  readonly position: Int32Array
  /** The domain it leads to, per direction: `toA` when entered from B's side. */
  readonly domainA: Int32Array
  readonly domainB: Int32Array
  /** 0 carries, 1 does not, 2 leaves the model, 3 other side not read. */
  readonly state: Uint8Array
}

export interface Gateways {
  readonly domain: Int32Array
  readonly ipv6: Uint8Array
  readonly enabled: Uint8Array
}

export interface Service {
  readonly range: RankRange
  /** -1: every domain (of the region). */
  readonly domain: number
  readonly region?: string
  readonly ports: readonly { readonly from: number; readonly to: number }[]
  /** Position in `network.cloudService`; -1 for the provider's own. */
  readonly position: number
}

/** A guest's own routing: rules in order, each a source range and a map from ranks to ports. */
export interface GuestTables {
  readonly rules: readonly { readonly from?: RankRange; readonly map: number }[]
}

/** From ids to numbers. */
export interface FabricFinder {
  port(item: NetworkInterface): number
  /** Ports of an instance by its number. */
  instance(item: Instance): number
  vpc(id: string, near: Instance | NetworkInterface): number
}

/** Refusals a route can name, by number (`HOP.refuse` targets, `classicRefusal`). */
export const refusalCodes = [
  'none',
  'classiclink.absent',
  'classiclink.outside-primary',
  'classiclink.subnet-not-covered',
] as const
