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
export type Completion =
  | 'file'
  | 'folder'
  | 'endpoint'
  | 'vpc'
  /** A lab that is up, and an instance in the one that `--name` says. */
  | 'lab'
  | 'inhabitant'
  | readonly string[]

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
export type OperandRow =
  /** One of a few words. */
  | { readonly kind: 'choice'; readonly name: string; readonly words: readonly string[] }
  /** Any text. */
  | {
      readonly kind: 'text'
      readonly name: string
      readonly says: string
      /** What is taken when it is absent, in words; itself absent: it must be given. */
      readonly otherwise?: string
      readonly completes: Completion
    }

/** A command: what help, reference, completion and the parser know about it. */
export interface CommandRow {
  /** One word, or a word and that of the group it belongs to: `lab up`. */
  readonly name: string
  /** One line of purpose. */
  readonly summary: string
  /** A paragraph more, for the reference and for `--help`. */
  readonly details: string
  readonly operand?: OperandRow
  /** What words after the operand and `--` are: their name in help texts, and what they are for. */
  readonly rest?: { readonly name: string; readonly says: string }
  readonly options: readonly OptionRow[]
  /** Two lines that work when they are pasted in the checkout. */
  readonly examples: readonly [string, string]
  /** Loads the code of the command; nothing else of it is loaded before. */
  readonly load: () => Promise<Run>
}

/** How a person sees an operand in a usage line: `bash|zsh|fish`, `NET`, `[NAME]`. */
export function operandUsage(operand: OperandRow): string {
  if (operand.kind === 'choice') return operand.words.join('|')
  return operand.otherwise === undefined ? operand.name : `[${operand.name}]`
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
