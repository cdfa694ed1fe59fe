import { createJudge, type Fabric } from '#fabric'
import type { AnswerError } from '#model'
import { createEvidence } from '../evidence/evidence.ts'
import { createExplainer } from '../explain-question.ts'
import { createFollower } from '../follow.ts'
import { createGround, type Ground } from '../resolve/ground.ts'
import { otherProtocol } from '../resolve/protocol.ts'
import { isOutside } from '../resolve/resolver.ts'
import { askPair, questionOf } from './ask-pair.ts'
import { exitEnds, insideEnds, internetEnds, publicEnds, servingEnds } from './list-ends.ts'
import { namedEnds } from './named-ends.ts'
import { createAskOne } from './ask-one.ts'
import { matrixRows } from './matrix-rows.ts'
import { createPairMatrix } from './matrix/pair-matrix.ts'
import { type PairTools, pairParts, verdictParts } from './pair-parts.ts'
import type { ReachEnd } from './reach-end.ts'
import { reachFormat, type ReachPart, type ReachQuestion, type ReachRow } from './reach-row.ts'

/** A line for each pair that has something to tell, in the order of the network file. */
export type ReachRows = Generator<ReachRow, void, void>

/**
 * Sets of packets over one fabric: each line is what `Analyzer.ask` says of its pairs, for every
 * port and protocol at once. Not for use by two callers at the same time.
 */
export interface Reach {
  /** Who can send to a place: everything of the network, and the Internet by its parts. */
  readonly to: (place: string, asked: ReachQuestion) => ReachRows | AnswerError
  /** What a place can send to: everything of the network, its public addresses, the Internet. */
  readonly from: (place: string, asked: ReachQuestion) => ReachRows | AnswerError
  /** What the Internet can send to, by the address that it calls. */
  readonly exposed: (asked: ReachQuestion) => ReachRows
  /** Who inside the network can send to whom; sources that reach the same are one line. */
  readonly matrix: (asked: ReachQuestion) => ReachRows
}

/** Sets over a fabric. Cost: linear in the fabric's addresses, once. */
export function createReach(fabric: Fabric): Reach {
  const show = createEvidence(fabric)
  const ground = createGround(fabric, show)
  const judge = createJudge(fabric)
  const follower = createFollower(fabric, judge)
  const explain = createExplainer(fabric, follower, judge, show)
  const tools = { fabric, follower, explain, other: otherProtocol(fabric) }

  return {
    to(place, asked) {
      const ends = namedEnds(ground, 'to', place, asked)
      if ('error' in ends) return ends
      return rows(ground, tools, asked, everySender(ground), ends)
    },
    from(place, asked) {
      const ends = namedEnds(ground, 'from', place, asked)
      if ('error' in ends) return ends
      const isOutsider = ends.some(({ endpoint }) => isOutside(endpoint))
      return rows(ground, tools, asked, ends, everyReceiver(ground, isOutsider))
    },
    exposed: (asked) => rows(ground, tools, asked, internetEnds(ground), publicEnds(ground)),
    matrix(asked) {
      const all = [...insideEnds(ground), ...servingEnds(ground)]
      // With reasons: rules may differ from pair to pair where verdicts do not.
      if (asked.why === true) return rows(ground, tools, asked, all, all)
      const matrix = createPairMatrix(fabric, all, createAskOne(ground, follower))
      const partsOf = (from: ReachEnd, to: ReachEnd) => plainParts(ground, tools, asked, from, to)
      return matrixRows({ ground, matrix, partsOf, other: tools.other }, asked)
    },
  }
}

/** The parts of a pair without reasons. */
function plainParts(
  ground: Ground,
  tools: PairTools,
  asked: ReachQuestion,
  from: ReachEnd,
  to: ReachEnd,
): readonly ReachPart[] {
  const question = questionOf(asked, from.place, to.place)
  const resolution = askPair(ground, question, from, to)
  return resolution ? verdictParts(tools, { question, resolution, to: to.place, why: false }) : []
}

const everySender = (ground: Ground): ReachEnd[] => [
  ...insideEnds(ground),
  ...exitEnds(ground),
  ...internetEnds(ground),
]

/** From outside, everything is called by its public address. */
function everyReceiver(ground: Ground, outside: boolean): ReachEnd[] {
  if (outside) return publicEnds(ground)
  const inside = [...insideEnds(ground), ...servingEnds(ground)]
  const taken = new Set(inside.map(({ rank }) => rank))
  const called = publicEnds(ground).filter(({ rank }) => !taken.has(rank))
  return [...inside, ...called, ...internetEnds(ground)]
}

function* rows(
  ground: Ground,
  tools: PairTools,
  asked: ReachQuestion,
  sources: readonly ReachEnd[],
  destinations: readonly ReachEnd[],
): ReachRows {
  for (const source of sources) {
    for (const destination of destinations) {
      const row = rowOf(ground, tools, asked, source, destination)
      if (row) yield row
    }
  }
}

function rowOf(
  ground: Ground,
  tools: PairTools,
  asked: ReachQuestion,
  source: ReachEnd,
  destination: ReachEnd,
): ReachRow | undefined {
  const { place: from } = source
  const { place: to } = destination
  const question = questionOf(asked, from, to)
  const resolution = askPair(ground, question, source, destination)
  if (!resolution) return undefined
  const parts = pairParts(tools, { question, resolution, to, why: asked.why === true })
  if (parts.length === 0) return undefined
  return { kind: reachFormat, from: [from], to: [to], parts }
}
