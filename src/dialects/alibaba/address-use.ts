import { parseAddress, parsePrefixOrAddress, prefixContains } from '#net'
import type { HaVip, NetworkInterface, Subnet } from '#model'

import { miss, recordOf, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import { child, textOf, wholeOf } from '../spot.ts'

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
  const held = countHeld(reading, subnet, holders)
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
  subnets: readonly Subnet[],
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
  // Each EIP of a NAT gateway may stand on a private address of its own.
  for (const record of recordsOf(reading, 'publicAddress')) {
    const address = textOf(at(record, 'PrivateIpAddress'))
    const gateway = recordOf(reading, 'natGateway', textOf(at(record, 'InstanceId')) ?? '')
    const vpcId = gateway && textOf(at(gateway, 'VpcId'))
    add(subnets.find((each) => each.vpcId === vpcId && holds(each.cidr, address))?.id, address)
  }
  return held
}

function holds(cidr: string, address: string | undefined): boolean {
  const range = parsePrefixOrAddress(cidr)
  const one = address === undefined ? undefined : parseAddress(address)
  return range !== undefined && one !== undefined && prefixContains(range, one)
}
