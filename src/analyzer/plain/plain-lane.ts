/* oxlint-disable max-lines-per-function -- one closure on purpose, as follow is (decision 0006) */
import {
  type Fabric,
  HOP as hops,
  type Judge,
  MODE as modes,
  NOBODY,
  ownerOf,
  PUBLIC as publicKinds,
  publicOf,
} from '#fabric'
import { type AskedPacket, OUTCOME as outcomes } from '../asked-packet.ts'
import { isOrdinary } from './ordinary-flags.ts'
import { createPlainFilters, type FarEnd, PASS as passes } from './plain-filters.ts'
import { PLACE as placeBits, PLAIN as plainWords, plainPorts } from './plain-ports.ts'

// Constants of this module are folded, imported ones are not (decision 0006).
const HOP = hops
const MODE = modes
const OUTCOME = outcomes
const PASS = passes
const PLACE = placeBits
const PLAIN = plainWords
const PUBLIC = publicKinds

/** Follow has to walk this one. */
export const UNPLAIN = -1

/** Words of a subnet that has plain ports. */
const SUBNET = { domain: 0, table: 1, aclOut: 2, aclIn: 3 } as const

/** A route with one next hop of a kind that the lane knows: the kind, its target above these bits. */
const WAY_BITS = 4

/** What the lane makes of a box: one of `OUTCOME`, or `UNPLAIN`. */
export type PlainLane = (box: AskedPacket) => number

/**
 * Decides the plain questions, which are most: TCP or UDP to one port, from one plain port to
 * another, inside a VPC, over one link, or out by a translation and in by an EIP. Nothing on such a
 * way is in doubt, no guest was looked into and no hop branches: the packet gets through if each
 * thing on its way lets it, in whatever order they are asked (docs/decisions/0012).
 */
