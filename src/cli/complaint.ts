/**
 * Why a command cannot do what it was asked: what was read, where, what was expected, what to do.
 * A value, never thrown: bad input is an everyday fact.
 */
export interface Complaint {
  /** Dotted kebab-case, stable; travels as `error.code` with `--json`. */
  readonly code: string
  /** One line. */
  readonly message: string
  /** One line each, below the message: every problem of a file, say. */
  readonly details?: readonly string[]
  /** What was probably meant. */
  readonly candidates?: readonly string[]
}

/** Something that was read, or the complaint that it cannot be. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly complaint: Complaint }

export function accept<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value }
}

export function refuse(
  code: string,
  message: string,
  more: Pick<Complaint, 'details' | 'candidates'> = {},
): { readonly ok: false; readonly complaint: Complaint } {
  return { ok: false, complaint: { code, message, ...more } }
}

/** `Did you mean a, b or c?` as a sentence to append, or nothing. */
export function didYouMean(candidates: readonly string[]): string {
  if (candidates.length === 0) return ''
  return ` Did you mean ${anyOf(candidates.slice(0, 5))}?`
}

/** `a, b or c`. */
export function anyOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`
}
