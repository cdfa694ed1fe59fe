import type { Readable } from 'node:stream'

/** The outside as a command sees it. Tests put their own in its place. */
export interface Shell {
  readonly stdin: Readable
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Where text goes: a stream of the process, or a test's memory. */
export interface Output {
  /** False asks the writer to wait for `drained`. */
  readonly write: (text: string) => boolean
  /** Resolves when more may be written, or when nobody reads any more. */
  readonly drained: () => Promise<void>
  /** True when the reader has gone (`| head`): what is written now goes nowhere. */
  readonly closed: () => boolean
  readonly isTerminal: boolean
  /** Columns of the terminal, where it is one. */
  readonly columns: number | undefined
}
