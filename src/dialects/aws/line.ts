import type { CidrText, Line } from '#model'

import { compareText } from '../compare-text.ts'
import { cidrAt } from '../note.ts'
import { elementsOf, textOf, truthOf } from '../spot.ts'
import { spelt } from '../word.ts'
import { ask } from './ask.ts'
import { readDirectLines } from './direct-line.ts'
import { field } from './field.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'

/** VPN connections and Direct Connect: ways out of the cloud. */
export function readLines(reading: Reading): readonly Line[] {
  const vpns = recordsOf(reading, 'vpnConnection').flatMap((record) => readVpn(reading, record))
  return [...vpns, ...readDirectLines(reading)].toSorted((a, b) => compareText(a.id, b.id))
}

/** Fields are taken one by one: the configuration of the customer's end holds pre-shared keys. */
function readVpn(reading: Reading, record: ApiRecord): Line[] {
  const state = textOf(at(record, 'State'))
  if (spelt(['deleted'], state)) return []
  const attachedTo = endOf(record)
  // Behind a transit gateway, static routes are those of its tables.
  const routes = attachedTo?.kind === 'vpnGateway' ? staticRoutes(reading, record) : {}
  return [
    {
      id: record.id,
      ...identityOf(record),
      ...(state !== undefined && { state }),
      medium: 'vpn',
      ...(attachedTo && { attachedTo }),
      ...routes,
    },
  ]
}

function endOf(record: ApiRecord): Line['attachedTo'] {
  const router = textOf(at(record, 'TransitGatewayId'))
  if (router !== undefined) return { kind: 'transitRouter', id: router }
  const gateway = textOf(at(record, 'VpnGatewayId'))
  return gateway === undefined ? undefined : { kind: 'vpnGateway', id: gateway }
}

/** With static routing there is nothing else behind it; with BGP more may be learnt. */
function staticRoutes(
  reading: Reading,
  record: ApiRecord,
): Pick<Line, 'routes' | 'routesComplete'> {
  const routes = elementsOf(at(record, 'Routes')).flatMap<CidrText>((item) => {
    if (spelt(['deleting', 'deleted'], textOf(field(item, 'State')))) return []
    const spot = field(item, 'DestinationCidrBlock')
    const cidr = cidrAt(reading, spot)?.cidr
    if (cidr === undefined) {
      unreadable(reading, 'line', record, spot, 'a static route', ask.line(record.id))
    }
    return cidr ?? []
  })
  const complete = truthOf(at(record, 'Options', 'StaticRoutesOnly'))
  return {
    ...((routes.length > 0 || complete === true) && {
      routes: [...new Set(routes)].toSorted(compareText),
    }),
    ...(complete !== undefined && { routesComplete: complete }),
  }
}
