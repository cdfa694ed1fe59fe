import { note } from '../note.ts'
import { child, textOf } from '../spot.ts'
import { gapKindOf } from './gap-kind.ts'
import { miss } from './reading.ts'
import type { Reading } from './reading.ts'
import type { PlacedListing } from './supply.ts'

/**
 * Finds listings whose last page is missing: each of their pages has a `NextToken` (`NextMarker` of
 * load balancers), or a search says that there are more routes than it shows.
 */
export function reportMissingPages(reading: Reading, placed: readonly PlacedListing[]): void {
  const groups = new Map<string, PlacedListing[]>()
  for (const each of placed) {
    const { call } = each.listing.answer
    const owners = call.about ? each.listing.sightings.map(({ id }) => id) : []
    const key = JSON.stringify([call.name, each.account, each.regions, owners])
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  for (const group of groups.values()) {
    const cut = group.filter(
      ({ listing }) => listing.answer.call.about && hasMore(listing.answer.spot),
    )
    const open = group.every(({ listing }) => tokenOf(listing.answer.spot) !== undefined)
    for (const each of open ? group : cut) report(reading, each)
  }
}

type AnswerSpot = PlacedListing['listing']['answer']['spot']

function tokenOf(spot: AnswerSpot): string | undefined {
  const tokens = ['NextToken', 'nextToken', 'NextMarker'].map((key) => textOf(child(spot, key)))
  return tokens.find((token) => token !== undefined)
}

function hasMore(spot: AnswerSpot): boolean {
  return child(spot, 'AdditionalRoutesAvailable').value === true
}

function report(reading: Reading, { listing, account, regions }: PlacedListing): void {
  const { call, spot } = listing.answer
  const message = `aws ${call.name}: the page after this one is missing.`
  note(reading, 'warning', spot, 'listing.pages-missing', message)
  const kind = gapKindOf(call.kind)
  if (!kind) return
  for (const region of regions.length > 0 ? regions : [undefined]) {
    miss(reading, kind, { account, region }, call.name)
  }
}
