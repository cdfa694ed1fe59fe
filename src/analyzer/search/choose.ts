import type { Run } from './run.ts'

/** The branch to take among equal options, as the run's choices say; past their end the first. */
export function choose({ state, choices }: Run, options: number): number {
  return options === 1 ? 0 : Math.min(choices[state.depth++] ?? 0, options - 1)
}
