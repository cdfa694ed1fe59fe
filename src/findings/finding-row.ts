/** What a finding does to the verdict. Severity follows from it: error, warning, info, error. */
export type Effect = 'blocks' | 'warns' | 'informs' | 'undecides'

/** One row of the catalogue. */
export interface FindingRow {
  readonly effect: Effect
  /** Names of the facts that its sentence needs; every fact is text. */
  readonly facts: readonly string[]
  /** Codes not worth a line of their own beside this one, where they are about the same. */
  readonly hides?: readonly string[]
  /**
   * When a finding of those codes is about the same: it is of this finding's component or `named`
   * it in a fact, or it is of the same `leg`.
   */
  readonly hidesWhere?: 'named' | 'leg'
  /** Codes of blockers that this one explains; it is shown with them. */
  readonly explains?: readonly string[]
}
