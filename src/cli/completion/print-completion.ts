import type { Arguments } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import type { Shell } from '../shell.ts'
import { completionScripts } from './completion-scripts.ts'

/** `hopwise completion`: prints the script of a shell. The operand was checked by run-cli.ts. */
export async function printCompletion(given: Arguments, { stdout }: Shell): Promise<number> {
  const [name] = given.operands
  if (!isKnown(name)) throw new Error(`no completion script for ${name}`)
  stdout.write(completionScripts[name])
  return exitCodes.done
}

function isKnown(name: string): name is keyof typeof completionScripts {
  return Object.hasOwn(completionScripts, name)
}
