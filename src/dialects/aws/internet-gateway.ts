import type { InternetGateway, RouteTableId } from '#model'

import { idOf } from '../brand.ts'
import { compareText } from '../compare-text.ts'
import { note } from '../note.ts'
import { elementsOf, textOf } from '../spot.ts'
import { spelt } from '../word.ts'
import { field } from './field.ts'
import { identityOf, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import { gatewaysOf } from './route-table.ts'

/** Internet gateways and egress-only ones. One that is attached to no VPC serves nobody. */
export function readInternetGateways(reading: Reading): readonly InternetGateway[] {
  const tables = gatewayTables(reading)
  return [
    ...recordsOf(reading, 'internetGateway').flatMap((record) =>
      readGateway(reading, record, 'both', tables),
    ),
    ...recordsOf(reading, 'egressGateway').flatMap((record) =>
      readGateway(reading, record, 'egress-only', tables),
    ),
  ].toSorted((a, b) => compareText(a.id, b.id))
}

/** An attached gateway is printed as `available` or, by newer documents, as `attached`. */
const attachedWords = ['available', 'attached'] as const

function readGateway(
  reading: Reading,
  record: ApiRecord,
  kind: InternetGateway['kind'],
  tables: ReadonlyMap<string, string>,
): InternetGateway[] {
  const attachments = elementsOf(at(record, 'Attachments')).flatMap((item) => {
    const vpcId = textOf(field(item, 'VpcId'))
    return vpcId === undefined ? [] : [{ vpcId, state: textOf(field(item, 'State')) ?? '' }]
  })
  const [attachment] = attachments
  if (!attachment) {
    const message = `${record.id} is attached to no VPC.`
    note(reading, 'info', at(record, 'Attachments'), 'internet-gateway.detached', message)
    return []
  }
  const table = tables.get(record.id)
  return [
    {
      id: idOf(record.id),
      ...identityOf(record),
      kind,
      vpcId: idOf(attachment.vpcId),
      state: attachment.state,
      enabled: spelt(attachedWords, attachment.state) !== undefined,
      ...(table !== undefined && { routeTableId: idOf<RouteTableId>(table) }),
    },
  ]
}

/** Which route table steers what a gateway lets in. */
function gatewayTables(reading: Reading): ReadonlyMap<string, string> {
  return new Map(
    recordsOf(reading, 'routeTable').flatMap((table) =>
      gatewaysOf(table).map((gateway) => [gateway, table.id] as const),
    ),
  )
}
