import type { Shell } from '../shell.ts'

/** Long lines are hard to read, so a wide terminal is not filled. */
export function widthOf({ stdout }: Shell): number {
  return Math.min(Math.max(stdout.columns ?? 80, 48), 100)
}
