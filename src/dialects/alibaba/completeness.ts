import type { GapKind } from '#model'

import { ask } from './ask.ts'
import type { AskableKind } from './ask.ts'
import { note } from '../note.ts'
import { miss } from './reading.ts'
import type { Reading } from './reading.ts'
import type { RecordKind } from './record-kind.ts'
import type { PlacedListing } from './supply.ts'
import { child, textOf, wholeOf } from '../spot.ts'

/**
 * Finds listings of which pages are missing: `TotalCount` says more than was seen, or a
 * `NextToken` has no successor. Which page it is cannot be told, so the whole listing is asked for.
 */
export function reportMissingPages(reading: Reading, listings: readonly PlacedListing[]): void {
  const groups = new Map<string, PlacedListing[]>()
  for (const listing of listings) {
    const key = queryKey(listing)
    const group = groups.get(key) ?? []
    groups.set(key, group)
    group.push(listing)
  }
  for (const group of groups.values()) {
    if (isComplete(group)) continue
    for (const listing of group) report(reading, listing, group)
  }
}

/** Pages of one query agree in their total; queries that agree by chance are counted together. */
function queryKey({ listing, account, regions }: PlacedListing): string {
  const { call } = listing.answer
  const subjects = call.about ? listing.owners : [account, ...regions]
  return [call.name, totalOf(listing.answer.spot) ?? '', ...subjects].join('|')
}

function totalOf(spot: PlacedListing['listing']['answer']['spot']): number | undefined {
  const total = wholeOf(child(spot, 'TotalCount'))
  // Answers to queries by token print 0 for "not counted".
  return total === undefined || total <= 0 ? undefined : total
}

function isComplete(group: readonly PlacedListing[]): boolean {
  const [first] = group
  const total = first && totalOf(first.listing.answer.spot)
  if (total !== undefined) {
    return new Set(group.flatMap(({ listing }) => listing.ids)).size >= total
  }
  const tokens = group.map(({ listing }) => textOf(child(listing.answer.spot, 'NextToken')))
  return tokens.includes(undefined) || tokens.length === 0
}

function report(
  reading: Reading,
  { listing, account, regions }: PlacedListing,
  group: readonly PlacedListing[],
): void {
  const { call, spot } = listing.answer
  const seen = new Set(group.flatMap((each) => each.listing.ids)).size
  const total = totalOf(spot)
  const message =
    total === undefined
      ? `${call.name}: the page after NextToken is missing.`
      : `${call.name}: ${seen} of ${total} were seen; pages are missing.`
  note(reading, 'warning', spot, 'listing.pages-missing', message)
  const kind = gapKindOf(call.about?.kind ?? call.yields[0]?.kind ?? 'vpc')
  const wanted = `${call.name} (every page)`
  if (call.about) {
    for (const id of listing.owners) miss(reading, kind, { id }, askFor(kind, id))
    return
  }
  const places = regions.length > 0 ? regions : [undefined]
  for (const region of places) {
    miss(reading, kind, { account, region }, wanted)
  }
}

function askFor(kind: GapKind, id: string): string {
  const known: Readonly<Record<string, (id: string) => string>> = ask satisfies Record<
    AskableKind,
    (id: string) => string
  >
  return `${known[kind]?.(id) ?? kind} (every page)`
}

/** The kind of a gap for records that are not resources by themselves. */
export function gapKindOf(kind: RecordKind): GapKind {
  switch (kind) {
    case 'permission':
    case 'portRange':
      return 'securityGroup'
    case 'prefixEntry':
      return 'prefixList'
    case 'router':
    case 'routeEntry':
    case 'gatewayRouteEntry':
      return 'routeTable'
    case 'snatEntry':
    case 'forwardEntry':
      return 'natGateway'
    case 'ipv4Gateway':
      return 'internetGateway'
    case 'ipv6Gateway':
    case 'ipv6Address':
    case 'egressOnlyRule':
      return 'ipv6Internet'
    case 'classicLink':
      return 'classicLink'
    default:
      return kind
  }
}
