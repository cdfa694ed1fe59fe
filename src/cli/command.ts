import type { Shell } from './shell.ts'

/** What a person typed after the name of a command. */
export interface Arguments {
  /** By the option's long name; switches are `true`. */
  readonly options: Readonly<Record<string, string | true>>
  readonly operands: readonly string[]
}

/** Does the work of a command and says the exit code. */
export type Run = (given: Arguments, shell: Shell) => Promise<number>

/** How the shell completes a value. */
export type Completion = 'file' | 'folder' | 'endpoint' | 'vpc' | readonly string[]

/** One option of a command. */
export interface OptionRow {
  /** Long name without the dashes. */
  readonly name: string
  /** What stands for the value in help texts; absent: a switch. */
  readonly value?: string
  readonly says: string
  /** What is taken when the option is absent, in words. */
  readonly otherwise?: string
  readonly required?: true
  readonly completes?: Completion
}

/** The word after a command's name. */
export interface OperandRow {
  readonly name: string
  readonly words: readonly string[]
}

/** A command: what help, reference, completion and the parser know about it. */
export interface CommandRow {
  readonly name: string
  /** One line of purpose. */
  readonly summary: string
  /** A paragraph more, for the reference and for `--help`. */
  readonly details: string
  readonly operand?: OperandRow
  readonly options: readonly OptionRow[]
  /** Two lines that work when they are pasted in the checkout. */
  readonly examples: readonly [string, string]
  /** Loads the code of the command; nothing else of it is loaded before. */
  readonly load: () => Promise<Run>
}

/** The value of an option that takes one. */
export function optionText({ options }: Arguments, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** Whether a switch was given. */
export function isGiven({ options }: Arguments, name: string): boolean {
  return options[name] !== undefined
}
