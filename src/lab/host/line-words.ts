/** What a line says after its first words: `key value` pairs and words that stand alone. */
export interface LineOptions {
  readonly values: ReadonlyMap<string, string>
  readonly flags: ReadonlySet<string>
}

/** Which words a kind of line may have. */
export interface KnownWords {
  readonly values: readonly string[]
  readonly flags: readonly string[]
}

/** Reads options in any order; undefined where a word is not known or said twice. */
export function readOptions(words: readonly string[], known: KnownWords): LineOptions | undefined {
  const values = new Map<string, string>()
  const flags = new Set<string>()
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (values.has(word) || flags.has(word)) return undefined
    if (known.flags.includes(word)) flags.add(word)
    else {
      const value = known.values.includes(word) ? words[++at] : undefined
      if (value === undefined) return undefined
      values.set(word, value)
    }
  }
  return { values, flags }
}

/** A MAC address as bytes. */
export function macBytes(text: string): Buffer | undefined {
  const isMac = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(text)
  return isMac ? Buffer.from(text.replaceAll(':', ''), 'hex') : undefined
}

/** A whole number below 2³², as these lines write it. */
export function wholeNumber(text: string): number | undefined {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN
  return value < 2 ** 32 ? value : undefined
}

/** `on` and `off` as the kernel has them. */
export function switchValue(text: string): 0 | 1 | undefined {
  if (text === 'on') return 1
  return text === 'off' ? 0 : undefined
}
