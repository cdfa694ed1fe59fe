/** The text of a set: `all`, `none`, or parts joined by single commas. */

/**
 * Splits the text and reads each part; `all` stands for the parts of `whole`. Blank parts, blanks around parts, and `all` or `none`
 * beside other parts are refused, as is the whole text when one part is: undefined.
 */
export function parseSetText<P>(
  text: string,
  whole: readonly P[],
  parsePart: (part: string) => P | undefined,
): readonly P[] | undefined {
  if (text === ALL) return whole
  if (text === NONE) return []
  const parts: P[] = []
  for (const piece of text.split(',')) {
    const part = parsePart(piece)
    if (part === undefined) return undefined
    parts.push(part)
  }
  return parts
}

/** Joins the parts; no part is `none`, and a set that holds everything is `all`. */
export function formatSetText(parts: readonly string[], isAll: boolean): string {
  if (isAll) return ALL
  return parts.length === 0 ? NONE : parts.join(',')
}

const ALL = 'all'
const NONE = 'none'