export function createPlainLane(fabric: Fabric, judge: Judge): PlainLane {
  if (!isOrdinary(fabric.flags)) return () => UNPLAIN
  const { domains, links, nats, publics, instances, line, filterExempt, privateSpace } = fabric
  const { mode, privateMap, publicsUnread } = domains
  const { domainA, domainB, state: linkState } = links
  const { kind: publicKind, rank: publicRank, port: publicPort } = publics
  const { blockedProtocol, blockedPort } = fabric.flags
  const words = plainPorts(fabric)
  const subnets = subnetWords(fabric)
  const ways = plainWays(fabric)
  const filters = createPlainFilters(fabric, judge)
  const starts6 = line.starts4.length
  const far: FarEnd = { rank: -1, peer: -1, protocol: 0, port: 0 }

  function decide(box: AskedPacket): number {
    const { destination, protocol } = box
    if (destination !== box.destinationHigh || destination >= starts6 || box.outside) return UNPLAIN
    if (box.destinationPort !== box.destinationPortHigh) return UNPLAIN
    if (protocol !== 6 && protocol !== 17) return UNPLAIN
    const sender = box.port >= 0 ? box.port : lonePort(box.instance)
    if (sender < 0) return UNPLAIN
    const at = sender << 2
    const place = words[at + PLAIN.place]
    if (place < 0) return UNPLAIN
    const source = words[at + PLAIN.address]
    if (box.source !== source && box.source >= 0) return UNPLAIN
    if (box.sourceHigh !== box.source) return UNPLAIN
    const home = (place >> PLACE.subnet) << 2
    const domain = subnets[home + SUBNET.domain]
    const exit = words[at + PLAIN.exit]
    if (exit >= 0 && !isPrivate(domain, destination)) return fromEip(box, sender, exit)
    const way = wayFrom(home, destination)
    if (way < 0) return UNPLAIN
    const target = way >> WAY_BITS
    switch (way & ((1 << WAY_BITS) - 1)) {
      case HOP.local:
        return inside(box, sender, domain, domain)
      case HOP.link:
        return inside(box, sender, domain, acrossLink(target, domain))
      case HOP.nat:
        return throughNat(box, sender, target)
      default:
        return OUTCOME.unreachable
    }
  }

  /** The port of an instance that is asked for by itself, where it is sure to have no other. */
  function lonePort(instance: number): number {
    if (instance < 0 || instances.portsUnread[instance]) return -1
    const first = instances.offsets[instance]
    return instances.offsets[instance + 1] - first === 1 ? instances.ports[first] : -1
  }

  const isPrivate = (domain: number, rank: number): boolean =>
    judge.valueAt(privateMap[domain], rank) === 1

  /** Where a port of a subnet sends: a way, or -1 where it takes a closer look. */
  function wayFrom(subnet: number, rank: number): number {
    const route = judge.valueAt(subnets[subnet + SUBNET.table], rank)
    return route < 0 ? UNPLAIN : ways[route]
  }

  function acrossLink(link: number, domain: number): number {
    if (linkState[link] !== 0) return UNPLAIN
    if (domainA[link] === domain) return domainB[link]
    return domainB[link] === domain ? domainA[link] : UNPLAIN
  }

  /** To a private address of the domain itself or of one behind a link, and back. */
  function inside(box: AskedPacket, sender: number, domain: number, there: number): number {
    if (there < 0) return UNPLAIN
    const { destination } = box
    const receiver = box.target >= 0 ? box.target : ownerOf(fabric, there, destination)
    if (receiver < 0 || receiver === sender) return UNPLAIN
    const at = receiver << 2
    const place = words[at + PLAIN.place]
    if (place < 0 || words[at + PLAIN.address] !== destination) return UNPLAIN
    const home = (place >> PLACE.subnet) << 2
    if (subnets[home + SUBNET.domain] !== there) return UNPLAIN
    const source = words[(sender << 2) + PLAIN.address]
    // Where ranges overlap, the receiver's side has an owner of its own for the client's address.
    if (there !== domain && ownerOf(fabric, there, source) !== NOBODY) return UNPLAIN
    const entered = enters(box, receiver, source, sender)
    if (entered !== PASS.yes) return entered === PASS.no ? OUTCOME.unreachable : UNPLAIN
    const back = wayFrom(home, source)
    if (back < 0) return UNPLAIN
    if (words[at + PLAIN.exit] >= 0 && !isPrivate(there, source)) return UNPLAIN
    const kind = back & ((1 << WAY_BITS) - 1)
    if (kind === HOP.blackhole) return OUTCOME.unreachable
    if (kind === HOP.link) {
      if (acrossLink(back >> WAY_BITS, there) !== domain) return UNPLAIN
    } else if (kind !== HOP.local || there !== domain) return UNPLAIN
    const near = (words[(sender << 2) + PLAIN.place] >> PLACE.subnet) << 2
    const crossed = near === home ? PASS.yes : crosses(box, near, home, source, destination)
    return outcomeOf(leaves(box, sender), crossed)
  }

  /** Out by a translation and in by an EIP: the receiver sees `seen`, and answers by the same way. */
  function overInternet(box: AskedPacket, sender: number, seen: number): number {
    const { destination, target } = box
    if (box.protocol === blockedProtocol && box.destinationPort === blockedPort)
      return OUTCOME.unreachable
    const called = publicOf(fabric, destination)
    if (called < 0 || publicKind[called] !== PUBLIC.port) return UNPLAIN
    const receiver = publicPort[called]
    if (receiver === sender || (target >= 0 && target !== receiver)) return UNPLAIN
    const at = receiver << 2
    const place = words[at + PLAIN.place]
    if (place < 0 || words[at + PLAIN.exit] !== called) return UNPLAIN
    const home = (place >> PLACE.subnet) << 2
    const domain = subnets[home + SUBNET.domain]
    if (mode[domain] !== MODE.bypass || isPrivate(domain, seen)) return UNPLAIN
    const entered = enters(box, receiver, seen, -1)
    if (entered !== PASS.yes) return entered === PASS.no ? OUTCOME.unreachable : UNPLAIN
    const near = (words[(sender << 2) + PLAIN.place] >> PLACE.subnet) << 2
    return outcomeOf(leaves(box, sender), crosses(box, near, home, seen, destination))
  }

  function fromEip(box: AskedPacket, sender: number, exit: number): number {
    const domain = domainOf(sender)
    return mode[domain] === MODE.bypass ? overInternet(box, sender, publicRank[exit]) : UNPLAIN
  }

  /** The one address that a NAT gateway gives to a port without one of its own. */
  function throughNat(box: AskedPacket, sender: number, nat: number): number {
    if (nats.state[nat] !== 0) return UNPLAIN
    const own = domains.ownMap[nats.domain[nat]]
    if (judge.valueAt(privateSpace, box.destination) === 1) return OUTCOME.unreachable
    if (judge.valueAt(own, box.destination) === 1) return OUTCOME.unreachable
    const domain = domainOf(sender)
    if (words[(sender << 2) + PLAIN.exit] >= 0 || nats.unread[nat] || publicsUnread[domain])
      return UNPLAIN
    if (mode[nats.domain[nat]] !== MODE.bypass || mode[domain] !== MODE.bypass) return UNPLAIN
    const source = words[(sender << 2) + PLAIN.address]
    const end = nats.snatOffsets[nat + 1]
    for (let i = nats.snatOffsets[nat]; i < end; i++) {
      const { low, high } = nats.snatRange[i]
      if (source < low || source > high) continue
      const drawn = nats.snatPublics[i]
      if (drawn.length !== 1 || nats.snatUnread[i]) return UNPLAIN
      return overInternet(box, sender, publicRank[drawn[0]])
    }
    return UNPLAIN
  }

  const domainOf = (port: number): number =>
    subnets[((words[(port << 2) + PLAIN.place] >> PLACE.subnet) << 2) + SUBNET.domain]

  /** The receiver's groups. The reply passes those of both ends by the connection they know. */
  function enters(box: AskedPacket, receiver: number, source: number, peer: number): number {
    const at = receiver << 2
    far.rank = source
    far.peer = peer
    far.protocol = box.protocol
    far.port = box.destinationPort
    return filters.ingress(
      receiver,
      words[at + PLAIN.members],
      words[at + PLAIN.place] & PLACE.groups,
      far,
    )
  }

  /** The sender's groups; whoever has the destination is not known there yet. */
  function leaves(box: AskedPacket, sender: number): number {
    const at = sender << 2
    const place = words[at + PLAIN.place]
    far.rank = box.destination
    far.peer = -1
    far.protocol = box.protocol
    far.port = box.destinationPort
    const letsOut = place & PLACE.letsOut
    return filters.egress(sender, words[at + PLAIN.members], place & PLACE.groups, letsOut, far)
  }

  /** The lists at the boundaries of both subnets, there and back; the reply is for the client's ports. */
  function crosses(
    box: AskedPacket,
    near: number,
    there: number,
    source: number,
    destination: number,
  ): number {
    const { protocol, destinationPort: port, sourcePort: low, sourcePortHigh: high } = box
    const out = subnets[near + SUBNET.aclOut]
    const inTo = subnets[there + SUBNET.aclIn]
    const outAgain = subnets[there + SUBNET.aclOut]
    const back = subnets[near + SUBNET.aclIn]
    if ((out & inTo & outAgain & back) === -1) return PASS.yes
    let said: number = PASS.yes
    if (out !== -1) said = both(said, asks(out, protocol, destination, port, port))
    if (inTo !== -1) said = both(said, asks(inTo, protocol, source, port, port))
    if (outAgain !== -1) said = both(said, asks(outAgain, protocol, source, low, high))
    return back === -1 ? said : both(said, asks(back, protocol, destination, low, high))
  }

  function asks(list: number, protocol: number, rank: number, low: number, high: number): number {
    if (list < 0) return PASS.unplain
    if (judge.valueAt(filterExempt, rank) === 1) return PASS.yes
    return filters.list(list, protocol, rank, low, high)
  }

  return decide
}

