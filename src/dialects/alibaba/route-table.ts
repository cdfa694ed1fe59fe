import type { RouteTable } from '#model'

import { ask, askAbout } from './ask.ts'
import { idOf } from '../brand.ts'
import { note } from '../note.ts'
import { groupByOwner, isAnswered, miss, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import type { ApiRecord } from './record.ts'
import { readRoutes } from './route-entry.ts'
import { findTables } from './route-table-facts.ts'
import type { TableFacts } from './route-table-facts.ts'
import { textOf } from '../spot.ts'
import { at } from './record.ts'

/** Route tables of VPCs. A table that is only mentioned, or listed without its routes, is a stub. */
export function readRouteTables(reading: Reading): readonly RouteTable[] {
  const facts = findTables(reading)
  const entries = groupByOwner(reading, 'routeEntry')
  const gatewayEntries = groupByOwner(reading, 'gatewayRouteEntry')
  return [...facts.values()].flatMap((table) => {
    const own = [...(entries.get(table.id) ?? []), ...(gatewayEntries.get(table.id) ?? [])]
    return readTable(reading, table, own, facts)
  })
}

function readTable(
  reading: Reading,
  table: TableFacts,
  entries: readonly ApiRecord[],
  all: ReadonlyMap<string, TableFacts>,
): RouteTable[] {
  if (isBorderRouter(reading, table)) return []
  if (table.vpcId === undefined) {
    const call = askAbout.tableList(table.id)
    unreadable(reading, 'routeTable', table, table.spot, 'which VPC it belongs to', call)
    return []
  }
  const type = typeOf(reading, table, all)
  if (!hasRoutes(reading, table)) {
    const call = type === 'gateway' ? askAbout.gatewayTable : ask.routeTable
    miss(reading, 'routeTable', table, call(table.id))
  }
  const name = table.record && textOf(at(table.record, 'RouteTableName'))
  return [
    {
      provider: 'alibaba',
      account: table.account,
      region: table.region,
      id: idOf(table.id),
      ...(name !== undefined && { name }),
      vpcId: idOf(table.vpcId),
      type,
      routes: readRoutes(reading, table, entries),
    },
  ]
}

/** A virtual border router's tables steer what happens outside of VPCs. */
function isBorderRouter(reading: Reading, { id, record }: TableFacts): boolean {
  const type = record && at(record, 'RouterType')
  if (!type || textOf(type)?.toUpperCase() !== 'VBR') return false
  const message = `${id} belongs to a virtual border router, which is not analysed.`
  note(reading, 'info', type, 'route-table.border-router', message)
  return true
}

function hasRoutes(reading: Reading, { id, record }: TableFacts): boolean {
  const old = record?.answers.some(({ call }) => call.name === 'DescribeRouteTables')
  const calls = ['DescribeRouteEntryList', 'ListGatewayRouteTableEntries']
  return old === true || isAnswered(reading, id, ...calls)
}

/** The only table of a VPC is its system table. Among several, somebody has to say which. */
function typeOf(
  reading: Reading,
  table: TableFacts,
  all: ReadonlyMap<string, TableFacts>,
): RouteTable['type'] {
  if (table.type) return table.type
  const siblings = [...all.values()].filter(({ vpcId }) => vpcId === table.vpcId)
  if (siblings.length === 1) return 'system'
  if (siblings.some(({ type }) => type === 'system')) return 'custom'
  miss(reading, 'routeTable', table, askAbout.tableList(table.id))
  return 'custom'
}
