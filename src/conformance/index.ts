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
export {
  type ProbedNetwork,
  type ProbedQuestion,
  portsOf,
  probeNetwork,
  publicHosts,
} from './probe-network.ts'
export {
  drawSeed,
  type Mismatch,
  type ProbedSeed,
  type Report,
  runConformance,
  type RunOptions,
  unexplained,
} from './run-conformance.ts'
export { type Explanation, type ExplanationName, explanations } from './explanations.ts'
export { shrinkMismatch } from './shrink-mismatch.ts'
export { narrowQuestion, type Narrowed, type Packet } from './verify/narrow-question.ts'
export { type NamedService, namedServices } from './verify/named-service.ts'
export { outsideHosts } from './verify/outside-hosts.ts'
export { usualQuestions, type UsualQuestions } from './verify/usual-questions.ts'
export type {
  Aspect,
  MeasuredQuestion,
  Unmeasured,
  UnmeasuredQuestion,
  Verified,
} from './verify/verified.ts'
export { type RuleNames, type StandingLab, verifyQuestions } from './verify/verify-questions.ts'
export { type FabricFault, factsOf, plantFabricFaults, type ProbedFacts } from './fabric-faults.ts'
export { type PlanFault, planFaults } from './plan-faults.ts'
export {
  type Circumstances,
  closingLine,
  type Figures,
  figuresOf,
  percent,
  type PlantedFaults,
} from './figures.ts'
export { type NoticedFault, plantPlanFaults } from './plant-plan-faults.ts'
export { mismatchLines, reportLines } from './report-lines.ts'
export { type KeptMismatch, shrinkMismatches } from './shrink-mismatches.ts'
export { conformanceDoc, figuresTable } from './conformance-doc.ts'
export { type Lesson, lessons } from './lessons.ts'
