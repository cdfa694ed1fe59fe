export { createAnalyzer, type Analyzer, type VerdictOnly } from './analyzer.ts'
export type { AskedPacket } from './asked-packet.ts'
export { MAX_BRANCHES, MAX_WALKS } from './decide-boxes.ts'
export type { QuestionResolution, ResolvedQuestion, SettledQuestion, UnaskableQuestion } from './resolve-question.ts'
