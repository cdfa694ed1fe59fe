/* oxlint-disable max-lines-per-function -- its functions share one packet, and V8 inlines them (decision 0006) */
import {
  ACCEPT as acceptBit,
  ALL_PROTOCOLS as allProtocols,
  type Fabric,
  GROUP_PEER as groupPeerBit,
  type Judge,
  NARROWED as narrowedBit,
  NOBODY,
  PORT_FLAG,
  PROTOCOL_MASK as protocolBits,
  UNREAD_PEER as unreadPeerBit,
} from '#fabric'

// Constants of this module are folded, imported ones are not (decision 0006).
const ACCEPT = acceptBit
const GROUP_PEER = groupPeerBit
const PROTOCOL_MASK = protocolBits
const ALL_PROTOCOLS = allProtocols
const UNPLAIN = narrowedBit | unreadPeerBit

/** What a filter says of plain packets: whether they pass, or that it needs a closer look. */
export const PASS = { no: 0, yes: 1, unplain: -1 } as const

/** The filters of a fabric for packets that differ in nothing but their client ports. */
export interface PlainFilters {
  /**
   * A plain port's groups, `members` of them from `first` on, for a packet to one port. `far` is
   * the rank of the far end, `peer` the port behind it where the walk knows it, else -1.
   */
  egress(port: number, first: number, members: number, letsOut: number, far: FarEnd): number
  ingress(port: number, first: number, members: number, far: FarEnd): number
  /** A stateless list, for the ports from `low` to `high`: all of them pass, or none. */
  list(list: number, protocol: number, far: number, low: number, high: number): number
}

/** The packet's other end and its service. Written once for each leg, so that no object is made. */
export interface FarEnd {
  rank: number
  peer: number
  protocol: number
  port: number
}

/** A group's rules: where its entries begin and end, ingress first. */
const GROUP_WORDS = 4

/** Nobody looked yet who is behind the far address; nobody is; it takes a closer look. */
const UNASKED = -3
const NO_MEMBER = -1
const UNSURE = -2

export function createPlainFilters(fabric: Fabric, judge: Judge): PlainFilters {
  const { rules, groups, ports, domains } = fabric
  const { words, keys, offsets } = rules
  const { members, intra, setOffsets } = groups
  const { set: portSet, domain: portDomain } = ports
  const lists = groupLists(fabric)
  /** Ports of each entry alone: eight of them stand where two whole entries would. */
  const spans = Uint32Array.from({ length: keys.length }, (_, entry) => words[entry << 2])
  let member = UNASKED

  /** Whose membership counts for the far end; as the members of room fabric say it. */
  function memberBehind(port: number, { rank, peer }: FarEnd): number {
    const here = portDomain[port]
    if (peer >= 0 && portDomain[peer] === here) return peer
    const own = judge.owner(here, rank)
    if (own >= 0) return ports.flags[own] & PORT_FLAG.cutThrough ? UNSURE : own
    const open = domains.classic[here] >= 0 || own !== NOBODY || domains.ownersUnread[here] === 1
    return open ? UNSURE : NO_MEMBER
  }

  function isIn(port: number, group: number): boolean {
    const set = portSet[port]
    for (let at = setOffsets[set]; at < setOffsets[set + 1]; at++)
      if (members[at] === group) return true
    return false
  }

  /** The rules of several groups: the first match in the order of their keys; `none` without any. */
  function firstMatch(
    port: number,
    first: number,
    count: number,
    far: FarEnd,
    side: number,
    none: number,
  ): number {
    const service = far.port
    let best = 0x7fffffff
    let said = none
    for (let at = first; at < first + count; at++) {
      const list = members[at] * GROUP_WORDS + side
      const end = lists[list + 1]
      for (let entry = lists[list]; entry < end; entry++) {
        const span = spans[entry]
        if (service < span >>> 16 || service > (span & 0xffff)) continue
        const o = entry << 2
        const kind = words[o + 1]
        const wanted = kind & PROTOCOL_MASK
        if (wanted !== far.protocol && wanted !== ALL_PROTOCOLS) continue
        if (keys[entry] >= best) break
        if (kind & UNPLAIN) return PASS.unplain
        if (kind & GROUP_PEER) {
          if (member === UNASKED) member = memberBehind(port, far)
          if (member === UNSURE) return PASS.unplain
          if (member < 0 || !isIn(member, words[o + 2])) continue
        } else if (far.rank < words[o + 2] || far.rank > words[o + 3]) continue
        best = keys[entry]
        said = kind & ACCEPT ? PASS.yes : PASS.no
        break
      }
    }
    return said
  }

  function egress(
    port: number,
    first: number,
    count: number,
    letsOut: number,
    far: FarEnd,
  ): number {
    member = UNASKED
    return firstMatch(port, first, count, far, 2, letsOut === 0 ? PASS.no : PASS.yes)
  }

  /** Members of one group meet before any rule is asked (semantic `sg.intra-group-first`). */
  function ingress(port: number, first: number, count: number, far: FarEnd): number {
    member = UNASKED
    for (let at = first; at < first + count; at++) {
      if (intra[members[at]] === 0) continue
      if (member === UNASKED) member = memberBehind(port, far)
      if (member === UNSURE) return PASS.unplain
      if (member < 0) break
      if (isIn(member, members[at])) return PASS.yes
    }
    return firstMatch(port, first, count, far, 0, PASS.no)
  }

  function list(at: number, protocol: number, far: number, low: number, high: number): number {
    for (let entry = offsets[at]; entry < offsets[at + 1]; entry++) {
      const span = spans[entry]
      const from = span >>> 16
      const to = span & 0xffff
      if (high < from || low > to) continue
      const o = entry << 2
      const kind = words[o + 1]
      const wanted = kind & PROTOCOL_MASK
      if (wanted !== protocol && wanted !== ALL_PROTOCOLS) continue
      if (kind & (UNPLAIN | GROUP_PEER)) return PASS.unplain
      if (far < words[o + 2] || far > words[o + 3]) continue
      if (low < from || high > to) return PASS.unplain
      return kind & ACCEPT ? PASS.yes : PASS.no
    }
    return PASS.no
  }

  return { egress, ingress, list }
}

/** Where the entries of each group's two lists begin and end. */
function groupLists({ groups, rules }: Fabric): Int32Array {
  const lists = new Int32Array(groups.listIn.length * GROUP_WORDS)
  groups.listIn.forEach((list, group) => {
    const out = groups.listOut[group]
    const bounds = [list, list + 1, out, out + 1].map((at) => rules.offsets[at])
    lists.set(bounds, group * GROUP_WORDS)
  })
  return lists
}
