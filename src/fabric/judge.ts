// whole: one closure over a fabric's arrays, as the walk that asks it (decision 0006)
/* oxlint-disable max-lines-per-function -- its functions share one packet, and V8 inlines them (decision 0006) */
import type { Fabric } from './fabric.ts'
import { createMembers } from './group-members.ts'
import { createGuestJudge } from './judge-guest.ts'
import type { Judge } from './judge-interface.ts'
import { PACKET as packetWords } from './packet.ts'
import { NOBODY, PORT_FLAG as portFlagBits, UNREAD } from './places.ts'
import {
  ACCEPT as acceptBit,
  ALL_PROTOCOLS as allProtocols,
  FINAL as finalBit,
  GROUP_PEER as groupPeerBit,
  NARROWED as narrowedBit,
  PROTOCOL_MASK as protocolBits,
  UNREAD_PEER as unreadPeerBit,
} from './rule-table.ts'

// Constants of this module are folded, imported ones are not (as in room analyzer, follow.ts).
const PACKET = packetWords
const PORT_FLAG = portFlagBits
const ACCEPT = acceptBit
const ALL_PROTOCOLS = allProtocols
const FINAL = finalBit
const GROUP_PEER = groupPeerBit
const NARROWED = narrowedBit
const PROTOCOL_MASK = protocolBits
const UNREAD_PEER = unreadPeerBit

/** What a filter said, when no entry of it decided. An entry decides by its number (≥ 0). */
export const JUDGED = { defaultDrop: -1, defaultAccept: -2, unread: -3, intraGroup: -4 } as const

/** In place of an entry: members of one group may meet. */
const OPEN_INTRA = -2

