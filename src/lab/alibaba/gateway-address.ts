import { formatAddress, parsePrefix, prefixRange } from '#net'
import type { SubnetPlace } from './survey.ts'

/** The address that guests of a vSwitch use as gateway: the last but two (S1 §4.4). */
export function gatewayOf({ subnet }: SubnetPlace): string {
  return lastButTwo(subnet.cidr)
}

/** The same for IPv6; guests use the link-local address, this one names the hop. */
export function gateway6Of({ subnet }: SubnetPlace): string | undefined {
  return subnet.ipv6Cidr === undefined ? undefined : lastButTwo(subnet.ipv6Cidr)
}

function lastButTwo(cidr: string): string {
  const prefix = parsePrefix(cidr)
  if (!prefix) throw new Error(`not an address range: ${cidr}`)
  const { family, high } = prefixRange(prefix)
  return formatAddress({ family, value: high - 2n })
}

/** The router in every vSwitch, as IPv6 guests know it. */
export const ROUTER6 = 'fe80::1'
