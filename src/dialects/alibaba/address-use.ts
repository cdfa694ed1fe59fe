import { parsePrefixOrAddress } from '#net'
import type { HaVip, NetworkInterface, Subnet } from '#model'

import { miss, recordOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import { child, textOf, wholeOf } from './spot.ts'

interface Holders {
  readonly subnet?: readonly Subnet[]
  readonly networkInterface?: readonly NetworkInterface[]
  readonly haVip?: readonly HaVip[]
}

/** Of each vSwitch the first address and the last three are the provider's (HELP CreateVSwitch). */
const reserved = 4

/**
 * Databases, caches and load balancers have addresses of vSwitches too, and none of the calls that
 * are read lists them. A vSwitch counts its free addresses: where more are taken than the listed
 * resources hold, an address that nobody has here may be somebody's all the same.
 */
export function reportAddressUse(reading: Reading, { subnet = [], ...holders }: Holders): void {
  const held = countHeld(reading, holders)
  for (const { id, account, region, cidr } of subnet) {
    const taken = takenOf(reading, id, cidr)
    if (taken !== undefined && taken <= (held.get(id)?.size ?? 0)) continue
    miss(reading, 'addressUse', { id, account, region }, calls)
  }
}

/** What lists the usual holders. */
const calls =
  'aliyun rds DescribeDBInstances, aliyun r-kvstore DescribeInstances, aliyun slb DescribeLoadBalancers'

/** How many addresses of a vSwitch are taken; undefined where it does not say. */
function takenOf(reading: Reading, id: string, cidr: string): number | undefined {
  const record = recordOf(reading, 'subnet', id)
  const free = record && wholeOf(at(record, 'AvailableIpAddressCount'))
  const length = parsePrefixOrAddress(cidr)?.length
  if (free === undefined || length === undefined) return undefined
  return 2 ** (32 - length) - reserved - free
}

function countHeld(
  reading: Reading,
  { networkInterface = [], haVip = [] }: Holders,
): ReadonlyMap<string, ReadonlySet<string>> {
  const held = new Map<string, Set<string>>()
  const add = (subnetId: string | undefined, address: string | undefined): void => {
    if (subnetId === undefined || address === undefined) return
    held.set(subnetId, (held.get(subnetId) ?? new Set()).add(address))
  }
  for (const { subnetId, addresses } of networkInterface)
    for (const address of addresses) add(subnetId, address)
  for (const { subnetId, address } of haVip) add(subnetId, address)
  for (const gateway of reading.records.get('natGateway')?.values() ?? []) {
    const own = at(gateway, 'NatGatewayPrivateInfo')
    add(textOf(child(own, 'VswitchId')), textOf(child(own, 'PrivateIpAddress')))
  }
  return held
}
