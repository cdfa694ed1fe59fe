import type { Run } from './run.ts'

/** The branch to take among equal options, as the run's choices say; past their end the first. */
export function choose({ state, choices, forks }: Run, options: number): number {
  if (options === 1) return 0
  const depth = state.depth++
  if (state.supposed === 0) forks[depth] = options
  return Math.min(choices[depth] ?? 0, options - 1)
}
