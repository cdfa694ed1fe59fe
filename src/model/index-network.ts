import type { Gap, GapKind, Network, ResourceArrays } from './network.ts'
import type { Resource, ResourceKind } from './resource.ts'
import { addToSlot, slotValues } from './slot-map.ts'
import type { SlotMap } from './slot-map.ts'

/** The resource type behind a kind name. */
export type ResourceOf<K extends ResourceKind> = NonNullable<ResourceArrays[K]>[number]

/** Where something lives; a bare id in a resource is read from the place of that resource. */
export type Home = Pick<Resource, 'provider' | 'account' | 'region'>

/** Lookups over one network. Each kind's table is built on first use and kept. */
export interface NetworkIndex {
  readonly network: Network
  /** Every resource of a kind, in file order. */
  readonly all: <K extends ResourceKind>(kind: K) => readonly ResourceOf<K>[]
  /**
   * What a bare `id` means when read `near` some resource: the one with the same provider, account
   * and region, else the only one of that provider. `'ambiguous'` when several others share the id;
   * undefined when none has it.
   */
  readonly get: <K extends ResourceKind>(
    kind: K,
    id: string,
    near: Home,
  ) => ResourceOf<K> | 'ambiguous' | undefined
  /** How many different ids a kind has; fewer than resources when several homes share one. */
  readonly idCount: (kind: ResourceKind) => number
  /** Every resource of a kind with that id, wherever it lives. */
  readonly having: <K extends ResourceKind>(kind: K, id: string) => readonly ResourceOf<K>[]
  /**
   * The gap that covers a resource (`id` given), or "none is listed" (no `id`), near a place. A gap
   * for the very id comes before one for its whole kind.
   */
  readonly gap: (kind: GapKind, near: Home, id?: string) => Gap | undefined
  /**
   * Why "none is listed" proves nothing near a place: the gap for the whole kind, or for one
   * resource that is not listed. Facts inside other resources are asked for by `gap`.
   */
  readonly lack: (kind: ResourceKind, near: Home) => Gap | undefined
  /** Whether a gap names this very resource: its sources contradict each other, or it was read in part. */
  readonly isDoubted: (kind: GapKind, item: Resource) => boolean
}

/** The index of a network; asked twice for the same network, it is the same index. */
export function indexNetwork(network: Network): NetworkIndex {
  return indexes.get(network) ?? indexAnew(network)
}

/** For the parser, whose caller may have mended the same object since the last time. */
export function indexAnew(network: Network): NetworkIndex {
  const index = buildIndex(network)
  indexes.set(network, index)
  return index
}

const indexes = new WeakMap<Network, NetworkIndex>()

function buildIndex(network: Network): NetworkIndex {
  const tables: { [K in ResourceKind]?: SlotMap<ResourceOf<K>> } = {}
  const tableOf = <K extends ResourceKind>(kind: K): SlotMap<ResourceOf<K>> => {
    const known: SlotMap<ResourceOf<K>> | undefined = tables[kind]
    if (known) return known
    const table = buildTable<ResourceOf<K>>(network[kind] ?? [])
    Object.assign(tables, { [kind]: table })
    return table
  }
  const lacks = new Map<string, Gap | null>()
  let gaps: GapTable | undefined
  const gapTable = (): GapTable => (gaps ??= buildGapTable(network.gaps ?? []))
  return {
    network,
    all: (kind) => network[kind] ?? [],
    get: (kind, id, near) => pick(tableOf(kind).get(id), near),
    idCount: (kind) => tableOf(kind).size,
    having: (kind, id) => slotValues(tableOf(kind), id),
    gap: (kind, near, id) => findGap(gapTable(), kind, near, id),
    lack: (kind, near) => {
      if (!gapTable().has(kind)) return undefined
      const place = `${kind} ${near.provider} ${near.account} ${near.region}`
      const known = lacks.get(place)
      if (known !== undefined) return known ?? undefined
      const found = findLack(gapTable(), kind, near, (id) => tableOf(kind).has(id))
      lacks.set(place, found ?? null)
      return found
    },
    isDoubted: (kind, item) => findGap(gapTable(), kind, item, item.id)?.id !== undefined,
  }
}

function buildTable<T extends Resource>(items: readonly T[]): SlotMap<T> {
  const table: SlotMap<T> = new Map()
  for (const item of items) addToSlot(table, item.id, item)
  return table
}

/** Array.isArray does not narrow readonly arrays. */
function isList<T extends object>(slot: T | readonly T[]): slot is readonly T[] {
  return Array.isArray(slot)
}

function pick<T extends Resource>(
  slot: T | readonly T[] | undefined,
  near: Home,
): T | 'ambiguous' | undefined {
  if (slot === undefined) return undefined
  if (!isList(slot)) return slot.provider === near.provider ? slot : undefined
  const cousins = slot.filter((item) => item.provider === near.provider)
  const neighbour = cousins.find((item) => sharesHome(item, near))
  return neighbour ?? (cousins.length > 1 ? 'ambiguous' : cousins[0])
}

/** Whether two things live in the same provider, account and region. */
export function sharesHome(a: Home, b: Home): boolean {
  return a.provider === b.provider && a.account === b.account && a.region === b.region
}

/** By kind, then by id; the empty string, which is no id, holds those for the whole kind. */
type GapTable = Map<GapKind, Map<string, Gap[]>>

function buildGapTable(gaps: readonly Gap[]): GapTable {
  const table: GapTable = new Map()
  for (const gap of gaps) {
    const ofKind = table.get(gap.kind) ?? new Map<string, Gap[]>()
    table.set(gap.kind, ofKind)
    const ofId = ofKind.get(gap.id ?? '') ?? []
    ofKind.set(gap.id ?? '', ofId)
    ofId.push(gap)
  }
  return table
}

function findGap(table: GapTable, kind: GapKind, near: Home, id = ''): Gap | undefined {
  const ofKind = table.get(kind)
  const exact = ofKind?.get(id)?.find((gap) => covers(gap, near))
  return exact ?? ofKind?.get('')?.find((gap) => covers(gap, near))
}

function findLack(
  table: GapTable,
  kind: ResourceKind,
  near: Home,
  isListed: (id: string) => boolean,
): Gap | undefined {
  for (const [id, gaps] of table.get(kind) ?? []) {
    if (id !== '' && isListed(id)) continue
    const found = gaps.find((gap) => covers(gap, near))
    if (found) return found
  }
  return undefined
}

function covers(gap: Gap, near: Home): boolean {
  return (
    gap.provider === near.provider &&
    (gap.account === undefined || gap.account === near.account) &&
    (gap.region === undefined || gap.region === near.region)
  )
}
