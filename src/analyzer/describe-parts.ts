import { addressesOf, type Fabric, hasPortWords, rankFamily } from '#fabric'
import type { AnswerPart, Verdict } from '#model'
import { AddressSet, formatProtocol, PortSet } from '#net'
import type { AskedPacket } from './asked-packet.ts'
import type { DecidedBox } from './decide-boxes.ts'

/** Parts named in an answer; a stranger network than that is for `--json` readers of the walks. */
const MAX_PARTS = 32

/** The asked packets by verdict, neighbours joined, in the notation of room net. */
export function describeParts(fabric: Fabric, boxes: readonly DecidedBox[]): AnswerPart[] {
  const [first] = boxes
  const told: Told = {
    source: boxes.some(({ box }) => !hasSameSource(box, first.box)),
    destination: boxes.some(({ box }) => !hasSameDestination(box, first.box)),
  }
  return joinBoxes(boxes).map(({ verdict, members }) => partOf(fabric, verdict, members, told))
}

/** Which ends tell parts apart; those are said of every part, single addresses too. */
interface Told {
  readonly source: boolean
  readonly destination: boolean
}

interface Joined {
  readonly verdict: Verdict
  readonly members: AskedPacket[]
}

/** Boxes that differ in their destination ports only, put together; the first few of them. */
function joinBoxes(boxes: readonly DecidedBox[]): Joined[] {
  const joined: Joined[] = []
  for (const { box, verdict } of boxes) {
    const like = joined.find((one) => one.verdict === verdict && joins(one.members[0], box))
    if (like) like.members.push(box)
    else if (joined.length < MAX_PARTS) joined.push({ verdict, members: [box] })
  }
  return joined
}

const joins = (a: AskedPacket, b: AskedPacket): boolean =>
  a.protocol === b.protocol &&
  hasSameSource(a, b) &&
  hasSameDestination(a, b) &&
  a.sourcePort === b.sourcePort &&
  a.sourcePortHigh === b.sourcePortHigh

const hasSameSource = (a: AskedPacket, b: AskedPacket): boolean =>
  a.source === b.source && a.sourceHigh === b.sourceHigh

const hasSameDestination = (a: AskedPacket, b: AskedPacket): boolean =>
  a.destination === b.destination && a.destinationHigh === b.destinationHigh

function partOf(
  fabric: Fabric,
  verdict: Verdict,
  members: readonly AskedPacket[],
  told: Told,
): AnswerPart {
  const [first] = members
  const part: Writable<AnswerPart> = { verdict, protocol: formatProtocol(first.protocol) }
  if (told.source || first.sourceHigh > first.source) {
    part.source = rangeText(fabric, first.source, first.sourceHigh)
  }
  if (told.destination || first.destinationHigh > first.destination) {
    part.destination = rangeText(fabric, first.destination, first.destinationHigh)
  }
  if (hasPortWords(first.protocol)) {
    part.sourcePorts = portsText([{ low: first.sourcePort, high: first.sourcePortHigh }])
    part.ports = portsText(
      members.map((box) => ({ low: box.destinationPort, high: box.destinationPortHigh })),
    )
  }
  return part
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

const portsText = (ranges: readonly PortRange[]): string =>
  PortSet.format(PortSet.fromRanges(ranges))

interface PortRange {
  readonly low: number
  readonly high: number
}

/** A stretch of ranks as CIDRs in the notation of room net. */
export function rangeText({ line }: Fabric, low: number, high: number): string {
  const family = rankFamily(line, low)
  return AddressSet.format(
    AddressSet.fromRanges([
      { family, low: addressesOf(line, low).low, high: addressesOf(line, high).high },
    ]),
  )
}
