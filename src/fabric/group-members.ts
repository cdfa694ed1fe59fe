/* oxlint-disable max-lines-per-function -- its functions share one packet, and V8 inlines them (decision 0006) */
import type { Fabric } from './fabric.ts'
import { intervalAt, intervalEnd } from './interval-map.ts'
import { ownerOf, publicOf } from './look-up.ts'
import { NOBODY, PORT_FLAG as portFlagBits } from './places.ts'
import { PUBLIC as publicKinds } from './translations.ts'

// Constants of this module are folded, imported ones are not (decision 0006).
const PORT_FLAG = portFlagBits
const PUBLIC = publicKinds

/** Who counts as a member of a security group that a rule names. */
export interface Members {
  readonly inSet: (port: number, group: number) => boolean
  /** The port whose group membership counts for a far address: private, and of the same network; -1. */
  readonly memberBehind: (port: number, rank: number, known: number) => number
  /** Whether it was not read who has the address at an end, or whether it is linked to the port's network. */
  readonly mayBeMember: (port: number, far: number, known: number) => boolean
}

/** Membership around one packet, of which only `mayBeMember` shrinks an end. */
export function createMembers(fabric: Fabric, packet: Int32Array): Members {
  const { flags, maps, ports, groups, publics, instances, domains, links } = fabric
  const { setOffsets, members } = groups
  const owner = (domain: number, rank: number): number => ownerOf(fabric, domain, rank)

  function inSet(port: number, group: number): boolean {
    const set = ports.set[port]
    for (let i = setOffsets[set]; i < setOffsets[set + 1]; i++)
      if (members[i] === group) return true
    return false
  }

  /** Over a ClassicLink, a group may name members on its other side. */
  function memberOverLink(port: number, rank: number): number {
    const here = ports.domain[port]
    if (here >= domains.vpcs) return owner(instances.linkedDomain[ports.instance[port]] ?? -1, rank)
    const classic = domains.classic[here] ?? -1
    const member = classic < 0 ? -1 : owner(classic, rank)
    return member >= 0 && instances.linkedDomain[ports.instance[member]] === here ? member : -1
  }

  /** Where groups of peered VPCs count, an address may be that of a member over there. */
  function overPeering(here: number, rank: number): number {
    for (let link = 0; link < links.domainA.length; link++) {
      const a = links.domainA[link]
      const b = links.domainB[link]
      if (links.state[link] !== 0 || (a !== here && b !== here)) continue
      const member = owner(a === here ? b : a, rank)
      if (member >= 0) return member
    }
    return -1
  }

  const isEip = (port: number, rank: number): boolean =>
    (ports.flags[port] & PORT_FLAG.cutThrough) !== 0 && ports.address4[port] === rank

  /** The port whose group membership counts for a far address: private, and of the same network. */
  function memberBehind(port: number, rank: number, known: number): number {
    const here = ports.domain[port]
    if (known >= 0 && ports.domain[known] === here && !isEip(known, rank)) return known
    const own = owner(here, rank)
    // A cut-through interface is known by its EIP, which no group rule matches.
    if (own >= 0) return isEip(own, rank) && !flags.groupPeerPublic ? -1 : own
    const linked = memberOverLink(port, rank)
    if (linked >= 0) return linked
    if (flags.groupPeerAcrossDomains) {
      const far = known >= 0 ? known : overPeering(here, rank)
      if (far >= 0) return far
    }
    if (!flags.groupPeerPublic) return -1
    const at = publicOf(fabric, rank)
    return at >= 0 && publics.kind[at] === PUBLIC.port ? publics.port[at] : -1
  }

  /** Whether it was not read who has the far address, or whether it is linked to the port's network. */
  function mayBeMember(port: number, far: number, known: number): boolean {
    const here = ports.domain[port]
    if (known >= 0 || port < 0) return false
    if (here >= domains.vpcs) return instances.linkUnread[ports.instance[port]] === 1
    const own = owner(here, packet[far])
    if (own !== NOBODY) return own === -1
    if (stretchAt(domains.subnetMap[here], far) >= 0) return domains.ownersUnread[here] === 1
    const classic = domains.classic[here]
    const member = classic < 0 ? -1 : owner(classic, packet[far])
    if (member >= 0) return instances.linkUnread[ports.instance[member]] === 1
    return member === NOBODY && domains.ownersUnread[classic] === 1 && isPrivate(far)
  }

  const isPrivate = (end: number): boolean => stretchAt(fabric.privateSpace, end) === 1

  /** Value of a map at an end, which shrinks to the stretch of that value. */
  function stretchAt(map: number, end: number): number {
    const at = intervalAt(maps, map, packet[end])
    packet[end + 1] = Math.min(packet[end + 1], intervalEnd(maps, map, at, fabric.ranks))
    return maps.values[at]
  }

  return { inSet, memberBehind, mayBeMember }
}
