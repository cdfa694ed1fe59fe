import { type Fabric, PORT_STATE, rangeOf, UNREAD } from '#fabric'

/**
 * The address by which a guest sends an IPv6 packet through a port that has none: that of another
 * of its interfaces (RFC 6724 §4). -1: it has none; `UNREAD`: which of several it takes, prefixes and
 * labels decide that were not seen. A guest that was not seen has no such routes.
 */
export function lentAddress(fabric: Fabric, port: number): number {
  const { ports, instances } = fabric
  const instance = ports.instance[port]
  if (instance < 0 || instances.guest[instance] < 0) return -1
  const own = ipv6AddressesOf(fabric, instance)
  if (own === undefined || own.length > 1) return UNREAD
  return own[0] ?? -1
}

/** How a guest begins that found no IPv6 route before it had a source. */
export interface LateStart {
  readonly source: number
  /** The port; -1: no address of the guest has a way, `UNREAD`: which address it takes is not known. */
  readonly way: number
}

const noWay: LateStart = { source: -1, way: -1 }
const openWay: LateStart = { source: -1, way: UNREAD }

/**
 * connect() over IPv6 looks up its route without a source, and only where that finds none once
 * more with an address of the guest, by which policy rules for sources hold.
 */
export function lateStart(
  fabric: Fabric,
  instance: number,
  wayFrom: (source: number) => number,
): LateStart {
  const own = ipv6AddressesOf(fabric, instance)
  if (own === undefined) return openWay
  const ways = own.map(wayFrom)
  if (ways.every((way) => way === -1)) return noWay
  return own.length > 1 ? openWay : { source: own[0], way: ways[0] }
}

/** Ranks of the IPv6 addresses of a guest; undefined where some of them may not have been read. */
function ipv6AddressesOf(
  { ports, instances, network, line }: Fabric,
  instance: number,
): readonly number[] | undefined {
  if (instances.portsUnread[instance]) return undefined
  const found: number[] = []
  for (let i = instances.offsets[instance]; i < instances.offsets[instance + 1]; i++) {
    const port = instances.ports[i]
    const state = ports.state[port]
    if (state === PORT_STATE.notAttached || state === PORT_STATE.badState) continue
    if (state === PORT_STATE.doubted) return undefined
    const { ipv6Addresses = [] } = network.networkInterface?.[port] ?? {}
    found.push(...ipv6Addresses.flatMap(({ address }) => rangeOf(line, address)?.low ?? []))
  }
  return found
}
