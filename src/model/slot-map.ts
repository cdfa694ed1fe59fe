/** A map from a key to one or more values, where almost every key has one and pays for no list. */
export type SlotMap<T extends object> = Map<string, T | T[]>

/** Adds a value behind those the key has already. */
export function addToSlot<T extends object>(map: SlotMap<T>, key: string, value: T): void {
  const slot = map.get(key)
  if (slot === undefined) map.set(key, value)
  else if (Array.isArray(slot)) slot.push(value)
  else map.set(key, [slot, value])
}

/** The values of a key, in the order in which they were added. */
export function slotValues<T extends object>(map: SlotMap<T>, key: string): readonly T[] {
  const slot = map.get(key)
  return slot === undefined ? NONE : listOf(slot)
}

/** What a slot holds, as a list. */
export const listOf = <T extends object>(slot: T | T[]): readonly T[] =>
  Array.isArray(slot) ? slot : [slot]

const NONE: readonly never[] = []
