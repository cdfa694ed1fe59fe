import type { Guest, GuestSocket, SocketProtocol } from '#model'
import type { Draft } from './draft.ts'
import {
  EVERY_ADDRESS,
  type GuestListener,
  type GuestSystem,
  type SeenDevice,
} from '../guest-system.ts'

/** What is known of operating systems, and whose each is. */
export interface GuestSystems {
  readonly list: readonly GuestSystem[]
  /** By instance number. */
  readonly ofInstance: ReadonlyMap<number, number>
}

/**
 * Semantics `guest.firewall`, `guest.listening` and `guest.reverse-path`: what was seen inside
 * instances, where it says anything about packets.
 */
export function compileSystems(draft: Draft): GuestSystems {
  const list: GuestSystem[] = []
  const ofInstance = new Map<number, number>()
  for (const guest of draft.network.guests ?? []) {
    const system = compileSystem(draft, guest)
    const filters = [...system.devices.values()].some(({ filter }) => filter !== undefined)
    if (!system.filter && !system.listeners && !filters) continue
    ofInstance.set(draft.instances.number(guest.instanceId, guest), list.length)
    list.push(system)
  }
  return { list, ofInstance }
}

function compileSystem(draft: Draft, guest: Guest): GuestSystem {
  const filter = draft.filters.get(guest)
  const { sockets } = guest
  const listens = sockets && draft.on('guest.listening')
  return {
    ...(filter && { filter }),
    ...(listens && {
      listeners: {
        tcp: listenersOf(draft, sockets, 'tcp'),
        udp: listenersOf(draft, sockets, 'udp'),
      },
    }),
    devices: devicesOf(draft, guest),
  }
}

function listenersOf(
  draft: Draft,
  sockets: readonly GuestSocket[],
  protocol: SocketProtocol,
): readonly GuestListener[] {
  return sockets
    .filter((socket) => socket.protocol === protocol)
    .map(({ port, address }) => ({ port, address, rank: rankOf(draft, address) }))
    .sort((a, b) => a.port - b.port)
}

function rankOf(draft: Draft, address: string): number {
  if (address === '0.0.0.0') return EVERY_ADDRESS.ipv4
  return address === '::' ? EVERY_ADDRESS.ipv6 : draft.rank(address)
}

function devicesOf(draft: Draft, guest: Guest): ReadonlyMap<number, SeenDevice> {
  const inForce = draft.on('guest.reverse-path')
  const seen = new Map<number, SeenDevice>()
  for (const { name, networkInterfaceId, reversePathFilter } of guest.devices ?? []) {
    const port = draft.ids.networkInterface.find(networkInterfaceId, guest)
    if (port < 0 || seen.has(port)) continue
    const filters = inForce && reversePathFilter !== undefined && reversePathFilter !== 'off'
    seen.set(port, filters ? { name, filter: reversePathFilter } : { name })
  }
  return seen
}
