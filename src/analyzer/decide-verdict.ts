import type { Verdict } from '#model'
import { type AskedPacket, OUTCOME } from './asked-packet.ts'
import { MAX_BRANCHES, MAX_WALKS, verdictOf } from './decide-boxes.ts'
import { type Follower, REACH } from './follow.ts'
import { blankPacket, copyPacket, type OpenPacket, splitRest } from './split-box.ts'

/**
 * The verdict alone. Nearly every question is one box whose first walk, without branches, decides
 * it whole. The others are split as in `decideBoxes`, in packets that are made once and kept.
 */
export function createDecider(follower: Follower): (asked: readonly AskedPacket[]) => Verdict {
  const { reach } = follower
  const open: OpenPacket[] = []
  const part = blankPacket()
  let count = 0
  let walks = 0
  /** Outcomes met, a bit each. */
  let met = 0

  return (asked) => {
    count = 0
    walks = 0
    met = 0
    for (let i = asked.length - 1; i > 0; i--) copyPacket(asked[i], push())
    if (asked.length > 0) walkCorner(asked[0])
    while (count > 0) {
      // Nothing that the rest holds could change it.
      if (walks >= MAX_WALKS || met & (1 << OUTCOME.undetermined)) return 'undetermined'
      copyPacket(open[--count], part)
      walkCorner(part)
    }
    return verdictOfAll(met)
  }

  /** All branches of a box's low corner; what they do not decide stays open. */
  function walkCorner(box: AskedPacket): void {
    met |= 1 << follower.follow(box)
    walks++
    let source = reach[REACH.source]
    let destination = reach[REACH.destination]
    let sourcePort = reach[REACH.sourcePort]
    let port = reach[REACH.destinationPort]
    if (follower.nextBranch()) {
      let branches = 1
      do {
        met |= 1 << follower.follow(box)
        branches++
        source = Math.min(source, reach[REACH.source])
        destination = Math.min(destination, reach[REACH.destination])
        sourcePort = Math.min(sourcePort, reach[REACH.sourcePort])
        port = Math.min(port, reach[REACH.destinationPort])
      } while (follower.nextBranch() && branches < MAX_BRANCHES)
      if (follower.reset()) met |= 1 << OUTCOME.undetermined
      walks += branches - 1
    }
    splitRest(box, source, destination, sourcePort, port, push)
  }

  function push(): OpenPacket {
    if (count === open.length) open.push(blankPacket())
    return open[count++]
  }
}

/** Several outcomes are one verdict only if they are one outcome, or if one of them is not known. */
function verdictOfAll(met: number): Verdict {
  if (met === 0 || met & (1 << OUTCOME.undetermined)) return 'undetermined'
  return met & (met - 1) ? 'partial' : verdictOf(31 - Math.clz32(met))
}
