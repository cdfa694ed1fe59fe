import { compareText } from '../compare-text.ts'
import { elementsOf, textOf } from '../spot.ts'
import { field } from './field.ts'
import { answerAccount, answerRegion, arnPlace, unknownPlace, zoneRegion } from './place-name.ts'
import { at } from './record.ts'
import type { ApiRecord, Records, Sighted } from './record.ts'
import type { RecordKind } from './record-kind.ts'

/**
 * Gives each record its region and account. Region: its ARN's, its zone's, its own word, the
 * folder's; then that of records it names or that name it; then the only one of the input. Account:
 * its owner id, its ARN's, the folder's; then the only one of the input, then that of records it
 * names or that name it.
 */
export function settlePlaces(sighted: Records<Sighted>): Records {
  const all = [...sighted.values()].flatMap((byId) => [...byId.values()])
  const links = linksOf(sighted, all)
  const regions = new Map(all.flatMap((record) => pair(record, ownRegion(record))))
  spread(regions, all, links)
  const accounts = new Map(all.flatMap((record) => pair(record, ownAccount(record))))
  const soleRegion = soleOf(regions.values())
  const soleAccount = soleOf(accounts.values())
  if (soleAccount === undefined) spread(accounts, all, links)
  const settle = (record: Sighted): ApiRecord => ({
    ...record,
    region: regions.get(record) ?? soleRegion ?? unknownPlace,
    account: accounts.get(record) ?? soleAccount ?? unknownPlace,
  })
  return new Map(
    [...sighted].map(([kind, byId]) => [
      kind,
      new Map([...byId].map(([id, record]) => [id, settle(record)])),
    ]),
  )
}

type Places = Map<Sighted, string>
type Links = ReadonlyMap<Sighted, readonly Sighted[]>

/** Fields that name another record, the closest relation first. */
const references: readonly (readonly [kind: RecordKind, ...path: string[]])[] = [
  ['networkInterface', 'NetworkInterfaceId'],
  ['instance', 'InstanceId'],
  ['subnet', 'SubnetId'],
  ['vpc', 'VpcId'],
  ['securityGroup', 'GroupId'],
  ['vpc', 'Attachments', 'VpcId'],
  ['vpc', 'VpcAttachments', 'VpcId'],
  ['transitGateway', 'TransitGatewayId'],
  ['transitTable', 'TransitGatewayRouteTableId'],
  ['vpnGateway', 'VpnGatewayId'],
  ['vpnGateway', 'VirtualGatewayId'],
  ['directGateway', 'DirectConnectGatewayId'],
  ['transitGateway', 'AssociatedGateway', 'Id'],
  ['vpnGateway', 'AssociatedGateway', 'Id'],
]

function linksOf(sighted: Records<Sighted>, all: readonly Sighted[]): Links {
  const links = new Map<Sighted, Sighted[]>()
  const link = (a: Sighted, b: Sighted | undefined): void => {
    if (!b || a === b) return
    links.set(a, [...(links.get(a) ?? []), b])
    // A VPC is named by thousands; a few of them tell as much as all.
    if ((links.get(b)?.length ?? 0) < 16) links.set(b, [...(links.get(b) ?? []), a])
  }
  for (const record of all) {
    for (const [kind, key, inner] of references) {
      const outer = at(record, key ?? '')
      const ends = inner === undefined ? [outer] : [outer, ...elementsOf(outer)]
      for (const end of ends) {
        const id = textOf(inner === undefined ? end : field(end, inner))
        if (id !== undefined) link(record, sighted.get(kind)?.get(id))
      }
    }
  }
  return links
}

/** Places travel along the links, three steps far, always from what the step before had settled. */
function spread(places: Places, all: readonly Sighted[], links: Links): void {
  for (let step = 0; step < 3; step += 1) {
    const found = all.flatMap((record) => {
      if (places.has(record)) return []
      const near = (links.get(record) ?? []).flatMap((other) => places.get(other) ?? [])
      return pair(record, near[0])
    })
    if (found.length === 0) return
    for (const [record, place] of found) places.set(record, place)
  }
}

const arnFields = ['SubnetArn', 'TransitGatewayArn', 'SecurityGroupArn', 'PrefixListArn'] as const

function arnOf(record: Sighted): { region?: string; account?: string } {
  return arnFields.reduce(
    (known, key) => ({ ...arnPlace(textOf(at(record, key))), ...known }),
    arnPlace(record.id),
  )
}

function ownRegion(record: Sighted): string | undefined {
  const words = [at(record, 'Region'), at(record, 'RequesterVpcInfo', 'Region')]
  const zones = [
    at(record, 'AvailabilityZone'),
    at(record, 'Placement', 'AvailabilityZone'),
    at(record, 'NetworkBorderGroup'),
    ...words,
  ]
  return (
    arnOf(record).region ??
    firstOf(zones.map(zoneRegion)) ??
    firstOf(record.answers.map(answerRegion))
  )
}

/** Whoever lists a resource is mostly its owner; in a shared VPC each resource says whose it is. */
function ownAccount(record: Sighted): string | undefined {
  const owner =
    textOf(at(record, 'OwnerId')) ??
    textOf(at(record, 'RequesterVpcInfo', 'OwnerId')) ??
    textOf(at(record, 'TransitGatewayOwnerId')) ??
    textOf(at(record, 'OwnerAccount'))
  const around = firstOf(record.arounds.map((spot) => textOf(field(spot, 'OwnerId'))))
  return owner ?? around ?? arnOf(record).account ?? firstOf(record.answers.map(answerAccount))
}

function pair(record: Sighted, place: string | undefined): [Sighted, string][] {
  return place === undefined ? [] : [[record, place]]
}

/** The smallest, so that the order of the answers makes no difference. */
function firstOf(places: readonly (string | undefined)[]): string | undefined {
  return places.filter((place) => place !== undefined).toSorted(compareText)[0]
}

function soleOf(places: Iterable<string>): string | undefined {
  const distinct = new Set(places)
  return distinct.size === 1 ? [...distinct][0] : undefined
}
