import type { RankRange } from './address-line.ts'

/** Whose a public IPv6 address is that no listed interface has; -1 reads as a stranger's. */
export const IPV6_SPACE = { strangers: 0, unread: 1, nobodys: 2 } as const

/** Address spaces: one per VPC, then one per classic region. */
export interface Domains {
  readonly count: number
  /** Domains below this number are VPCs, in the order of `network.vpc`. */
  readonly vpcs: number
  /** One of `MODE`. */
  readonly mode: Uint8Array
  /** Map: 1 where a destination is private to the domain. */
  readonly privateMap: Int32Array
  /** Map: 1 in the ranges of the VPC itself, which no gateway carries to the Internet. */
  readonly ownMap: Int32Array
  readonly gateway4: Int32Array
  readonly gateway6: Int32Array
  /** Map from ranks to routes for traffic arriving from the IPv4 gateway. */
  readonly gatewayTable: Int32Array
  /** Map from ranks to subnets. */
  readonly subnetMap: Int32Array
  /** The primary IPv4 range of a VPC, which is what ClassicLink reaches; none in the classic network. */
  readonly primary: readonly (RankRange | undefined)[]
  /** Map of the system route table; `UNREAD`. */
  readonly systemTable: Int32Array
  /** The classic network of the VPC's region; -1. */
  readonly classic: Int32Array
  /** 1 where some owner of an address may not have been read. */
  readonly ownersUnread: Uint8Array
  /** 1: something in it may have a public address that was not read. */
  readonly publicsUnread: Uint8Array
  /** 1: an address may have a DNAT IP mapping that was not read. */
  readonly mappingUnread: Uint8Array
  /** 1: the VPC may have subnets that were not read. */
  readonly subnetsUnread: Uint8Array
}

/** How a domain meets the IPv4 Internet. */
export const MODE = { bypass: 0, gateway: 1, none: 2, unread: 3 } as const

/** Subnets in file order: the table and the stateless lists that each uses. */
export interface Subnets {
  readonly domain: Int32Array
  /** Route table map; `UNREAD` if the input lacks it, -1 if there is none. */
  readonly table: Int32Array
  /** Rule lists; -1 unfiltered, `UNREAD` if the input lacks it. */
  readonly aclIn: Int32Array
  readonly aclOut: Int32Array
  /** 0, or the refusal code of ClassicLink traffic for this subnet. */
  readonly classicRefusal: Int32Array
  /** 1: something that is not listed may hold an address of it (a managed service, say). */
  readonly holdersUnread: Uint8Array
  /** Number of its zone; subnets without one share 0. */
  readonly zone: Int32Array
}

/** Stands for a table or list that the input names but does not hold. */
export const UNREAD = -2

/** Stands for one of several ports: routes by several gateways share a guest's traffic by a hash. */
export const SHARED = -3

/**
 * Attachment points: network interfaces in file order, then classic NICs, plugs of transit routers
 * and addresses of load balancers.
 */
export interface Ports {
  readonly count: number
  readonly interfaces: number
  /** Ports from this number on are plugs of transit routers. */
  readonly plugs: number
  /** Ports from this number on are load balancers. */
  readonly balancers: number
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
  /** The NAT gateway whose interface it is; -1. */
  readonly nat: Int32Array
}

/** Whether an attachment point carries packets (`Ports.state`). */
export const PORT_STATE = {
  usable: 0,
  notAttached: 1,
  badState: 2,
  notRunning: 3,
  locked: 4,
  /** Its instance was not read, or is in doubt: whether it runs is not known. */
  unread: 5,
  /** In doubt itself: nothing about it is known. */
  doubted: 6,
} as const

/**
 * Bits of `Ports.flags`; `checked` is the source/destination check, `addressUnread` a secondary
 * interface whose IPv4 address an EIP that was not read may have replaced (`eip.cut-through`),
 * `groupless` one of the provider's own that has no groups to ask.
 */
export const PORT_FLAG = {
  cutThrough: 1,
  checked: 2,
  primary: 4,
  classicIntranet: 8,
  classicInternet: 16,
  addressUnread: 32,
  groupless: 64,
} as const

/** Instances in file order, with their ports. */
export interface Instances {
  readonly offsets: Int32Array
  /** Usable or not, the primary port first; then by id. */
  readonly ports: Int32Array
  /** Guest tables; -1 where the guest was not seen. */
  readonly guest: Int32Array
  /** Firewall, sockets and devices of the guest (`Fabric.systems`); -1 where none of them was seen. */
  readonly system: Int32Array
  /** 0 not seen, 1 on, 2 off. */
  readonly forwarding: Uint8Array
  /** The VPC a classic instance is linked to. */
  readonly linkedDomain: Int32Array
  /** 1: whether a classic instance is linked, and to which VPC, was not read. */
  readonly linkUnread: Uint8Array
  /** 1: it may have interfaces that were not read. */
  readonly portsUnread: Uint8Array
}

/**
 * Who owns an address. The owners of rank r stand at `offsets[r]` to `offsets[r + 1] - 1`, domains
 * ascending: none or one nearly always, as many as there are VPCs where these overlap.
 */
export interface Owners {
  readonly offsets: Int32Array
  readonly domains: Int32Array
  /** The port; `NO_MASTER` for a floating address that nobody announces. */
  readonly ports: Int32Array
}

/** Owner of a floating address that no member announces. */
export const NO_MASTER = -2

/** Nobody owns an address. */
export const NOBODY = -3

/** Sets of security groups, interned. */
export interface Groups {
  readonly setOffsets: Int32Array
  /** Group numbers, ascending inside a set; behind the listed groups, those of `unreadIds`. */
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
  /** Ids of groups that interfaces or rules name and that the input does not list. */
  readonly unreadIds: readonly string[]
}
