import { type Fabric, rankFamily, rankOf } from '#fabric'
import type { AskedPacket } from './asked-packet.ts'
import { rangeText } from './describe-parts.ts'
import type { Evidence } from './evidence/evidence.ts'
import type { ResolvedQuestion } from './resolve/question-resolution.ts'
import type { EndTexts } from './search/run.ts'

/** What to call the ends of a box outside the network: the asked address, or the part of the Internet. */
export function endTexts(
  fabric: Fabric,
  show: Evidence,
  { from, to, boxes }: ResolvedQuestion,
  box: AskedPacket,
): EndTexts {
  const whole = boxes.some((asked) => hasSameEnds(asked, box))
  return {
    source: endText(fabric, show, from, whole, box.source, box.sourceHigh),
    destination: endText(fabric, show, to, whole, box.destination, box.destinationHigh),
  }
}

const hasSameEnds = (a: AskedPacket, b: AskedPacket): boolean =>
  a.source === b.source &&
  a.sourceHigh === b.sourceHigh &&
  a.destination === b.destination &&
  a.destinationHigh === b.destinationHigh

/** @param whole the box is as wide as it was asked */
function endText(
  fabric: Fabric,
  show: Evidence,
  end: ResolvedQuestion['from'],
  whole: boolean,
  low: number,
  high: number,
): string | undefined {
  if (end.kind !== 'internet') return low === high ? addressText(fabric, show, end, low) : undefined
  if (end.address !== undefined) return end.address
  if (!whole) return rangeText(fabric, low, high)
  return rankFamily(fabric.line, low) === 4 ? '0.0.0.0/0' : '::/0'
}

/** Addresses without a difference to the network share a rank: the asked one is meant. */
function addressText(
  { line }: Fabric,
  show: Evidence,
  { address }: ResolvedQuestion['from'],
  rank: number,
): string | undefined {
  if (address === undefined || address === show.address(rank)) return address
  return rankOf(line, address) === rank ? address : undefined
}
