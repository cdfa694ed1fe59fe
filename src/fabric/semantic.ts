/** A packet semantic: what it says and where that is documented. Its key is its id. */
export interface SemanticRow {
  readonly says: string
  readonly source: string
}

/** Asks whether a semantic is in force; tests switch single ones off. */
export type SemanticSwitch<Id extends string> = (id: Id) => boolean

/** Every semantic in force but the named ones. */
export function allBut<Id extends string>(off: Iterable<Id>): SemanticSwitch<Id> {
  const missing = new Set(off)
  return (id) => !missing.has(id)
}
