/**
 * The known names that a mistyped one may have meant: nearest first, at most three. Nearness is the
 * number of edits (insert, delete, replace), case aside: at most three, fewer for short names.
 * Reads every name, so a stream of questions does better to ask for none.
 */
export function suggestNames(wanted: string, known: Iterable<string>): readonly string[] {
  if (wanted.length > LONGEST) return []
  const pattern = wanted.toLowerCase()
  const farthest = Math.min(MOST_EDITS, Math.max(1, Math.floor(pattern.length / 3)))
  const best: Suggestion[] = []
  for (const name of known) {
    // Once three are kept, only a nearer one may push out the last.
    const limit = best.length < KEPT ? farthest : best[KEPT - 1].edits - 1
    if (limit < 0) break
    if (Math.abs(name.length - pattern.length) > limit) continue
    const edits = countEdits(pattern, name.toLowerCase(), limit)
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

/** Levenshtein distance, or more than `limit` as soon as that is certain. */
function countEdits(a: string, b: string, limit: number): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  let row = Array.from({ length: b.length + 1 }, () => 0)
  for (let i = 1; i <= a.length; i++) {
    if (fillRow(row, above, i, a.charCodeAt(i - 1), b, limit) > limit) return limit + 1
    ;[above, row] = [row, above]
  }
  return above[b.length]
}

/** Fills the band of `limit` columns around the diagonal; returns the least number in it. */
function fillRow(
  row: number[],
  above: readonly number[],
  i: number,
  letter: number,
  b: string,
  limit: number,
): number {
  const first = Math.max(1, i - limit)
  const last = Math.min(b.length, i + limit)
  row[first - 1] = first === 1 ? i : limit + 1
  let least = row[first - 1]
  for (let j = first; j <= last; j++) {
    const changed = above[j - 1] + (b.charCodeAt(j - 1) === letter ? 0 : 1)
    row[j] = Math.min(changed, above[j] + 1, row[j - 1] + 1)
    if (row[j] < least) least = row[j]
  }
  if (last < b.length) row[last + 1] = limit + 1
  return least
}
