// table: numbers of rtnetlink, as the headers named in each comment have them (linux include/uapi/linux)

/** Kinds of messages (rtnetlink.h). */
export const MESSAGE_TYPE = {
  newLink: 16,
  newAddress: 20,
  newRoute: 24,
  newNeighbour: 28,
  newRule: 32,
  deleteRule: 33,
} as const

/** Flags of a request (netlink.h). */
export const REQUEST = {
  request: 0x1,
  acknowledge: 0x4,
  replace: 0x100,
  exclusive: 0x200,
  create: 0x400,
  append: 0x800,
} as const

/** What the kernel answers with, and what it says beside an error (netlink.h). */
export const REPLY = { error: 2, capped: 0x100, explained: 0x200, words: 1 } as const

/** Options of a netlink socket (netlink.h). */
export const NETLINK = { level: 270, capAcknowledge: 10, extendedAcknowledge: 11 } as const

/** Attributes of a device (if_link.h). */
export const LINK = {
  address: 1,
  name: 3,
  master: 10,
  info: 18,
  familySpecific: 26,
  infoKind: 1,
  infoData: 2,
  infoSlaveKind: 4,
  infoSlaveData: 5,
  /** Below `familySpecific` and the number of IPv6. */
  ipv6AddressGeneration: 8,
} as const

/** Settings of a bridge, and of one of its ports (if_link.h). */
export const BRIDGE = { forwardDelay: 1, stpState: 5, mcastSnooping: 23 } as const
export const BRIDGE_PORT = {
  learning: 8,
  flood: 9,
  proxyArp: 10,
  mcastFlood: 27,
  bcastFlood: 30,
} as const

/** Flags of a device (if.h). */
export const DEVICE = { up: 0x1, noArp: 0x80 } as const

/** Attributes and flags of an address (if_addr.h). */
export const ADDRESS = { address: 1, local: 2, noDuplicateDetection: 0x2 } as const

/** Attributes, states and flags of a neighbour (neighbour.h). */
export const NEIGHBOUR = {
  destination: 1,
  linkAddress: 2,
  noArp: 0x40,
  permanent: 0x80,
  master: 0x4,
} as const

/** Attributes and fields of a route (rtnetlink.h). */
export const ROUTE = {
  destination: 1,
  device: 4,
  gateway: 5,
  metric: 6,
  preferredSource: 7,
  multipath: 9,
  table: 15,
  mainTable: 254,
  bootProtocol: 3,
  linkScope: 253,
  unicast: 1,
  onLink: 0x4,
} as const

/** Attributes and fields of a policy rule (fib_rules.h). */
export const RULE = {
  source: 2,
  inDevice: 3,
  priority: 6,
  mark: 10,
  table: 15,
  outDevice: 17,
  toTable: 1,
} as const

/** The family of a bridge's own table (socket.h). */
export const BRIDGE_FAMILY = 7
