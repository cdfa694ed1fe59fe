import { hasPortWords, PACKET as P } from '#fabric'
import { serviceText } from '#findings'
import type { AskedPacket } from '../asked-packet.ts'
import type { Run } from './run.ts'

/** Puts the asked box into the walk's packet: its low corner decides, its ends are for the texts. */
export function loadPacket(run: Run, asked: AskedPacket): void {
  const { packet, state } = run
  packet[P.source] = asked.source
  packet[P.sourceHigh] = asked.sourceHigh
  packet[P.destination] = asked.destination
  packet[P.destinationHigh] = asked.destinationHigh
  packet[P.protocol] = asked.protocol
  packet[P.sourcePort] = asked.sourcePort
  packet[P.sourcePortHigh] = asked.sourcePortHigh
  packet[P.port] = asked.destinationPort
  packet[P.portHigh] = asked.destinationPortHigh
  state.service = serviceOf(run)
  state.called = rankText(run, asked.destination)
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

export const sourceText = (run: Run): string => rankText(run, run.packet[P.source])

export const destinationText = (run: Run): string => rankText(run, run.packet[P.destination])

/** Addresses outside the network share ranks: the question says which one was meant. */
function rankText({ asked, texts, show }: Run, rank: number): string {
  if (rank === asked.destination && texts.destination !== undefined) return texts.destination
  if (rank === asked.source && texts.source !== undefined) return texts.source
  return show.address(rank)
}

/** Protocol and ports of the packet as a `service` fact: `TCP 443`, `TCP 1024-65535`. */
export function serviceOf({ packet }: Run): string {
  const protocol = packet[P.protocol]
  if (!hasPortWords(protocol)) return serviceText(protocol)
  const low = packet[P.port]
  const high = packet[P.portHigh]
  return serviceText(protocol, high > low ? `${low}-${high}` : low)
}

export const isIpv6 = ({ packet, fabric }: Run): boolean =>
  packet[P.destination] >= fabric.line.starts4.length

function swap(packet: Int32Array, a: number, b: number): void {
  const kept = packet[a]
  packet[a] = packet[b]
  packet[b] = kept
}
