import { Command, Option } from 'commander'

import { operandUsage } from './command.ts'
import type { Arguments, CommandRow, OperandRow, OptionRow } from './command.ts'
import { commandGroups, commandTable } from './command-table.ts'
import { aboutHopwise } from './about.ts'

/** Called with the command that a person asked for. */
export type Chosen = (command: CommandRow, given: Arguments) => Promise<void>

/** Where help goes. */
export interface HelpOutput {
  /** Help that was asked for. */
  readonly write: (text: string) => void
  /** Help in place of an answer. */
  readonly writeInstead: (text: string) => void
  readonly columns: number | undefined
}

/**
 * The parser for the command table. Every way to end early (help, version, a usage error) is thrown
 * as a `CommanderError`; nothing here ends the process or prints an error.
 */
export function buildProgram(chosen: Chosen, help: HelpOutput): Command {
  const program = new Command('hopwise')
    .description("Why can't A reach B? Answers from the network's configuration, with proof.")
    .usage('COMMAND [OPTIONS]')
    .exitOverride()
    .configureOutput({
      writeOut: help.write,
      writeErr: help.writeInstead,
      outputError: () => {},
      getOutHelpWidth: () => help.columns ?? 80,
      getErrHelpWidth: () => help.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .version(
      aboutHopwise(),
      '-V, --version',
      'print the version, the schema versions and that of Node',
    )
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [COMMAND]', 'print the help of a command')
    .addHelpText('after', `\n${exampleText(frontExamples)}`)
    .configureHelp({ visibleCommands: everyCommand, subcommandTerm: fullName })
  for (const row of commandTable) {
    const parent = groupOf(row, program)
    parent.addCommand(buildCommand(row, chosen).copyInheritedSettings(program))
  }
  return program
}

/** The command that a row's own word stands below: a group, made when its first row comes. */
function groupOf({ name }: CommandRow, program: Command): Command {
  const [group = '', word] = name.split(' ')
  if (word === undefined) return program
  const known = program.commands.find((command) => command.name() === group)
  if (known) return known
  const summary = commandGroups[group] ?? ''
  const made = new Command(group).description(summary).usage('COMMAND [OPTIONS]').helpCommand(false)
  program.addCommand(made.copyInheritedSettings(program))
  return made
}

/** A group has no line of its own: its commands have. */
function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((one) => (one.commands.length > 0 ? one.commands : [one]))
}

function fullName(command: Command): string {
  const { parent } = command
  return parent?.parent ? `${parent.name()} ${command.name()}` : command.name()
}

const frontExamples = commandTable.slice(0, 2).map(({ examples }) => examples[0])

function buildCommand(row: CommandRow, chosen: Chosen): Command {
  const { operand, rest } = row
  const command = new Command(row.name.split(' ').at(-1))
    .summary(row.summary)
    .description(`${row.summary}\n\n${row.details}`)
    .usage(usageOf(row))
    .addHelpText('after', `\n${exampleText(row.examples)}`)
  // Optional for the parser: run-cli.ts names everything that is missing at once.
  if (operand) command.argument(`[${operand.name}]`, meaningOf(operand))
  if (rest) command.argument(`[${rest.name}...]`, rest.says)
  for (const option of row.options) command.addOption(buildOption(option))
  return command.action(async () => chosen(row, readArguments(row, command)))
}

function usageOf({ operand, rest }: CommandRow): string {
  return [
    ...(operand ? [operandUsage(operand)] : []),
    '[OPTIONS]',
    ...(rest ? [`[-- ${rest.name}...]`] : []),
  ].join(' ')
}

function meaningOf(operand: OperandRow): string {
  if (operand.kind === 'choice') return operand.words.join(', ')
  const { says, otherwise } = operand
  return otherwise === undefined ? says : `${says} (default: ${otherwise})`
}

function buildOption({ name, value, says, otherwise, required }: OptionRow): Option {
  const remark = required
    ? ' (required)'
    : otherwise === undefined
      ? ''
      : ` (default: ${otherwise})`
  return new Option(value === undefined ? `--${name}` : `--${name} <${value}>`, says + remark)
}

function readArguments(row: CommandRow, command: Command): Arguments {
  const values: Record<string, unknown> = command.opts()
  const options: Record<string, string | true> = {}
  for (const option of command.options) {
    const value = values[option.attributeName()]
    const name = option.long?.slice(2)
    if (name !== undefined && (typeof value === 'string' || value === true)) options[name] = value
  }
  return { options, operands: row.operand ? command.args : [] }
}

function exampleText(examples: readonly string[]): string {
  return ['Examples:', ...examples.map((example) => `  ${example}`)].join('\n')
}
