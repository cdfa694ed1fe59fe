import { parseSync } from 'oxc-parser'
import type { Comment, Program } from 'oxc-parser'
import type { SourceFile } from './source-file.ts'

/** A parsed file: its tree, its comments, and the line an offset lies on (from 1). */
export type ParsedSource = SourceFile & {
  readonly program: Program
  readonly comments: readonly Comment[]
  readonly lineAt: (offset: number) => number
}

const parsed = new WeakMap<SourceFile, ParsedSource>()

/**
 * Parses a file with a real parser: a regular expression misses dynamic imports, type imports and
 * whatever stands in a string.
 * @throws when the file is not valid TypeScript; the compiler would refuse it too
 */
export function parseSource(file: SourceFile): ParsedSource {
  const known = parsed.get(file)
  if (known) return known
  const { program, comments, errors } = parseSync(file.path, file.text)
  if (errors.length > 0) throw new Error(`${file.path}: ${errors[0].message}`)
  const lineAt = (offset: number) => file.text.slice(0, offset).split('\n').length
  const result = { ...file, program, comments, lineAt }
  parsed.set(file, result)
  return result
}
