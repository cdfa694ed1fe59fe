import { networkFormat } from '#model'
import type { Network } from '#model'

import { reportAddressUse } from './address-use.ts'
import type { ReadResult, SourceDocument } from '../source.ts'
import { gapsInOrder, notesInOrder } from '../in-order.ts'
import { reportMissingPages } from './completeness.ts'
import { reportContradictions } from './contradiction.ts'
import { listAnswers } from './list-answers.ts'
import { readResources } from './read-resources.ts'
import type { Reading } from './reading.ts'
import { uniteSightings } from './record.ts'
import { reportDangling } from './reference.ts'
import { reportInexactOwners, reportListings, reportUnread } from './report-input.ts'
import { settlePlaces } from './settle-place.ts'
import { placeListings, reportUnlisted } from './supply.ts'
import type { PlacedListing } from './supply.ts'
import { unfold } from './unfold.ts'

/**
 * Reads answers of the ECS, VPC and VpcPeer APIs (as the APIs and the aliyun CLI print them) into a
 * network. Pure, and total: nothing in the documents can make it throw; what is wrong with them is
 * in the notes, and what a verdict may need but they do not say is in the network's gaps. The order
 * of the documents, and how their lists are cut into pages, makes no difference.
 */
export function readAlibaba(documents: readonly SourceDocument[]): ReadResult {
  const unfolded = documents.map(unfold)
  const listings = listAnswers(unfolded.flatMap(({ answers }) => answers))
  const sightings = listings.flatMap((listing) => listing.sightings)
  const records = settlePlaces(uniteSightings(sightings))
  const placed = placeListings(listings, records)
  const reading: Reading = { records, answered: countOwners(placed), notes: [], gaps: [] }
  reportUnread(
    reading,
    unfolded.flatMap(({ unread }) => unread),
  )
  reportListings(reading, placed)
  reportInexactOwners(reading)
  reportMissingPages(reading, placed)
  reportContradictions(reading)
  reportUnlisted(reading, placed)
  const resources = readResources(reading)
  reportDangling(reading, resources)
  reportAddressUse(reading, resources)
  const gaps = gapsInOrder(reading.gaps)
  const network: Network = { kind: networkFormat, ...resources, ...(gaps.length > 0 && { gaps }) }
  return { network, notes: notesInOrder(reading.notes) }
}

/** Who has been spoken about, and by how many answers. */
function countOwners(placed: readonly PlacedListing[]): Reading['answered'] {
  const answered = new Map<string, Map<string, number>>()
  for (const { listing, regions } of placed) {
    const { call } = listing.answer
    if (listing.list.shape === 'broken') continue
    const owners = answered.get(call.name) ?? new Map<string, number>()
    answered.set(call.name, owners)
    for (const owner of call.about ? listing.owners : regions) {
      owners.set(owner, (owners.get(owner) ?? 0) + 1)
    }
  }
  return answered
}
