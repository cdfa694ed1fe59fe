import type { AddressText, SubnetId, VpcId } from '../id.ts'
import type { Home } from '../index-network.ts'
import type { Ipv6Assignment } from '../instance.ts'
import type { LoadBalancer } from '../load-balancer.ts'
import type { Subnet, Vpc } from '../vpc.ts'
import type { Evidence } from './evidence.ts'

/** A network interface, HaVip or load balancer: something that holds private addresses. */
export interface AddressHolder {
  readonly kind: 'networkInterface' | 'haVip' | 'loadBalancer'
  readonly id: string
  /** Its place in its array. */
  readonly nth: number
  /** Undefined: not in the file, or not to be told. */
  readonly subnet: Subnet | undefined
  readonly vpc: Vpc | undefined
  /** The address space: two holders have the same one exactly when they are in one VPC. */
  readonly space: Vpc | string
  readonly addresses: readonly AddressText[]
  readonly ipv6Addresses: readonly Ipv6Assignment[]
}

export function eachAddressHolder(
  { index }: Evidence,
  visit: (holder: AddressHolder) => void,
): void {
  index.all('networkInterface').forEach((eni, nth) => {
    const subnet = found(index.get('subnet', eni.subnetId, eni))
    const vpc = found(index.get('vpc', eni.vpcId, eni))
    const { id, addresses, ipv6Addresses = NONE } = eni
    const space = vpc ?? unseenSpace(eni, eni.vpcId)
    visit({ kind: 'networkInterface', id, nth, subnet, vpc, space, addresses, ipv6Addresses })
  })
  index.all('haVip').forEach((haVip, nth) => {
    const subnet = found(index.get('subnet', haVip.subnetId, haVip))
    if (!subnet) return
    const vpc = found(index.get('vpc', subnet.vpcId, subnet))
    const space = vpc ?? unseenSpace(subnet, subnet.vpcId)
    const addresses = [haVip.address]
    visit({ kind: 'haVip', id: haVip.id, nth, subnet, vpc, space, addresses, ipv6Addresses: NONE })
  })
  index.all('loadBalancer').forEach((balancer, nth) => {
    const { id } = balancer
    for (const { subnetId, address } of addressesOf(balancer)) {
      const subnet = found(index.get('subnet', subnetId ?? '', balancer))
      const vpcId = subnet?.vpcId ?? balancer.vpcId
      if (vpcId === undefined) continue
      const vpc = found(index.get('vpc', vpcId, balancer))
      const space = vpc ?? unseenSpace(balancer, vpcId)
      const holder = { kind: 'loadBalancer', id, nth, subnet, vpc, space } as const
      visit({ ...holder, addresses: [address], ipv6Addresses: NONE })
    }
  })
}

interface HeldAddress {
  readonly address: AddressText
  readonly subnetId: SubnetId | undefined
}

/** Those that no listed interface has already. */
function addressesOf({ address, subnetId, frontends = [] }: LoadBalancer): readonly HeldAddress[] {
  const own = frontends.filter(({ networkInterfaceId }) => networkInterfaceId === undefined)
  return address === undefined ? own : [{ address, subnetId }, ...own]
}

/** The JSON pointer of one address of a holder. */
export function addressPointer(
  { pointer }: Evidence,
  holder: AddressHolder,
  field: 'addresses' | 'ipv6Addresses',
  place: number,
): string {
  const base = pointer(holder.kind, holder.nth)
  if (holder.kind !== 'networkInterface') return `${base}/address`
  return field === 'addresses'
    ? `${base}/addresses/${place}`
    : `${base}/ipv6Addresses/${place}/address`
}

const NONE: readonly Ipv6Assignment[] = []

function found<T extends object>(hit: T | 'ambiguous' | undefined): T | undefined {
  return typeof hit === 'object' ? hit : undefined
}

/** VPC ids are unique within a provider, so its interfaces can be compared though it was not read. */
function unseenSpace({ provider }: Home, vpcId: VpcId): string {
  return `${provider} ${vpcId}`
}
