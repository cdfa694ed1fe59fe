export type { ConcreteQuestion } from './draw/concrete-question.ts'
export { diceOf, type Dice, type Random, seededRandom } from './draw/dice.ts'
export { halfReadNetwork, randomNetwork, type RandomNetworkOptions } from './draw/random-network.ts'
export { randomQuestion } from './draw/random-question.ts'
export {
  type Drawing,
  emptySketch,
  home,
  leaveGap,
  type Plain,
  type Sketch,
  toNetwork,
} from './draw/sketch.ts'
export { compareAnswer, type Comparison } from './compare-answer.ts'
export { emptyCoverage, type Coverage } from './choose-questions.ts'
export { type FeatureName, featureNames } from './features.ts'
export { type ProbedNetwork, type ProbedQuestion, probeNetwork } from './probe-network.ts'
export { type Mismatch, type Report, runConformance, type RunOptions } from './run-conformance.ts'
