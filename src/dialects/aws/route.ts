import type { CidrText, Route } from '#model'

import { canonicalText } from '../canonical-text.ts'
import { compareText } from '../compare-text.ts'
import { cidrAt, note } from '../note.ts'
import { isAbsent, shown, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { wordIn } from '../word.ts'
import { ask } from './ask.ts'
import { field } from './field.ts'
import { cidrsOfList, listCall } from './prefix-list.ts'
import { miss, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import type { ApiRecord } from './record.ts'
import { readTarget } from './route-target.ts'

/** A route and where it stands among others to the same destination: the lowest rank counts. */
interface DraftRoute {
  readonly route: Route
  readonly rank: number
  readonly spot: Spot
}

/**
 * The routes of one table, one for each destination: the local one counts before static ones, those
 * before a prefix list's, and those before learnt ones (Route tables, route priority).
 */
export function readRoutes(
  reading: Reading,
  table: ApiRecord,
  entries: readonly Spot[],
): readonly Route[] {
  const routes = new Map<string, DraftRoute>()
  for (const draft of entries.flatMap((entry) => readEntry(reading, table, entry))) {
    const same = routes.get(draft.route.destination)
    routes.set(draft.route.destination, same ? stronger(reading, table, same, draft) : draft)
  }
  return [...routes.values()]
    .map(({ route }) => route)
    .toSorted((a, b) => compareText(a.destination, b.destination))
}

function stronger(reading: Reading, table: ApiRecord, a: DraftRoute, b: DraftRoute): DraftRoute {
  if (a.rank !== b.rank) return a.rank < b.rank ? a : b
  const [textA, textB] = [canonicalText(a.route), canonicalText(b.route)]
  if (textA === textB) return a
  // Of prefix lists that overlap, nobody says which the provider took.
  const what = `two routes to ${a.route.destination} that differ`
  unreadable(reading, 'routeTable', table, b.spot, what, ask.routeTable(table.id))
  return compareText(textA, textB) <= 0 ? a : b
}

const states = { active: 'active', blackhole: 'blackhole', filtered: 'filtered' } as const

function readEntry(reading: Reading, table: ApiRecord, entry: Spot): readonly DraftRoute[] {
  const call = ask.routeTable(table.id)
  const stateSpot = field(entry, 'State')
  const state = isAbsent(stateSpot) ? 'active' : wordIn(states, textOf(stateSpot))
  if (state === undefined) {
    unreadable(reading, 'routeTable', table, stateSpot, 'the state of a route', call)
  }
  // A filtered route was learnt and not installed.
  if (state === 'filtered') return []
  const { cidrs, isList } = destinationsOf(reading, table, entry)
  const target =
    state === 'blackhole'
      ? blackhole(reading, table, entry, stateSpot)
      : readTarget(reading, table, entry)
  const origin = originOf(reading, entry)
  const rank = target.kind === 'local' ? 0 : origin === 'dynamic' ? 3 : isList ? 2 : 1
  return cidrs.map((destination) => {
    const id = `${table.id}/${destination}`
    const settled = state === undefined ? 'Pending' : 'Available'
    const route: Route = { id, destination, origin, state: settled, nextHops: [{ target }] }
    return { route, rank, spot: entry }
  })
}

/** The target of such a route is gone or does not take packets, whatever it is. */
function blackhole(
  reading: Reading,
  table: ApiRecord,
  entry: Spot,
  state: Spot,
): { readonly kind: 'blackhole' } {
  const target = readTarget(reading, table, entry)
  const id = 'id' in target ? target.id : target.kind
  const message = `${table.id}: a route to ${id} is a black hole: its target is gone or is not ready.`
  note(reading, 'info', state, 'route.blackhole', message)
  return { kind: 'blackhole' }
}

interface Destinations {
  readonly cidrs: readonly CidrText[]
  readonly isList: boolean
}

function destinationsOf(reading: Reading, table: ApiRecord, entry: Spot): Destinations {
  const list = textOf(field(entry, 'DestinationPrefixListId'))
  if (list !== undefined) return { cidrs: listed(reading, table, list), isList: true }
  const ipv4 = field(entry, 'DestinationCidrBlock')
  const range = isAbsent(ipv4) ? field(entry, 'DestinationIpv6CidrBlock') : ipv4
  const cidr = cidrAt(reading, range)?.cidr
  if (cidr !== undefined) return { cidrs: [cidr], isList: false }
  const call = ask.routeTable(table.id)
  unreadable(reading, 'routeTable', table, range, 'the destination of a route', call)
  return { cidrs: [], isList: false }
}

/** Without the list, some destination goes where nobody can tell: the table is read in part. */
function listed(reading: Reading, table: ApiRecord, list: string): readonly CidrText[] {
  const cidrs = cidrsOfList(reading, list)
  if (!cidrs) miss(reading, 'routeTable', table, listCall(reading, list))
  return cidrs ?? []
}

const origins = {
  createroutetable: 'system',
  createroute: 'custom',
  enablevgwroutepropagation: 'dynamic',
  advertisement: 'dynamic',
} as const

function originOf(reading: Reading, entry: Spot): Route['origin'] {
  const spot = field(entry, 'Origin')
  const known = wordIn(origins, textOf(spot))
  if (known) return known
  if (isAbsent(spot)) return textOf(field(entry, 'GatewayId')) === 'local' ? 'system' : 'custom'
  const message = `A route of origin ${shown(spot)} is read as a learnt one.`
  note(reading, 'info', spot, 'route.unknown-origin', message)
  return 'dynamic'
}
