import type { GuestRoute, NetworkInterfaceId } from '#model'
import { addressBits, prefixAround, prefixContains } from '#net'
import type { IpAddress } from '#net'
import { chooseRoute } from './choose-route.ts'
import type { ChosenRoute, GuestRouting } from './choose-route.ts'

/** The addresses of one device, in the order in which they were given to it. */
export interface DeviceAddresses {
  readonly networkInterfaceId: NetworkInterfaceId
  readonly addresses: readonly IpAddress[]
}

/** How a connection leaves that names no source of its own; `no-source`: the device has none. */
export type ConnectionRoute =
  | {
      readonly kind: 'route'
      /** The route packets take, over IPv4 looked up with the source. */
      readonly chosen: Extract<ChosenRoute, { kind: 'route' }>
      readonly source: IpAddress
      /** The route that gave the source. */
      readonly sourceRoute: GuestRoute
    }
  | { readonly kind: 'no-source'; readonly route: GuestRoute }
  /** Only some sources have a route, and which one is taken is not known. */
  | { readonly kind: 'unsure-source'; readonly sources: readonly IpAddress[] }
  | Exclude<ChosenRoute, { kind: 'route' }>

/**
 * What connect() does: a first lookup without a source names a device, the device the source, and
 * over IPv4 a second lookup with that source the route. Policy rules for sources take part in the
 * second only; over IPv6 it is made only where the first one found nothing. A packet of an
 * unconnected socket, such as a ping, keeps the first route instead.
 */
export function routeOfConnection(
  guest: GuestRouting,
  devices: readonly DeviceAddresses[],
  destination: IpAddress,
): ConnectionRoute {
  const first = chooseRoute(guest, { destination })
  const is6 = destination.family === 6
  if (first.kind === 'none' && is6) return routeOfAny(guest, devices, destination)
  if (first.kind !== 'route') return first
  const source = chooseSource(first.route, devices, destination)
  if (!source) return { kind: 'no-source', route: first.route }
  const chosen = is6 ? first : chooseRoute(guest, { source, destination })
  return chosen.kind === 'route'
    ? { kind: 'route', chosen, source, sourceRoute: first.route }
    : chosen
}

/** Which of several addresses is tried depends on scopes and labels (RFC 6724). */
function routeOfAny(
  guest: GuestRouting,
  devices: readonly DeviceAddresses[],
  destination: IpAddress,
): ConnectionRoute {
  const own = devices.flatMap(({ addresses }) => addresses.filter(({ family }) => family === 6))
  const ways = own.map((source) => ({
    source,
    chosen: chooseRoute(guest, { source, destination }),
  }))
  if (ways.every(({ chosen }) => chosen.kind === 'none')) return { kind: 'none' }
  if (ways.length > 1) return { kind: 'unsure-source', sources: own }
  const [{ source, chosen }] = ways
  if (chosen.kind !== 'route') return chosen
  return { kind: 'route', chosen, source, sourceRoute: chosen.route }
}

/**
 * The source the kernel gives to a packet that leaves by a route. IPv4: the device's first address.
 * IPv6: the one that has most leading bits in common with the destination, else the first (RFC 6724
 * §5 rule 8; its other rules need facts that are not collected). Undefined: no address of the family.
 */
export function chooseSource(
  route: GuestRoute,
  devices: readonly DeviceAddresses[],
  destination: IpAddress,
): IpAddress | undefined {
  const { addresses = [] } =
    devices.find((device) => device.networkInterfaceId === route.networkInterfaceId) ?? {}
  const { family } = destination
  const usable = addresses.filter((address) => address.family === family)
  if (family === 4) return usable[0]
  const scoped = usable.filter((address) => isLinkLocal(address) === isLinkLocal(destination))
  return (scoped.length > 0 ? scoped : usable).toSorted(
    (a, b) => sharedBits(b, destination) - sharedBits(a, destination),
  )[0]
}

function isLinkLocal(address: IpAddress): boolean {
  return prefixContains(LINK_LOCAL, address)
}

const LINK_LOCAL = { family: 6, low: 0xfe80n << 112n, length: 10 } as const

function sharedBits(a: IpAddress, b: IpAddress): number {
  let length: number = addressBits(a.family)
  while (length > 0 && prefixAround(a, length).low !== prefixAround(b, length).low) length--
  return length
}
