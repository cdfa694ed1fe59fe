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
    case 'commander.unknownCommand':
      return unknownCommand(quoted)
    case 'commander.help':
      return unknownCommand(argv[1] ?? '')
    case 'commander.unknownOption': {
      const known = (command?.options ?? []).map(({ name }) => `--${name}`)
      const all = [...known, '--help', ...(command ? [] : ['--version'])]
      return usage('unknown-option', `there is no option ${given}.`, nearest(quoted, all), help)
    }
    case 'commander.optionMissingArgument':
      return usage('missing-value', `${given} needs a value.`, [], help)
    case 'commander.excessArguments':
      return usage('excess-words', `too many words: ${advice}`, [], help)
    default:
      return usage('unusable', `${printable(message.replace(/^error: /, ''))}.`, [], help)
  }
}

function unknownCommand(word: string): Complaint {
  const known = commandTable.map(({ name }) => name)
  const message = `there is no command "${printable(word)}".`
  return usage('unknown-command', message, nearest(word, known), 'See hopwise --help.')
}

const advice = 'options begin with --, and a value with spaces needs quotes.'

function usage(
  code: string,
  message: string,
  candidates: readonly string[],
  help: string,
): Complaint {
  const more = candidates.length > 0 ? { candidates } : {}
  return refuse(`usage.${code}`, `${message}${didYouMean(candidates)} ${help}`, more).complaint
}
