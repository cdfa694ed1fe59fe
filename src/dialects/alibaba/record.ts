import { canonicalText } from '../canonical-text.ts'
import { compareText } from '../compare-text.ts'
import { recordKinds } from './record-kind.ts'
import type { RecordKind } from './record-kind.ts'
import type { Sighting } from './sighting.ts'
import { absentAt, child, descend, isAbsent, pointerOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import type { Answer } from './unfold.ts'

/** All sightings of one record, the most trusted first; there is at least one. */
export interface Sighted {
  readonly kind: RecordKind
  readonly id: string
  readonly owner?: string
  readonly spots: readonly Spot[]
  readonly answers: readonly Answer[]
}

/** A record with the place it belongs to. */
export interface ApiRecord extends Sighted {
  readonly account: string
  readonly region: string
}

/** The records of an input, by kind and by id (with the owner's before it), in that order. */
export type Records<Item = ApiRecord> = ReadonlyMap<RecordKind, ReadonlyMap<string, Item>>

/** The value of a field, from the first sighting that has it. */
export function at(record: Sighted, key: string, ...deeper: readonly string[]): Spot {
  for (const spot of record.spots) {
    const found = child(spot, key)
    if (!isAbsent(found)) return deeper.length === 0 ? found : descend(found, ...deeper)
  }
  return here(record)
}

/** The record itself, as an absent value that points at where it stands. */
export function here({ spots }: Sighted): Spot {
  return absentAt(spots[0])
}

export function isDetailed({ answers }: Sighted): boolean {
  return answers.some(({ call }) => call.detail)
}

/** Brings the sightings of each record together; their order makes no difference. */
export function uniteSightings(sightings: readonly Sighting[]): Records<Sighted> {
  const byKind = new Map<RecordKind, Map<string, Sighting[]>>()
  for (const sighting of sightings) {
    const byId = byKind.get(sighting.kind) ?? new Map<string, Sighting[]>()
    byKind.set(sighting.kind, byId)
    const key = sighting.owner === undefined ? sighting.id : `${sighting.owner}|${sighting.id}`
    const same = byId.get(key)
    if (same) same.push(sighting)
    else byId.set(key, [sighting])
  }
  return new Map(recordKinds.map((kind) => [kind, unite(byKind.get(kind) ?? new Map())]))
}

function unite(byId: ReadonlyMap<string, readonly Sighting[]>): ReadonlyMap<string, Sighted> {
  const united = [...byId].map(([key, same]) => [key, sightedAs(same)] as const)
  return new Map(united.toSorted(([a], [b]) => compareText(a, b)))
}

function sightedAs(sightings: readonly Sighting[]): Sighted {
  const ranked = sightings.length > 1 ? sightings.toSorted(byTrust()) : sightings
  const { kind, id, owner } = ranked[0]
  return {
    kind,
    id,
    ...(owner !== undefined && { owner }),
    spots: ranked.map(({ spot }) => spot),
    answers: ranked.map(({ answer }) => answer),
  }
}

/** Details before listings, then by content: never by the order of the files. */
function byTrust(): (a: Sighting, b: Sighting) => number {
  const texts = new Map<Sighting, string>()
  const textOf = (sighting: Sighting): string => {
    const text = texts.get(sighting) ?? canonicalText(sighting.spot.value)
    texts.set(sighting, text)
    return text
  }
  return (a, b) =>
    Number(b.answer.call.detail ?? false) - Number(a.answer.call.detail ?? false) ||
    compareText(textOf(a), textOf(b)) ||
    compareText(a.spot.file, b.spot.file) ||
    compareText(pointerOf(a.spot), pointerOf(b.spot))
}
