import type { Verdict } from '#model'
import { type AskedPacket, OUTCOME } from './asked-packet.ts'
import { type Follower, REACH } from './follow.ts'
import { blankPacket, cornerOf, type OpenPacket, splitRest } from './split-box.ts'

/** A box of packets that share one decision, and how each of its branches ended. */
export interface DecidedBox {
  readonly box: AskedPacket
  readonly verdict: Verdict
  readonly branches: number
  readonly failing: number
  /** Choices of the first branch that is open, or did not get through; of the first where all did. */
  readonly choices: readonly number[]
  /** There are more branches than were walked. */
  readonly isCut: boolean
}

export interface DecidedBoxes {
  readonly verdict: Verdict
  readonly boxes: readonly DecidedBox[]
  /** Walks made, where the limit stopped the work before every packet was decided. */
  readonly cut?: number
}

/** Branches enumerated for one packet (design brief §4). */
export const MAX_BRANCHES = 64

/** Walks for one question: beyond it the answer says that it was cut. */
export const MAX_WALKS = 4096

/** Decides every packet of the asked boxes: one walk a box of equal fate, split until all are covered. */
export function decideBoxes(follower: Follower, asked: readonly AskedPacket[]): DecidedBoxes {
  const open: AskedPacket[] = asked.length === 1 ? [asked[0]] : [...asked].reverse()
  const add = (): OpenPacket => {
    const blank = blankPacket()
    open.push(blank)
    return blank
  }
  const boxes: DecidedBox[] = []
  let walks = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (walks >= MAX_WALKS) return { verdict: 'undetermined', boxes, cut: walks }
    const decided = decideCorner(follower, next)
    walks += decided.branches
    boxes.push(decided)
    if (decided.box !== next) splitBeyond(next, decided.box, add)
  }
  const [only] = boxes
  if (boxes.length === 1) return { verdict: only.verdict, boxes }
  return { verdict: together(boxes.map(({ verdict }) => verdict)), boxes }
}

function splitBeyond(whole: AskedPacket, corner: AskedPacket, add: () => OpenPacket): void {
  const { sourceHigh, destinationHigh, sourcePortHigh, destinationPortHigh } = corner
  splitRest(whole, sourceHigh, destinationHigh, sourcePortHigh, destinationPortHigh, add)
}

const noChoices: readonly number[] = []

/** The low corner of a box; nearly always a single branch leads through it. */
function decideCorner(follower: Follower, asked: AskedPacket): DecidedBox {
  const verdict = verdictOf(follower.follow(asked))
  const box = withinReach(asked, follower.reach)
  if (follower.nextBranch()) {
    follower.reset()
    return decideBranches(follower, asked)
  }
  const failing = verdict === 'reachable' ? 0 : 1
  return { box, verdict, branches: 1, failing, choices: noChoices, isCut: false }
}

/** All branches of the low corner; the box is where every one of them would end the same. */
function decideBranches(follower: Follower, asked: AskedPacket): DecidedBox {
  const verdicts: Verdict[] = []
  const choices: number[][] = []
  let box = asked
  do {
    verdicts.push(verdictOf(follower.follow(asked)))
    choices.push(follower.branch())
    box = withinReach(box, follower.reach)
  } while (follower.nextBranch() && verdicts.length < MAX_BRANCHES)
  const isCut = follower.reset()
  const failing = verdicts.filter((verdict) => verdict !== 'reachable').length
  const all = together(isCut ? [...verdicts, 'undetermined'] : verdicts)
  const open = all === 'undetermined' ? verdicts.indexOf('undetermined') : -1
  const failed = verdicts.findIndex((verdict) => verdict !== 'reachable')
  const first = Math.max(0, open < 0 ? failed : open)
  return {
    box,
    verdict: all,
    branches: choices.length,
    failing,
    choices: choices[first] ?? [],
    isCut,
  }
}

/** The part of a box for which a walk of its low corner has decided; all of it is the box itself. */
function withinReach(box: AskedPacket, reach: Int32Array): AskedPacket {
  const source = Math.min(box.sourceHigh, reach[REACH.source])
  const destination = Math.min(box.destinationHigh, reach[REACH.destination])
  const sourcePort = Math.min(box.sourcePortHigh, reach[REACH.sourcePort])
  const port = Math.min(box.destinationPortHigh, reach[REACH.destinationPort])
  const whole =
    source === box.sourceHigh &&
    destination === box.destinationHigh &&
    sourcePort === box.sourcePortHigh &&
    port === box.destinationPortHigh
  return whole ? box : cornerOf(box, source, destination, sourcePort, port)
}

export function verdictOf(outcome: number): Verdict {
  switch (outcome) {
    case OUTCOME.reachable:
      return 'reachable'
    case OUTCOME.unreachable:
      return 'unreachable'
    case OUTCOME.leaves:
      return 'leaves_model'
    default:
      return 'undetermined'
  }
}

/** One verdict for several packets or branches. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts
  if (first === undefined) return 'undetermined'
  if (verdicts.every((verdict) => verdict === first)) return first
  return verdicts.includes('undetermined') ? 'undetermined' : 'partial'
}
