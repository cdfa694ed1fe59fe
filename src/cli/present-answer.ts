import { advise, say, sayVerdict } from '#findings'
import type { LanguageTag } from '#findings'
import type { Alternative, Answer, Assumption, FindingRecord } from '#model'

/** A finding with its sentence and its advice in one language. */
export interface PresentedFinding extends FindingRecord {
  readonly message: string
  readonly advice: string
}

/** An assumption with its sentence. */
export interface PresentedAssumption extends Assumption {
  readonly message: string
}

/** An answer as programs get it: the model's, and what it says in one language. */
export interface PresentedAnswer extends Answer {
  /** The verdict in one sentence. */
  readonly summary: string
  readonly findings: readonly PresentedFinding[]
  readonly assumptions: readonly PresentedAssumption[]
  readonly alternatives?: readonly (Alternative & {
    readonly findings: readonly PresentedFinding[]
  })[]
}

/** Puts an answer into words; its facts stay as they are. */
export function presentAnswer(answer: Answer, language: LanguageTag): PresentedAnswer {
  const { kind, id, alternatives, ...rest } = answer
  const present = (finding: FindingRecord) => presentFinding(finding, language)
  return {
    kind,
    ...(id === undefined ? {} : { id }),
    summary: sayVerdict(answer, language),
    ...rest,
    findings: answer.findings.map(present),
    assumptions: answer.assumptions.map((one) => ({ ...one, message: say(one, language) })),
    ...(alternatives && {
      alternatives: alternatives.map(({ via, findings }) => ({
        via,
        findings: findings.map(present),
      })),
    }),
  }
}

function presentFinding(finding: FindingRecord, language: LanguageTag): PresentedFinding {
  return { ...finding, message: say(finding, language), advice: advise(finding, language) }
}
