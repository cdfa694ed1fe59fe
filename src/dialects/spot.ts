import type { SourceDocument } from './source.ts'

/**
 * A value and the place it was read at. Reading goes through spots, so that each remark can point
 * at a value that exists, and no wrong type, `__proto__` or missing level can throw.
 */
export interface Spot {
  readonly file: string
  readonly value: unknown
  /** The value around this one and the key in it; absent for a whole document. */
  readonly within?: Spot
  readonly key?: string | number
}

export function rootSpot(document: SourceDocument): Spot {
  return { file: document.file, value: document.json }
}

/** The own property or element; where there is none, an absent value that stands at its parent. */
export function child(spot: Spot, key: string | number): Spot {
  const { file, value } = spot
  if (!isContainer(value) || !Object.hasOwn(value, key)) return absentAt(spot)
  const found: unknown = Reflect.get(value, key)
  return { file, value: found, within: spot, key }
}

/** An absent value at the place of a present one. */
export function absentAt({ file, within, key }: Spot): Spot {
  if (within === undefined || key === undefined) return { file, value: undefined }
  return { file, value: undefined, within, key }
}

/** RFC 6901. Made on demand: most spots are never pointed at. */
export function pointerOf(spot: Spot): string {
  const segments: string[] = []
  for (let at: Spot | undefined = spot; at?.key !== undefined; at = at.within) {
    segments.push(String(at.key).replaceAll('~', '~0').replaceAll('/', '~1'))
  }
  return segments
    .map((segment) => `/${segment}`)
    .toReversed()
    .join('')
}

/** Follows several keys. */
export function descend(spot: Spot, ...keys: readonly string[]): Spot {
  return keys.reduce(child, spot)
}

export function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

export function isRecord(value: unknown): value is object {
  return isContainer(value) && !Array.isArray(value)
}

/** The APIs print absent values as `""` or leave them out; both are absent, and so is `null`. */
export function isAbsent({ value }: Spot): boolean {
  return value === undefined || value === null || value === ''
}

/** Text, or a number printed as such; integers beyond 2^53 lost digits in parsing and are refused. */
export function textOf({ value }: Spot): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value)
}

/** A whole number, also as text. */
export function wholeOf(spot: Spot): number | undefined {
  const text = textOf(spot)
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** A boolean, also as text or 0 and 1. */
export function truthOf({ value }: Spot): boolean | undefined {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value
  if (word === true || word === 'true' || word === 1 || word === '1') return true
  return word === false || word === 'false' || word === 0 || word === '0' ? false : undefined
}

/** Elements of an array; empty for everything else. */
export function elementsOf(spot: Spot): readonly Spot[] {
  return Array.isArray(spot.value) ? spot.value.map((_, index) => child(spot, index)) : []
}

/** A list inside its wrapper object (`SecurityGroupIds.SecurityGroupId[]`), or without the wrapper. */
export function wrappedOf(spot: Spot, wrapper: string): readonly Spot[] {
  if (Array.isArray(spot.value)) return elementsOf(spot)
  const inner = child(spot, wrapper)
  return Array.isArray(inner.value) || isAbsent(inner) ? elementsOf(inner) : [inner]
}

/** The texts of a wrapped list; blanks are left out. */
export function textsOf(spot: Spot, wrapper: string): readonly string[] {
  return wrappedOf(spot, wrapper).flatMap((item) => textOf(item) ?? [])
}

/** A value for a message: one line, not long. */
export function shown({ value }: Spot): string {
  if (isContainer(value)) return Array.isArray(value) ? 'a list' : 'an object'
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80))
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return value === null ? 'null' : 'nothing'
}
