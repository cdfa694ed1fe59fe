import type { InstanceId, Ipv6Assignment, NetworkInterface } from '#model'

import { idOf } from '../brand.ts'
import { compareText } from '../compare-text.ts'
import { addressAt } from '../note.ts'
import { isAbsent, textOf, truthOf } from '../spot.ts'
import { ask } from './ask.ts'
import { serviceOf } from './interface-service.ts'
import { machineOf, saysSecondary } from './interface-owner.ts'
import { identityOf, networkOf, partsOf, recordsOf, unreadable } from './reading.ts'

import { reference, references } from './link.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ArmRecord } from './record.ts'

/** Network interfaces of machines, of scale sets, and of what the provider runs. */
export function readNetworkInterfaces(reading: Reading): readonly NetworkInterface[] {
  return recordsOf(reading, 'networkInterface', 'scaleSetInterface').flatMap((record) =>
    readInterface(reading, record),
  )
}

function readInterface(reading: Reading, record: ArmRecord): NetworkInterface[] {
  const configurations = configurationsOf(reading, record)
  const subnetId = subnetOf(reading, configurations)
  if (subnetId === undefined) {
    unreadable(reading, 'networkInterface', record, here(record), 'its subnet', ask(record.id))
    return []
  }
  const addresses = addressesOf(reading, record, configurations)
  if (!addresses) return []
  const instanceId = machineOf(reading, record)
  const serves = instanceId === undefined ? serviceOf(reading, record) : undefined
  const secondary = truthOf(at(record, 'primary')) === false || saysSecondary(reading, record)
  const macAddress = textOf(at(record, 'macAddress'))
  return [
    {
      id: idOf(record.id),
      ...identityOf(record),
      type: secondary ? 'secondary' : 'primary',
      state: instanceId !== undefined || serves ? 'InUse' : 'Available',
      vpcId: idOf(networkOf(reading, subnetId)),
      subnetId: idOf(subnetId),
      ...(instanceId !== undefined && { instanceId: idOf<InstanceId>(instanceId) }),
      ...(serves && { serves }),
      ...addresses,
      securityGroupIds: groupsOf(reading, record, configurations),
      sourceDestCheck: truthOf(at(record, 'enableIPForwarding')) !== true,
      ...(macAddress !== undefined && { macAddress }),
    },
  ]
}

/** Its address configurations, the primary one first. */
export function configurationsOf(reading: Reading, record: ArmRecord): readonly ArmRecord[] {
  const parts = partsOf(reading, record, 'configuration', 'scaleSetConfiguration')
  const rank = (part: ArmRecord): number => Number(truthOf(at(part, 'primary')) !== true)
  return parts.toSorted((a, b) => rank(a) - rank(b) || compareText(a.id, b.id))
}

function subnetOf(reading: Reading, configurations: readonly ArmRecord[]): string | undefined {
  const subnets = configurations.map((each) => reference(reading, each, 'subnet'))
  return subnets.find((id) => id !== undefined)
}

type Addresses = Pick<NetworkInterface, 'addresses' | 'ipv6Addresses'>

function addressesOf(
  reading: Reading,
  record: ArmRecord,
  configurations: readonly ArmRecord[],
): Addresses | undefined {
  const read = configurations.flatMap((each) => {
    const spot = at(each, 'privateIPAddress')
    const address = addressAt(spot)
    if (!address && !isAbsent(spot)) {
      unreadable(reading, 'networkInterface', record, spot, 'an address', ask(record.id))
    }
    return address ?? []
  })
  if (read.length === 0) {
    unreadable(reading, 'networkInterface', record, here(record), 'its address', ask(record.id))
    return undefined
  }
  const ofFamily = (family: 4 | 6): NetworkInterface['addresses'] => [
    ...new Set(read.flatMap(({ address, value }) => (value.family === family ? address : []))),
  ]
  const ipv6 = ofFamily(6).map((address): Ipv6Assignment => ({ address, internet: 'none' }))
  return { addresses: ofFamily(4), ...(ipv6.length > 0 && { ipv6Addresses: ipv6 }) }
}

/** Its own network security group, then the application groups that its addresses are members of. */
function groupsOf(
  reading: Reading,
  record: ArmRecord,
  configurations: readonly ArmRecord[],
): NetworkInterface['securityGroupIds'] {
  const own = reference(reading, record, 'networkSecurityGroup')
  const memberships = configurations.flatMap((each) =>
    references(reading, each, 'applicationSecurityGroups'),
  )
  const members = [...new Set(memberships)].toSorted(compareText)
  return [...(own === undefined ? [] : [own]), ...members].map((id) => idOf(id))
}
