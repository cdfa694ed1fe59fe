import type { CommanderError } from 'commander'

import { commandTable, findCommand } from './command-table.ts'
import { didYouMean, refuse } from './complaint.ts'
import type { Complaint } from './complaint.ts'
import { nearest } from './nearest.ts'
import { printable } from './printable.ts'

/** One line about a command line that cannot be parsed, with the nearest thing that can. */
export function explainUsage(
  { code, message }: CommanderError,
  argv: readonly string[],
): Complaint {
  const command = findCommand(argv.find((argument) => !argument.startsWith('-')))
  const help = `See hopwise ${command ? `${command.name} ` : ''}--help.`
  const quoted = /'([^']*)'/s.exec(message)?.[1] ?? ''
  const given = printable(quoted)
  switch (code) {
    case 'commander.unknownCommand': {
      const known = commandTable.map(({ name }) => name)
      return usage(code, `there is no command "${given}".`, nearest(quoted, known), help)
    }
    case 'commander.unknownOption': {
      const known = (command?.options ?? []).map(({ name }) => `--${name}`)
      const all = [...known, '--help', ...(command ? [] : ['--version'])]
      return usage(code, `there is no option ${given}.`, nearest(quoted, all), help)
    }
    case 'commander.optionMissingArgument':
      return usage(code, `${given} needs a value.`, [], help)
    case 'commander.excessArguments':
      return usage(
        code,
        `too many words: options begin with --, and a value with spaces needs quotes.`,
        [],
        help,
      )
    default:
      return usage(code, `${printable(message.replace(/^error: /, ''))}.`, [], help)
  }
}

function usage(
  code: string,
  message: string,
  candidates: readonly string[],
  help: string,
): Complaint {
  const stable = `usage.${code.replace('commander.', '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  const more = candidates.length > 0 ? { candidates } : {}
  return refuse(stable, `${message}${didYouMean(candidates)} ${help}`, more).complaint
}
