import type { Verdict } from '#model'
import { type AskedPacket, OUTCOME } from './asked-packet.ts'
import { type Follower, REACH } from './follow.ts'

/** A box of packets that share one decision, and how each of its branches ended. */
export interface DecidedBox {
  readonly box: AskedPacket
  readonly verdict: Verdict
  readonly branches: number
  readonly failing: number
  /** Choices of the first branch that did not get through; of the first branch where all did. */
  readonly choices: readonly number[]
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
  const whole = decideWhole(follower, asked)
  if (whole !== undefined) return oneBox(asked[0], whole)
  const open = [...asked].reverse()
  const boxes: DecidedBox[] = []
  let walks = 0
  while (open.length > 0) {
    const next = open.pop()
    if (!next) break
    if (walks >= MAX_WALKS) return { verdict: 'undetermined', boxes, cut: walks }
    const decided = decideCorner(follower, next)
    walks += decided.branches
    boxes.push(decided)
    open.push(...remainder(next, decided.box).reverse())
  }
  return { verdict: together(boxes.map(({ verdict }) => verdict)), boxes }
}

/** One box that its first walk decides as a whole, without branches; undefined where it is not so. */
function decideWhole(follower: Follower, asked: readonly AskedPacket[]): Verdict | undefined {
  if (asked.length !== 1) return undefined
  const box = asked[0]
  const end = follower.follow(box)
  if (covers(follower.reach, box) && !follower.nextBranch()) return verdictOf(end)
  follower.reset()
  return undefined
}

const noChoices: readonly number[] = []

function oneBox(box: AskedPacket, verdict: Verdict): DecidedBoxes {
  const failing = verdict === 'reachable' ? 0 : 1
  return { verdict, boxes: [{ box, verdict, branches: 1, failing, choices: noChoices }] }
}

const covers = (reach: Int32Array, box: AskedPacket): boolean =>
  reach[REACH.sourcePort] >= box.sourcePortHigh &&
  reach[REACH.destinationPort] >= box.destinationPortHigh &&
  reach[REACH.source] >= box.sourceHigh &&
  reach[REACH.destination] >= box.destinationHigh

/** All branches of the low corner; the box is where every one of them would end the same. */
function decideCorner(follower: Follower, asked: AskedPacket): DecidedBox {
  const ends: number[] = []
  const high = highsOf(asked)
  const choices: number[][] = []
  do {
    ends.push(follower.follow(asked))
    choices.push(follower.branch())
    for (let i = 0; i < high.length; i++) high[i] = Math.min(high[i], follower.reach[i])
  } while (follower.nextBranch() && ends.length < MAX_BRANCHES)
  const cut = follower.reset()
  const verdicts = ends.map((end) => verdictOf(end))
  if (cut) verdicts.push('undetermined')
  const failing = verdicts.filter((verdict) => verdict !== 'reachable').length
  const first = verdicts.findIndex((verdict) => verdict !== 'reachable')
  return {
    box: resize(asked, lowsOf(asked), high),
    verdict: together(verdicts),
    branches: ends.length,
    failing,
    choices: choices[Math.max(0, Math.min(first, choices.length - 1))] ?? [],
  }
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

/** What is left of a box when the part at its low corner is taken out. */
function remainder(whole: AskedPacket, part: AskedPacket): AskedPacket[] {
  const left: AskedPacket[] = []
  const taken = highsOf(part)
  const high = highsOf(whole)
  for (let i = 0; i < high.length; i++) {
    if (taken[i] >= high[i]) continue
    const low = lowsOf(whole)
    low[i] = taken[i] + 1
    left.push(resize(whole, low, high))
    high[i] = taken[i]
  }
  return left
}

/** Ends of a box in the order of `REACH`. */
const lowsOf = (box: AskedPacket): number[] => [
  box.source,
  box.destination,
  box.sourcePort,
  box.destinationPort,
]

const highsOf = (box: AskedPacket): number[] => [
  box.sourceHigh,
  box.destinationHigh,
  box.sourcePortHigh,
  box.destinationPortHigh,
]

/** Every box is built with its fields in one order: other shapes would make the hot walk slow. */
const resize = (
  box: AskedPacket,
  low: readonly number[],
  high: readonly number[],
): AskedPacket => ({
  instance: box.instance,
  port: box.port,
  source: low[REACH.source],
  sourceHigh: high[REACH.source],
  destination: low[REACH.destination],
  destinationHigh: high[REACH.destination],
  protocol: box.protocol,
  sourcePort: low[REACH.sourcePort],
  sourcePortHigh: high[REACH.sourcePort],
  destinationPort: low[REACH.destinationPort],
  destinationPortHigh: high[REACH.destinationPort],
  target: box.target,
  targetDomain: box.targetDomain,
  outside: box.outside,
})