/** Builds the components of a fabric around one packet. Not for two walks at the same time. */
export function createJudge(fabric: Fabric): Judge {
  const { flags, maps, rules, ports, groups, chains, owners, publics } = fabric
  const { filterExempt: exemptMap } = fabric
  const { words, keys, offsets: listOffsets, narrowings } = rules
  const { offsets: mapOffsets, starts, values } = maps
  const { setOffsets, members, intra } = groups
  const { offsets: ownerOffsets, domains: ownerDomains, ports: ownerPorts } = owners
  const packet = new Int32Array(9)
  /** The first entries, by action, that would match if what was not read says so; -1. */
  let openAccept = -1
  let openDrop = -1
  /** The first of them behind which nobody would be asked. */
  let openFinal = -1
  /** The one of them that left the last judgement open. */
  let openEntry = -1

  function shrink(word: number, to: number): void {
    if (to < packet[word]) packet[word] = to
  }

  const { inSet, memberBehind, mayBeMember } = createMembers(fabric, packet)

  function firstMatch(
    list: number,
    egress: boolean,
    port: number,
    peer: number,
    before: number,
  ): number {
    const protocol = packet[PACKET.protocol]
    const ported = protocol === 6 || protocol === 17
    const far = egress ? PACKET.destination : PACKET.source
    const farRank = packet[far]
    const dport = packet[PACKET.port]
    let member = -2
    const end = listOffsets[list + 1]
    for (let e = listOffsets[list]; e < end; e++) {
      const o = e << 2
      const low = words[o] >>> 16
      const high = words[o] & 0xffff
      if (ported && (packet[PACKET.portHigh] < low || high < dport)) continue
      // An entry further up cuts the box only where the peer is the entry's.
      const ahead = ported && dport < low
      const w1 = words[o + 1]
      const wanted = w1 & PROTOCOL_MASK
      if (wanted !== ALL_PROTOCOLS && wanted !== protocol) continue
      if (keys[e] >= before) return -1
      let open = (w1 & UNREAD_PEER) !== 0
      if (w1 & GROUP_PEER) {
        if (member === -2) member = memberBehind(port, farRank, peer)
        if (member < 0) open = mayBeMember(port, far, peer)
        if (member < 0 ? !open : !inSet(member, words[o + 2])) continue
      } else {
        const first = words[o + 2]
        if (farRank < first) {
          shrink(far + 1, first - 1)
          continue
        }
        if (farRank > words[o + 3]) continue
        if (!ahead) shrink(far + 1, words[o + 3])
      }
      if (ahead) {
        shrink(PACKET.portHigh, low - 1)
        continue
      }
      if (w1 & NARROWED) {
        if (!narrowed(e, egress, ported, port)) continue
        if (narrowings.get(e)?.unread) open = true
      }
      if (ported) shrink(PACKET.portHigh, high)
      if (!open) return e
      noteOpen(e)
    }
    return -1
  }

  function noteOpen(entry: number): void {
    if (words[(entry << 2) + 1] & FINAL) openFinal = earlier(openFinal, entry)
    if (words[(entry << 2) + 1] & ACCEPT) openAccept = earlier(openAccept, entry)
    else openDrop = earlier(openDrop, entry)
  }

  const earlier = (known: number, entry: number): number =>
    known === -1 || (known >= 0 && keys[entry] < keys[known]) ? entry : known

  /** What a filter said, unless an entry that may match would have come before and said otherwise. */
  function settled(judged: number): number {
    const other = accepts(judged) ? openDrop : openAccept
    if (other === -1) return judged
    if (judged >= 0 && other >= 0 && keys[other] > keys[judged]) return judged
    openEntry = other
    return JUDGED.unread
  }

  function narrowed(entry: number, egress: boolean, ported: boolean, port: number): boolean {
    const narrowing = narrowings.get(entry)
    if (!narrowing) return true
    const { sourceLow, sourceHigh, local, group } = narrowing
    if (group !== undefined && !inSet(port, group)) return false
    if (ported && !within(PACKET.sourcePort, sourceLow, sourceHigh)) return false
    return (
      local === undefined ||
      within(egress ? PACKET.source : PACKET.destination, local.low, local.high)
    )
  }

  function within(word: number, low: number, high: number): boolean {
    if (packet[word] < low) {
      shrink(word + 1, low - 1)
      return false
    }
    if (packet[word] > high) return false
    shrink(word + 1, high)
    return true
  }

  function intraGroup(port: number, peer: number): number {
    const set = ports.set[port]
    for (let i = setOffsets[set]; i < setOffsets[set + 1]; i++) {
      const group = members[i]
      if (intra[group] && inSet(peer, group)) return JUDGED.intraGroup - group
    }
    return 0
  }

  function hasIntra(port: number): boolean {
    const set = ports.set[port]
    for (let i = setOffsets[set]; i < setOffsets[set + 1]; i++) if (intra[members[i]]) return true
    return false
  }

  function judgeIntra(port: number, peer: number): number {
    if (ports.flags[port] & PORT_FLAG.classicInternet) return 0
    const member = memberBehind(port, packet[PACKET.source], peer)
    if (member < 0 && hasIntra(port) && mayBeMember(port, PACKET.source, peer))
      openAccept = OPEN_INTRA
    return member < 0 || ports.domain[member] !== ports.domain[port] ? 0 : intraGroup(port, member)
  }

  function judgeGroups(port: number, egress: boolean, peer: number): number {
    const set = ports.set[port]
    if (groups.setUnread[set]) return JUDGED.unread
    openAccept = -1
    openDrop = -1
    if (!egress && flags.intraGroupFirst) {
      const accepted = judgeIntra(port, peer)
      if (accepted !== 0) return accepted
    }
    const outside = (ports.flags[port] & PORT_FLAG.classicInternet) !== 0
    const lists = egress
      ? outside
        ? groups.listOutInternet
        : groups.listOut
      : outside
        ? groups.listInInternet
        : groups.listIn
    let best = -1
    let key = 0x7fffffff
    for (let i = setOffsets[set]; i < setOffsets[set + 1]; i++) {
      const list = lists[members[i]]
      const entry = list < 0 ? -1 : firstMatch(list, egress, port, peer, key)
      if (entry < 0) continue
      best = entry
      key = keys[entry]
    }
    if (best >= 0) return settled(best)
    if (egress)
      return settled(groups.setEgressAccept[set] ? JUDGED.defaultAccept : JUDGED.defaultDrop)
    if (!flags.intraGroupFirst) {
      const accepted = judgeIntra(port, peer)
      if (accepted !== 0) return accepted
    }
    return settled(flags.ingressDefaultAccept ? JUDGED.defaultAccept : JUDGED.defaultDrop)
  }

  /** One filter of a chain, or all of its manager's. What a manager's do not match goes on. */
  function judgeFilter(filter: number, port: number, egress: boolean, peer: number): number {
    const lists = egress ? chains.listOut : chains.listIn
    const managers = chains.managers[filter]
    const end = filter + Math.max(managers, 1)
    openEntry = -1
    openAccept = -1
    openDrop = -1
    openFinal = -1
    let best = -1
    let key = 0x7fffffff
    for (let at = filter; at < end; at++) {
      if (lists[at] === UNREAD) return JUDGED.unread
      const entry = firstMatch(lists[at], egress, port, peer, key)
      if (entry < 0) continue
      best = entry
      key = keys[entry]
    }
    if (openFinal >= 0 && keys[openFinal] < key) {
      openEntry = openFinal
      return JUDGED.unread
    }
    if (best >= 0) return settled(best)
    return settled(managers > 0 ? JUDGED.defaultAccept : JUDGED.defaultDrop)
  }

  function judgeList(list: number, egress: boolean): number {
    const entry = firstMatch(list, egress, -1, -1, 0x7fffffff)
    if (entry >= 0) return entry
    return flags.aclDefaultAccept ? JUDGED.defaultAccept : JUDGED.defaultDrop
  }

  function accepts(judged: number): boolean {
    if (judged >= 0) return (words[(judged << 2) + 1] & ACCEPT) !== 0
    return judged === JUDGED.defaultAccept || judged <= JUDGED.intraGroup
  }

  /** Halving without branches: where a rank falls is nothing that a processor could guess. */
  function interval(map: number, rank: number): number {
    let low = mapOffsets[map]
    let count = mapOffsets[map + 1] - low
    while (count > 1) {
      const half = count >> 1
      low += half & ~((rank - starts[low + half]) >> 31)
      count -= half
    }
    return low
  }

  /** Value of a map at an end of the packet, which shrinks to the stretch of that value. */
  function stretchAt(map: number, end: number): number {
    const at = interval(map, packet[end])
    if (at + 1 < mapOffsets[map + 1]) shrink(end + 1, starts[at + 1] - 1)
    return values[at]
  }

  const guest = createGuestJudge(fabric, {
    packet,
    comesFrom: ({ low, high }) => within(PACKET.destination, low, high),
    lookBack: (map) => stretchAt(map, PACKET.source),
  })

  const lookUp = (map: number): number => stretchAt(map, PACKET.destination)

  const filterExempt = (egress: boolean): boolean =>
    stretchAt(exemptMap, egress ? PACKET.destination : PACKET.source) === 1

  function owner(domain: number, rank: number): number {
    let low = ownerOffsets[rank]
    let high = ownerOffsets[rank + 1] - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (ownerDomains[middle] < domain) low = middle + 1
      else high = middle
    }
    return low === high && ownerDomains[low] === domain ? ownerPorts[low] : NOBODY
  }

  /** Position of a rank among the public addresses, or of the next higher one. */
  function findPublic(rank: number): number {
    let low = 0
    let count = publics.addresses
    while (count > 1) {
      const half = count >> 1
      low += half & ((publics.rank[low + half - 1] - rank) >> 31)
      count -= half
    }
    return count === 1 && publics.rank[low] < rank ? low + 1 : low
  }

  function publicAt(rank: number): number {
    const at = findPublic(rank)
    if (at < publics.addresses && publics.rank[at] === rank) return at
    if (at < publics.addresses) shrink(PACKET.destinationHigh, publics.rank[at] - 1)
    return -1
  }

  function mapping(port: number, inside: number): number {
    let at = ports.publicHead[port]
    if (!flags.mappedOneAddress) return at
    while (at >= 0 && publics.inside[at] !== inside) at = publics.next[at]
    return at
  }

  return {
    packet,
    groups: judgeGroups,
    openEntry: () => openEntry,
    filter: judgeFilter,
    isFinal: (judged) => judged >= 0 && (words[(judged << 2) + 1] & FINAL) !== 0,
    list: judgeList,
    accepts,
    lookUp,
    lookBack: (map) => stretchAt(map, PACKET.source),
    filterExempt,
    valueAt: (map, rank) => values[interval(map, rank)],
    owner,
    publicAt,
    mapping,
    guest,
  }
}
