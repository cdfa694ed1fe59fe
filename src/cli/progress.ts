import { printable } from './printable.ts'
import type { Shell } from './shell.ts'

/** Tells a person what a long step is at. Nobody is told anything in a pipe or in CI. */
export interface Progress {
  /** What is being done now; shown once the work has lasted a second. */
  readonly report: (text: string) => void
  /** Wipes the line. */
  readonly end: () => void
}

const quietFor = 1_000
const between = 100

/** Progress on standard error, one line that overwrites itself. */
export function openProgress(
  { stderr, env }: Pick<Shell, 'stderr' | 'env'>,
  now: () => number = Date.now,
): Progress {
  if (!stderr.isTerminal || inCi(env)) return silent
  const begun = now()
  let shownAt = -Infinity
  let shown = false
  return {
    report(text) {
      const at = now()
      if (at - begun < quietFor || at - shownAt < between) return
      shownAt = at
      shown = true
      const width = (stderr.columns ?? 80) - 1
      stderr.write(`\r\u001b[K${printable(text).slice(0, width)}`)
    },
    end() {
      if (shown) stderr.write('\r\u001b[K')
      shown = false
    },
  }
}

/** For callers that need one and have nobody to tell. */
export const silent: Progress = { report: () => {}, end: () => {} }

function inCi(env: Shell['env']): boolean {
  const { CI } = env
  return CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0'
}
