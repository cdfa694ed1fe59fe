import { canonicalText } from '../canonical-text.ts'
import { note } from '../note.ts'
import { elementsOf, isAbsent, isRecord } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { keyOf } from './arm-id.ts'
import { kindOf } from './arm-kind.ts'
import { field, namedId } from './field.ts'
import { missRecord } from './link.ts'
import type { Reading } from './reading.ts'
import type { ArmRecord } from './record.ts'

/** Says where sources contradict each other; the resource then counts as not read. */
export function reportContradictions(reading: Reading): void {
  for (const record of reading.records.values()) {
    if (record.spots.length < 2) continue
    const differing = kindOf(record.kind).facts.filter((key) => differs(record, key))
    if (differing.length === 0) continue
    const message = `${record.id}: sources differ in ${differing.join(', ')}; one of them is used.`
    for (const spot of record.spots) {
      note(reading, 'warning', spot, 'resource.contradiction', message)
    }
    missRecord(reading, record)
  }
}

function differs({ spots }: ArmRecord, key: string): boolean {
  const texts = spots.flatMap((spot) => {
    const value = field(spot, key)
    return isAbsent(value) ? [] : factOf(value)
  })
  return new Set(texts).size > 1
}

/** Of other resources their ids, which have no capitals, and no order in a list. */
function factOf(spot: Spot): string {
  const parts = Array.isArray(spot.value) ? elementsOf(spot) : [spot]
  return parts
    .map((part) => (isRecord(part.value) ? namedId(part) : undefined) ?? canonicalText(part.value))
    .map(keyOf)
    .toSorted()
    .join(',')
}
