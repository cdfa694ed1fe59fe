/** Entries that only one of two languages has, as dotted paths; nested objects are compared inside. */
export function compareKeys(
  one: { readonly name: string; readonly entries: unknown },
  other: { readonly name: string; readonly entries: unknown },
): readonly string[] {
  const [keys, otherKeys] = [keyPaths(one.entries), keyPaths(other.entries)]
  return [
    ...keys.filter((key) => !otherKeys.includes(key)).map((key) => `${other.name} lacks ${key}`),
    ...otherKeys.filter((key) => !keys.includes(key)).map((key) => `${one.name} lacks ${key}`),
  ]
}

function keyPaths(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const below = keyPaths(inner)
    return below.length === 0 ? [key] : below.map((path) => `${key}/${path}`)
  })
}
