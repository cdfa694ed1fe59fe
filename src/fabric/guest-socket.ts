import { PROTOCOL } from '#net'
import { rankFamily } from './address-line.ts'
import type { Fabric } from './fabric.ts'
import type { SocketFact } from './guest-fact.ts'
import { EVERY_ADDRESS, type GuestListener, type GuestSystem } from './guest-system.ts'
import { PACKET } from './packet.ts'

/**
 * Semantic `guest.listening`: whether a socket takes the packet in hand. Shrinks the called ports to
 * those of which the same holds, and the destination to one address. Undefined: no socket is asked, or none was seen.
 */
export function findSocket(
  { line }: Fabric,
  packet: Int32Array,
  { listeners }: GuestSystem,
): SocketFact | undefined {
  const listening = listeners && ofProtocol(listeners, packet[PACKET.protocol])
  if (!listening) return undefined
  const every =
    rankFamily(line, packet[PACKET.destination]) === 4 ? EVERY_ADDRESS.ipv4 : EVERY_ADDRESS.ipv6
  const port = packet[PACKET.port]
  const here = listening.filter((socket) => socket.port === port)
  const next = here.length > 0 ? port : nextPort(listening, port)
  if (next < packet[PACKET.portHigh]) packet[PACKET.portHigh] = next
  packet[PACKET.destinationHigh] = packet[PACKET.destination]
  const takes = here.filter(({ rank }) => rank === packet[PACKET.destination] || rank === every)
  const shown = takes.length > 0 ? takes : here
  return {
    kind: 'socket',
    outcome: takes.length > 0 ? 'admits' : 'refuses',
    listens: [...new Set(shown.map(({ address }) => address))],
  }
}

function ofProtocol(
  listeners: NonNullable<GuestSystem['listeners']>,
  protocol: number,
): readonly GuestListener[] | undefined {
  if (protocol === PROTOCOL.tcp) return listeners.tcp
  return protocol === PROTOCOL.udp ? listeners.udp : undefined
}

/** The last port before the next one that anybody listens on. */
function nextPort(listening: readonly GuestListener[], port: number): number {
  const next = listening.find((socket) => socket.port > port)
  return next ? next.port - 1 : 65535
}
