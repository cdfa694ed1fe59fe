import type { CidrText, Line } from '#model'

import { compareText } from '../compare-text.ts'
import { cidrAt } from '../note.ts'
import { textOf, truthOf } from '../spot.ts'
import { ask } from './ask.ts'
import { identityOf, miss, recordOf, recordsOf, stateOf, unreadable } from './reading.ts'
import { listAt, reference } from './link.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ArmRecord } from './record.ts'

/** Connections of gateways, and circuits of ExpressRoute. */
export function readLines(reading: Reading): readonly Line[] {
  return [
    ...recordsOf(reading, 'connection').map((record) => readConnection(reading, record)),
    ...recordsOf(reading, 'circuit').map((record): Line => ({
      id: record.id,
      ...identityOf(record),
      ...stateOf(record, 'serviceProviderProvisioningState'),
      medium: 'direct',
    })),
  ].toSorted((a, b) => compareText(a.id, b.id))
}

function readConnection(reading: Reading, record: ArmRecord): Line {
  const type = textOf(at(record, 'connectionType'))?.toLowerCase()
  const gateway = reference(reading, record, 'virtualNetworkGateway1')
  const routes = routesBehind(reading, record)
  const isStatic = type === 'ipsec' && truthOf(at(record, 'enableBgp')) === false
  return {
    id: record.id,
    ...identityOf(record),
    ...stateOf(record, 'connectionStatus'),
    medium: type === 'expressroute' ? 'direct' : 'vpn',
    ...(gateway !== undefined && { attachedTo: { kind: 'vpnGateway', id: gateway } }),
    ...(routes && { routes }),
    ...(routes && isStatic && { routesComplete: true }),
  }
}

/** What the local network gateway says is behind it; undefined: nothing says. */
function routesBehind(reading: Reading, record: ArmRecord): readonly CidrText[] | undefined {
  const id = reference(reading, record, 'localNetworkGateway2')
  if (id === undefined) return undefined
  const local = recordOf(reading, id)
  if (!local) {
    miss(reading, 'line', record, ask(id))
    return undefined
  }
  const list = listAt(reading, local, 'localNetworkAddressSpace', 'addressPrefixes')
  const cidrs = list.flatMap((spot) => {
    const read = cidrAt(reading, spot)
    if (!read) unreadable(reading, 'line', record, spot, 'a range behind it', ask(id))
    return read ? [read.cidr] : []
  })
  return [...new Set(cidrs)].toSorted(compareText)
}
