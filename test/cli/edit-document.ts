/** A JSON object. */
export type Fields = Readonly<Record<string, unknown>>

/** The keys that lead to a place in a document. */
export type Path = readonly string[]

/** Where objects stand in a document, itself included. */
export function objectsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.entries(value).flatMap(([key, item]) => objectsIn(item, [...path, key]))
  return Array.isArray(value) ? inner : [path, ...inner]
}

/** The same document with another object in that place. */
export function changed(value: unknown, path: Path, change: (object: object) => object): unknown {
  const [key, ...rest] = path
  if (typeof value !== 'object' || value === null) return value
  if (key === undefined) return change(value)
  const items = Object.entries(value).map(([name, item]): [string, unknown] => [
    name,
    name === key ? changed(item, rest, change) : item,
  ])
  return Array.isArray(value) ? items.map(([, item]) => item) : Object.fromEntries(items)
}
