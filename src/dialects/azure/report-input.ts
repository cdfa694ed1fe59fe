import { compareText } from '../compare-text.ts'
import { note } from '../note.ts'
import { child, isAbsent, pointerOf, shown, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { ask } from './ask.ts'
import { parentId, parseArmId } from './arm-id.ts'
import { kindOf } from './arm-kind.ts'
import { missRecord } from './link.ts'
import { missContent, recordOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { Sighted } from './sighting.ts'
import type { Unfolded } from './unfold.ts'

/** Parts of the input that hold no resource, and resources that cannot be told apart. */
export function reportUnread(reading: Reading, unfolded: readonly Unfolded[]): void {
  for (const spot of unfolded.flatMap(({ unread }) => unread)) {
    const message = `${shown(spot)} without a resource in it; it is left out.`
    note(reading, 'warning', spot, 'answer.unrecognised', message)
  }
  for (const spot of unfolded.flatMap(({ nameless }) => nameless)) {
    const name = textOf(child(spot, 'name')) ?? ''
    const message = `${name} of a template has no id, so nothing can name it; it is left out.`
    note(reading, 'error', spot, 'record.no-id', message)
  }
}

/** Types that are not read, each once, and parts without a name. */
export function reportSighted(reading: Reading, { others, lost }: Sighted): void {
  const first = new Map<string, Spot>()
  for (const spot of others.toSorted(byPlace)) {
    const type = parseArmId(textOf(child(spot, 'id')) ?? '')?.type ?? ''
    if (!first.has(type)) first.set(type, spot)
  }
  for (const [type, spot] of first) {
    note(reading, 'info', spot, 'resource.unknown-type', `Resources of type ${type} are not read.`)
  }
  for (const { parent, spot } of lost) {
    const message = `${parent.id}: a part that cannot be told from others is lost.`
    note(reading, 'error', spot, 'record.no-id', message)
    const record = recordOf(reading, parent.id)
    if (record) missRecord(reading, record)
  }
}

function byPlace(a: Spot, b: Spot): number {
  return compareText(a.file, b.file) || compareText(pointerOf(a), pointerOf(b))
}

/** Resources that are not as they were asked to be; what they print is read all the same. */
export function reportUnsettled(reading: Reading): void {
  for (const record of reading.records.values()) {
    const spot = at(record, 'provisioningState')
    const word = textOf(spot)
    if (word === undefined || word.toLowerCase() === 'succeeded') continue
    const message = `${record.id} is ${word}; what it prints is taken as it is.`
    note(reading, 'info', isAbsent(spot) ? here(record) : spot, 'resource.not-settled', message)
  }
}

/** Parts that were listed alone, and of which nobody listed what they are part of. */
export function reportOrphans(reading: Reading): void {
  for (const record of reading.records.values()) {
    const { partOf, gap } = kindOf(record.kind)
    const id = parentId(record.id)
    if (partOf !== 'parent' || gap === 'loadBalancer' || recordOf(reading, id)) continue
    if (record.kind === 'adminRule' || record.kind === 'groupMember') continue
    missContent(reading, gap, { ...record, id }, ask(id))
  }
}
