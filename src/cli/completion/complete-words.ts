import type { CommandRow, Completion, OptionRow } from '../command.ts'
import { commandTable, findCommand } from '../command-table.ts'
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
  const command = findCommand(before[0])
  if (before.length === 0)
    return beginning(word, [...commandTable.map(({ name }) => name), 'help', '--help', '--version'])
  if (before[0] === 'help')
    return beginning(
      word,
      commandTable.map(({ name }) => name),
    )
  if (!command) return []
  const asked = findOption(command, lead ?? before.at(-1))
  if (asked?.value !== undefined) return valuesOf(asked.completes ?? [], before, value)
  const operand = command.operand && before.length === 1 ? command.operand.words : []
  const given = new Set(before)
  const options = [...command.options.map(({ name }) => `--${name}`), '--help']
  return beginning(word, [...operand, ...options.filter((option) => !given.has(option))])
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
  if (completes !== 'endpoint' && completes !== 'vpc') return beginning(value, completes)
  const network = networkIn(before)
  if (network === undefined) return completes === 'endpoint' ? beginning(value, ['internet']) : []
  const { completeIds } = await import('./complete-ids.ts')
  return completeIds(network, completes, value)
}

function networkIn(before: readonly string[]): string | undefined {
  const assigned = before.find((word) => word.startsWith('--network='))?.slice('--network='.length)
  const at = before.indexOf('--network')
  return assigned ?? (at < 0 ? undefined : before[at + 1])
}

function beginning(word: string, known: readonly string[]): readonly string[] {
  return known.filter((one) => one.startsWith(word))
}
