import { hasPortWords, PACKET as P } from '#fabric'
import { serviceText } from '#findings'
import type { AskedPacket } from '../asked-packet.ts'
import type { Run } from './run.ts'

/** Puts the low corner of the asked box into the walk's packet. */
export function loadPacket(run: Run, asked: AskedPacket): void {
  const { packet, state } = run
  packet[P.source] = asked.source
  packet[P.sourceHigh] = asked.source
  packet[P.destination] = asked.destination
  packet[P.destinationHigh] = asked.destination
  packet[P.protocol] = asked.protocol
  packet[P.sourcePort] = asked.sourcePort
  packet[P.sourcePortHigh] = asked.sourcePort
  packet[P.port] = asked.destinationPort
  packet[P.portHigh] = asked.destinationPort
  state.service = serviceOf(run)
  state.called = run.show.address(asked.destination)
}

/** Makes the reply of the packet: ends and ports change places. */
export function turnAround(run: Run): void {
  const { packet, state } = run
  swap(packet, P.source, P.destination)
  swap(packet, P.sourceHigh, P.destinationHigh)
  if (hasPortWords(packet[P.protocol])) {
    swap(packet, P.sourcePort, P.port)
    swap(packet, P.sourcePortHigh, P.portHigh)
  }
  const peer = state.sourcePeer
  state.sourcePeer = state.destinationPeer
  state.destinationPeer = peer
  state.relays = []
}

export function setSource({ packet }: Run, rank: number): void {
  packet[P.source] = rank
  packet[P.sourceHigh] = rank
}

export function setDestination({ packet }: Run, rank: number): void {
  packet[P.destination] = rank
  packet[P.destinationHigh] = rank
}

export const sourceText = ({ show, packet }: Run): string => show.address(packet[P.source])

export const destinationText = ({ show, packet }: Run): string =>
  show.address(packet[P.destination])

/** Protocol and port of the packet as a `service` fact: `TCP 443`. */
export function serviceOf({ packet }: Run): string {
  const protocol = packet[P.protocol]
  return hasPortWords(protocol) ? serviceText(protocol, packet[P.port]) : serviceText(protocol)
}

export const isIpv6 = ({ packet, fabric }: Run): boolean =>
  packet[P.source] >= fabric.line.starts4.length

function swap(packet: Int32Array, a: number, b: number): void {
  const kept = packet[a]
  packet[a] = packet[b]
  packet[b] = kept
}
