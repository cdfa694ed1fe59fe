import { child, elementsOf, isRecord, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import type { Call, Owner } from './call.ts'
import { field, hasField } from './field.ts'
import type { RecordKind } from './record-kind.ts'
import type { Answer } from './unfold.ts'

/** One record as one answer printed it. The same record may be seen in several answers. */
export interface Sighting {
  readonly kind: RecordKind
  readonly id: string
  readonly spot: Spot
  readonly answer: Answer
  /** The reservation or instance it stood in. */
  readonly around?: Spot
}

/** What one answer listed. */
export interface Listing {
  readonly answer: Answer
  readonly sightings: readonly Sighting[]
  /** Elements without an id. */
  readonly lost: readonly Spot[]
  /** The answer is about one owner, and nothing says who that is. */
  readonly ownerless: boolean
}

/** Takes all answers apart. */
export function listAnswers(answers: readonly Answer[]): readonly Listing[] {
  const first = answers.map((answer) => listRecords(answer))
  const seen = first.flatMap(({ sightings }) => sightings)
  return first.map((listing) => {
    if (!listing.ownerless) return listing
    const owner = onlyCandidate(listing.answer.call, seen, first)
    return owner === undefined ? listing : listRecords(listing.answer, owner)
  })
}

/** Whom an answer without a name must be about: the only one of whom no other answer speaks. */
function onlyCandidate(
  call: Call,
  seen: readonly Sighting[],
  listings: readonly Listing[],
): string | undefined {
  const rivals = listings.filter(({ answer, ownerless }) => answer.call === call && ownerless)
  const told = new Set(seen.filter(({ kind }) => kind === call.kind).map(({ id }) => id))
  const open = new Set(
    seen.filter(({ kind, id }) => kind === call.about?.kind && !told.has(id)).map(({ id }) => id),
  )
  const [only] = open
  return rivals.length === 1 && open.size === 1 ? only : undefined
}

function listRecords(answer: Answer, owner?: string): Listing {
  const { call, spot } = answer
  if (call.about) {
    const id = owner ?? ownerAround(answer, call.about)
    const own = id === undefined ? [] : [{ kind: call.kind, id, spot, answer }]
    return { answer, sightings: own, lost: [], ownerless: id === undefined }
  }
  const sightings: Sighting[] = []
  const lost: Spot[] = []
  for (const { item, around } of itemsOf(answer)) {
    const id = isRecord(item.value) ? recordId(call, item) : undefined
    if (id === undefined) {
      lost.push(item)
      continue
    }
    sightings.push({ kind: call.kind, id, spot: item, answer, ...(around && { around }) })
    const { within } = call
    if (!within) continue
    for (const inner of elementsOf(child(item, within.list))) {
      const innerId = textOf(child(inner, within.id))
      if (innerId === undefined) lost.push(inner)
      else sightings.push({ kind: within.kind, id: innerId, spot: inner, answer, around: item })
    }
  }
  return { answer, sightings, lost, ownerless: false }
}

/** Instances stand in reservations, unless a script has taken them out. */
function itemsOf({ call, list }: Answer): readonly { item: Spot; around?: Spot }[] {
  return elementsOf(list).flatMap<{ item: Spot; around?: Spot }>((item) => {
    if (!call.within || hasField(item, call.id)) return [{ item }]
    if (!hasField(item, 'Instances')) return [{ item }]
    return elementsOf(child(item, 'Instances')).map((each) => ({ item: each, around: item }))
  })
}

function recordId({ id, kind }: Call, item: Spot): string | undefined {
  const own = textOf(field(item, id))
  return own === undefined && kind === 'publicAddress' ? textOf(field(item, 'PublicIp')) : own
}

/** The owner an answer names itself, or else the names around it. */
function ownerAround({ spot, keys }: Answer, { field: name, shape }: Owner): string | undefined {
  const own = textOf(field(spot, name))
  return own ?? keys.toReversed().flatMap((key) => shape.exec(key) ?? [])[0]
}
