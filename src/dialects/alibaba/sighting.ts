import type { Owner, Yield } from './call.ts'
import { findList } from './find-call.ts'
import type { FoundList } from './find-call.ts'
import type { RecordKind } from './record-kind.ts'
import { child, isRecord, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import type { Answer } from './unfold.ts'

/** One record as one answer printed it. The same record may be seen in several answers. */
export interface Sighting {
  readonly kind: RecordKind
  readonly id: string
  /** The id of the resource it belongs to. */
  readonly owner?: string
  readonly spot: Spot
  readonly answer: Answer
}

/** What one answer listed. */
export interface Listing {
  readonly answer: Answer
  readonly list: FoundList
  /** Ids of the records of the answer's first yield. */
  readonly ids: readonly string[]
  /** Owners the answer speaks about: one, unless a script merged several answers into one. */
  readonly owners: readonly string[]
  readonly sightings: readonly Sighting[]
  /** Elements without an id, or without an owner. */
  readonly lost: readonly Spot[]
}

/** Takes an answer apart. `owner` is who it speaks about where neither it nor its keys say so. */
export function listRecords(answer: Answer, owner?: string): Listing {
  const { call, spot } = answer
  const around = (call.about && ownerAround(answer, call.about)) ?? owner
  const sightings: Sighting[] = []
  const lost: Spot[] = []
  for (const each of call.yields) collect({ answer, sightings, lost }, each, spot, around)
  const [first] = call.yields
  const counted = sightings.filter(({ kind }) => kind === first?.kind)
  const named = counted.flatMap((sighting) => sighting.owner ?? [])
  return {
    answer,
    list: findList(spot, first?.path ?? []),
    ids: counted.map(({ id }) => id),
    owners: [...new Set(around === undefined ? named : [around, ...named])],
    sightings,
    lost,
  }
}

/** The owner an answer names itself, or else the names around it: `DescribeRouteEntryList.vtb-1.json`. */
export function ownerAround({ spot, keys }: Answer, { field, shape }: Owner): string | undefined {
  return textOf(child(spot, field)) ?? keys.toReversed().flatMap((key) => shape.exec(key) ?? [])[0]
}

interface Collection {
  readonly answer: Answer
  readonly sightings: Sighting[]
  readonly lost: Spot[]
}

function collect(into: Collection, each: Yield, spot: Spot, around: string | undefined): void {
  for (const item of findList(spot, each.path).items) {
    const owner = each.owner && (textOf(child(item, each.owner.field)) ?? around)
    const id = isRecord(item.value) ? idOf(each, item) : undefined
    if (id === undefined || (each.owner && owner === undefined)) {
      into.lost.push(item)
      continue
    }
    const { answer } = into
    into.sightings.push({ kind: each.kind, id, ...(owner && { owner }), spot: item, answer })
    for (const inner of each.within ?? []) collect(into, inner, item, id)
  }
}

/** The record's own id, or one made of the fields that tell it from its siblings. */
function idOf(each: Yield, item: Spot): string | undefined {
  const own = each.id === undefined ? undefined : textOf(child(item, each.id))
  if (own !== undefined || !each.parts) return own
  const parts = each.parts.map((key) => textOf(child(item, key)) ?? '')
  return parts.join('|')
}
