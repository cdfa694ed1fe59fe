import type { Boundary } from '#model'

import { idOf } from '../brand.ts'
import { note } from '../note.ts'
import { elementsOf, textOf } from '../spot.ts'
import { spelt } from '../word.ts'
import { field } from './field.ts'
import { identityOf, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import { gatewaysOf } from './route-table.ts'

/** Virtual private gateways and the VPC they are attached to. */
export function readVpnGateways(reading: Reading): readonly Boundary[] {
  remarkOnTables(reading)
  return recordsOf(reading, 'vpnGateway').flatMap((record) => {
    const state = textOf(at(record, 'State'))
    if (spelt(['deleted'], state)) return []
    const [vpcId] = elementsOf(at(record, 'VpcAttachments'))
      .filter((item) => spelt(['attached'], textOf(field(item, 'State'))))
      .flatMap((item) => textOf(field(item, 'VpcId')) ?? [])
    return [
      {
        id: record.id,
        ...identityOf(record),
        ...(vpcId !== undefined && { vpcId: idOf(vpcId) }),
        ...(state !== undefined && { state }),
      },
    ]
  })
}

/** The model has such tables for Internet gateways only. */
function remarkOnTables(reading: Reading): void {
  for (const table of recordsOf(reading, 'routeTable')) {
    for (const id of gatewaysOf(table)) {
      if (!id.startsWith('vgw-')) continue
      const message = `${table.id} steers what ${id} lets in, which is not analysed.`
      note(reading, 'warning', at(table, 'Associations'), 'route-table.vpn-gateway', message)
    }
  }
}
