import type { InstanceId, NetworkInterface } from '#model'

import { idOf } from '../brand.ts'
import { compareText } from '../compare-text.ts'
import { note } from '../note.ts'
import { elementsOf, isAbsent, textOf, truthOf, wholeOf } from '../spot.ts'
import { wordIn } from '../word.ts'
import { ask } from './ask.ts'
import { field } from './field.ts'
import { instanceIdOf } from './interface-owner.ts'
import { readIpv4, readIpv6 } from './interface-address.ts'
import { serviceOf } from './interface-service.ts'
import { isTerminated } from './instance.ts'
import { identityOf, recordOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'

/** Network interfaces, from their own listing or from that of their instances. */
export function readNetworkInterfaces(reading: Reading): readonly NetworkInterface[] {
  return recordsOf(reading, 'networkInterface').flatMap((record) => readInterface(reading, record))
}

function readInterface(reading: Reading, record: ApiRecord): NetworkInterface[] {
  const call = ask.networkInterface(record.id)
  const vpcId = textOf(at(record, 'VpcId'))
  const subnetId = textOf(at(record, 'SubnetId'))
  const instanceId = instanceIdOf(record)
  const instance = recordOf(reading, 'instance', instanceId)
  if (instance && isTerminated(instance)) return []
  if (vpcId === undefined || subnetId === undefined) {
    unreadable(reading, 'networkInterface', record, here(record), 'its VPC and subnet', call)
    return []
  }
  const addresses = readIpv4(reading, record)
  const ipv6Addresses = readIpv6(reading, record)
  const state = stateOf(reading, record)
  if (state === undefined) return []
  if (addresses.length === 0 && ipv6Addresses.length === 0) {
    unreadable(reading, 'networkInterface', record, here(record), 'its address', call)
    return []
  }
  const serves = instanceId === undefined ? serviceOf(reading, record, state) : undefined
  const check = truthOf(at(record, 'SourceDestCheck'))
  const macAddress = textOf(at(record, 'MacAddress'))
  return [
    {
      id: idOf(record.id),
      ...identityOf(record),
      type: isPrimary(record, instanceId) ? 'primary' : 'secondary',
      state,
      vpcId: idOf(vpcId),
      subnetId: idOf(subnetId),
      ...(instanceId !== undefined && { instanceId: idOf<InstanceId>(instanceId) }),
      ...(serves && { serves }),
      addresses,
      ...(ipv6Addresses.length > 0 && { ipv6Addresses }),
      securityGroupIds: groupsOf(record),
      ...(check !== undefined && { sourceDestCheck: check }),
      ...(macAddress !== undefined && { macAddress }),
    },
  ]
}

/** The primary interface has device index 0 on network card 0. */
function isPrimary(record: ApiRecord, instanceId: string | undefined): boolean {
  const card = wholeOf(at(record, 'Attachment', 'NetworkCardIndex')) ?? 0
  return (
    instanceId !== undefined && card === 0 && wholeOf(at(record, 'Attachment', 'DeviceIndex')) === 0
  )
}

const states = {
  available: 'Available',
  'in-use': 'InUse',
  associated: 'InUse',
  attaching: 'Attaching',
  detaching: 'Detaching',
  pending: 'Creating',
} as const satisfies Record<string, NetworkInterface['state']>

/** Cut-down documents may lack the state; being attached says as much. */
function stateOf(reading: Reading, record: ApiRecord): NetworkInterface['state'] | undefined {
  const spot = at(record, 'Status')
  const known = wordIn(states, textOf(spot))
  if (known) return known
  if (!isAbsent(spot)) {
    const call = ask.networkInterface(record.id)
    unreadable(reading, 'networkInterface', record, spot, 'the state', call)
    return undefined
  }
  const state = isAbsent(at(record, 'Attachment')) ? 'Available' : 'InUse'
  const message = `${record.id}: no Status; it is taken as ${state}.`
  note(reading, 'warning', here(record), 'network-interface.no-status', message)
  return state
}

function groupsOf(record: ApiRecord): NetworkInterface['securityGroupIds'] {
  const groups = elementsOf(at(record, 'Groups')).flatMap(
    (group) => textOf(field(group, 'GroupId')) ?? [],
  )
  return [...new Set(groups)].toSorted(compareText).map((group) => idOf(group))
}
