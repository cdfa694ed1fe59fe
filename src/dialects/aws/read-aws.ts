import { networkFormat } from '#model'
import type { Network } from '#model'

import { gapsInOrder, notesInOrder } from '../in-order.ts'
import type { ReadResult, SourceDocument } from '../source.ts'
import { reportMissingPages } from './completeness.ts'
import { reportContradictions } from './contradiction.ts'
import { readResources } from './read-resources.ts'
import type { Reading } from './reading.ts'
import { uniteSightings } from './record.ts'
import { reportDangling } from './reference.ts'
import { reportLists, reportUnread } from './report-input.ts'
import { settlePlaces } from './settle-place.ts'
import { listAnswers } from './sighting.ts'
import { placeListings, reportUnlisted } from './supply.ts'
import { unfold } from './unfold.ts'

/**
 * Reads what describe calls print (the aws CLI, the SDKs, scripts that collect them) into a
 * network. Pure, and total: nothing in the documents can make it throw; what is wrong with them is
 * in the notes, and what a verdict may need but they do not say is in the network's gaps. The order
 * of the documents, and how their lists are cut into pages, makes no difference.
 */
export function readAws(documents: readonly SourceDocument[]): ReadResult {
  const unfolded = documents.map(unfold)
  const listings = listAnswers(unfolded.flatMap(({ answers }) => answers))
  const records = settlePlaces(uniteSightings(listings.flatMap(({ sightings }) => sightings)))
  const placed = placeListings(listings, records)
  const collected = unfolded.flatMap((each) => each.collected.map(({ call }) => call.kind))
  const reading: Reading = {
    records,
    collected: new Set(collected),
    listings: placed.map(({ listing, account, regions }) => ({
      kind: listing.answer.call.kind,
      regions,
      ...(account !== undefined && { account }),
    })),
    notes: [],
    gaps: [],
  }
  reportUnread(reading, unfolded)
  reportLists(reading, placed)
  reportMissingPages(reading, placed)
  reportContradictions(reading)
  reportUnlisted(reading, placed)
  const resources = readResources(reading)
  reportDangling(reading, resources)
  const gaps = gapsInOrder(reading.gaps)
  const network: Network = { kind: networkFormat, ...resources, ...(gaps.length > 0 && { gaps }) }
  return { network, notes: notesInOrder(reading.notes) }
}
