import type { Component } from '#model'
import type { Run } from './run.ts'

/**
 * The branch to take among equal options, as the run's choices say; past their end the first.
 * `balancer` made the fork; absent: a route or a translation.
 */
export function choose(
  { state, choices, forks }: Run,
  options: number,
  balancer?: Component,
): number {
  if (options === 1) return 0
  const depth = state.depth++
  if (state.supposed === 0) forks[depth] = { options, balancer }
  return Math.min(choices[depth] ?? 0, options - 1)
}
