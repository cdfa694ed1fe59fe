/** One word of a line; a quoted one is never an option. */
export interface LineWord {
  readonly text: string
  readonly quoted: boolean
}

/**
 * Splits a line of `iptables-save` at blanks. Double quotes hold words together, a backslash within
 * them takes the next letter as it is. Undefined if a quote is not closed.
 */
export function splitWords(line: string): readonly LineWord[] | undefined {
  const words: LineWord[] = []
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y
  let at = 0
  while (line.slice(at).trim() !== '') {
    pattern.lastIndex = at
    const found = pattern.exec(line)
    if (!found) return undefined
    const [whole, quoted, bare] = found
    words.push(
      bare === undefined
        ? { text: quoted.replaceAll(/\\(.)/g, '$1'), quoted: true }
        : { text: bare, quoted: false },
    )
    at += whole.length
  }
  return words
}
