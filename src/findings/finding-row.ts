/** What a finding does to the verdict. Severity follows from it: error, warning, info, error. */
export type Effect = 'blocks' | 'warns' | 'informs' | 'undecides'

/** One row of the catalogue. */
export interface FindingRow {
  readonly effect: Effect
  /** Names of the facts that its sentence needs; every fact is text. */
  readonly facts: readonly string[]
  /** Codes not worth a line of their own beside this one. */
  readonly hides?: readonly string[]
}
