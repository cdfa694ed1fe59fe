import { prefixAround } from '#net'
import type { Prefix } from '#net'
import type { Place } from './place.ts'

/** Finds what the ranges around a place belong to, in one lookup per prefix length in use. */
export interface RangeBook<T> {
  readonly holding: (place: Place) => readonly T[]
}

export function writeRangeBook<T>(entries: Iterable<readonly [Prefix, T]>): RangeBook<T> {
  const ipv4: Shelf<number, T>[] = []
  const ipv6: Shelf<bigint, T>[] = []
  for (const [{ family, low, length }, value] of entries) {
    if (family === 4) put(ipv4, length, Number(low), value)
    else put(ipv6, length, low, value)
  }
  return {
    holding: (place) =>
      typeof place === 'number'
        ? take(ipv4, (length) => startOfBlock(place, length))
        : take(ipv6, (length) => prefixAround(place, length).low),
  }
}

/** The ranges of one prefix length, by their first address. */
interface Shelf<Low, T> {
  readonly length: number
  readonly byLow: Map<Low, T[]>
}

function put<Low, T>(shelves: Shelf<Low, T>[], length: number, low: Low, value: T): void {
  let shelf = shelves.find((one) => one.length === length)
  if (!shelf) shelves.push((shelf = { length, byLow: new Map() }))
  const here = shelf.byLow.get(low)
  if (here) here.push(value)
  else shelf.byLow.set(low, [value])
}

function take<Low, T>(
  shelves: readonly Shelf<Low, T>[],
  lowAt: (length: number) => Low,
): readonly T[] {
  let found: readonly T[] = []
  for (const { length, byLow } of shelves) {
    const here = byLow.get(lowAt(length))
    if (here) found = found.length === 0 ? here : [...found, ...here]
  }
  return found
}

/** Arithmetic instead of a mask: a shift by 32, for the length 0, is a shift by 0 in JavaScript. */
function startOfBlock(place: number, length: number): number {
  const size = 2 ** (32 - length)
  return Math.floor(place / size) * size
}
