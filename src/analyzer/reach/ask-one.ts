import { settledVerdict } from '../compose-answer.ts'
import { together } from '../decide-boxes.ts'
import type { Follower } from '../follow.ts'
import type { Ground } from '../resolve/ground.ts'
import { blankPacket, copyPacket } from '../split-box.ts'
import { askPair, questionOf } from './ask-pair.ts'
import { decidePair } from './decide-pair.ts'
import type { Atom } from './matrix/atom.ts'
import type { AskOne } from './matrix/pair-matrix.ts'

/** Asks pairs of a matrix one by one, as `diagnose` would. */
export const createAskOne =
  (ground: Ground, follower: Follower): AskOne =>
  (from, to, atom) => {
    const { protocol, low, high, families } = atom
    if (!families.includes(from.family)) return undefined
    const asked = low === high && high > 0 ? { protocol, port: low } : { protocol }
    const resolution = askPair(ground, questionOf(asked, from.place, to.place), from, to)
    if (resolution === undefined) return undefined
    if (resolution.kind === 'settled') return settledVerdict(resolution)
    const boxes = resolution.boxes.map((box) => onPorts(box, atom))
    return together(decidePair(follower, boxes).map(({ verdict }) => verdict))
  }

function onPorts(box: Parameters<typeof copyPacket>[0], { low, high }: Atom) {
  if (box.destinationPort === low && box.destinationPortHigh === high) return box
  const narrow = copyPacket(box, blankPacket())
  narrow.destinationPort = low
  narrow.destinationPortHigh = high
  return narrow
}
