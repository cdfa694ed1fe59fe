import { canonicalText } from '../canonical-text.ts'
import { compareText } from '../compare-text.ts'
import { absentAt, elementsOf, isAbsent, pointerOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { field } from './field.ts'
import { recordKinds } from './record-kind.ts'
import type { RecordKind } from './record-kind.ts'
import type { Sighting } from './sighting.ts'
import type { Answer } from './unfold.ts'

/** All sightings of one record, the most trusted first; there is at least one. */
export interface Sighted {
  readonly kind: RecordKind
  readonly id: string
  readonly spots: readonly Spot[]
  readonly answers: readonly Answer[]
  /** Reservations or instances that it stood in. */
  readonly arounds: readonly Spot[]
}

/** A record with the place it belongs to. */
export interface ApiRecord extends Sighted {
  readonly account: string
  readonly region: string
}

/** The records of an input, by kind and by id, in that order. */
export type Records<Item = ApiRecord> = ReadonlyMap<RecordKind, ReadonlyMap<string, Item>>

/** The value of a field, from the first sighting that has it. */
export function at(record: Sighted, key: string, ...deeper: readonly string[]): Spot {
  for (const spot of record.spots) {
    const found = field(spot, key)
    if (!isAbsent(found)) return deeper.reduce(field, found)
  }
  return here(record)
}

/** The elements of a list that answers about one owner print in parts, each once. */
export function listed(record: Sighted, ...keys: readonly string[]): readonly Spot[] {
  const items = record.spots.flatMap((spot) => keys.flatMap((key) => elementsOf(field(spot, key))))
  return [...new Map(items.map((item) => [canonicalText(item.value), item])).values()]
}

/** The record itself, as an absent value that points at where it stands. */
export function here({ spots }: Sighted): Spot {
  return absentAt(spots[0])
}

/** Brings the sightings of each record together; their order makes no difference. */
export function uniteSightings(sightings: readonly Sighting[]): Records<Sighted> {
  const byKind = new Map<RecordKind, Map<string, Sighting[]>>()
  for (const sighting of sightings) {
    const byId = byKind.get(sighting.kind) ?? new Map<string, Sighting[]>()
    byKind.set(sighting.kind, byId)
    const same = byId.get(sighting.id)
    if (same) same.push(sighting)
    else byId.set(sighting.id, [sighting])
  }
  return new Map(recordKinds.map((kind) => [kind, unite(kind, byKind.get(kind) ?? new Map())]))
}

function unite(
  kind: RecordKind,
  byId: ReadonlyMap<string, readonly Sighting[]>,
): ReadonlyMap<string, Sighted> {
  const united = [...byId].map(([id, same]) => {
    const ranked = same.length > 1 ? same.toSorted(byTrust()) : same
    const sighted: Sighted = {
      kind,
      id,
      spots: ranked.map(({ spot }) => spot),
      answers: ranked.map(({ answer }) => answer),
      arounds: ranked.flatMap(({ around }) => around ?? []),
    }
    return [id, sighted] as const
  })
  return new Map(united.toSorted(([a], [b]) => compareText(a, b)))
}

/** A listing of its own before what another record shows, then by content: never by file order. */
function byTrust(): (a: Sighting, b: Sighting) => number {
  const texts = new Map<Sighting, string>()
  const textOf = (sighting: Sighting): string => {
    const text = texts.get(sighting) ?? canonicalText(sighting.spot.value)
    texts.set(sighting, text)
    return text
  }
  return (a, b) =>
    Number(a.answer.call.kind !== a.kind) - Number(b.answer.call.kind !== b.kind) ||
    compareText(textOf(a), textOf(b)) ||
    compareText(a.spot.file, b.spot.file) ||
    compareText(pointerOf(a.spot), pointerOf(b.spot))
}
