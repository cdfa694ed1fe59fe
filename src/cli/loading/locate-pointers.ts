import { skipBlanks, skipString, skipValue } from './json-cursor.ts'

/** Texts above this many characters are not searched: an answer within a blink matters more. */
const longestSearched = 100_000_000

/**
 * The line (from 1) of each JSON pointer's value in a text that is known to be JSON. A pointer to
 * a missing value gives the line of the nearest container above it.
 */
export function locatePointers(
  text: string,
  pointers: readonly string[],
): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>()
  if (text.length <= longestSearched) {
    visit({ text, offsets }, skipBlanks(text, 0), { pointers, depth: 0 })
  }
  return linesOf(text, offsets)
}

interface Search {
  readonly text: string
  readonly offsets: Map<string, number>
}

/** The pointers that lead through a value, which lies `depth` steps below the root. */
interface Wanted {
  readonly pointers: readonly string[]
  readonly depth: number
}

/** Notes where the value begins, looks below it where a pointer leads on, returns the index after it. */
function visit(search: Search, at: number, wanted: Wanted): number {
  for (const pointer of wanted.pointers) search.offsets.set(pointer, at)
  const deeper = wanted.pointers.filter((pointer) => stepsOf(pointer).length > wanted.depth)
  const first = search.text[at]
  if (deeper.length === 0 || (first !== '{' && first !== '[')) return skipValue(search.text, at)
  return visitItems(search, at, { pointers: deeper, depth: wanted.depth })
}

function visitItems(search: Search, from: number, wanted: Wanted): number {
  const { text } = search
  const named = text[from] === '{'
  let at = skipBlanks(text, from + 1)
  for (let index = 0; text[at] !== '}' && text[at] !== ']'; index += 1) {
    const keyEnd = named ? skipString(text, at) : at
    const step = named ? keyOf(text.slice(at, keyEnd)) : String(index)
    if (named) at = skipBlanks(text, skipBlanks(text, keyEnd) + 1)
    at = skipBlanks(text, visit(search, at, below(wanted, step)))
    if (text[at] === ',') at = skipBlanks(text, at + 1)
  }
  return at + 1
}

function below({ pointers, depth }: Wanted, step: string): Wanted {
  const leading = pointers.filter((pointer) => stepsOf(pointer)[depth] === step)
  return { pointers: leading, depth: depth + 1 }
}

/** A pointer cut into its steps, RFC 6901 §3 undone. */
function stepsOf(pointer: string): readonly string[] {
  const known = cut.get(pointer)
  if (known) return known
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (cut.size > 10_000) cut.clear()
  cut.set(pointer, steps)
  return steps
}

const cut = new Map<string, readonly string[]>()

function keyOf(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  const key: unknown = JSON.parse(quoted)
  return String(key)
}

function linesOf(text: string, offsets: ReadonlyMap<string, number>): Map<string, number> {
  const lines = new Map<string, number>()
  const inOrder = [...offsets].sort(([, a], [, b]) => a - b)
  let line = 1
  let passed = 0
  for (const [pointer, offset] of inOrder) {
    for (;;) {
      const end = text.indexOf('\n', passed)
      if (end < 0 || end >= offset) break
      line += 1
      passed = end + 1
    }
    lines.set(pointer, line)
  }
  return lines
}
