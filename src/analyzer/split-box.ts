import type { AskedPacket } from './asked-packet.ts'

/** A box that is being put together. */
export type OpenPacket = { -readonly [K in keyof AskedPacket]: AskedPacket[K] }

/** Every box is made here, with its fields in one order: other shapes make the hot walk slow. */
export const blankPacket = (): OpenPacket => ({
  instance: -1,
  port: -1,
  source: -1,
  sourceHigh: -1,
  destination: -1,
  destinationHigh: -1,
  protocol: 0,
  sourcePort: 0,
  sourcePortHigh: 0,
  destinationPort: 0,
  destinationPortHigh: 0,
  target: -1,
  targetDomain: -1,
  outside: false,
  exit: -1,
})

export function copyPacket(from: AskedPacket, to: OpenPacket): OpenPacket {
  to.instance = from.instance
  to.port = from.port
  to.source = from.source
  to.sourceHigh = from.sourceHigh
  to.destination = from.destination
  to.destinationHigh = from.destinationHigh
  to.protocol = from.protocol
  to.sourcePort = from.sourcePort
  to.sourcePortHigh = from.sourcePortHigh
  to.destinationPort = from.destinationPort
  to.destinationPortHigh = from.destinationPortHigh
  to.target = from.target
  to.targetDomain = from.targetDomain
  to.outside = from.outside
  to.exit = from.exit
  return to
}

/** The low corner of a box, up to these ends. */
export function cornerOf(
  box: AskedPacket,
  source: number,
  destination: number,
  sourcePort: number,
  port: number,
): AskedPacket {
  const corner = copyPacket(box, blankPacket())
  corner.sourceHigh = source
  corner.destinationHigh = destination
  corner.sourcePortHigh = sourcePort
  corner.destinationPortHigh = port
  return corner
}

/**
 * What is left of a box beyond the ends of its low corner, one box for each dimension. `add` makes
 * room for one more on a stack; sources come out first.
 */
export function splitRest(
  box: AskedPacket,
  source: number,
  destination: number,
  sourcePort: number,
  port: number,
  add: () => OpenPacket,
): void {
  if (port < box.destinationPortHigh) {
    const rest = copyPacket(box, add())
    rest.sourceHigh = source
    rest.destinationHigh = destination
    rest.sourcePortHigh = sourcePort
    rest.destinationPort = port + 1
  }
  if (sourcePort < box.sourcePortHigh) {
    const rest = copyPacket(box, add())
    rest.sourceHigh = source
    rest.destinationHigh = destination
    rest.sourcePort = sourcePort + 1
  }
  if (destination < box.destinationHigh) {
    const rest = copyPacket(box, add())
    rest.sourceHigh = source
    rest.destination = destination + 1
  }
  if (source < box.sourceHigh) {
    const rest = copyPacket(box, add())
    rest.source = source + 1
  }
}
