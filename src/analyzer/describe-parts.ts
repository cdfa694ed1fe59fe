import { addressesOf, type Fabric, rankFamily } from '#fabric'
import type { AnswerPart, Verdict } from '#model'
import { AddressSet, formatProtocol, PortSet } from '#net'
import type { AskedPacket } from './asked-packet.ts'
import type { DecidedBox } from './decide-boxes.ts'

/** Parts named in an answer; a stranger network than that is for `--json` readers of the walks. */
const MAX_PARTS = 32

/** The asked packets by verdict, neighbours joined, in the notation of room net. */
export function describeParts(fabric: Fabric, boxes: readonly DecidedBox[]): AnswerPart[] {
  const byPorts = joinBy(boxes, (box) => [
    box.source,
    box.sourceHigh,
    box.destination,
    box.destinationHigh,
    box.sourcePort,
    box.sourcePortHigh,
  ])
  const told: Told = {
    source: differ(boxes, ({ source, sourceHigh }) => [source, sourceHigh]),
    destination: differ(boxes, (box) => [box.destination, box.destinationHigh]),
  }
  return byPorts
    .slice(0, MAX_PARTS)
    .map(({ verdict, members }) => partOf(fabric, verdict, members, told))
}

/** Which ends tell parts apart; those are said of every part, single addresses too. */
interface Told {
  readonly source: boolean
  readonly destination: boolean
}

const differ = (
  boxes: readonly DecidedBox[],
  endOf: (box: AskedPacket) => readonly [number, number],
): boolean => new Set(boxes.map(({ box }) => endOf(box).join())).size > 1

interface Joined {
  readonly verdict: Verdict
  readonly members: readonly AskedPacket[]
}

/** Boxes that differ in their destination ports only, put together. */
function joinBy(
  boxes: readonly DecidedBox[],
  keyOf: (box: AskedPacket) => readonly number[],
): Joined[] {
  const groups = new Map<string, { verdict: Verdict; members: AskedPacket[] }>()
  for (const { box, verdict } of boxes) {
    const key = [verdict, box.protocol, ...keyOf(box)].join()
    const group = groups.get(key) ?? { verdict, members: [] }
    groups.set(key, group)
    group.members.push(box)
  }
  return [...groups.values()]
}

function partOf(
  fabric: Fabric,
  verdict: Verdict,
  members: readonly AskedPacket[],
  told: Told,
): AnswerPart {
  const [first] = members
  const ported = first.protocol === 6 || first.protocol === 17
  return {
    verdict,
    protocol: formatProtocol(first.protocol),
    ...(told.source || first.sourceHigh > first.source
      ? { source: rangeText(fabric, first.source, first.sourceHigh) }
      : {}),
    ...(told.destination || first.destinationHigh > first.destination
      ? { destination: rangeText(fabric, first.destination, first.destinationHigh) }
      : {}),
    ...(ported ? { sourcePorts: portsText([[first.sourcePort, first.sourcePortHigh]]) } : {}),
    ...(ported
      ? { ports: portsText(members.map((box) => [box.destinationPort, box.destinationPortHigh])) }
      : {}),
  }
}

const portsText = (ranges: readonly (readonly [number, number])[]): string =>
  PortSet.format(PortSet.fromRanges(ranges.map(([low, high]) => ({ low, high }))))

/** A stretch of ranks as CIDRs in the notation of room net. */
export function rangeText({ line }: Fabric, low: number, high: number): string {
  const family = rankFamily(line, low)
  return AddressSet.format(
    AddressSet.fromRanges([
      { family, low: addressesOf(line, low).low, high: addressesOf(line, high).high },
    ]),
  )
}
