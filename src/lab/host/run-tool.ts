import { spawn } from 'node:child_process'

/** A program, its words, and what it reads. */
export interface Tool {
  readonly command: string
  readonly args: readonly string[]
  readonly input?: string
}

/** How a program ended. */
export interface Ran {
  readonly code: number
  readonly output: string
  readonly errors: string
}

/** No tool of a lab works longer than this. */
const LIMIT_MS = 60_000

/** Runs a program to its end. Rejects if it cannot be started. */
export function run({ command, args, input = '' }: Tool): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    })
    const output: Buffer[] = []
    const errors: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
    child.on('error', (cause) => reject(new Error(`${command} cannot be started`, { cause })))
    // A tool that ends before it has read everything says why on its own.
    child.stdin.on('error', () => undefined)
    child.on('close', (code, signal) => {
      if (signal !== null) errors.push(Buffer.from(`${command} was ended by ${signal}`))
      resolve({
        code: code ?? 1,
        output: Buffer.concat(output).toString(),
        errors: Buffer.concat(errors).toString(),
      })
    })
    child.stdin.end(input)
  })
}
