import { hasPortWords, mapValue, type RankRange } from '#fabric'
import type { Question } from '#model'
import type { AskedPacket } from '../asked-packet.ts'
import type { Family, Ground } from './ground.ts'
import { protocolNumber } from './protocol.ts'
import type { Receivers } from './receiver.ts'
import type { Senders } from './senders.ts'

/** First port that a client of any operating system sends from (docs/decisions/0004). */
const FIRST_EPHEMERAL = 1024
const FIRST_PORT = 1
const LAST_PORT = 65535

/** The packets of a question as boxes, one for each protocol and pair of ranges. */
export function boxesOf(
  ground: Ground,
  question: Question,
  family: Family,
  senders: Senders,
  receivers: Receivers,
): AskedPacket[] {
  const protocols =
    question.protocol === 'any'
      ? ground.protocols[family]
      : [protocolNumber(question.protocol, family)]
  const boxes: AskedPacket[] = []
  for (const protocol of protocols) {
    for (const source of senders.ranges) {
      for (const destination of receivers.ranges) {
        boxes.push(box(ground, question, protocol, senders, source, receivers, destination))
      }
    }
  }
  return boxes
}

function box(
  ground: Ground,
  { port, sourcePort }: Question,
  protocol: number,
  senders: Senders,
  source: RankRange,
  receivers: Receivers,
  destination: RankRange,
): AskedPacket {
  const ported = hasPortWords(protocol)
  return {
    instance: senders.instance,
    port: portFor(ground, senders, destination),
    source: source.low,
    sourceHigh: source.high,
    destination: destination.low,
    destinationHigh: destination.high,
    protocol,
    sourcePort: ported ? (sourcePort ?? FIRST_EPHEMERAL) : 0,
    sourcePortHigh: ported ? (sourcePort ?? LAST_PORT) : 0,
    destinationPort: ported ? (port ?? FIRST_PORT) + receivers.portOffset : 0,
    destinationPortHigh: ported ? (port ?? LAST_PORT) + receivers.portOffset : 0,
    target: receivers.target,
    targetDomain: receivers.targetDomain,
    outside: receivers.outside,
    exit: senders.exit,
  }
}

/** A classic instance sends to private addresses by its intranet NIC, to others by the next one. */
function portFor({ fabric }: Ground, { instance, port }: Senders, { low }: RankRange): number {
  if (instance < 0 || port < fabric.ports.interfaces) return port
  return mapValue(fabric, fabric.privateSpace, low) === 1 ? port : port + 1
}
