import { compareText } from '../compare-text.ts'
import { note } from '../note.ts'
import { pointerOf, shown } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { gapKindOf } from './gap-kind.ts'
import { miss } from './reading.ts'
import type { Reading } from './reading.ts'
import type { RecordKind } from './record-kind.ts'
import type { PlacedListing } from './supply.ts'
import type { Unfolded } from './unfold.ts'

/** Parts of the input that are no answers, and lists that this reader does not know. */
export function reportUnread(reading: Reading, unfolded: readonly Unfolded[]): void {
  for (const spot of unfolded.flatMap(({ unread }) => unread)) {
    const message = `${shown(spot)} that no known call answers; it is left out.`
    note(reading, 'warning', spot, 'answer.unrecognised', message)
  }
  const first = new Map<string, Spot>()
  for (const spot of unfolded.flatMap(({ unknown }) => unknown).toSorted(byPlace)) {
    if (!first.has(String(spot.key))) first.set(String(spot.key), spot)
  }
  for (const [key, spot] of first) {
    const message = `Lists named ${key} are not read.`
    note(reading, 'info', spot, 'listing.unknown', message)
  }
}

function byPlace(a: Spot, b: Spot): number {
  return compareText(a.file, b.file) || compareText(pointerOf(a), pointerOf(b))
}

/** Services that a packet meets as interfaces only. */
const heldThroughInterfaces: readonly RecordKind[] = ['database', 'searchDomain']

/** Elements that cannot be told apart, lists without an owner or place, lists read for nothing. */
export function reportLists(reading: Reading, placed: readonly PlacedListing[]): void {
  for (const { listing, account, regions } of placed) {
    const { answer, lost, ownerless } = listing
    const { call, list } = answer
    const kind = gapKindOf(call.kind)
    for (const spot of lost) {
      const message = `aws ${call.name}: an element without an id is lost.`
      note(reading, 'error', spot, 'record.no-id', message)
    }
    if (kind && lost.length > 0) {
      for (const region of regions.length > 0 ? regions : [undefined]) {
        miss(reading, kind, { account, region }, call.name)
      }
    }
    if (ownerless && call.about) {
      const message = `aws ${call.name}: nothing says which ${call.about.field} this is about. Put its id into the file name.`
      note(reading, 'warning', answer.spot, 'listing.no-owner', message)
    }
    if (regions.length === 0 && !call.about) {
      const message = 'Nothing says which region this is about, so it proves nothing of any.'
      note(reading, 'warning', list, 'listing.no-region', message)
    }
    if (heldThroughInterfaces.includes(call.kind) && listing.sightings.length > 0) {
      const message = `aws ${call.name}: what holds addresses has network interfaces; this list is not read.`
      note(reading, 'info', list, 'listing.not-needed', message)
    }
  }
}
