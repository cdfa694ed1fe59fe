import type { GapKind } from '#model'

import { isAbsent } from '../spot.ts'
import { answerAccount, answerRegion, unknownPlace } from './place-name.ts'
import { miss, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { Records } from './record.ts'
import type { RecordKind } from './record-kind.ts'
import type { Listing } from './sighting.ts'

/** A listing and where it looked. No account: any; no region: nobody knows. */
export interface PlacedListing {
  readonly listing: Listing
  readonly account?: string
  readonly regions: readonly string[]
}

/** The regions a listing speaks for: its folder's, its records', or the only one. */
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

/** Kinds whose records stand where they are listed. */
const placedKinds: readonly RecordKind[] = [
  'vpc',
  'subnet',
  'instance',
  'networkInterface',
  'securityGroup',
  'natGateway',
]

interface Need {
  readonly kind: GapKind
  /** Any of these calls supplies the kind; the first is asked for. */
  readonly calls: readonly [string, ...string[]]
  /** Absent: always needed. */
  readonly when?: (reading: Reading, place: Place) => boolean
}

/**
 * What a verdict may need of every account and region, and the call that lists it. Components that
 * only routes lead to (peerings, transit gateways, endpoints) are missed by their ids instead.
 * Interfaces print the public addresses they have, so those need no call of their own.
 */
export const needs: readonly Need[] = [
  { kind: 'vpc', calls: ['ec2 describe-vpcs'] },
  { kind: 'subnet', calls: ['ec2 describe-subnets'] },
  { kind: 'instance', calls: ['ec2 describe-instances'] },
  { kind: 'networkInterface', calls: ['ec2 describe-network-interfaces'] },
  { kind: 'securityGroup', calls: ['ec2 describe-security-groups'] },
  { kind: 'networkAcl', calls: ['ec2 describe-network-acls'] },
  { kind: 'networkAclAssociation', calls: ['ec2 describe-network-acls'] },
  { kind: 'routeTable', calls: ['ec2 describe-route-tables'] },
  {
    kind: 'publicAddress',
    calls: ['ec2 describe-addresses', 'ec2 describe-network-interfaces'],
  },
  { kind: 'natGateway', calls: ['ec2 describe-nat-gateways'] },
  { kind: 'internetGateway', calls: ['ec2 describe-internet-gateways'] },
  {
    kind: 'ipv6Internet',
    calls: ['ec2 describe-egress-only-internet-gateways'],
    when: usesIpv6,
  },
  { kind: 'line', calls: ['ec2 describe-vpn-connections'], when: hasVpnGateway },
  { kind: 'line', calls: ['directconnect describe-virtual-interfaces'], when: hasVpnGateway },
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
      if (!listed && (!when || when(reading, place))) miss(reading, kind, place, calls[0])
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
  for (const { account, regions, listing } of listings) {
    if (listing.answer.call.name.startsWith('directconnect')) continue
    for (const region of regions) add(account, region)
  }
  for (const kind of placedKinds) {
    for (const { account, region } of recordsOf(reading, kind)) add(account, region)
  }
  return places.size > 0 ? [...places.values()] : [{}]
}

function covers({ account, regions }: PlacedListing, place: Place): boolean {
  const same = account === undefined || place.account === undefined || account === place.account
  return same && place.region !== undefined && regions.includes(place.region)
}

function has(
  reading: Reading,
  place: Place,
  kind: RecordKind,
  ...path: readonly [string, ...string[]]
): boolean {
  return recordsOf(reading, kind).some((record) => {
    const near = place.account === undefined || record.account === place.account
    const spot = at(record, path[0], ...path.slice(1))
    const empty = isAbsent(spot) || (Array.isArray(spot.value) && spot.value.length === 0)
    return near && record.region === place.region && !empty
  })
}

function usesIpv6(reading: Reading, place: Place): boolean {
  return (
    has(reading, place, 'vpc', 'Ipv6CidrBlockAssociationSet') ||
    has(reading, place, 'subnet', 'Ipv6CidrBlockAssociationSet') ||
    has(reading, place, 'networkInterface', 'Ipv6Addresses')
  )
}

function hasVpnGateway(reading: Reading, place: Place): boolean {
  return has(reading, place, 'vpnGateway', 'VpcAttachments')
}
