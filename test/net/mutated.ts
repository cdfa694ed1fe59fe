import fc from 'fast-check'

/** The texts after up to three single-character insertions, deletions or replacements. */
export function mutated(texts: fc.Arbitrary<string>, alphabet: string): fc.Arbitrary<string> {
  const edit = fc.record({
    kind: fc.constantFrom('insert', 'delete', 'replace'),
    at: fc.nat({ max: 60 }),
    character: fc.constantFrom(...alphabet.split('')),
  })
  return fc.tuple(texts, fc.array(edit, { maxLength: 3 })).map(([text, edits]) =>
    edits.reduce((current, { kind, at, character }) => {
      const start = at % (current.length + 1)
      const put = kind === 'delete' ? '' : character
      return current.slice(0, start) + put + current.slice(kind === 'insert' ? start : start + 1)
    }, text),
  )
}
