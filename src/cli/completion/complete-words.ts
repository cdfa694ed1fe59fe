import type { CommandRow, Completion, OptionRow } from '../command.ts'
import { commandGroups, commandIn, commandsOf, commandTable } from '../command-table.ts'
import { exitCodes } from '../exit-code.ts'
import type { Shell } from '../shell.ts'

/**
 * Prints what may stand in place of the last word, one candidate a line; `:files` asks the shell to
 * complete file names itself. Never complains: whoever presses Tab is in the middle of a word.
 * @param words the command line after `hopwise`, up to the cursor
 */
export async function completeWords(words: readonly string[], { stdout }: Shell): Promise<number> {
  const typed = joinAssignments(words)
  const word = typed.at(-1) ?? ''
  const before = typed.slice(0, -1)
  const [value, lead] = splitAssignment(word)
  const found = await candidates(before, word, value, lead)
  for (const candidate of found) stdout.write(`${candidate}\n`)
  return exitCodes.done
}

/** Bash cuts `--from=i-1` into three words. */
function joinAssignments(words: readonly string[]): readonly string[] {
  const joined: string[] = []
  for (const word of words) {
    const last = joined.at(-1)
    if (last !== undefined && (word === '=' || /^--[a-z-]+=$/.test(last))) {
      joined[joined.length - 1] = last + word
    } else joined.push(word)
  }
  return joined
}

/** The part of a word that is being completed, and the option before its `=`. */
function splitAssignment(word: string): readonly [string, string | undefined] {
  const found = /^(--[a-z-]+)=(.*)$/s.exec(word)
  return found ? [found[2], found[1]] : [word, undefined]
}

async function candidates(
  before: readonly string[],
  word: string,
  value: string,
  lead: string | undefined,
): Promise<readonly string[]> {
  if (before.length === 0) return beginning(word, [...firstWords(), 'help', '--help', '--version'])
  const [first, ...others] = before
  if (first === 'help') return others.length === 0 ? beginning(word, firstWords()) : []
  const isGroup = Object.hasOwn(commandGroups, first)
  if (isGroup && others.length === 0) return beginning(word, [...commandsOf(first), '--help'])
  const command = commandIn(before)
  // What stands behind -- is another program's.
  if (!command || before.includes('--')) return []
  const asked = findOption(command, lead ?? before.at(-1))
  if (asked?.value !== undefined) return valuesOf(asked.completes ?? [], before, value)
  const place = before.length === command.name.split(' ').length
  const operand = place && !word.startsWith('-') ? await operandsFor(command, before, word) : []
  const given = new Set(before)
  const options = [...command.options.map(({ name }) => `--${name}`), '--help']
  const left = options.filter((option) => !given.has(option))
  // Beside a file or an id, options would only be in the way.
  const alone = command.operand?.kind === 'text' && operand.length > 0
  return alone ? operand : [...operand, ...beginning(word, left)]
}

function firstWords(): readonly string[] {
  return [...new Set(commandTable.map(({ name }) => name.split(' ')[0]))]
}

async function operandsFor(
  { operand }: CommandRow,
  before: readonly string[],
  word: string,
): Promise<readonly string[]> {
  if (!operand) return []
  if (operand.kind === 'choice') return beginning(word, operand.words)
  return valuesOf(operand.completes, before, word)
}

function findOption(command: CommandRow, word: string | undefined): OptionRow | undefined {
  return command.options.find(({ name }) => word === `--${name}`)
}

async function valuesOf(
  completes: Completion,
  before: readonly string[],
  value: string,
): Promise<readonly string[]> {
  if (completes === 'file' || completes === 'folder') return [':files']
  if (completes === 'lab' || completes === 'inhabitant') {
    const { labWords } = await import('../lab/complete-labs.ts')
    return beginning(value, labWords(completes, valueIn('name', before)))
  }
  if (completes !== 'endpoint' && completes !== 'vpc') return beginning(value, completes)
  const network = valueIn('network', before)
  if (network === undefined) return completes === 'endpoint' ? beginning(value, ['internet']) : []
  const { completeIds } = await import('./complete-ids.ts')
  return completeIds(network, completes, value)
}

/** What an option that stands on the line already was given. */
function valueIn(option: string, before: readonly string[]): string | undefined {
  const assigned = before.find((word) => word.startsWith(`--${option}=`))
  const at = before.indexOf(`--${option}`)
  return assigned?.slice(option.length + 3) ?? (at < 0 ? undefined : before[at + 1])
}

function beginning(word: string, known: readonly string[]): readonly string[] {
  return known.filter((one) => one.startsWith(word))
}
