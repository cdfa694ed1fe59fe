import type { PrefixList } from '#model'

import { idOf } from '../brand.ts'
import { canonicalText } from '../canonical-text.ts'
import { compareText } from '../compare-text.ts'
import { cidrAt, note } from '../note.ts'
import { child, elementsOf, shown, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { askTags } from './ask.ts'
import { miss } from './reading.ts'
import type { Reading } from './reading.ts'
import { prefixesOf } from './unfold.ts'

/** The sightings of each service tag, by its name in small letters. */
export type ServiceTags = ReadonlyMap<string, readonly Spot[]>

export function collectTags(spots: readonly Spot[]): ServiceTags {
  const tags = new Map<string, Spot[]>()
  const ordered = spots.map((spot) => ({ spot, text: canonicalText(spot.value) }))
  for (const { spot } of ordered.toSorted((a, b) => compareText(a.text, b.text))) {
    const key = nameOf(spot).toLowerCase()
    tags.set(key, [...(tags.get(key) ?? []), spot])
  }
  return tags
}

/** The name of a tag as its list spells it; undefined where it is not listed. */
export function listedTag({ tags }: Reading, name: string): string | undefined {
  const [spot] = tags.get(name.toLowerCase()) ?? []
  return spot && nameOf(spot)
}

/** The lists of prefixes that service tags stand for. */
export function readServiceTags(reading: Reading): readonly PrefixList[] {
  return [...reading.tags.values()]
    .map((spots) => readTag(reading, spots))
    .toSorted((a, b) => compareText(a.id, b.id))
}

function readTag(reading: Reading, spots: readonly Spot[]): PrefixList {
  const [first] = spots
  const name = nameOf(first)
  const cidrs = elementsOf(prefixesOf(first)).flatMap((spot) => {
    const read = cidrAt(reading, spot)
    if (read) return [read.cidr]
    note(reading, 'error', spot, 'service-tag.unreadable', `${name}: cannot read ${shown(spot)}.`)
    miss(reading, 'prefixList', { id: name }, askTags(undefined))
    return []
  })
  reportDiffering(reading, name, spots)
  const sorted = [...new Set(cidrs)].toSorted(compareText)
  return { provider: 'azure', account: '', region: '', id: idOf(name), name, cidrs: sorted }
}

/** The lists change every week. */
function reportDiffering(reading: Reading, name: string, spots: readonly Spot[]): void {
  const contents = new Set(spots.map((spot) => canonicalText(prefixesOf(spot).value)))
  if (contents.size < 2) return
  const message = `${name}: sources differ in its prefixes; one of them is used.`
  for (const spot of spots) note(reading, 'warning', spot, 'resource.contradiction', message)
  miss(reading, 'prefixList', { id: name }, askTags(undefined))
}

function nameOf(spot: Spot): string {
  return textOf(child(spot, 'name')) ?? ''
}
