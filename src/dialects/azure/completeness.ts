import { note } from '../note.ts'
import type { Spot } from '../spot.ts'
import { child, textOf } from '../spot.ts'
import { askType } from './ask.ts'
import { parseArmId } from './arm-id.ts'
import { kindOf, kindOfType } from './arm-kind.ts'
import type { KindName } from './arm-kind.ts'
import { miss } from './reading.ts'
import type { Reading } from './reading.ts'

/**
 * Finds kinds whose last page is missing: each answer that lists some of the kind says that there
 * is more (`nextLink`, or `$skipToken` of Resource Graph).
 */
export function reportMissingPages(
  reading: Reading,
  cut: readonly Spot[],
  resources: readonly Spot[],
): void {
  const open = new Set(cut.map(({ value }) => value))
  const answers = new Map<KindName, Set<unknown>>()
  for (const spot of resources) {
    const kind = kindOfType(parseArmId(textOf(child(spot, 'id')) ?? '')?.type ?? '')
    if (!kind) continue
    const known = answers.get(kind) ?? new Set()
    answers.set(kind, known.add(spot.within?.within?.value))
  }
  for (const [kind, values] of answers) {
    if (![...values].every((value) => open.has(value))) continue
    const { gap, type } = kindOf(kind)
    miss(reading, gap, {}, askType(type))
    for (const spot of cut.filter(({ value }) => values.has(value))) {
      const message = `The page of ${type} after this one is missing.`
      note(reading, 'warning', spot, 'listing.pages-missing', message)
    }
  }
}
