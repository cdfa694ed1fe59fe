/**
 * The known names that a mistyped one may have meant: nearest first, at most three. Nearness is the
 * number of edits (insert, delete, replace, swap neighbours), case aside: at most three, fewer for short names.
 * Reads every name, so a stream of questions does better to ask for none.
 */
export function suggestNames(wanted: string, known: Iterable<string>): readonly string[] {
  if (wanted.length > LONGEST) return []
  const pattern = wanted.toLowerCase()
  const farthest = Math.min(MOST_EDITS, Math.max(1, Math.floor(pattern.length / 3)))
  const best: Suggestion[] = []
  const rows = openRows()
  for (const name of known) {
    // Once three are kept, only a nearer one may push out the last.
    const limit = best.length < KEPT ? farthest : best[KEPT - 1].edits - 1
    if (limit < 0) break
    if (Math.abs(name.length - pattern.length) > limit) continue
    const edits = countEdits(...differing(pattern, name.toLowerCase()), limit, rows)
    if (edits <= limit) keep(best, { name, edits })
  }
  return best.map(({ name }) => name)
}

interface Suggestion {
  readonly name: string
  readonly edits: number
}

const KEPT = 3
const MOST_EDITS = 3
const LONGEST = 200

function keep(best: Suggestion[], suggestion: Suggestion): void {
  // An instance and its interface often bear one name.
  if (best.some(({ name }) => name === suggestion.name)) return
  const place = best.findIndex(({ edits }) => edits > suggestion.edits)
  best.splice(place < 0 ? best.length : place, 0, suggestion)
  best.length = Math.min(best.length, KEPT)
}

/** What is left of two words without their common beginning and end: ids differ in few letters. */
function differing(a: string, b: string): readonly [string, string] {
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++
  let end = 0
  while (
    end < shorter - start &&
    a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)
  )
    end++
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)]
}

/**
 * Optimal string alignment distance, or more than `limit` as soon as that is certain. Only the band
 * of `limit` columns around the diagonal is filled: what lies outside it is farther away anyway.
 */
function countEdits(a: string, b: string, limit: number, rows: Rows): number {
  if (a.length === 0 || b.length === 0) return a.length + b.length
  let [older, above, row] = rows
  for (const each of rows) each.fill(FAR, 0, b.length + 1)
  for (let j = 0; j <= Math.min(limit, b.length); j++) above[j] = j
  for (let i = 1; i <= a.length; i++) {
    if (fillRow(row, above, older, { a, b, i, limit }) > limit) return limit + 1
    ;[older, above, row] = [above, row, older]
  }
  return above[b.length]
}

/** Three rows of the table of distances, used again for every name. */
type Rows = readonly [Uint16Array, Uint16Array, Uint16Array]

function openRows(): Rows {
  const row = () => new Uint16Array(LONGEST + MOST_EDITS + 1)
  return [row(), row(), row()]
}

const FAR = 1_000

interface Line {
  readonly a: string
  readonly b: string
  readonly i: number
  readonly limit: number
}

/** Fills the band of the row of letter `i`; returns the least number in it. */
function fillRow(
  row: Uint16Array,
  above: Uint16Array,
  older: Uint16Array,
  { a, b, i, limit }: Line,
): number {
  const first = Math.max(1, i - limit)
  const last = Math.min(b.length, i + limit)
  row[first - 1] = first === 1 ? i : FAR
  let least = row[first - 1]
  for (let j = first; j <= last; j++) {
    const same = a[i - 1] === b[j - 1]
    let edits = Math.min(above[j - 1] + (same ? 0 : 1), above[j] + 1, row[j - 1] + 1)
    const swapped = !same && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
    if (swapped) edits = Math.min(edits, older[j - 2] + 1)
    row[j] = edits
    if (edits < least) least = edits
  }
  if (last < b.length) row[last + 1] = FAR
  return least
}
