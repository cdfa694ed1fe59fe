import type { Gap, GapKind, Provider } from '#model'

import type { ReadNote } from '../source.ts'
import { note } from '../note.ts'
import { commandOf } from './command.ts'
import { unknownPlace } from './place-name.ts'
import { at } from './record.ts'
import type { ApiRecord, Records } from './record.ts'
import type { RecordKind } from './record-kind.ts'
import { shown, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'

/** What all readers share: the records, and where they put what they could not read. */
export interface Reading {
  readonly records: Records
  /** By call: how many answers spoke about each owner; of calls about a region, about each region. */
  readonly answered: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly notes: ReadNote[]
  readonly gaps: Gap[]
}

export function recordsOf({ records }: Reading, kind: RecordKind): readonly ApiRecord[] {
  return [...(records.get(kind)?.values() ?? [])]
}

/** The record of a resource; records that belong to an owner are found by `groupByOwner`. */
export function recordOf(reading: Reading, kind: RecordKind, id: string): ApiRecord | undefined {
  return reading.records.get(kind)?.get(id)
}

/** Whether one of the calls spoke about the owner (or region). */
export function isAnswered(reading: Reading, owner: string, ...calls: string[]): boolean {
  return calls.some((call) => countAnswers(reading, owner, call) > 0)
}

export function countAnswers({ answered }: Reading, owner: string, call: string): number {
  return answered.get(call)?.get(owner) ?? 0
}

export function groupByOwner(reading: Reading, kind: RecordKind): Map<string, ApiRecord[]> {
  const groups = new Map<string, ApiRecord[]>()
  for (const record of recordsOf(reading, kind)) {
    const group = groups.get(record.owner ?? '') ?? []
    groups.set(record.owner ?? '', group)
    group.push(record)
  }
  return groups
}

/** Whose content is missing. Without an id: everything of the kind at that place. */
export interface Missing {
  readonly id?: string | undefined
  readonly account?: string | undefined
  readonly region?: string | undefined
}

/**
 * Reports missing input; unknown accounts and regions are left out, as they narrow nothing.
 * @param near the region to ask in, where what is missing may live elsewhere
 */
export function miss(
  reading: Reading,
  kind: GapKind,
  missing: Missing,
  call: string,
  near?: string,
): void {
  const { id, account, region } = missing
  reading.gaps.push({
    kind,
    provider: 'alibaba',
    ...(account !== undefined && account !== unknownPlace && { account }),
    ...(region !== undefined && region !== unknownPlace && { region }),
    ...(id !== undefined && { id }),
    call: commandOf(call, region ?? near),
  })
}

/** A fact that is there but cannot be understood: said, and the resource is marked as not read. */
export function unreadable(
  reading: Reading,
  kind: GapKind,
  record: Missing,
  spot: Spot,
  what: string,
  call: string,
): void {
  const code = `${kind.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.unreadable`
  note(reading, 'error', spot, code, `${record.id ?? kind}: cannot read ${what}: ${shown(spot)}.`)
  missContent(reading, kind, record, call)
}

/** Whoever is asked for by address or by VPC, and not by id, cannot be missed by id alone. */
const foundWithoutId: readonly GapKind[] = ['networkInterface', 'haVip', 'internetGateway']

/** The content of a resource is missing or doubtful, so whatever it might have is, too. */
export function missContent(
  reading: Reading,
  kind: GapKind,
  { id, account, region }: Missing,
  call: string,
): void {
  miss(reading, kind, { id, account, region }, call)
  if (foundWithoutId.includes(kind)) miss(reading, kind, { account, region }, call)
}

export interface Identity {
  readonly provider: Provider
  readonly account: string
  readonly region: string
  readonly name?: string
}

/** What every resource has besides its id. */
export function identityOf(record: ApiRecord, nameField: string): Identity {
  const { account, region } = record
  const name = textOf(at(record, nameField))
  return { provider: 'alibaba', account, region, ...(name !== undefined && { name }) }
}
