import type { GapKind, Provider } from '#model'

import { note } from '../note.ts'
import type { Log } from '../note.ts'
import { shown, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { keyOf, lastName, parentId } from './arm-id.ts'
import { isApplicationGroup } from './named-group.ts'
import type { KindName } from './arm-kind.ts'
import { at, unknownPlace } from './record.ts'
import type { ArmRecord } from './record.ts'
import type { ServiceTags } from './service-tag.ts'

/** What all readers share: the resources, and where they put what they could not read. */
export interface Reading extends Log {
  readonly records: ReadonlyMap<string, ArmRecord>
  readonly byKind: ReadonlyMap<KindName, readonly ArmRecord[]>
  readonly byParent: ReadonlyMap<string, readonly ArmRecord[]>
  readonly tags: ServiceTags
  readonly gaps: Missed[]
}

/** A gap as readers state it. */
interface Missed {
  readonly kind: GapKind
  readonly provider: Provider
  readonly account?: string
  readonly region?: string
  readonly id?: string
  readonly call: string
}

/** Tables of the resources, so that looking one up costs nothing. */
export function openReading(records: ReadonlyMap<string, ArmRecord>, tags: ServiceTags): Reading {
  const byKind = new Map<KindName, ArmRecord[]>()
  const byParent = new Map<string, ArmRecord[]>()
  for (const record of records.values()) {
    push(byKind, record.kind, record)
    push(byParent, keyOf(parentId(record.id)), record)
  }
  return { records, byKind, byParent, tags, notes: [], gaps: [] }
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
}

/** Resources of some kinds, by id within each. */
export function recordsOf(
  { byKind }: Reading,
  ...kinds: readonly KindName[]
): readonly ArmRecord[] {
  return kinds.flatMap((kind) => byKind.get(kind) ?? [])
}

/** The parts of a resource, whether it printed them itself or they were listed alone. */
export function partsOf(
  { byParent }: Reading,
  { id }: Pick<ArmRecord, 'id'>,
  ...kinds: readonly KindName[]
): readonly ArmRecord[] {
  return (byParent.get(keyOf(id)) ?? []).filter(({ kind }) => kinds.includes(kind))
}

export function recordOf({ records }: Reading, id: string | undefined): ArmRecord | undefined {
  return id === undefined ? undefined : records.get(keyOf(id))
}

/**
 * An id as the resource itself spells it; that of a resource which is not listed stays as it is,
 * but for an application group, which several resources that know only its id have in common.
 */
export function spelling(reading: Reading, id: string): string {
  return recordOf(reading, id)?.id ?? (isApplicationGroup(id) ? keyOf(id) : id)
}

/** The virtual network that a subnet is part of. */
export function networkOf(reading: Reading, subnetId: string): string {
  return spelling(reading, parentId(subnetId))
}

/** Whose content is missing. Without an id: everything of the kind at that place. */
export interface Missing {
  readonly id?: string | undefined
  readonly account?: string | undefined
  readonly region?: string | undefined
}

/** Reports missing input; a region that nobody names narrows nothing. */
export function miss(reading: Reading, kind: GapKind, missing: Missing, call: string): void {
  const { id, account, region } = missing
  const known = region !== unknownPlace && region !== ''
  reading.gaps.push({
    kind,
    provider: 'azure',
    ...(account !== undefined && account !== '' && { account }),
    ...(region !== undefined && known && { region }),
    ...(id !== undefined && { id }),
    call: `az ${call}`,
  })
}

/** Whoever is asked for by address or by network, and not by id, cannot be missed by id alone. */
const foundWithoutId: readonly GapKind[] = ['networkInterface', 'publicAddress']

/** The content of a resource is missing or doubtful, so whatever it might have is, too. */
export function missContent(reading: Reading, kind: GapKind, what: Missing, call: string): void {
  const { id, account, region } = what
  miss(reading, kind, { id, account, region }, call)
  if (foundWithoutId.includes(kind)) miss(reading, kind, { account, region }, call)
}

/** A fact that is there but cannot be understood: said, and the resource is marked as not read. */
export function unreadable(
  reading: Reading,
  kind: GapKind,
  resource: Missing,
  spot: Spot,
  what: string,
  call: string,
): void {
  const code = `${kind.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.unreadable`
  note(reading, 'error', spot, code, `${resource.id ?? kind}: cannot read ${what}: ${shown(spot)}.`)
  missContent(reading, kind, resource, call)
}

/** What every resource has besides its id. */
export interface Identity {
  readonly provider: 'azure'
  readonly account: string
  readonly region: string
  readonly name: string
}

export function identityOf({ id, account, region }: ArmRecord): Identity {
  return { provider: 'azure', account, region, name: lastName(id) }
}

/** The provider's word for the state of a resource that is not analysed. */
export function stateOf(record: ArmRecord, key: string): { readonly state?: string } {
  const state = textOf(at(record, key))
  return state === undefined ? {} : { state }
}
