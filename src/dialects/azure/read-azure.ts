import { networkFormat } from '#model'
import type { Network } from '#model'

import { gapsInOrder, notesInOrder } from '../in-order.ts'
import type { ReadResult, SourceDocument } from '../source.ts'
import { reportMissingPages } from './completeness.ts'
import { reportContradictions } from './contradiction.ts'
import { readResources } from './read-resources.ts'
import { openReading } from './reading.ts'
import { uniteSightings } from './record.ts'
import { reportDangling } from './reference.ts'
import { reportOrphans, reportSighted, reportUnread, reportUnsettled } from './report-input.ts'
import { sightResources } from './sighting.ts'
import { collectTags } from './service-tag.ts'
import { reportUnlisted } from './supply.ts'
import { unfold } from './unfold.ts'

/**
 * Reads resources as ARM, Resource Graph and the portal print them, or as the az CLI does, into a
 * network. Pure, and total: nothing in the documents can make it throw; what is wrong with them is
 * in the notes, and what a verdict may need but they do not say is in the network's gaps. The order
 * of the documents makes no difference.
 */
export function readAzure(documents: readonly SourceDocument[]): ReadResult {
  const unfolded = documents.map(unfold)
  const spots = unfolded.flatMap(({ resources }) => resources)
  const sighted = sightResources(spots)
  const tags = collectTags(unfolded.flatMap((each) => each.tags))
  const reading = openReading(uniteSightings(sighted.sightings), tags)
  reportUnread(reading, unfolded)
  reportSighted(reading, sighted)
  reportUnsettled(reading)
  reportOrphans(reading)
  reportMissingPages(
    reading,
    unfolded.flatMap(({ cut }) => cut),
    spots,
  )
  reportContradictions(reading)
  reportUnlisted(
    reading,
    unfolded.flatMap(({ lists }) => lists),
  )
  const resources = readResources(reading)
  reportDangling(reading, resources)
  const gaps = gapsInOrder(reading.gaps)
  const network: Network = { kind: networkFormat, ...resources, ...(gaps.length > 0 && { gaps }) }
  return { network, notes: notesInOrder(reading.notes) }
}
