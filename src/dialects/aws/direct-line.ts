import type { Line } from '#model'

import { compareText } from '../compare-text.ts'
import { note } from '../note.ts'
import { textOf } from '../spot.ts'
import { spelt, wordIn } from '../word.ts'
import { identityOf, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'

/** Direct Connect gateways, and the virtual interfaces that lead to them or to a VPN gateway. */
export function readDirectLines(reading: Reading): readonly Line[] {
  return [
    ...recordsOf(reading, 'directGateway').flatMap((record) => readGateway(reading, record)),
    ...recordsOf(reading, 'virtualInterface').flatMap((record) => readInterface(record)),
  ]
}

function readGateway(reading: Reading, record: ApiRecord): Line[] {
  const state = textOf(at(record, 'DirectConnectGatewayState'))
  if (spelt(['deleted'], state)) return []
  const attachedTo = gatewayEnd(reading, record)
  return [
    {
      id: record.id,
      ...identityOf(record, 'DirectConnectGatewayName'),
      ...(state !== undefined && { state }),
      medium: 'direct',
      ...(attachedTo && { attachedTo }),
    },
  ]
}

const endKinds = {
  transitgateway: 'transitRouter',
  virtualprivategateway: 'vpnGateway',
} as const

/** Transit gateways name it among their attachments, so a VPN gateway is told first. */
function gatewayEnd(reading: Reading, record: ApiRecord): Line['attachedTo'] {
  const ends = recordsOf(reading, 'directAssociation').flatMap((association) => {
    const state = textOf(at(association, 'AssociationState'))
    if (textOf(at(association, 'DirectConnectGatewayId')) !== record.id) return []
    if (state !== undefined && !spelt(['associated', 'updating'], state)) return []
    const id = textOf(at(association, 'AssociatedGateway', 'Id'))
    const kind = wordIn(endKinds, textOf(at(association, 'AssociatedGateway', 'Type')))
    return id !== undefined && kind ? [{ kind, id }] : []
  })
  const sorted = ends.toSorted((a, b) => compareText(b.kind, a.kind) || compareText(a.id, b.id))
  if (sorted.length > 1) {
    const ids = sorted.map(({ id }) => id).join(', ')
    const message = `${record.id} is joined to ${ids}; only the first of them is kept.`
    note(reading, 'info', here(record), 'line.several-ends', message)
  }
  return sorted[0]
}

/** A public one leads to the provider's public addresses, and to no VPC. */
function readInterface(record: ApiRecord): Line[] {
  const state = textOf(at(record, 'VirtualInterfaceState'))
  if (spelt(['deleted', 'rejected'], state)) return []
  const gateway = textOf(at(record, 'VirtualGatewayId'))
  const direct = textOf(at(record, 'DirectConnectGatewayId'))
  const attachedTo: Line['attachedTo'] =
    gateway !== undefined
      ? { kind: 'vpnGateway', id: gateway }
      : direct !== undefined
        ? { kind: 'line', id: direct }
        : undefined
  return [
    {
      id: record.id,
      ...identityOf(record, 'VirtualInterfaceName'),
      ...(state !== undefined && { state }),
      medium: 'direct',
      ...(attachedTo && { attachedTo }),
    },
  ]
}
