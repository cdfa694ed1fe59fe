import { parsePrefix, parsePrefixOrAddress } from '#net'
import type { Prefix } from '#net'
import type { AddressText, VpcId } from '../id.ts'
import type { Home, NetworkIndex } from '../index-network.ts'
import type { LoadBalancer } from '../load-balancer.ts'
import { parseAddressText } from '../parse-address-text.ts'
import type { CloudService } from '../service.ts'
import { addToSlot, slotValues } from '../slot-map.ts'
import type { SlotMap } from '../slot-map.ts'
import type { Vpc } from '../vpc.ts'
import type { AddressEndpoint, PrivateOwner, PublicOwner, VpcAddress, VpcKey } from './endpoint.ts'
import { holdsPlace, rangesOf } from './place.ts'
import type { Place, Ranges } from './place.ts'
import { writeRangeBook } from './range-book.ts'
import type { RangeBook } from './range-book.ts'

/** What a network says about addresses. */
export interface AddressBook {
  /** What resources say of that very address, which has to be in canonical text. */
  readonly claims: (address: string) => readonly AddressEndpoint[]
  /** VPCs by their ranges. */
  readonly vpcs: RangeBook<Vpc>
  /** Whether a place is in the ranges of one VPC. */
  readonly holds: (vpc: Vpc, place: Place) => boolean
  /** Services at intranet addresses, by their ranges. */
  readonly services: RangeBook<CloudService>
}

export function writeAddressBook(index: NetworkIndex): AddressBook {
  const claims: SlotMap<AddressEndpoint> = new Map()
  const claim: Claim = (endpoint) => addToSlot(claims, endpoint.address, endpoint)
  claimPrivate(index, claim)
  claimPublic(index, claim)
  claimClassic(index, claim)
  return {
    claims: (address) => slotValues(claims, address),
    vpcs: writeRangeBook(vpcRanges(index)),
    holds: holderOfPlaces(),
    services: writeRangeBook(serviceRanges(index)),
  }
}

type Claim = (endpoint: AddressEndpoint) => void

function claimPrivate(index: NetworkIndex, claim: Claim): void {
  for (const networkInterface of index.all('networkInterface')) {
    const vpc = vpcKey(index, networkInterface.vpcId, networkInterface)
    const owner = { kind: 'networkInterface', networkInterface } as const
    for (const address of networkInterface.addresses) claimVpcAddress(claim, address, vpc, owner)
    for (const { address } of networkInterface.ipv6Addresses ?? []) {
      claimVpcAddress(claim, address, vpc, owner)
    }
  }
  for (const haVip of index.all('haVip')) {
    const subnet = index.get('subnet', haVip.subnetId, haVip)
    if (typeof subnet !== 'object') continue
    const vpc = vpcKey(index, subnet.vpcId, subnet)
    claimVpcAddress(claim, haVip.address, vpc, { kind: 'haVip', haVip })
  }
  for (const loadBalancer of index.all('loadBalancer')) {
    const endpoint = balancerEndpoint(index, loadBalancer)
    if (endpoint) claim(endpoint)
  }
}

/** The private address of a load balancer; undefined where it, or its VPC, was not read. */
export function balancerEndpoint(
  index: NetworkIndex,
  loadBalancer: LoadBalancer,
): VpcAddress | undefined {
  const { address, subnetId = '' } = loadBalancer
  const subnet = index.get('subnet', subnetId, loadBalancer)
  const vpcId = typeof subnet === 'object' ? subnet.vpcId : loadBalancer.vpcId
  if (address === undefined || vpcId === undefined) return undefined
  const vpc = vpcKey(index, vpcId, loadBalancer)
  const owner = { kind: 'loadBalancer', loadBalancer } as const
  return { kind: 'address', realm: 'vpc', address, vpc, owner }
}

function claimVpcAddress(claim: Claim, text: AddressText, vpc: VpcKey, owner: PrivateOwner): void {
  const address = parseAddressText(text) ?? text
  claim({ kind: 'address', realm: 'vpc', address, vpc, owner })
}

function claimPublic(index: NetworkIndex, claim: Claim): void {
  for (const publicAddress of index.all('publicAddress')) {
    claim(publicEndpoint(publicAddress.address, { kind: 'publicAddress', publicAddress }))
  }
}

function claimClassic(index: NetworkIndex, claim: Claim): void {
  for (const instance of index.all('instance')) {
    if (!instance.classic) continue
    const { intranetAddress: address, publicAddress } = instance.classic
    claim({ kind: 'address', realm: 'classic', address, owner: instance })
    if (publicAddress) claim(publicEndpoint(publicAddress, { kind: 'instance', instance }))
  }
}

/** A public address and whose it is. */
export function publicEndpoint(address: AddressText, owner: PublicOwner): AddressEndpoint {
  return { kind: 'address', realm: 'public', address, owner }
}

function vpcKey(index: NetworkIndex, id: VpcId, near: Home): VpcKey {
  const vpc = index.get('vpc', id, near)
  if (typeof vpc === 'object') return vpc
  const { provider, account, region } = near
  return { provider, account, region, id }
}

function holderOfPlaces(): AddressBook['holds'] {
  const known = new Map<Vpc, Ranges>()
  return (vpc, place) => {
    let ranges = known.get(vpc)
    if (!ranges) known.set(vpc, (ranges = rangesOf(prefixesOf(vpc))))
    return holdsPlace(ranges, place)
  }
}

function prefixesOf(vpc: Vpc): readonly Prefix[] {
  return [...vpc.cidrs, ...(vpc.ipv6Cidrs ?? [])].flatMap((cidr) => parsePrefix(cidr) ?? [])
}

function* vpcRanges(index: NetworkIndex): Iterable<readonly [Prefix, Vpc]> {
  for (const vpc of index.all('vpc')) {
    for (const prefix of prefixesOf(vpc)) yield [prefix, vpc]
  }
}

function* serviceRanges(index: NetworkIndex): Iterable<readonly [Prefix, CloudService]> {
  for (const service of index.all('cloudService')) {
    for (const cidr of service.cidrs) {
      const prefix = parsePrefixOrAddress(cidr, { hostBits: 'mask' })
      if (prefix) yield [prefix, service]
    }
  }
}
