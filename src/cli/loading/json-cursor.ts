/** Steps through JSON text by index. Each takes the index of a first character and gives the one after. */

/** The first index that is no JSON white space. */
export function skipBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break
    at += 1
  }
  return at
}

/** After the closing quote of the string that begins at `from`; the text's length if it has none. */
export function skipString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return at + 1
    if (code === 0x5c) at += 1
  }
  return text.length
}

/** After the value that begins at `from`, in text that is known to be JSON. */
export function skipValue(text: string, from: number): number {
  const first = text[from]
  if (first === '"') return skipString(text, from)
  if (first !== '{' && first !== '[') return skipWord(text, from)
  let depth = 0
  let at = from
  while (at < text.length) {
    const mark = text[at]
    if (mark === '"') {
      at = skipString(text, at)
      continue
    }
    at += 1
    if (mark === '{' || mark === '[') depth += 1
    else if (mark === '}' || mark === ']') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return at
}

/** After a number, `true`, `false`, `null`, or whatever stands where one was expected. */
export function skipWord(text: string, from: number): number {
  let at = from
  while (at < text.length && !/[\s,:[\]{}"]/.test(text.charAt(at))) at += 1
  return at
}

/** Line and column of an index, both from 1. */
export function placeOf(text: string, index: number): { line: number; column: number } {
  let line = 1
  let start = 0
  for (;;) {
    const end = text.indexOf('\n', start)
    if (end < 0 || end >= index) return { line, column: index - start + 1 }
    line += 1
    start = end + 1
  }
}
