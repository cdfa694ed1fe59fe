import { canonicalText } from '../canonical-text.ts'
import { note } from '../note.ts'
import { elementsOf, isAbsent, isRecord } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { ask } from './ask.ts'
import { parentId } from './arm-id.ts'
import { kindOf } from './arm-kind.ts'
import { field, namedId } from './field.ts'
import { missContent, partsOf, recordOf, spelling } from './reading.ts'
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
    for (const subject of subjectsOf(reading, record)) {
      const { id } = subject
      missContent(reading, kindOf(record.kind).gap, { ...subject, id }, ask(id))
    }
  }
}

/** Whose content is in doubt. Each frontend of a load balancer is one of the model's. */
function subjectsOf(reading: Reading, record: ArmRecord): readonly ArmRecord[] {
  const { partOf, gap } = kindOf(record.kind)
  if (partOf !== 'parent') return [record]
  const id = parentId(record.id)
  const parent = recordOf(reading, id) ?? { ...record, id: spelling(reading, id) }
  return gap === 'loadBalancer' ? partsOf(reading, parent, 'frontend') : [parent]
}

function differs({ spots }: ArmRecord, key: string): boolean {
  const texts = spots.flatMap((spot) => {
    const value = field(spot, key)
    return isAbsent(value) ? [] : factOf(value)
  })
  return new Set(texts).size > 1
}

/** Of another resource its id, which has no capitals and no order in a list. */
function factOf(spot: Spot): string {
  if (Array.isArray(spot.value)) return elementsOf(spot).map(factOf).toSorted().join(',')
  const id = isRecord(spot.value) ? namedId(spot) : undefined
  return (id ?? canonicalText(spot.value)).toLowerCase()
}
