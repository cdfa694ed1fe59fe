/** Telling the shapes of foreign JSON apart. */

export type JsonRecord = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The member of that name, if it is its own. */
export function member(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined
}

/** The only member of an object: nft writes every expression as `{ "name": … }`. */
export function onlyMember(value: unknown): readonly [name: string, value: unknown] | undefined {
  const entries = isRecord(value) ? Object.entries(value) : []
  return entries.length === 1 ? entries[0] : undefined
}

/** An own entry of a table; `constructor` and the like are in none. */
export function entryOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
