import { printable } from './printable.ts'
import { exitCodes } from './exit-code.ts'
import { systemErrorCode, systemErrorText } from './loading/system-error.ts'
import type { Output, Shell } from './shell.ts'

/** The process's own streams and environment. */
export function processShell(): Shell {
  return {
    get stdin() {
      // Opening it has effects on a terminal, so only who asks gets it.
      return process.stdin
    },
    stdout: streamOutput(process.stdout, true),
    stderr: streamOutput(process.stderr, false),
    env: process.env,
  }
}

function streamOutput(stream: NodeJS.WriteStream, isAnswer: boolean): Output {
  let gone = false
  const waiting: (() => void)[] = []
  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve()
  }
  stream.on('drain', wake)
  stream.on('error', (error) => {
    gone = true
    wake()
    if (isAnswer) explainLoss(error)
  })
  return {
    write: (text) => gone || stream.write(text),
    drained: async () => {
      if (gone || !stream.writableNeedDrain) return
      await new Promise<void>((resolve) => waiting.push(resolve))
    },
    closed: () => gone,
    isTerminal: stream.isTTY,
    columns: stream.isTTY ? stream.columns : undefined,
  }
}

/** A reader that has seen enough (`| head`) is no fault; a full disk is. */
function explainLoss(error: Error): void {
  if (systemErrorCode(error) === 'EPIPE') return
  const why = systemErrorText(error) ?? printable(error.message)
  process.stderr.write(`hopwise: cannot write the answer to standard output: ${why}.\n`)
  process.exitCode = exitCodes.badInput
}
