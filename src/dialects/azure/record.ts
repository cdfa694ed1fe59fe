import { canonicalText } from '../canonical-text.ts'
import { compareText } from '../compare-text.ts'
import { absentAt, child, isAbsent, pointerOf, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { keyOf, parentId, parseArmId } from './arm-id.ts'
import type { KindName } from './arm-kind.ts'
import { field } from './field.ts'
import type { Sighting } from './sighting.ts'

/** All sightings of one resource, the most trusted first; there is at least one. */
export interface ArmRecord {
  readonly kind: KindName
  /** As the resource itself spells it. */
  readonly id: string
  readonly account: string
  readonly region: string
  readonly spots: readonly Spot[]
}

/** Written where nothing names the region. */
export const unknownPlace = 'unknown'

/** Brings the sightings of each resource together, by key; their order makes no difference. */
export function uniteSightings(sightings: readonly Sighting[]): ReadonlyMap<string, ArmRecord> {
  const groups = new Map<string, Sighting[]>()
  for (const sighting of sightings) {
    const key = keyOf(sighting.id)
    const same = groups.get(key)
    if (same) same.push(sighting)
    else groups.set(key, [sighting])
  }
  const records = new Map<string, ArmRecord>()
  // Shorter ids first: a part takes the region of what it is part of.
  const ordered = [...groups].toSorted(
    ([a], [b]) => a.split('/').length - b.split('/').length || compareText(a, b),
  )
  for (const [key, same] of ordered) {
    const record = unite(same, records)
    if (record) records.set(key, record)
  }
  return records
}

function unite(
  same: readonly Sighting[],
  above: ReadonlyMap<string, ArmRecord>,
): ArmRecord | undefined {
  const ranked = same.length > 1 ? same.toSorted(byTrust()) : same
  const [first] = ranked
  if (!first) return undefined
  const { kind, id } = first
  const spots = ranked.map(({ spot }) => spot)
  const region = spots.map(regionOf).find((each) => each !== undefined)
  const parent = parentOf(id, above)
  const account = parseArmId(id)?.subscription ?? unknownPlace
  return { kind, id, account, region: region ?? parent?.region ?? unknownPlace, spots }
}

function parentOf(id: string, above: ReadonlyMap<string, ArmRecord>): ArmRecord | undefined {
  let parent = parentId(id)
  // No part is deeper than three levels below what has a location.
  for (let level = 0; level < 3; level += 1, parent = parentId(parent)) {
    const known = above.get(keyOf(parent))
    if (known) return known
  }
  return undefined
}

/** `West Europe` is also `westeurope`. */
function regionOf(spot: Spot): string | undefined {
  const word = textOf(child(spot, 'location'))?.replaceAll(' ', '').toLowerCase()
  return word === '' ? undefined : word
}

/** Listed alone before printed inside another resource, then by content: never by file order. */
function byTrust(): (a: Sighting, b: Sighting) => number {
  const texts = new Map<Sighting, string>()
  const textFor = (sighting: Sighting): string => {
    const text = texts.get(sighting) ?? canonicalText(sighting.spot.value)
    texts.set(sighting, text)
    return text
  }
  return (a, b) =>
    Number(a.inside) - Number(b.inside) ||
    compareText(textFor(a), textFor(b)) ||
    compareText(a.spot.file, b.spot.file) ||
    compareText(pointerOf(a.spot), pointerOf(b.spot))
}

/** The value of a field, from the first sighting that has it. */
export function at(record: ArmRecord, key: string, ...deeper: readonly string[]): Spot {
  for (const spot of record.spots) {
    const found = field(spot, key)
    if (!isAbsent(found)) return deeper.reduce(field, found)
  }
  return here(record)
}

/** The record itself, as an absent value that points at where it stands. */
export function here({ spots }: ArmRecord): Spot {
  const [first] = spots
  return first ? absentAt(first) : { file: '', value: undefined }
}
