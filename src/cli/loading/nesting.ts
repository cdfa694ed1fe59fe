/** The deepest nesting that is read. Networks need 8, cloud APIs less than 20. */
export const deepestNesting = 200

/**
 * The offset at which JSON bytes nest deeper than `deepest`, or undefined. Runs before
 * `JSON.parse`: a text of a million brackets is cheap to refuse here and hard to walk later.
 * Brackets inside strings do not count; whether the bytes are JSON is not judged.
 */
export function findDeepNesting(bytes: Uint8Array, deepest = deepestNesting): number | undefined {
  let depth = 0
  const { length } = bytes
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at]
    if (byte === quoteMark) at = closingQuote(bytes, at + 1)
    // `[` and `{` differ from `]` and `}` by two, and each pair from the other by 0x20.
    else if ((byte | 0x20) === 0x7b) {
      depth += 1
      if (depth > deepest) return at
    } else if ((byte | 0x20) === 0x7d) depth -= 1
  }
  return undefined
}

const quoteMark = 0x22
const backslash = 0x5c

function closingQuote(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && bytes[at] !== quoteMark) at += bytes[at] === backslash ? 2 : 1
  return at
}
