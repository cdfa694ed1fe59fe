import { type Fabric, ownerOf, PORT_FLAG, PORT_STATE } from '#fabric'
import type { ReachEnd } from '../reach-end.ts'
import { plainSets } from './plain-sets.ts'

/**
 * Which ends are plain: nothing on their way but groups, routes and the lists of their subnets can
 * tell their packets apart, and all of it was read. A guest that was seen, an address that somebody
 * else has as well in the same network, a classic instance or a group rule about source ports makes
 * an end odd: its pairs are walked one by one.
 */
export function plainEnds(fabric: Fabric, ends: readonly ReachEnd[]): Uint8Array {
  const sets = plainSets(fabric)
  const { flags } = fabric
  // Classes of groups know one list for each group, and no chain.
  const isUsual = !flags.groupPeerAcrossDomains && !flags.groupPeerPublic && !flags.groupsInChain
  return Uint8Array.from(ends, (end) =>
    isUsual &&
    fabric.flags.groupsStateful &&
    end.port >= 0 &&
    end.rank >= 0 &&
    sets[fabric.ports.set[end.port]] === 1 &&
    isPlainPort(fabric, end.port) &&
    ownerOf(fabric, fabric.ports.domain[end.port], end.rank) === end.port
      ? 1
      : 0,
  )
}

const oddFlags =
  PORT_FLAG.cutThrough |
  PORT_FLAG.addressUnread |
  PORT_FLAG.classicIntranet |
  PORT_FLAG.classicInternet |
  PORT_FLAG.groupless

function isPlainPort({ ports, instances, domains }: Fabric, port: number): boolean {
  const domain = ports.domain[port]
  const instance = ports.instance[port]
  if (port >= ports.interfaces || ports.nat[port] >= 0 || domain < 0 || domain >= domains.vpcs)
    return false
  if (ports.flags[port] & oddFlags || ports.state[port] === PORT_STATE.doubted) return false
  if (ports.table[port] < 0 || ports.subnet[port] < 0) return false
  if (instance >= 0 && (instances.guest[instance] >= 0 || instances.system[instance] >= 0)) {
    return false
  }
  const classic = domains.classic[domain]
  return domains.ownersUnread[domain] === 0 && (classic < 0 || domains.ownersUnread[classic] === 0)
}
