import type { CommanderError } from 'commander'

import { nearest } from '#model'

import { commandGroups, commandIn, commandsOf, commandTable } from './command-table.ts'
import type { CommandRow } from './command.ts'
import { didYouMean, refuse } from './complaint.ts'
import type { Complaint } from './complaint.ts'
import { printable } from './printable.ts'

/** One line about a command line that cannot be parsed, with the nearest thing that can. */
export function explainUsage(
  { code, message }: CommanderError,
  argv: readonly string[],
): Complaint {
  const command = commandIn(argv)
  const help = `See hopwise ${command ? `${command.name} ` : ''}--help.`
  const quoted = /'([^']*)'/s.exec(message)?.[1] ?? ''
  const given = printable(quoted)
  switch (code) {
    case 'commander.unknownCommand':
      return unknownCommand(quoted, argv)
    case 'commander.help':
      return unknownCommand(argv[1] ?? '', [])
    case 'commander.unknownOption': {
      const why = misplaced(quoted, command)
      if (why !== undefined) return usage('unknown-option', why, [], help)
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

/** `word` behind the first word of the command line: one of a group, if that is one. */
function unknownCommand(word: string, [group = '']: readonly string[]): Complaint {
  const inGroup = group !== word && Object.hasOwn(commandGroups, group)
  const known = inGroup
    ? commandsOf(group)
    : [...commandTable.map(({ name }) => name.split(' ')[0]), ...Object.keys(commandGroups)]
  const message = `there is no command "${inGroup ? `${group} ` : ''}${printable(word)}".`
  const help = inGroup ? `See hopwise ${group} --help.` : 'See hopwise --help.'
  const near = nearest(word, [...new Set(known)])
  const whole = inGroup ? near.map((one) => `${group} ${one}`) : near
  return usage('unknown-command', message, whole, help)
}

/** Options that stand elsewhere in other commands. */
function misplaced(option: string, command: CommandRow | undefined): string | undefined {
  if (command?.rest) {
    return `there is no option ${printable(option)}. What belongs to the command to run stands after --: ${command.examples[0]}.`
  }
  const network = command?.operand?.name === 'NET' && option.startsWith('--network')
  return network ? `the network stands by itself: hopwise ${command.name} NET.` : undefined
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
