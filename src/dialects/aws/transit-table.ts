import type { TransitRoute, TransitTable } from '#model'

import { compareText } from '../compare-text.ts'
import { cidrAt } from '../note.ts'
import { elementsOf, isAbsent, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt } from '../word.ts'
import { askAbout } from './ask.ts'
import { field } from './field.ts'
import { cidrsOfList, listCall } from './prefix-list.ts'
import { miss, recordOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, listed } from './record.ts'
import type { ApiRecord } from './record.ts'

/** The route tables of one transit gateway. */
export function readTransitTables(reading: Reading, router: ApiRecord): readonly TransitTable[] {
  return recordsOf(reading, 'transitTable')
    .filter((record) => textOf(at(record, 'TransitGatewayId')) === router.id)
    .filter((record) => !spelt(['deleted'], textOf(at(record, 'State'))))
    .map((record) => ({
      id: record.id,
      routes: readTransitRoutes(reading, router, record),
      propagations: readPropagations(reading, router, record),
    }))
}

function readTransitRoutes(
  reading: Reading,
  router: ApiRecord,
  table: ApiRecord,
): readonly TransitRoute[] {
  const answer = recordOf(reading, 'transitRoutes', table.id)
  if (!answer) {
    if (!reading.collected.has('transitRoutes')) {
      miss(reading, 'transitRouter', router, askAbout.transitRoutes(table.id))
    }
    return []
  }
  const routes = new Map<string, TransitRoute>()
  for (const item of listed(answer, 'Routes')) {
    for (const route of readTransitRoute(reading, router, table, item)) {
      const attachments = [
        ...(routes.get(route.destination)?.attachmentIds ?? []),
        ...route.attachmentIds,
      ]
      const attachmentIds = [...new Set(attachments)].toSorted(compareText)
      routes.set(route.destination, { ...route, attachmentIds })
    }
  }
  return [...routes.values()].toSorted((a, b) => compareText(a.destination, b.destination))
}

/** Learnt routes follow from the propagations; static ones may be black holes. */
function readTransitRoute(
  reading: Reading,
  router: ApiRecord,
  table: ApiRecord,
  item: Spot,
): readonly TransitRoute[] {
  if (spelt(['propagated'], textOf(field(item, 'Type')))) return []
  const state = textOf(field(item, 'State')) ?? 'active'
  if (spelt(['deleting', 'deleted'], state)) return []
  const hole = spelt(['blackhole'], state) !== undefined
  const attachments = elementsOf(field(item, 'TransitGatewayAttachments')).flatMap(
    (each) => textOf(field(each, 'TransitGatewayAttachmentId')) ?? [],
  )
  const attachmentIds = hole ? [] : attachments.toSorted(compareText)
  const list = textOf(field(item, 'PrefixListId'))
  const range = field(item, 'DestinationCidrBlock')
  if (list !== undefined && isAbsent(range)) {
    const cidrs = cidrsOfList(reading, list)
    if (!cidrs) miss(reading, 'transitRouter', router, listCall(reading, list))
    return (cidrs ?? []).map((destination) => ({ destination, attachmentIds }))
  }
  const destination = cidrAt(reading, range)?.cidr
  if (destination === undefined || (attachmentIds.length === 0 && !hole)) {
    const call = askAbout.transitRoutes(table.id)
    const [spot, what] =
      destination === undefined ? [range, 'a destination'] : [item, 'the target of a route']
    unreadable(reading, 'transitRouter', router, spot, what, call)
    return []
  }
  return [{ destination, attachmentIds }]
}

/** From their own call, or from the learnt routes of a search that was not narrowed to static ones. */
function readPropagations(
  reading: Reading,
  router: ApiRecord,
  table: ApiRecord,
): readonly string[] {
  const answer = recordOf(reading, 'transitPropagations', table.id)
  const told = (answer ? listed(answer, 'TransitGatewayRouteTablePropagations') : [])
    .filter((item) => spelt(['enabled', 'enabling'], textOf(field(item, 'State')) ?? 'enabled'))
    .flatMap((item) => textOf(field(item, 'TransitGatewayAttachmentId')) ?? [])
  const routes = recordOf(reading, 'transitRoutes', table.id)
  const learnt = (routes ? listed(routes, 'Routes') : [])
    .filter((item) => spelt(['propagated'], textOf(field(item, 'Type'))))
    .flatMap((item) => elementsOf(field(item, 'TransitGatewayAttachments')))
    .flatMap((item) => textOf(field(item, 'TransitGatewayAttachmentId')) ?? [])
  if (!answer && !reading.collected.has('transitPropagations')) {
    miss(reading, 'transitRouter', router, askAbout.transitPropagations(table.id))
  }
  return [...new Set([...told, ...(answer ? [] : learnt)])].toSorted(compareText)
}
