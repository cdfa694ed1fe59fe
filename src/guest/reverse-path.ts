import type { GuestDevice } from '#model'
import type { IpAddress } from '#net'
import { chooseRoute } from './choose-route.ts'
import type { ChosenRoute, GuestRouting } from './choose-route.ts'

/** What the reverse path filter of a device makes of a packet. */
export type ReversePath =
  | { readonly kind: 'passes' }
  /** `back` is where a packet to the source would go instead. */
  | { readonly kind: 'fails'; readonly back: ChosenRoute }
  | { readonly kind: 'unread'; readonly missing: 'routes' | 'rules' | 'reversePathFilter' }

/**
 * Whether `rp_filter` lets a packet in by a device. It looks up the way back, source and destination
 * exchanged, through the policy rules: `strict` wants it to leave by the same device, `loose` wants
 * any. There is no such filter for IPv6.
 */
export function passesReversePath(
  guest: GuestRouting,
  device: GuestDevice,
  packet: { readonly source: IpAddress; readonly destination: IpAddress },
): ReversePath {
  const { reversePathFilter: filter, networkInterfaceId } = device
  if (packet.source.family === 6 || filter === 'off') return { kind: 'passes' }
  if (filter === undefined) return { kind: 'unread', missing: 'reversePathFilter' }
  const back = chooseRoute(guest, { source: packet.destination, destination: packet.source })
  if (back.kind === 'unread') return back
  const passes =
    back.kind === 'route' &&
    (filter === 'loose' || back.route.networkInterfaceId === networkInterfaceId)
  return passes ? { kind: 'passes' } : { kind: 'fails', back }
}
