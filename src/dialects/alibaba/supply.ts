import type { GapKind } from '#model'

import { answerAccount, answerRegion, unknownPlace } from './place-name.ts'
import { miss, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord, Records } from './record.ts'
import type { RecordKind } from './record-kind.ts'
import type { Listing } from './sighting.ts'
import { isAbsent, textOf } from '../spot.ts'

/** A listing and where it looked. No account: any; no region: nobody knows. */
export interface PlacedListing {
  readonly listing: Listing
  readonly account?: string
  readonly regions: readonly string[]
}

/** The regions a listing speaks for: its own word, its folder's, its records', or the only one. */
export function placeListings(
  listings: readonly Listing[],
  records: Records,
): readonly PlacedListing[] {
  const known = new Set<string>()
  for (const kind of placedKinds) {
    for (const { region } of records.get(kind)?.values() ?? []) known.add(region)
  }
  const fallback = known.size > 1 ? [] : [[...known][0] ?? unknownPlace]
  return listings.map((listing) => {
    const own = answerRegion(listing.answer)
    const found = listing.sightings.flatMap(
      ({ kind, id }) => records.get(kind)?.get(id)?.region ?? [],
    )
    const account = answerAccount(listing.answer)
    const regions = own === undefined ? [...new Set(found)].toSorted() : [own]
    return {
      listing,
      ...(account !== undefined && { account }),
      regions: regions.length > 0 ? regions : fallback,
    }
  })
}

/** Kinds whose records stand for themselves; the others belong to one of these. */
const placedKinds: readonly RecordKind[] = [
  'vpc',
  'subnet',
  'instance',
  'networkInterface',
  'securityGroup',
  'publicAddress',
  'natGateway',
]

interface Need {
  readonly kind: GapKind
  /** Any of these calls supplies the kind; the first is asked for. */
  readonly calls: readonly string[]
  /** Absent: always needed. */
  readonly when?: (reading: Reading, place: Place) => boolean
}

/** What a verdict may need of every account and region, and the call that lists it. */
export const needs: readonly Need[] = [
  { kind: 'vpc', calls: ['DescribeVpcs'] },
  { kind: 'subnet', calls: ['DescribeVSwitches'] },
  { kind: 'instance', calls: ['DescribeInstances'] },
  { kind: 'networkInterface', calls: ['DescribeNetworkInterfaces'] },
  { kind: 'securityGroup', calls: ['DescribeSecurityGroups'] },
  { kind: 'routeTable', calls: ['DescribeRouteTableList', 'DescribeRouteTables'] },
  { kind: 'publicAddress', calls: ['DescribeEipAddresses'] },
  { kind: 'natGateway', calls: ['DescribeNatGateways'] },
  { kind: 'peering', calls: ['ListVpcPeerConnections'] },
  { kind: 'routerInterface', calls: ['DescribeRouterInterfaces'] },
  { kind: 'internetGateway', calls: ['ListIpv4Gateways'], when: someVpcUntold },
  { kind: 'ipv6Internet', calls: ['DescribeIpv6Gateways'], when: usesIpv6 },
  { kind: 'ipv6Internet', calls: ['DescribeIpv6Addresses'], when: usesIpv6 },
  { kind: 'haVip', calls: ['DescribeHaVips'] },
  { kind: 'classicLink', calls: ['DescribeClassicLinkInstances'], when: hasClassic },
]

interface Place {
  readonly account?: string
  readonly region?: string
}

/** Reports each kind that no answer listed, for each place that the input is about. */
export function reportUnlisted(reading: Reading, listings: readonly PlacedListing[]): void {
  for (const place of placesOf(reading, listings)) {
    for (const { kind, calls, when } of needs) {
      const listed = listings.some(
        (each) => calls.includes(each.listing.answer.call.name) && covers(each, place),
      )
      if (!listed && (!when || when(reading, place))) miss(reading, kind, place, calls[0] ?? kind)
    }
  }
}

/** Owners of shared resources are places too: their gateways are theirs to list. */
function placesOf(reading: Reading, listings: readonly PlacedListing[]): readonly Place[] {
  const byFolder = listings.some(({ account }) => account !== undefined)
  const places = new Map<string, Place>()
  const add = (account: string | undefined, region: string): void => {
    const place = { ...(byFolder && account !== undefined && { account }), region }
    places.set(JSON.stringify(place), place)
  }
  for (const { account, regions } of listings) for (const region of regions) add(account, region)
  for (const kind of placedKinds) {
    for (const { account, region } of recordsOf(reading, kind)) add(account, region)
  }
  return places.size > 0 ? [...places.values()] : [{}]
}

function covers({ account, regions, listing }: PlacedListing, place: Place): boolean {
  if (listing.list.shape === 'broken') return false
  const same = account === undefined || place.account === undefined || account === place.account
  return same && place.region !== undefined && regions.includes(place.region)
}

function within(record: ApiRecord, { account, region }: Place): boolean {
  return (account === undefined || record.account === account) && record.region === region
}

/** DescribeVpcAttribute tells whether a VPC has an IPv4 gateway. */
function someVpcUntold(reading: Reading, place: Place): boolean {
  const vpcs = recordsOf(reading, 'vpc').filter((vpc) => within(vpc, place))
  const told = (vpc: ApiRecord): boolean =>
    vpc.answers.some(({ call }) => call.name === 'DescribeVpcAttribute')
  return vpcs.length === 0 || !vpcs.every(told)
}

function usesIpv6(reading: Reading, place: Place): boolean {
  const has = (kind: RecordKind, field: string, ...deeper: string[]): boolean =>
    recordsOf(reading, kind).some(
      (record) => within(record, place) && !isEmpty(at(record, field, ...deeper)),
    )
  return (
    has('vpc', 'Ipv6CidrBlock') ||
    has('subnet', 'Ipv6CidrBlock') ||
    has('networkInterface', 'Ipv6Sets', 'Ipv6Set')
  )
}

function isEmpty(spot: ReturnType<typeof at>): boolean {
  return isAbsent(spot) || (Array.isArray(spot.value) && spot.value.length === 0)
}

function hasClassic(reading: Reading, place: Place): boolean {
  return recordsOf(reading, 'instance').some(
    (record) =>
      within(record, place) &&
      textOf(at(record, 'InstanceNetworkType'))?.toLowerCase() === 'classic',
  )
}
