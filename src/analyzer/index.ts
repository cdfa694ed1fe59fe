export { createAnalyzer, type Analyzer, type VerdictOnly } from './analyzer.ts'
export type { AskedPacket } from './asked-packet.ts'
export { MAX_BRANCHES, MAX_WALKS } from './decide-boxes.ts'
export { createReach, type Reach, type ReachRows } from './reach/reach.ts'
export { createPairs, type Pairs } from './reach/pairs.ts'
export type { AtomMatrix } from './reach/matrix/pair-matrix.ts'
export type { Atom } from './reach/matrix/atom.ts'
export * from './reach/reach-row.ts'
export type {
  QuestionResolution,
  ResolvedQuestion,
  SettledCode,
  SettledQuestion,
  Settlement,
  UnaskableCode,
  UnaskableQuestion,
} from './resolve/question-resolution.ts'