/** A refusal decides, whatever else was unclear: the walk ends there. */
const both = (one: number, other: number): number =>
  one === PASS.no || other === PASS.no ? PASS.no : Math.min(one, other)

function outcomeOf(one: number, other: number): number {
  switch (both(one, other)) {
    case PASS.yes:
      return OUTCOME.reachable
    case PASS.no:
      return OUTCOME.unreachable
    default:
      return UNPLAIN
  }
}

function subnetWords({ subnets }: Fabric): Int32Array {
  const words = new Int32Array(subnets.domain.length << 2)
  subnets.domain.forEach((domain, subnet) => {
    const { table, aclOut, aclIn } = subnets
    words.set([domain, table[subnet], aclOut[subnet], aclIn[subnet]], subnet << 2)
  })
  return words
}

/** Each route's way; -1 where it branches, or leads where the lane does not go. */
function plainWays({ routes }: Fabric): Int32Array {
  const { hopOffsets, hopKind, hopTarget } = routes
  const known = new Set<number>([HOP.local, HOP.link, HOP.nat, HOP.blackhole])
  return Int32Array.from({ length: hopOffsets.length - 1 }, (_, route) => {
    const hop = hopOffsets[route]
    const plain = hopOffsets[route + 1] - hop === 1 && known.has(hopKind[hop])
    return plain ? (Math.max(0, hopTarget[hop]) << WAY_BITS) | hopKind[hop] : UNPLAIN
  })
}
