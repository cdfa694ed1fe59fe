import { createJudge, type Fabric } from '#fabric'
import { createEvidence } from '../../src/analyzer/evidence/evidence.ts'
import { createFollower } from '../../src/analyzer/follow.ts'
import { createAskOne } from '../../src/analyzer/reach/ask-one.ts'
import { insideEnds } from '../../src/analyzer/reach/list-ends.ts'
import { createPairMatrix, type PairMatrix } from '../../src/analyzer/reach/matrix/pair-matrix.ts'
import { createGround } from '../../src/analyzer/resolve/ground.ts'

/** The matrix of a fabric, and how many pairs it has asked one by one so far. */
export function matrixOf(fabric: Fabric): {
  readonly matrix: PairMatrix
  readonly walked: () => number
} {
  const ground = createGround(fabric, createEvidence(fabric))
  const ask = createAskOne(ground, createFollower(fabric, createJudge(fabric)))
  let walks = 0
  const matrix = createPairMatrix(fabric, insideEnds(ground), (from, to, atom) => {
    walks++
    return ask(from, to, atom)
  })
  return { matrix, walked: () => walks }
}
