import { routeStates } from '#model'
import type { NextHop, Route } from '#model'

import { ask } from './ask.ts'
import { canonicalText } from '../canonical-text.ts'
import { readNextHops } from './next-hop.ts'
import { cidrAt, note } from '../note.ts'
import { unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { compareText } from '../compare-text.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import type { TableFacts } from './route-table-facts.ts'
import { isAbsent, shown, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { wordIn } from '../word.ts'
import { stateAt } from './words.ts'

/**
 * The routes of one table, one for each destination: the older call prints equal-cost next hops as
 * entries of their own.
 */
export function readRoutes(
  reading: Reading,
  table: TableFacts,
  entries: readonly ApiRecord[],
): readonly Route[] {
  const routes = new Map<string, Route>()
  for (const entry of entries) {
    const route = readRoute(reading, table, entry)
    if (!route) continue
    const same = routes.get(route.destination)
    routes.set(route.destination, same ? unite(reading, table, entry, same, route) : route)
  }
  return [...routes.values()].toSorted((a, b) => compareText(a.destination, b.destination))
}

function readRoute(reading: Reading, table: TableFacts, entry: ApiRecord): Route | undefined {
  const call = ask.routeTable(table.id)
  const range = at(entry, 'DestinationCidrBlock')
  const destination = cidrAt(reading, range)?.cidr
  if (destination === undefined) {
    unreadable(reading, 'routeTable', table, range, 'the destination of a route', call)
    return undefined
  }
  const nextHops = readNextHops(reading, table, entry)
  const status = at(entry, 'Status')
  const subject = { ...table, kind: 'routeTable', call } as const
  return {
    id: textOf(at(entry, 'RouteEntryId')) ?? `${table.id}/${destination}`,
    destination,
    origin: originOf(reading, at(entry, 'Type'), nextHops),
    state: isAbsent(status)
      ? 'Available'
      : (stateAt(reading, subject, status, routeStates) ?? 'Pending'),
    nextHops,
  }
}

const origins = {
  system: 'system',
  custom: 'custom',
  bgp: 'dynamic',
  cen: 'dynamic',
  ecr: 'dynamic',
} as const

/** Gateway tables print no type: what they do not steer themselves is theirs from the start. */
function originOf(reading: Reading, type: Spot, nextHops: readonly NextHop[]): Route['origin'] {
  const known = wordIn(origins, textOf(type))
  if (known) return known
  if (isAbsent(type)) return nextHops[0]?.target.kind === 'local' ? 'system' : 'custom'
  const message = `A route of type ${shown(type)} is read as a learnt one.`
  note(reading, 'info', type, 'route.unknown-type', message)
  return 'dynamic'
}

/** Two entries for one destination are branches of one route, if they agree on everything else. */
function unite(reading: Reading, table: TableFacts, entry: ApiRecord, a: Route, b: Route): Route {
  const nextHops = new Map([...a.nextHops, ...b.nextHops].map((hop) => [canonicalText(hop), hop]))
  if (a.origin !== b.origin || a.state !== b.state) {
    const what = `two routes to ${a.destination} that differ`
    const call = ask.routeTable(table.id)
    unreadable(reading, 'routeTable', table, at(entry, 'DestinationCidrBlock'), what, call)
  }
  const sorted = [...nextHops].toSorted(([x], [y]) => compareText(x, y)).map(([, hop]) => hop)
  return { ...(compareText(a.id, b.id) <= 0 ? a : b), nextHops: sorted }
}
