import { canonicalText } from '../canonical-text.ts'
import { compareText } from '../compare-text.ts'
import { absentAt, child, elementsOf, isAbsent, pointerOf, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { keyOf, parentId, parseArmId } from './arm-id.ts'
import { armKinds, kindOf, kindOfType } from './arm-kind.ts'
import type { KindName } from './arm-kind.ts'
import { field } from './field.ts'
import { isResource } from './unfold.ts'

/** One resource as one place printed it. */
export interface Sighting {
  readonly kind: KindName
  readonly id: string
  readonly spot: Spot
  /** Whether it stood inside what it is part of. */
  readonly inside: boolean
}

/** All sightings of one resource, the most trusted first; there is at least one. */
export interface ArmRecord {
  readonly kind: KindName
  /** As the resource itself spells it. */
  readonly id: string
  readonly account: string
  readonly region: string
  readonly spots: readonly Spot[]
}

/** What the resources of a document are, their parts included; `lost` are parts without a name. */
export interface Sighted {
  readonly sightings: readonly Sighting[]
  readonly lost: readonly { readonly parent: Sighting; readonly spot: Spot }[]
  /** Resources of types that are not read. */
  readonly others: readonly Spot[]
}

export function sightResources(spots: readonly Spot[]): Sighted {
  const sightings: Sighting[] = []
  const lost: { parent: Sighting; spot: Spot }[] = []
  const others: Spot[] = []
  const take = (sighting: Sighting): void => {
    sightings.push(sighting)
    for (const list of kindOf(sighting.kind).parts ?? []) {
      const whole = field(sighting.spot, list)
      if (!isAbsent(whole) && !Array.isArray(whole.value)) {
        lost.push({ parent: sighting, spot: whole })
      }
      for (const spot of elementsOf(whole)) {
        const part = sightPart(sighting, list, spot)
        if (part === 'lost') lost.push({ parent: sighting, spot })
        else if (part) take(part)
      }
    }
  }
  for (const spot of spots) {
    const id = textOf(child(spot, 'id')) ?? ''
    const kind = kindOfType(parseArmId(id)?.type ?? '')
    if (kind) take({ kind, id, spot, inside: false })
    else others.push(spot)
  }
  return { sightings, lost, others }
}

/** A part; undefined for a mere reference to one. */
function sightPart(parent: Sighting, list: string, spot: Spot): Sighting | 'lost' | undefined {
  const kind = kindOfType(`${armKinds[parent.kind].type}/${list.toLowerCase()}`)
  if (!kind) return undefined
  const own = textOf(child(spot, 'id'))
  if (own !== undefined && kindOfType(parseArmId(own)?.type ?? '') === kind) {
    return isResource(spot) ? { kind, id: own, spot, inside: true } : undefined
  }
  const name = textOf(child(spot, 'name'))
  if (name === undefined || name.includes('/')) return 'lost'
  return { kind, id: `${parent.id}/${list}/${name}`, spot, inside: true }
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
