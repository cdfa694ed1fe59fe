import { type Fabric, PORT_STATE, UNREAD } from '#fabric'

/**
 * The address by which a guest sends an IPv6 packet through a port that has none: that of another
 * of its interfaces (RFC 6724 §4). -1: it has none; `UNREAD`: which of several it takes, prefixes and
 * labels decide that were not seen. A guest that was not seen has no such routes.
 */
export function lentAddress({ ports, instances, network }: Fabric, port: number): number {
  const instance = ports.instance[port]
  if (instance < 0 || instances.guest[instance] < 0) return -1
  if (instances.portsUnread[instance]) return UNREAD
  let lent = -1
  for (let i = instances.offsets[instance]; i < instances.offsets[instance + 1]; i++) {
    const other = instances.ports[i]
    const state = ports.state[other]
    if (state === PORT_STATE.notAttached || state === PORT_STATE.badState) continue
    if (state === PORT_STATE.doubted) return UNREAD
    if (ports.address6[other] < 0) continue
    const several = (network.networkInterface?.[other]?.ipv6Addresses?.length ?? 0) > 1
    if (lent >= 0 || several) return UNREAD
    lent = ports.address6[other]
  }
  return lent
}
