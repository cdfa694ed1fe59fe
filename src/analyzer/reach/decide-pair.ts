import type { AskedPacket } from '../asked-packet.ts'
import { type DecidedBox, decideBoxes } from '../decide-boxes.ts'
import type { Follower } from '../follow.ts'
import { blankPacket, copyPacket } from '../split-box.ts'

/**
 * Every packet of the boxes with its fate. One question has a limit of walks (decision 0007); where
 * it stops the work, the ports are halved and asked again, down to single ones: what is left open
 * then, `diagnose` leaves open as well.
 */
export function decidePair(follower: Follower, boxes: readonly AskedPacket[]): DecidedBox[] {
  const found: DecidedBox[] = []
  const open = boxes.toReversed()
  for (let box = open.pop(); box; box = open.pop()) {
    const decided = decideBoxes(follower, [box])
    if (decided.cut === undefined) found.push(...decided.boxes)
    else if (box.destinationPort < box.destinationPortHigh) open.push(...halves(box))
    else found.push(openBox(box))
  }
  return found
}

function halves(box: AskedPacket): [AskedPacket, AskedPacket] {
  const middle = (box.destinationPort + box.destinationPortHigh) >> 1
  const [low, high] = [copyPacket(box, blankPacket()), copyPacket(box, blankPacket())]
  low.destinationPortHigh = middle
  high.destinationPort = middle + 1
  return [high, low]
}

function openBox(box: AskedPacket): DecidedBox {
  return { box, verdict: 'undetermined', branches: 1, failing: 1, choices: [], isCut: true }
}
