import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll } from 'vitest'

import { runCli } from '#cli'
import type { Output, Shell } from '#cli'

/** What a command left behind. */
export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** What a test may change about the outside. */
export interface Outside {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: readonly (string | Buffer)[]
  readonly terminal?: { readonly columns: number }
}

/** Runs a command line inside the test's process, with streams that are memory. */
export async function runInMemory(
  argv: readonly string[],
  outside: Outside = {},
): Promise<Outcome> {
  return withMemory((shell) => runCli(argv, shell), outside)
}

/** Runs anything that takes a shell, such as the code of one command, with streams that are memory. */
export async function withMemory(
  run: (shell: Shell) => Promise<number>,
  { env = {}, input = [], terminal }: Outside = {},
): Promise<Outcome> {
  const stdout = openMemory(terminal)
  const stderr = openMemory(terminal)
  const shell: Shell = {
    stdin: Readable.from(input.map((chunk) => Buffer.from(chunk))),
    stdout,
    stderr,
    env,
  }
  const code = await run(shell)
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

/** A folder of this test file's own, removed when the file is done. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hopwise-cli-'))
  folders.push(folder)
  return folder
}

const folders: string[] = []

// Here and not in makeFolder: a hook that a running test asks for never runs.
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Writes a file into a folder and returns its path. */
export function put(folder: string, name: string, content: string | Buffer | object): string {
  const path = join(folder, name)
  const plain = typeof content === 'string' || Buffer.isBuffer(content)
  writeFileSync(path, plain ? content : JSON.stringify(content, undefined, 2))
  return path
}

function openMemory(terminal: Outside['terminal']): Output & { readonly text: () => string } {
  const written: string[] = []
  return {
    write: (text) => {
      written.push(text)
      return true
    },
    drained: async () => {},
    closed: () => false,
    isTerminal: terminal !== undefined,
    columns: terminal?.columns,
    text: () => written.join(''),
  }
}
