import type { RouteTable } from '#model'

import { idOf } from '../brand.ts'
import { elementsOf, textOf } from '../spot.ts'
import { ask } from './ask.ts'
import { associations, isMain } from './binding.ts'
import { field } from './field.ts'
import { identityOf, miss, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { readRoutes } from './route.ts'

/** Route tables: the main one of each VPC, those of subnets, and those of gateways. */
export function readRouteTables(reading: Reading): readonly RouteTable[] {
  return recordsOf(reading, 'routeTable').flatMap((record) => {
    const vpcId = textOf(at(record, 'VpcId'))
    const call = ask.routeTable(record.id)
    if (vpcId === undefined) {
      unreadable(reading, 'routeTable', record, here(record), 'its VpcId', call)
      return []
    }
    const routes = at(record, 'Routes')
    const learnsFrom = elementsOf(at(record, 'PropagatingVgws')).flatMap(
      (item) => textOf(field(item, 'GatewayId')) ?? [],
    )
    if (!Array.isArray(routes.value)) miss(reading, 'routeTable', record, call)
    return [
      {
        id: idOf(record.id),
        ...identityOf(record),
        vpcId: idOf(vpcId),
        type: typeOf(record),
        routes: readRoutes(reading, record, elementsOf(routes)),
        ...(learnsFrom.length > 0 && { learnsFrom }),
      },
    ]
  })
}

function typeOf(record: ApiRecord): RouteTable['type'] {
  if (isMain(record)) return 'system'
  return gatewaysOf(record).length > 0 ? 'gateway' : 'custom'
}

/** Internet and virtual private gateways whose inbound packets the table steers. */
export function gatewaysOf(record: ApiRecord): readonly string[] {
  return associations(record).flatMap((item) => textOf(field(item, 'GatewayId')) ?? [])
}
