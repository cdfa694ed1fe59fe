import { gapKindOf } from './completeness.ts'
import { note } from '../note.ts'
import { miss, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import type { PlacedListing } from './supply.ts'
import { child, shown, textOf } from '../spot.ts'
import type { Unread } from './unfold.ts'

/** Parts of the input that are no answers, and answers that refuse. */
export function reportUnread(reading: Reading, unread: readonly Unread[]): void {
  for (const { spot, refusal } of unread) {
    if (refusal !== undefined) {
      const message = `The call was refused (${refusal}); what it would list is missing.`
      note(reading, 'warning', spot, 'answer.refused', message)
    } else {
      const message = `${shown(spot)} that no known call answers; it is left out.`
      note(reading, 'warning', spot, 'answer.unrecognised', message)
    }
  }
}

/** Lists in another shape than the API's, and elements that cannot be told apart or placed. */
export function reportListings(reading: Reading, placed: readonly PlacedListing[]): void {
  for (const each of placed) {
    reportShape(reading, each)
    reportLost(reading, each)
    if (each.regions.length > 0 || each.listing.answer.call.about) continue
    const message = 'Nothing says which region this is about, so it proves nothing of any.'
    note(reading, 'warning', each.listing.answer.spot, 'listing.no-region', message)
  }
}

function reportShape(reading: Reading, { listing }: PlacedListing): void {
  const { list, answer, owners } = listing
  const [key] = answer.call.yields[0]?.path ?? []
  const spot = key === undefined ? answer.spot : child(answer.spot, key)
  if (list.shape === 'broken') {
    const message = `${answer.call.name}: ${shown(spot)} in place of the list.`
    note(reading, 'warning', spot, 'listing.not-a-list', message)
  } else if (list.shape !== 'exact') {
    const message = `${answer.call.name}: the list is not in its wrapper; it is read all the same.`
    note(reading, 'info', spot, 'listing.other-shape', message)
  }
  if (answer.call.about && owners.length === 0) {
    const { field } = answer.call.about
    const message = `${answer.call.name}: nothing says which ${field} this is about. Put its id into the file name.`
    note(reading, 'warning', answer.spot, 'listing.no-owner', message)
  }
}

function reportLost(reading: Reading, { listing, account, regions }: PlacedListing): void {
  const { lost, answer } = listing
  if (lost.length === 0) return
  const { call } = answer
  for (const spot of lost) {
    note(reading, 'error', spot, 'record.no-id', `${call.name}: an element without an id is lost.`)
  }
  const kind = gapKindOf(call.yields[0]?.kind ?? 'vpc')
  const owners = call.about ? listing.owners : []
  for (const id of owners) miss(reading, kind, { id }, call.name)
  if (owners.length > 0) return
  for (const region of regions.length > 0 ? regions : [undefined]) {
    miss(reading, kind, { account, region }, call.name)
  }
}

/** Account ids have up to 18 digits; a JSON parser that makes numbers of them has rounded them. */
export function reportInexactOwners(reading: Reading): void {
  for (const kind of reading.records.keys()) {
    for (const { id, spots } of recordsOf(reading, kind)) {
      for (const owner of spots.map((spot) => child(spot, 'OwnerId'))) {
        if (typeof owner.value !== 'number' || textOf(owner) !== undefined) continue
        const message = `${id}: the owner's id lost digits as a number, and is left out.`
        note(reading, 'warning', owner, 'record.inexact-owner', message)
      }
    }
  }
}
