import type { Component, Resource, ResourceKind } from '#model'

/** A function of a number that works each answer out once. An array is found faster than a Map. */
export function keep<T extends object | string>(make: (i: number) => T): (i: number) => T {
  const made: T[] = []
  return (i) => (made[i] ??= make(i))
}

/** A resource as an answer shows it. */
export function named(kind: ResourceKind, { id, name }: Resource): Component {
  return name === undefined ? { kind, id } : { kind, id, name }
}

/** Resources of one kind by their position; beyond the last, those that the input only names. */
export function listed(
  items: readonly Resource[] = [],
  kind: ResourceKind,
  unread: readonly string[] = [],
): (i: number) => Component {
  return keep((i) =>
    0 <= i && i < items.length
      ? named(kind, items[i])
      : { kind, id: unread[i - items.length] ?? 'unknown' },
  )
}
