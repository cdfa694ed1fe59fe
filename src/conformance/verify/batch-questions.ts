import type { Ask } from '#lab'

/** Something to be sent. */
interface Sendable {
  readonly ask: Omit<Ask, 'id'>
}

/** Small enough to tell people how far it is, large enough to keep the wire busy. */
const SIZE = 250

/**
 * Cuts a list into batches in which no two flows look alike: packets of a batch are told apart by
 * the client's port.
 */
export function* batches<T extends Sendable>(
  items: readonly T[],
  size = SIZE,
): Generator<readonly T[]> {
  let left = items
  while (left.length > 0) {
    const taken = new Set<string>()
    const batch: T[] = []
    const later: T[] = []
    for (const item of left) {
      const key = flowOf(item.ask)
      const fits = batch.length < size && (key === undefined || !taken.has(key))
      if (fits && key !== undefined) taken.add(key)
      if (fits) batch.push(item)
      else later.push(item)
    }
    yield batch
    left = later
  }
}

function flowOf({ protocol, sourcePort }: Sendable['ask']): string | undefined {
  return sourcePort === undefined ? undefined : `${protocol} ${sourcePort}`
}
