import type { Gap, GapKind, Provider } from '#model'

import { note } from '../note.ts'
import type { Log } from '../note.ts'
import { elementsOf, shown, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { field } from './field.ts'
import { unknownPlace } from './place-name.ts'
import { at } from './record.ts'
import type { ApiRecord, Records } from './record.ts'
import type { RecordKind } from './record-kind.ts'

/** What all readers share: the records, and where they put what they could not read. */
export interface Reading extends Log {
  readonly records: Records
  /** Owners' kinds whose answers came as one collection: whom it does not name has nothing. */
  readonly collected: ReadonlySet<RecordKind>
  /** Where each kind was listed, be it empty. */
  readonly listings: readonly ListedPlace[]
  readonly gaps: Gap[]
}

/** A listing's place. No account: any. */
export interface ListedPlace {
  readonly kind: RecordKind
  readonly account?: string
  readonly regions: readonly string[]
}

/** Whether a call listed the kind where something lives. */
export function isListed(
  { listings }: Reading,
  kind: RecordKind,
  near: { readonly account: string; readonly region: string },
): boolean {
  return listings.some(
    (listing) =>
      listing.kind === kind &&
      (listing.account === undefined || listing.account === near.account) &&
      listing.regions.includes(near.region),
  )
}

export function recordsOf({ records }: Reading, kind: RecordKind): readonly ApiRecord[] {
  return [...(records.get(kind)?.values() ?? [])]
}

export function recordOf(
  { records }: Reading,
  kind: RecordKind,
  id: string | undefined,
): ApiRecord | undefined {
  return id === undefined ? undefined : records.get(kind)?.get(id)
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
    provider: 'aws',
    ...(account !== undefined && account !== unknownPlace && { account }),
    ...(region !== undefined && region !== unknownPlace && { region }),
    ...(id !== undefined && { id }),
    call: commandOf(call, region ?? near),
  })
}

/** As the aws CLI takes it: `aws ec2 describe-vpcs --region us-east-2`. */
function commandOf(call: string, region: string | undefined): string {
  const place = region === undefined || region === unknownPlace ? '' : ` --region ${region}`
  return `aws ${call}${place}`
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
const foundWithoutId: readonly GapKind[] = ['networkInterface', 'internetGateway', 'publicAddress']

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

/** What every resource has besides its id; its name is a tag, or a field of some kinds. */
export function identityOf(record: ApiRecord, nameField?: string): Identity {
  const { account, region } = record
  const own = nameField === undefined ? undefined : textOf(at(record, nameField))
  const name = tagged(at(record, 'Tags')) ?? tagged(at(record, 'TagSet')) ?? own
  return { provider: 'aws', account, region, ...(name !== undefined && { name }) }
}

function tagged(tags: Spot): string | undefined {
  const tag = elementsOf(tags).find((each) => textOf(field(each, 'Key')) === 'Name')
  return tag && textOf(field(tag, 'Value'))
}
