import type { Mismatch } from './run-conformance.ts'

/** Why a difference between paper and wire is known, and no mistake of either. */
export interface Explanation {
  readonly says: string
  /** The folder below `scenarios/` that shows it with as little as possible. */
  readonly scenario: string
  readonly holds: (mismatch: Mismatch) => boolean
}

/** Differences that are understood; all others fail a run. None is known today. */
export const explanations = {} as const satisfies Record<string, Explanation>

/** Name of a row of `explanations`. */
export type ExplanationName = keyof typeof explanations

/** The first row that holds. */
export function explain(mismatch: Mismatch): ExplanationName | undefined {
  const rows: Readonly<Record<string, Explanation>> = explanations
  return explanationNames.find((name) => rows[name]?.holds(mismatch))
}

const explanationNames = Object.keys(explanations).filter(isName)

function isName(name: string): name is ExplanationName {
  return Object.hasOwn(explanations, name)
}
