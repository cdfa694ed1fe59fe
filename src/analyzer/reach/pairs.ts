import { createJudge, type Fabric } from '#fabric'
import type { QuestionProtocol } from '#model'
import { createEvidence } from '../evidence/evidence.ts'
import { createFollower } from '../follow.ts'
import { createGround } from '../resolve/ground.ts'
import { protocolNumber } from '../resolve/protocol.ts'
import { createAskOne } from './ask-one.ts'
import { insideEnds } from './list-ends.ts'
import type { Atom } from './matrix/atom.ts'
import { listAtoms, pointAtom } from './matrix/list-atoms.ts'
import { type AtomMatrix, createPairMatrix } from './matrix/pair-matrix.ts'
import type { ReachPlace } from './reach-row.ts'

/** Who inside the network can send to whom, without reasons: for counting, comparing and drawing. */
export interface Pairs {
  /** Interfaces at each of their addresses, classic instances, floating addresses. */
  readonly places: readonly ReachPlace[]
  /** The matrix of a protocol and, where it has ports, one of them. */
  readonly at: (protocol: Exclude<QuestionProtocol, 'any'>, port?: number) => AtomMatrix
  /** Atoms that together are every packet: inside one, no rule tells packets apart. */
  readonly atoms: () => readonly Atom[]
  readonly ofAtom: (atom: Atom) => AtomMatrix
}

/**
 * All pairs of a fabric. Cost: linear in its addresses, once; then an atom costs about what its
 * classes and their rows do. Not for use by two callers at the same time.
 */
export function createPairs(fabric: Fabric): Pairs {
  const ground = createGround(fabric, createEvidence(fabric))
  const follower = createFollower(fabric, createJudge(fabric))
  const ends = insideEnds(ground)
  const matrix = createPairMatrix(fabric, ends, createAskOne(ground, follower))
  return {
    places: ends.map(({ place }) => place),
    at(protocol, port = 0) {
      const number = protocolNumber(protocol, 4)
      return matrix.at(pointAtom(number, port, number === 1 ? [4] : [4, 6]))
    },
    atoms: () => listAtoms(ground),
    ofAtom: (atom) => matrix.at(atom),
  }
}
