import type { CidrText, NextHop, Route, RouteTable } from '#model'

import { idOf, readCidr } from '../brand.ts'
import { addressAt, cidrAt } from '../note.ts'
import { elementsOf, isAbsent, textOf, truthOf } from '../spot.ts'
import { wordIn } from '../word.ts'
import { ask, askTags } from './ask.ts'
import { identityOf, miss, partsOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ArmRecord } from './record.ts'
import { prefixesOf } from './unfold.ts'

/** Route tables: what their owner wrote; the routes that Azure adds are not in them. */
export function readRouteTables(reading: Reading): readonly RouteTable[] {
  return recordsOf(reading, 'routeTable').map((record) => {
    const parts = partsOf(reading, record, 'route')
    if (parts.length === 0 && isAbsent(at(record, 'routes'))) {
      unreadable(reading, 'routeTable', record, here(record), 'its routes', ask(record.id))
    }
    const deaf = truthOf(at(record, 'disableBgpRoutePropagation')) === true
    return {
      id: idOf(record.id),
      ...identityOf(record),
      type: 'custom',
      routes: parts.flatMap((route) => readRoute(reading, record, route)),
      ...(deaf && { takesGatewayRoutes: false }),
    }
  })
}

function readRoute(reading: Reading, table: ArmRecord, route: ArmRecord): Route[] {
  const target = targetOf(reading, table, route)
  if (!target) return []
  return destinationsOf(reading, table, route).map(({ id, destination }) => ({
    id,
    destination,
    origin: 'custom',
    state: 'Available',
    nextHops: [{ target }],
  }))
}

interface Destination {
  readonly id: string
  readonly destination: CidrText
}

/** A prefix, or each prefix of a service tag. */
function destinationsOf(
  reading: Reading,
  table: ArmRecord,
  route: ArmRecord,
): readonly Destination[] {
  const spot = at(route, 'addressPrefix')
  const read = cidrAt(reading, spot)
  if (read) return [{ id: route.id, destination: read.cidr }]
  const [tag] = reading.tags.get(textOf(spot)?.toLowerCase() ?? '') ?? []
  if (tag) {
    const cidrs = elementsOf(prefixesOf(tag)).flatMap((each) => readCidr(textOf(each))?.cidr ?? [])
    return [...new Set(cidrs)].map((destination) => ({
      id: `${route.id}/${destination}`,
      destination,
    }))
  }
  const isTag = /^[a-z][\w.]*$/i.test(textOf(spot) ?? '')
  const call = isTag ? askTags(table.region) : ask(table.id)
  unreadable(reading, 'routeTable', table, spot, `the destination of ${route.id}`, call)
  if (isTag) miss(reading, 'prefixList', { id: textOf(spot) }, call)
  return []
}

type Target = NextHop['target']

const targets: Readonly<Record<string, Target>> = {
  virtualnetworkgateway: { kind: 'gateway' },
  vnetlocal: { kind: 'local' },
  internet: { kind: 'internet' },
  none: { kind: 'blackhole' },
}

function targetOf(reading: Reading, table: ArmRecord, route: ArmRecord): Target | undefined {
  const spot = at(route, 'nextHopType')
  const word = textOf(spot)
  const known = wordIn(targets, word)
  if (known) return known
  if (word?.toLowerCase() !== 'virtualappliance') {
    return { kind: 'unsupported', id: route.id, word: word ?? '' }
  }
  const hop = at(route, 'nextHopIpAddress')
  const read = addressAt(hop)
  if (!read) {
    unreadable(reading, 'routeTable', table, hop, `the next hop of ${route.id}`, ask(table.id))
    return undefined
  }
  return { kind: 'address', address: read.address }
}
