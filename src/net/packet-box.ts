import { AddressSet } from './address-set.ts'
import { IcmpTypeSet } from './icmp-type-set.ts'
import type { Packet } from './packet.ts'
import { PortSet } from './port-set.ts'
import { hasIcmpType, hasPorts } from './protocol.ts'
import { ProtocolSet } from './protocol-set.ts'
import type { Random } from './set-algebra.ts'
import { everyTransport } from './transport-set.ts'
import type { TransportBox } from './transport-set.ts'

/**
 * A box: every packet whose every field is in the given set. Ports say nothing about protocols
 * without ports, nor ICMP types about other protocols: the box of all protocols and destination
 * port 22 holds every GRE packet. Name the protocols to leave those out.
 */
export interface PacketBox extends TransportBox {
  readonly source: AddressSet
  readonly destination: AddressSet
}

/** The box without a restriction. */
export const everyPacket: PacketBox = {
  ...everyTransport,
  source: AddressSet.all,
  destination: AddressSet.all,
}

/** The box of one packet. Throws RangeError on a field outside its domain. */
export function boxAround(packet: Packet): PacketBox {
  const { protocol } = packet
  return {
    source: AddressSet.of(packet.source),
    destination: AddressSet.of(packet.destination),
    protocols: ProtocolSet.of(protocol),
    sourcePorts: hasPorts(protocol) ? PortSet.of(packet.sourcePort) : PortSet.all,
    destinationPorts: hasPorts(protocol) ? PortSet.of(packet.destinationPort) : PortSet.all,
    icmpTypes: hasIcmpType(protocol) ? IcmpTypeSet.of(packet.icmpType) : IcmpTypeSet.all,
  }
}

/** How many packets are in a box whose protocols are of one class and addresses of one family. */
export function boxSize(box: PacketBox): bigint {
  const pairs = AddressSet.size(box.source) * AddressSet.size(box.destination)
  const { ports, icmpType } = dimensions(box)
  const portPairs = ports ? PortSet.size(box.sourcePorts) * PortSet.size(box.destinationPorts) : 1
  const types = icmpType ? IcmpTypeSet.size(box.icmpTypes) : 1
  return pairs * BigInt(ProtocolSet.size(box.protocols)) * BigInt(portPairs) * BigInt(types)
}

/** A packet of such a box, all equally likely; fields its protocol does not have are 0. */
export function sampleBox(box: PacketBox, random: Random): Packet {
  const { ports, icmpType } = dimensions(box)
  return {
    source: drawn(AddressSet.sample(box.source, random)),
    destination: drawn(AddressSet.sample(box.destination, random)),
    protocol: drawn(ProtocolSet.sample(box.protocols, random)),
    sourcePort: ports ? drawn(PortSet.sample(box.sourcePorts, random)) : 0,
    destinationPort: ports ? drawn(PortSet.sample(box.destinationPorts, random)) : 0,
    icmpType: icmpType ? drawn(IcmpTypeSet.sample(box.icmpTypes, random)) : 0,
  }
}

/** Which dimensions the box has beyond addresses and protocol: the same for all its protocols. */
function dimensions({ protocols }: PacketBox): { ports: boolean; icmpType: boolean } {
  const protocol = drawn(ProtocolSet.ranges(protocols).at(0)).low
  return { ports: hasPorts(protocol), icmpType: hasIcmpType(protocol) }
}

function drawn<T>(member: T | undefined): T {
  if (member === undefined) throw new RangeError('a box with an empty side holds no packet')
  return member
}
