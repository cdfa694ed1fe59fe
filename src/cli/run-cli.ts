import { CommanderError } from 'commander'

import { buildProgram } from './build-program.ts'
import { operandUsage } from './command.ts'
import type { Arguments, CommandRow } from './command.ts'
import { refuse } from './complaint.ts'
import type { Complaint } from './complaint.ts'
import { exitCodes } from './exit-code.ts'
import { commandGroups, commandIn, findCommand } from './command-table.ts'
import { printable } from './printable.ts'
import { printComplaint } from './print-complaint.ts'
import type { Shell } from './shell.ts'

/**
 * Runs one command line and returns the exit code. Prints one clear message for whatever is wrong
 * with the command line or the input; an exception is a bug and ends in code 70.
 * @param argv what follows `hopwise`
 */
export async function runCli(argv: readonly string[], shell: Shell): Promise<number> {
  try {
    const hidden = argv[0] === completionCallback
    return hidden ? await complete(argv.slice(1), shell) : await runCommand(argv, shell)
  } catch (error) {
    return reportBug(error, shell)
  }
}

/** What the completion scripts call; not a command for people. */
const completionCallback = '__complete'

async function complete(words: readonly string[], shell: Shell): Promise<number> {
  const { completeWords } = await import('./completion/complete-words.ts')
  return completeWords(words, shell)
}

async function runCommand(words: readonly string[], shell: Shell): Promise<number> {
  const argv = asOption(words)
  const bare = argv.length === 0 || (argv.length === 1 && Object.hasOwn(commandGroups, argv[0]))
  let exitCode: number = exitCodes.done
  const program = buildProgram(
    async (command, given) => {
      exitCode = await runChosen(command, given, shell)
    },
    {
      write: shell.stdout.write,
      writeInstead: bare ? shell.stderr.write : () => {},
      columns: shell.stdout.columns,
    },
  )
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help that was asked for and the version end here too; the others have an exit code.
    if (error.exitCode === 0) return exitCodes.done
    if (bare) return exitCodes.badInput
    const { explainUsage } = await import('./explain-usage.ts')
    return printComplaint(explainUsage(error, argv), commandName(argv), shell)
  }
}

/** The parser knows `help COMMAND` only where the command is one word. */
function asOption(words: readonly string[]): readonly string[] {
  const [first, ...rest] = words
  return first === 'help' && findCommand(rest.join(' ')) ? [...rest, '--help'] : words
}

async function runChosen(command: CommandRow, given: Arguments, shell: Shell): Promise<number> {
  const missing = missingFrom(command, given)
  if (missing) return printComplaint(missing, `hopwise ${command.name}`, shell)
  const run = await command.load()
  return run(given, shell)
}

function missingFrom(command: CommandRow, { options, operands }: Arguments): Complaint | undefined {
  const { operand, name, examples } = command
  const needed = operand && (operand.kind === 'choice' || operand.otherwise === undefined)
  const word = needed && operands.length === 0 ? [operandUsage(operand)] : []
  const named = command.options
    .filter((option) => option.required && options[option.name] === undefined)
    .map((option) => `--${option.name} ${option.value ?? ''}`)
  const missing = [...word, ...named]
  if (missing.length > 0) {
    const message = `missing ${missing.join(', ')}. Example: ${examples[0]}`
    return refuse('usage.missing', message).complaint
  }
  if (operand?.kind !== 'choice' || operand.words.includes(operands[0])) return undefined
  const message = `"${printable(operands[0])}" is none of ${operand.words.join(', ')}. See hopwise ${name} --help.`
  return refuse('usage.bad-operand', message).complaint
}

function commandName(argv: readonly string[]): string {
  const command = commandIn(argv)
  return command ? `hopwise ${command.name}` : 'hopwise'
}

/** An exception is a mistake of ours: say so briefly, and how to see more. */
function reportBug(error: unknown, { stderr, env }: Shell): number {
  const message = error instanceof Error ? error.message : String(error)
  const shown = printable(message.slice(0, 500))
  stderr.write(`hopwise: internal error: ${shown}. This is a bug in Hopwise, not in your input.\n`)
  if (env.HOPWISE_DEBUG === undefined || env.HOPWISE_DEBUG === '') {
    stderr.write('hopwise: run it again with HOPWISE_DEBUG=1 to see the stack for a bug report.\n')
  } else stderr.write(`${error instanceof Error ? stackOf(error) : shown}\n`)
  return exitCodes.bug
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : ''
  return (error.stack ?? error.message) + cause
}
