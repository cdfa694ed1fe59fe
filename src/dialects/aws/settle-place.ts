import { elementsOf, textOf } from '../spot.ts'
import { field } from './field.ts'
import { answerAccount, answerRegion, arnPlace, unknownPlace, zoneRegion } from './place-name.ts'
import { at } from './record.ts'
import type { ApiRecord, Records, Sighted } from './record.ts'
import type { RecordKind } from './record-kind.ts'
import { firstOf, linkRecords, type Links, placed, soleOf, spreadPlaces } from '../spread-places.ts'

/**
 * Gives each record its region and account. Region: its ARN's, its zone's, its own word, the
 * folder's; then that of records it names or that name it; then the only one of the input. Account:
 * its owner id, its ARN's, the folder's; then the only one of the input, then that of records it
 * names or that name it.
 */
export function settlePlaces(sighted: Records<Sighted>): Records {
  const all = [...sighted.values()].flatMap((byId) => [...byId.values()])
  const links = linksOf(sighted, all)
  const regions = new Map(all.flatMap((record) => placed(record, ownRegion(record))))
  spreadPlaces(regions, all, links)
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
    [...sighted].map(([kind, byId]) => [
      kind,
      new Map([...byId].map(([id, record]) => [id, settle(record)])),
    ]),
  )
}

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

function linksOf(sighted: Records<Sighted>, all: readonly Sighted[]): Links<Sighted> {
  return linkRecords(all, (record, link) => {
    for (const [kind, key, inner] of references) {
      const outer = at(record, key ?? '')
      const ends = inner === undefined ? [outer] : [outer, ...elementsOf(outer)]
      for (const end of ends) {
        const id = textOf(inner === undefined ? end : field(end, inner))
        if (id !== undefined) link(sighted.get(kind)?.get(id))
      }
    }
  })
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
