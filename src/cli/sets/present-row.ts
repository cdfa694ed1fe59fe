import type { ReachPart, ReachRow } from '#analyzer'
import { say } from '#findings'
import type { LanguageTag } from '#findings'
import type { FindingRecord } from '#model'

/** A part as programs get it: the findings with their sentences in one language. */
export interface PresentedPart extends ReachPart {
  readonly findings: readonly (FindingRecord & { readonly message: string })[]
}

/** A line as programs get it. */
export interface PresentedRow extends ReachRow {
  readonly parts: readonly PresentedPart[]
}

/** Puts a line into words; its facts stay as they are. */
export function presentRow(row: ReachRow, language: LanguageTag): PresentedRow {
  return {
    ...row,
    parts: row.parts.map((part) => ({
      ...part,
      findings: part.findings.map((finding) => ({ ...finding, message: say(finding, language) })),
    })),
  }
}
