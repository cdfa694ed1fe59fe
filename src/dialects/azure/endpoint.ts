import type { ServiceEndpoint } from '#model'

import { idOf } from '../brand.ts'
import { elementsOf, textOf } from '../spot.ts'
import { field } from './field.ts'
import { identityOf, networkOf, recordsOf } from './reading.ts'
import { reference, references } from './link.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'

/** Private endpoints: an interface in a subnet, and a connection that somebody has to approve. */
export function readEndpoints(reading: Reading): readonly ServiceEndpoint[] {
  return recordsOf(reading, 'privateEndpoint').map((record) => {
    const subnet = reference(reading, record, 'subnet')
    const [connection] = [
      ...elementsOf(at(record, 'privateLinkServiceConnections')),
      ...elementsOf(at(record, 'manualPrivateLinkServiceConnections')),
    ]
    const state =
      connection && textOf(field(field(connection, 'privateLinkServiceConnectionState'), 'status'))
    const groups = connection ? elementsOf(field(connection, 'groupIds')) : []
    const words = groups.flatMap((spot) => textOf(spot) ?? [])
    const service =
      words.length > 0
        ? words.join(',')
        : connection && textOf(field(connection, 'privateLinkServiceId'))
    const interfaces = references(reading, record, 'networkInterfaces')
    return {
      id: record.id,
      ...identityOf(record),
      type: 'interface',
      ...(subnet !== undefined && { vpcId: idOf(networkOf(reading, subnet)) }),
      ...(state !== undefined && { state }),
      ...(service !== undefined && { service }),
      ...(interfaces.length > 0 && { networkInterfaceIds: interfaces.map((id) => idOf(id)) }),
    }
  })
}
