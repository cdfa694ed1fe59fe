import type { InternetGateway, RouteTableId } from '#model'

import { ask, askAbout } from './ask.ts'
import { idAt, idOf } from '../brand.ts'
import { note } from '../note.ts'
import { identityOf, missContent, recordOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { compareText } from '../compare-text.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { isAbsent, shown, textOf, textsOf, truthOf } from '../spot.ts'
import { spelt } from '../word.ts'
import { stateWordAt } from './words.ts'

/** IPv4 and IPv6 gateways. */
export function readInternetGateways(reading: Reading): readonly InternetGateway[] {
  const gateways = [
    ...recordsOf(reading, 'ipv4Gateway').flatMap((record) => readIpv4Gateway(reading, record)),
    ...recordsOf(reading, 'ipv6Gateway').flatMap((record) => readIpv6Gateway(reading, record)),
  ]
  for (const vpc of recordsOf(reading, 'vpc')) missNamed(reading, vpc)
  return gateways.toSorted((a, b) => compareText(a.id, b.id))
}

function readIpv4Gateway(reading: Reading, record: ApiRecord): InternetGateway[] {
  const call = ask.internetGateway(record.id)
  const vpcId = textOf(at(record, 'VpcId'))
  const enabledSpot = at(record, 'Enabled')
  const enabled = truthOf(enabledSpot)
  if (vpcId === undefined) {
    unreadable(reading, 'internetGateway', record, here(record), 'its VpcId', call)
    return []
  }
  if (enabled === undefined) {
    unreadable(reading, 'internetGateway', record, enabledSpot, 'whether it is enabled', call)
    return []
  }
  const subject = { ...record, kind: 'internetGateway', call } as const
  const state = stateWordAt(reading, subject, at(record, 'Status'))
  if (state === undefined) return []
  const routeTableId =
    idAt<RouteTableId>(at(record, 'Ipv4GatewayRouteTableId')) ?? boundTable(reading, record.id)
  return [
    {
      id: idOf(record.id),
      ...identityOf(record, 'Ipv4GatewayName'),
      kind: 'ipv4',
      vpcId: idOf(vpcId),
      state,
      enabled,
      ...(routeTableId !== undefined && { routeTableId }),
    },
  ]
}

/** The table that names the gateway, where the gateway does not name it. */
function boundTable(reading: Reading, gateway: string): RouteTableId | undefined {
  const table = recordsOf(reading, 'routeTable').find((record) =>
    textsOf(at(record, 'GatewayIds'), 'GatewayIds').includes(gateway),
  )
  return table && idOf(table.id)
}

function readIpv6Gateway(reading: Reading, record: ApiRecord): InternetGateway[] {
  const vpcId = textOf(at(record, 'VpcId'))
  const call = askAbout.ipv6Gateway(record.id)
  if (vpcId === undefined) {
    unreadable(reading, 'ipv6Internet', record, here(record), 'its VpcId', call)
    return []
  }
  const subject = { ...record, kind: 'ipv6Internet', call } as const
  const state = stateWordAt(reading, subject, at(record, 'Status'))
  if (state === undefined) return []
  return [
    {
      id: idOf(record.id),
      ...identityOf(record, 'Name'),
      kind: 'ipv6',
      vpcId: idOf(vpcId),
      state,
      enabled: isUsable(reading, record),
    },
  ]
}

function isUsable(reading: Reading, record: ApiRecord): boolean {
  const settled = spelt(['Available', 'Created'], textOf(at(record, 'Status'))) !== undefined
  const business = at(record, 'BusinessStatus')
  const paid = isAbsent(business) || spelt(['Normal'], textOf(business)) !== undefined
  if (!paid) {
    const message = `${record.id} is locked: ${shown(business)}.`
    note(reading, 'warning', business, 'internet-gateway.locked', message)
  }
  return settled && paid
}

/**
 * DescribeVpcAttribute tells that there is a gateway, but not whether it is activated, which decides
 * over every packet to the Internet. So the gateway is missing, not half known.
 */
function missNamed(reading: Reading, vpc: ApiRecord): void {
  const id = textOf(at(vpc, 'Ipv4GatewayId'))
  if (id === undefined || recordOf(reading, 'ipv4Gateway', id)) return
  const { account, region } = vpc
  missContent(reading, 'internetGateway', { id, account, region }, ask.internetGateway(id))
}
