import { networkInterfaceStates } from '#model'
import type { InstanceId, NetworkInterface } from '#model'

import { ask } from './ask.ts'
import { idAt, idOf } from '../brand.ts'
import { readIpv4 } from './interface-address.ts'
import { readIpv6 } from './ipv6-address.ts'
import type { Ipv6Reach } from './ipv6-address.ts'
import { note } from '../note.ts'
import { identityOf, recordOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { compareText } from '../compare-text.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { primaryInterface } from './instance-interface.ts'
import { isAbsent, textOf, textsOf, truthOf } from '../spot.ts'
import { spelt } from '../word.ts'
import { stateAt } from './words.ts'
import type { Subject } from './words.ts'

/** Network interfaces; primary ones that only their instance lists are made from that. */
export function readNetworkInterfaces(
  reading: Reading,
  reach: Ipv6Reach,
): readonly NetworkInterface[] {
  const own = recordsOf(reading, 'networkInterface').flatMap((record) =>
    readInterface(reading, record, reach),
  )
  const ofInstances = recordsOf(reading, 'instance').flatMap((instance) =>
    primaryInterface(reading, instance, reach),
  )
  const made = ofInstances.filter(({ id }) => !recordOf(reading, 'networkInterface', id))
  return [...own, ...made].toSorted((a, b) => compareText(a.id, b.id))
}

function readInterface(reading: Reading, record: ApiRecord, reach: Ipv6Reach): NetworkInterface[] {
  const call = ask.networkInterface(record.id)
  const subject = { ...record, kind: 'networkInterface', call } as const
  const vpcId = textOf(at(record, 'VpcId'))
  const subnetId = textOf(at(record, 'VSwitchId'))
  const addresses = readIpv4(reading, subject, {
    primary: at(record, 'PrivateIpAddress'),
    all: at(record, 'PrivateIpSets'),
    prefixes: at(record, 'Ipv4PrefixSets'),
  })
  if (vpcId === undefined || subnetId === undefined || addresses.length === 0) {
    const what =
      vpcId === undefined || subnetId === undefined ? 'its VPC and vSwitch' : 'its address'
    unreadable(reading, 'networkInterface', record, here(record), what, call)
    return []
  }
  const attached = at(record, 'Attachment', 'InstanceId')
  const instanceId = idAt<InstanceId>(at(record, 'InstanceId')) ?? idAt<InstanceId>(attached)
  const state = stateOf(reading, record, subject, instanceId !== undefined)
  if (!state) return []
  const ipv6Addresses = readIpv6(
    reading,
    subject,
    at(record, 'Ipv6Sets'),
    at(record, 'Ipv6PrefixSets'),
    reach,
  )
  const check = truthOf(at(record, 'SourceDestCheck'))
  const macAddress = textOf(at(record, 'MacAddress'))
  return [
    {
      id: idOf(record.id),
      ...identityOf(record, 'NetworkInterfaceName'),
      type: typeOf(reading, record),
      state,
      vpcId: idOf(vpcId),
      subnetId: idOf(subnetId),
      ...(instanceId !== undefined && { instanceId }),
      addresses,
      ...(ipv6Addresses.length > 0 && { ipv6Addresses }),
      securityGroupIds: groupsOf(record),
      ...(check !== undefined && { sourceDestCheck: check }),
      ...(macAddress !== undefined && { macAddress }),
    },
  ]
}

/** Cut-down documents may lack the state; what an interface is attached to says as much. */
function stateOf(
  reading: Reading,
  record: ApiRecord,
  subject: Subject,
  attached: boolean,
): NetworkInterface['state'] | undefined {
  const spot = at(record, 'Status')
  if (!isAbsent(spot)) return stateAt(reading, subject, spot, networkInterfaceStates)
  const state = attached ? 'InUse' : 'Available'
  const message = `${record.id}: no Status; it is taken as ${state}.`
  note(reading, 'warning', here(record), 'network-interface.no-status', message)
  return state
}

function typeOf(reading: Reading, record: ApiRecord): NetworkInterface['type'] {
  const spot = at(record, 'Type')
  const known = spelt(['Primary', 'Secondary'], textOf(spot))
  if (known) return known === 'Primary' ? 'primary' : 'secondary'
  const call = ask.networkInterface(record.id)
  unreadable(reading, 'networkInterface', record, spot, 'its type', call)
  return 'secondary'
}

function groupsOf(record: ApiRecord): NetworkInterface['securityGroupIds'] {
  const groups = textsOf(at(record, 'SecurityGroupIds'), 'SecurityGroupId')
  return [...new Set(groups)].toSorted(compareText).map((group) => idOf(group))
}
