import type { NetworkInterface } from '#model'

import { ask, askAbout } from './ask.ts'
import { idOf } from '../brand.ts'
import { readIpv4 } from './interface-address.ts'
import { readIpv6 } from './ipv6-address.ts'
import type { Ipv6Reach } from './ipv6-address.ts'
import { miss, missContent, recordOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { compareText } from '../compare-text.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import { child, textOf, textsOf, wrappedOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt } from '../word.ts'

/**
 * The primary interface as DescribeInstances prints it: instance, vSwitch and groups are the
 * instance's own. Secondary ones are printed without vSwitch and groups, and are reported missing.
 */
export function primaryInterface(
  reading: Reading,
  instance: ApiRecord,
  reach: Ipv6Reach,
): NetworkInterface[] {
  const vpcId = textOf(at(instance, 'VpcAttributes', 'VpcId'))
  const subnetId = textOf(at(instance, 'VpcAttributes', 'VSwitchId'))
  const printed = wrappedOf(at(instance, 'NetworkInterfaces'), 'NetworkInterface')
  if (vpcId === undefined) return []
  const unread = printed.filter((item) => {
    const id = textOf(child(item, 'NetworkInterfaceId'))
    return id !== undefined && !recordOf(reading, 'networkInterface', id)
  })
  const primary = unread.find((item) => isPrimary(item, printed.length))
  reportOthers(
    reading,
    instance,
    unread.filter((item) => item !== primary),
  )
  if (!primary || subnetId === undefined) return []
  return build(reading, instance, primary, { vpcId, subnetId }, reach)
}

/** Older answers leave the type out; then a lone interface is the primary one. */
function isPrimary(item: Spot, count: number): boolean {
  const type = textOf(child(item, 'Type'))
  return type === undefined ? count === 1 : spelt(['Primary'], type) !== undefined
}

function reportOthers(reading: Reading, instance: ApiRecord, others: readonly Spot[]): void {
  for (const item of others) {
    const id = textOf(child(item, 'NetworkInterfaceId'))
    if (id === undefined) continue
    missContent(reading, 'networkInterface', { ...instance, id }, ask.networkInterface(id))
  }
}

function build(
  reading: Reading,
  instance: ApiRecord,
  item: Spot,
  { vpcId, subnetId }: { vpcId: string; subnetId: string },
  reach: Ipv6Reach,
): NetworkInterface[] {
  const id = textOf(child(item, 'NetworkInterfaceId')) ?? ''
  const { account, region } = instance
  const call = ask.networkInterface(id)
  const subject = { kind: 'networkInterface', id, account, region, call } as const
  const own = wrappedOf(at(instance, 'VpcAttributes', 'PrivateIpAddress'), 'IpAddress')
  const addresses = readIpv4(reading, subject, {
    primary: own[0] ?? child(item, 'PrimaryIpAddress'),
    all: child(item, 'PrivateIpSets'),
    prefixes: child(item, 'Ipv4PrefixSets'),
  })
  if (addresses.length === 0) {
    miss(reading, 'instance', instance, askAbout.interfacesOf(instance.id))
    return []
  }
  const prefixes6 = child(item, 'Ipv6PrefixSets')
  const ipv6 = readIpv6(reading, subject, child(item, 'Ipv6Sets'), prefixes6, reach)
  const macAddress = textOf(child(item, 'MacAddress'))
  const groups = textsOf(at(instance, 'SecurityGroupIds'), 'SecurityGroupId')
  return [
    {
      provider: 'alibaba',
      account,
      region,
      id: idOf(id),
      type: 'primary',
      state: 'InUse',
      vpcId: idOf(vpcId),
      subnetId: idOf(subnetId),
      instanceId: idOf(instance.id),
      addresses,
      ...(ipv6.length > 0 && { ipv6Addresses: ipv6 }),
      securityGroupIds: [...new Set(groups)].toSorted(compareText).map((group) => idOf(group)),
      ...(macAddress !== undefined && { macAddress }),
    },
  ]
}

/** A VPC instance for which nobody printed a primary interface cannot be walked from or to. */
export function reportBareInstances(
  reading: Reading,
  interfaces: readonly NetworkInterface[],
  instances: readonly ApiRecord[],
): void {
  const attached = new Set<string>(interfaces.flatMap(({ instanceId }) => instanceId ?? []))
  for (const instance of instances) {
    if (attached.has(instance.id)) continue
    if (textOf(at(instance, 'VpcAttributes', 'VpcId')) === undefined) continue
    miss(reading, 'instance', instance, askAbout.interfacesOf(instance.id))
  }
}
