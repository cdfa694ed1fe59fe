import { suggestNames } from './suggest-names.ts'

/** The known words that a mistyped or half-typed one may have meant, at most three. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  const begun = known.filter((one) => word.length >= 3 && one.startsWith(word))
  return begun.length > 0 ? begun.slice(0, 3) : suggestNames(word, known)
}

/** ` Did you mean a or b?` as a sentence to append to one in a problem, or nothing. */
export function hint(candidates: readonly string[]): string {
  return candidates.length > 0 ? ` Did you mean ${candidates.join(' or ')}?` : ''
}
