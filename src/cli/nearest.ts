import { suggestNames } from '#model'

/** The known words that a mistyped or half-typed one may have meant, at most three. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  const begun = known.filter((one) => word.length >= 3 && one.startsWith(word))
  return begun.length > 0 ? begun.slice(0, 3) : suggestNames(word, known)
}
