import { compareText } from './compare-text.ts'

/** A place, a region or an account, by the record that is known to be there. */
export type Places<T> = Map<T, string>

/** Which records name each other, the closest relation first. */
export type Links<T> = ReadonlyMap<T, readonly T[]>

/** Links records both ways; `visit` tells whom a record names. */
export function linkRecords<T>(
  all: readonly T[],
  visit: (record: T, link: (other: T | undefined) => void) => void,
): Links<T> {
  const links = new Map<T, T[]>()
  for (const record of all) {
    visit(record, (other) => {
      if (other === undefined || other === record) return
      links.set(record, [...(links.get(record) ?? []), other])
      // A VPC is named by thousands; a few of them tell as much as all.
      if ((links.get(other)?.length ?? 0) < 16)
        links.set(other, [...(links.get(other) ?? []), record])
    })
  }
  return links
}

/** Places travel along the links, three steps far, always from what the step before had settled. */
export function spreadPlaces<T>(places: Places<T>, all: readonly T[], links: Links<T>): void {
  for (let step = 0; step < 3; step += 1) {
    const found = all.flatMap((record) => {
      if (places.has(record)) return []
      const near = (links.get(record) ?? []).flatMap((other) => places.get(other) ?? [])
      return placed(record, near[0])
    })
    if (found.length === 0) return
    for (const [record, place] of found) places.set(record, place)
  }
}

/** An entry of `Places`, where the place is known. */
export function placed<T>(record: T, place: string | undefined): [T, string][] {
  return place === undefined ? [] : [[record, place]]
}

/** The smallest, so that the order of the answers makes no difference. */
export function firstOf(places: readonly (string | undefined)[]): string | undefined {
  return places.filter((place) => place !== undefined).toSorted(compareText)[0]
}

/** The one place that all of them are, if they are. */
export function soleOf(places: Iterable<string>): string | undefined {
  const distinct = new Set(places)
  return distinct.size === 1 ? [...distinct][0] : undefined
}
