import { answerAccount, answerRegion, unknownPlace, zoneRegion } from './place-name.ts'
import { at } from './record.ts'
import type { ApiRecord, Records, Sighted } from './record.ts'
import type { RecordKind } from './record-kind.ts'
import { textOf, textsOf } from '../spot.ts'
import {
  firstOf,
  linkRecords,
  type Links,
  type Places,
  placed,
  soleOf,
  spreadPlaces,
} from '../spread-places.ts'

/**
 * Gives each record its region and account. Region: its own word, its answer's, the folder's, its
 * zone's; then that of records it names or that name it; then the only one of its answer, then of
 * the input. Account: its owner id, the folder's; then the only one of the input, then that of
 * records it names or that name it (the VPC last: in a shared VPC it is somebody else's).
 */
export function settlePlaces(sighted: Records<Sighted>): Records {
  const all = [...sighted.values()].flatMap((byKey) => [...byKey.values()])
  const links = linksOf(sighted, all)
  const regions = new Map(all.flatMap((record) => placed(record, ownRegion(record))))
  spreadPlaces(regions, all, links)
  for (const [record, region] of regionsOfAnswers(regions, all)) regions.set(record, region)
  const accounts = new Map(all.flatMap((record) => placed(record, ownAccount(record))))
  const soleRegion = soleOf(regions.values())
  const soleAccount = soleOf(accounts.values())
  if (soleAccount === undefined) spreadPlaces(accounts, all, links)
  const settle = (record: Sighted): ApiRecord => ({
    ...record,
    region: regions.get(record) ?? soleRegion ?? unknownPlace,
    account: accounts.get(record) ?? soleAccount ?? unknownPlace,
  })
  return new Map(
    [...sighted].map(([kind, byKey]) => [
      kind,
      new Map([...byKey].map(([key, record]) => [key, settle(record)])),
    ]),
  )
}

/** Fields that name another record, the closest relation first. */
const references: readonly (readonly [field: string, kind: RecordKind])[] = [
  ['InstanceId', 'instance'],
  ['NatGatewayId', 'natGateway'],
  ['VSwitchId', 'subnet'],
  ['VRouterId', 'router'],
  ['VpcId', 'vpc'],
]

function linksOf(sighted: Records<Sighted>, all: readonly Sighted[]): Links<Sighted> {
  return linkRecords(all, (record, link) => {
    // Rules, routes and entries live where their owner does.
    if (record.owner !== undefined) return
    for (const [field, kind] of references) link(referred(sighted, record, field, kind))
    for (const group of textsOf(at(record, 'SecurityGroupIds'), 'SecurityGroupId')) {
      link(sighted.get('securityGroup')?.get(group))
    }
  })
}

function referred(
  sighted: Records<Sighted>,
  record: Sighted,
  field: string,
  kind: RecordKind,
): Sighted | undefined {
  const id = textOf(at(record, field)) ?? textOf(at(record, 'VpcAttributes', field))
  return id === undefined ? undefined : sighted.get(kind)?.get(id)
}

function ownRegion(record: Sighted): string | undefined {
  return (
    textOf(at(record, 'RegionId')) ??
    firstOf(record.answers.map(answerRegion)) ??
    zoneRegion(at(record, 'ZoneId'))
  )
}

function ownAccount(record: Sighted): string | undefined {
  return textOf(at(record, 'OwnerId')) ?? firstOf(record.answers.map(answerAccount))
}

/** A record without a region is where the rest of its answer is, if that is one region. */
function regionsOfAnswers(
  regions: Places<Sighted>,
  all: readonly Sighted[],
): readonly (readonly [Sighted, string])[] {
  const byAnswer = new Map<object, Set<string>>()
  for (const record of all) {
    const region = regions.get(record)
    if (region === undefined) continue
    for (const answer of record.answers) {
      byAnswer.set(answer, (byAnswer.get(answer) ?? new Set()).add(region))
    }
  }
  return all.flatMap((record) => {
    if (regions.has(record)) return []
    const near = record.answers.map((answer) => soleOf(byAnswer.get(answer) ?? []))
    return placed(record, firstOf(near))
  })
}
