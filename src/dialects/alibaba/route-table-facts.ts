import type { RouteTable } from '#model'

import { recordOf, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { compareText } from '../compare-text.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import type { RecordKind } from './record-kind.ts'
import { textOf, textsOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { wordIn } from '../word.ts'

/** What is known about a table besides its routes, from whoever mentions it. */
export interface TableFacts {
  readonly id: string
  readonly account: string
  readonly region: string
  /** Where it is mentioned. */
  readonly spot: Spot
  readonly vpcId?: string
  readonly type?: RouteTable['type']
  /** Its own record, if it was listed. */
  readonly record?: ApiRecord
}

/** Every table that any answer names, by id. */
export function findTables(reading: Reading): ReadonlyMap<string, TableFacts> {
  const mentions = [
    ...recordsOf(reading, 'routeTable').map((record) => listedTable(reading, record)),
    ...recordsOf(reading, 'ipv4Gateway').flatMap(gatewayTables),
    ...recordsOf(reading, 'subnet').flatMap(subnetTables),
    ...recordsOf(reading, 'router').flatMap(routerTables),
    ...recordsOf(reading, 'vpc').flatMap(vpcTables),
    ...ownerTables(reading, 'gatewayRouteEntry', 'gateway'),
    ...ownerTables(reading, 'routeEntry'),
  ]
  const tables = new Map<string, TableFacts>()
  // Earlier mentions know more, and win; later ones fill in what is missing.
  for (const mention of mentions) {
    tables.set(mention.id, { ...mention, ...tables.get(mention.id) })
  }
  return new Map([...tables].toSorted(([a], [b]) => compareText(a, b)))
}

const types = { system: 'system', custom: 'custom' } as const

function listedTable(reading: Reading, record: ApiRecord): TableFacts {
  const router = recordOf(reading, 'router', textOf(routerOf(record)) ?? '')
  const vpcId =
    textOf(at(record, 'VpcId')) ??
    (router && textOf(at(router, 'VpcId'))) ??
    vpcOfRouter(reading, textOf(routerOf(record)))
  const gateway = textOf(at(record, 'AssociateType'))?.toLowerCase() === 'gateway'
  const type = gateway ? 'gateway' : wordIn(types, textOf(at(record, 'RouteTableType')))
  return { ...mention(record, record.id, vpcId, type), record }
}

/** The older listing names the router only, which the VPC names too. */
function routerOf(record: ApiRecord): Spot {
  const old = at(record, 'VRouterId')
  return textOf(old) === undefined ? at(record, 'RouterId') : old
}

function vpcOfRouter(reading: Reading, router: string | undefined): string | undefined {
  if (router === undefined) return undefined
  return recordsOf(reading, 'vpc').find((vpc) => textOf(at(vpc, 'VRouterId')) === router)?.id
}

function gatewayTables(gateway: ApiRecord): TableFacts[] {
  const id = textOf(at(gateway, 'Ipv4GatewayRouteTableId'))
  return id === undefined ? [] : [mention(gateway, id, textOf(at(gateway, 'VpcId')), 'gateway')]
}

function subnetTables(subnet: ApiRecord): TableFacts[] {
  const id = textOf(at(subnet, 'RouteTable', 'RouteTableId'))
  const type = wordIn(types, textOf(at(subnet, 'RouteTable', 'RouteTableType')))
  return id === undefined ? [] : [mention(subnet, id, textOf(at(subnet, 'VpcId')), type)]
}

function routerTables(router: ApiRecord): TableFacts[] {
  const vpcId = textOf(at(router, 'VpcId'))
  return textsOf(at(router, 'RouteTableIds'), 'RouteTableId').map((id) =>
    mention(router, id, vpcId),
  )
}

function vpcTables(vpc: ApiRecord): TableFacts[] {
  return textsOf(at(vpc, 'RouterTableIds'), 'RouterTableIds').map((id) => mention(vpc, id, vpc.id))
}

function ownerTables(reading: Reading, kind: RecordKind, type?: 'gateway'): TableFacts[] {
  return recordsOf(reading, kind).flatMap((entry) =>
    entry.owner === undefined ? [] : [mention(entry, entry.owner, undefined, type)],
  )
}

function mention(
  by: ApiRecord,
  id: string,
  vpcId: string | undefined,
  type?: RouteTable['type'],
): TableFacts {
  const { account, region } = by
  const known = { ...(vpcId !== undefined && { vpcId }), ...(type && { type }) }
  return { id, account, region, spot: here(by), ...known }
}
