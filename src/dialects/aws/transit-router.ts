import type { TransitRouter } from '#model'

import { compareText } from '../compare-text.ts'
import { textOf } from '../spot.ts'
import { spelt } from '../word.ts'
import { ask, askAbout } from './ask.ts'
import { identityOf, isListed, miss, recordOf, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import { readAttachments } from './transit-attachment.ts'
import { readTransitTables } from './transit-table.ts'

/**
 * Transit gateways, also those that another account shares: their tables are not for us to see, but
 * what we attached is.
 */
export function readTransitRouters(reading: Reading): readonly TransitRouter[] {
  const own = recordsOf(reading, 'transitGateway').flatMap((record) => {
    const state = textOf(at(record, 'State'))
    if (spelt(['deleted'], state)) return []
    return [
      {
        id: record.id,
        ...identityOf(record),
        ...(state !== undefined && { state }),
        ...inside(reading, record),
      },
    ]
  })
  return [...own, ...sharedRouters(reading)].toSorted((a, b) => compareText(a.id, b.id))
}

/** What was read of its inside; the rest is missed. */
function inside(
  reading: Reading,
  record: ApiRecord,
): Pick<TransitRouter, 'attachments' | 'tables'> {
  const { id } = record
  const attached = isListed(reading, 'transitAttachment', record)
  const partly = attached || isListed(reading, 'transitVpcAttachment', record)
  const tabled = isListed(reading, 'transitTable', record)
  if (!attached) miss(reading, 'transitRouter', record, askAbout.transitAttachments(id))
  if (!tabled) miss(reading, 'transitRouter', record, askAbout.transitTables(id))
  return {
    ...(partly && { attachments: readAttachments(reading, record) }),
    ...(tabled && { tables: readTransitTables(reading, record) }),
  }
}

/** Named by attachments, listed by their owner only. */
function sharedRouters(reading: Reading): readonly TransitRouter[] {
  const shared = new Map<string, TransitRouter>()
  const attachments = [
    ...recordsOf(reading, 'transitAttachment'),
    ...recordsOf(reading, 'transitVpcAttachment'),
  ]
  for (const record of attachments) {
    const id = textOf(at(record, 'TransitGatewayId'))
    if (id === undefined || recordOf(reading, 'transitGateway', id) || shared.has(id)) continue
    const { region } = record
    const account = textOf(at(record, 'TransitGatewayOwnerId')) ?? record.account
    const router = { ...record, id, account }
    miss(reading, 'transitRouter', router, ask.transitRouter(id))
    shared.set(id, { id, provider: 'aws', account, region, ...inside(reading, router) })
  }
  return [...shared.values()]
}
