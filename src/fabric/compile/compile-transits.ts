import type { TransitAttachment, TransitRouter, TransitTable } from '#model'
import type { Paint } from '../interval-map.ts'
import { UNREAD } from '../places.ts'
import { type Exits, HOP, type Transits } from '../ways.ts'
import { exitOf } from './compile-exits.ts'
import type { PortColumns } from './compile-ports.ts'
import { lengthOf } from './prefix-length.ts'
import { attachmentsOf, type PlacedAttachment } from './transit-attachments.ts'
import type { Draft } from './draft.ts'
import type { Hop, RouteList } from './route-list.ts'

/** Semantics `aws.transit.*`: attachments, the tables they ask, and where these lead. */
export function compileTransits(
  draft: Draft,
  columns: PortColumns,
  routes: RouteList,
  exits: Exits,
): Transits {
  const all = attachmentsOf(draft)
  const tables = new Map<TransitTable, number>()
  const mapOf = (placed: PlacedAttachment): number => {
    const { attachment, router } = placed
    if (attachment.tableId === undefined) return -1
    const table = router.tables?.find(({ id }) => id === attachment.tableId)
    if (!table) return UNREAD
    const map = tables.get(table) ?? compileTable(draft, routes, all, router, table)
    tables.set(table, map)
    return map
  }
  return {
    router: Int32Array.from(all, ({ routerPosition }) => routerPosition),
    entry: Int32Array.from(all, ({ entry }) => entry),
    state: Uint8Array.from(all, (placed) => stateOf(draft, placed)),
    table: Int32Array.from(all, mapOf),
    learns: Uint8Array.from(all, (placed) => (learnsMore(draft, exits, placed) ? 1 : 0)),
    plugs: all.map(({ attachment }) => plugsAt(columns, attachment)),
    exit: Int32Array.from(all, ({ attachment: { kind, resourceId } }) =>
      kind === 'line' ? exitOf(draft, 'line', resourceId) : -1,
    ),
    far: Int32Array.from(all, (placed) => farEnd(all, placed)),
  }
}

function stateOf({ index }: Draft, { attachment, router }: PlacedAttachment): number {
  if (index.isDoubted('transitRouter', router)) return 2
  return attachment.state === 'available' ? 0 : 1
}

const plugsAt = (columns: PortColumns, attachment: TransitAttachment): Int32Array =>
  Int32Array.from(
    columns.routerPlugs.flatMap((plug, nth) =>
      plug.attachment === attachment ? [columns.plugs + nth] : [],
    ),
  )

/** Both ends of a peering of routers carry the id of the one attachment. */
const farEnd = (
  all: readonly PlacedAttachment[],
  { attachment, router }: PlacedAttachment,
): number =>
  attachment.kind === 'peering'
    ? all.findIndex((one) => one.router !== router && one.attachment.id === attachment.id)
    : -1

/** Longest prefix last; of equal ones what is learned before what is static. */
function compileTable(
  draft: Draft,
  routes: RouteList,
  all: readonly PlacedAttachment[],
  router: TransitRouter,
  table: TransitTable,
): number {
  const learned = table.propagations.flatMap((id) => {
    const number = all.findIndex((one) => one.router === router && one.attachment.id === id)
    const hop = { kind: HOP.attachment, target: number }
    return number < 0
      ? []
      : announcedBy(draft, all[number].attachment).map((destination) => ({
          destination,
          rank: learnedRank(draft, all[number].attachment),
          number: routes.imply(`${destination} from ${id}`, hop),
        }))
  })
  const fixed = table.routes.map(({ destination, attachmentIds }) => ({
    destination,
    rank: 9,
    number: routes.add(-1, -1, hopsTo(all, router, attachmentIds), destination),
  }))
  const order = [...learned, ...fixed].sort(
    (a, b) => lengthOf(a.destination) - lengthOf(b.destination) || a.rank - b.rank,
  )
  return draft.maps.add(
    order.map(({ destination, number }): Paint => ({ ...draft.range(destination), value: number })),
  )
}

/** Of equal prefixes a VPC comes before Direct Connect, and that before VPN. */
function learnedRank({ network }: Draft, { kind, resourceId }: TransitAttachment): number {
  if (kind === 'vpc') return 3
  return network.line?.find(({ id }) => id === resourceId)?.medium === 'vpn' ? 1 : 2
}

function hopsTo(
  all: readonly PlacedAttachment[],
  router: TransitRouter,
  ids: readonly string[],
): readonly Hop[] {
  if (ids.length === 0) return [{ kind: HOP.blackhole, target: -1 }]
  return ids.map((id) => {
    const target = all.findIndex((one) => one.router === router && one.attachment.id === id)
    return { kind: target < 0 ? HOP.unresolved : HOP.attachment, target }
  })
}

/** What an attachment tells the tables that learn from it. */
function announcedBy(draft: Draft, { kind, resourceId }: TransitAttachment): readonly string[] {
  const { network } = draft
  if (kind === 'line') return network.line?.find(({ id }) => id === resourceId)?.routes ?? []
  if (kind !== 'vpc') return []
  const vpc = network.vpc?.find(({ id }) => id === resourceId)
  return [...(vpc?.cidrs ?? []), ...(vpc?.ipv6Cidrs ?? [])]
}

/** Whether the table learns from a line of which not everything is known, or from a VPC that was not read. */
function learnsMore(draft: Draft, exits: Exits, { attachment, router }: PlacedAttachment): boolean {
  const table = router.tables?.find(({ id }) => id === attachment.tableId)
  return (table?.propagations ?? []).some((id) => {
    const from = router.attachments?.find((one) => one.id === id)
    if (from?.kind === 'line') {
      const exit = exitOf(draft, 'line', from.resourceId)
      return exit < 0 || exits.complete[exit] === 0
    }
    return from?.kind !== 'vpc' || !draft.network.vpc?.some((vpc) => vpc.id === from.resourceId)
  })
}
