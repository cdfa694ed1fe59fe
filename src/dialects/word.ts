/** The entry of a table of documented words, in any case; undefined for other words. */
export function wordIn<Value>(
  table: Readonly<Record<string, Value>>,
  word: string | undefined,
): Value | undefined {
  const key = word?.toLowerCase()
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined
}

/** One of the documented words, spelt as documented; undefined for other words. */
export function spelt<Word extends string>(
  words: readonly Word[],
  word: string | undefined,
): Word | undefined {
  return words.find((each) => each.toLowerCase() === word?.toLowerCase())
}
