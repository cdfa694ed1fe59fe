/** Something a machine does not have, in words for whoever sets it up. */
export interface Lack {
  readonly feature: string
  /** What was tried and what the machine said. */
  readonly why: string
  readonly remedy: string
}

/** Whether a machine can hold a lab; one that is able may still do less than it could. */
export type LabAbility =
  | { readonly kind: 'able'; readonly lacks: readonly Lack[] }
  | { readonly kind: 'unable'; readonly lacks: readonly Lack[] }

/** One sentence for each lack. */
export function explainLacks(lacks: readonly Lack[]): string {
  return lacks.map(({ feature, why, remedy }) => `${feature}: ${why}; ${remedy}`).join('\n')
}
