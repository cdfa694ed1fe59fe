import { formatAddress, parseAddress, parsePrefix, prefixRange } from '#net'
import type { Network, Subnet } from '#model'

/** The router in every vSwitch, as IPv6 guests know it. */
export const ROUTER6 = 'fe80::1'

/** The addresses of the router in a vSwitch. */
export interface GatewayAddresses {
  /** What its guests use as gateway: the last address but two (S1 §4.4). */
  readonly gateway: string
  /** The same for IPv6; guests use the link-local address, this one names the hop. */
  readonly gateway6?: string
}

/**
 * No cloud gives the router's address away, but nothing keeps a file from it: then the router has
 * the next one that nobody holds, and the rest of the lab stands.
 */
export function gatewaysOf(network: Network, subnet: Subnet): GatewayAddresses {
  const taken = addressesIn(network, subnet)
  const gateway = freeAddress(subnet.cidr, taken)
  if (subnet.ipv6Cidr === undefined) return { gateway }
  return { gateway, gateway6: freeAddress(subnet.ipv6Cidr, taken) }
}

function freeAddress(cidr: string, taken: ReadonlySet<bigint>): string {
  const prefix = parsePrefix(cidr)
  if (!prefix) throw new Error(`not an address range: ${cidr}`)
  const { family, high } = prefixRange(prefix)
  const preferred = high - 2n
  let value = preferred
  while (taken.has(value) && value > prefix.low) value--
  return formatAddress({ family, value: taken.has(value) ? preferred : value })
}

/** A load balancer need not name its vSwitch, and an address of another one does no harm here. */
function addressesIn(network: Network, { id }: Subnet): ReadonlySet<bigint> {
  const { networkInterface = [], haVip = [], loadBalancer = [] } = network
  const own = networkInterface.filter(({ subnetId }) => subnetId === id)
  const held = [
    ...own.flatMap(({ addresses, ipv6Addresses = [] }) => [
      ...addresses,
      ...ipv6Addresses.map(({ address }) => address),
    ]),
    ...haVip.filter(({ subnetId }) => subnetId === id).map(({ address }) => address),
    ...loadBalancer.flatMap(({ address }) => address ?? []),
  ]
  return new Set(held.flatMap((text) => parseAddress(text)?.value ?? []))
}
