import type { Fabric } from '#fabric'

/**
 * The same network where every security group lets everything through: what is left of a walk is
 * routes, lists of subnets, links, states and translations. Walked by the same engine, so that
 * nothing of it is written twice.
 */
export function withoutGroups(fabric: Fabric): Fabric {
  const { flags, ports, groups } = fabric
  return {
    ...fabric,
    flags: { ...flags, ingressDefaultAccept: true },
    ports: { ...ports, set: new Int32Array(ports.set.length) },
    groups: {
      ...groups,
      setOffsets: Int32Array.of(0, 0),
      members: new Int32Array(0),
      setEgressAccept: Uint8Array.of(1),
      setUnread: Uint8Array.of(0),
    },
  }
}
