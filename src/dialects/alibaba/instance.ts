import { instanceStates } from '#model'
import type { AddressText, ClassicAttachment, Instance } from '#model'

import { ask } from './ask.ts'
import { addressAt, note } from '../note.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { idOf } from '../brand.ts'
import { compareText } from '../compare-text.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'
import { isAbsent, shown, textOf, textsOf, wrappedOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt } from '../word.ts'
import { locksOf, stateAt } from './words.ts'

/** Virtual machines, those of the classic network with their two NICs and ClassicLink. */
export function readInstances(reading: Reading): readonly Instance[] {
  const links = linkedVpcs(reading)
  return recordsOf(reading, 'instance').flatMap((record) => readInstance(reading, record, links))
}

function readInstance(
  reading: Reading,
  record: ApiRecord,
  links: ReadonlyMap<string, string>,
): Instance[] {
  const subject = { ...record, kind: 'instance', call: ask.instance(record.id) } as const
  const attachment = attachmentOf(reading, record, links)
  const state = stateAt(reading, subject, at(record, 'Status'), instanceStates)
  if (!attachment || !state) return []
  const zone = textOf(at(record, 'ZoneId'))
  return [
    {
      id: idOf(record.id),
      ...identityOf(record, 'InstanceName'),
      state,
      ...attachment,
      ...(zone !== undefined && { zone }),
      ...osOf(reading, record),
      ...locksOf(at(record, 'OperationLocks'), at(record, 'BusinessStatus')),
    },
  ]
}

type Attachment = Pick<Instance, 'network' | 'vpcId' | 'classic'>

function attachmentOf(
  reading: Reading,
  record: ApiRecord,
  links: ReadonlyMap<string, string>,
): Attachment | undefined {
  const vpcId = textOf(at(record, 'VpcAttributes', 'VpcId'))
  const type = at(record, 'InstanceNetworkType')
  const network =
    spelt(['vpc', 'classic'], textOf(type)) ?? (vpcId === undefined ? undefined : 'vpc')
  if (network === 'vpc' && vpcId !== undefined) return { network, vpcId: idOf(vpcId) }
  if (network === 'classic') {
    const classic = classicOf(record, links)
    if (classic) return { network, classic }
  }
  const what = network === undefined ? 'its network type' : 'its address or VPC'
  const spot = isAbsent(type) ? here(record) : type
  unreadable(reading, 'instance', record, spot, what, ask.instance(record.id))
  return undefined
}

function classicOf(
  record: ApiRecord,
  links: ReadonlyMap<string, string>,
): ClassicAttachment | undefined {
  const [intranet] = ipv4In(at(record, 'InnerIpAddress'))
  if (intranet === undefined) return undefined
  const [publicAddress] = ipv4In(at(record, 'PublicIpAddress'))
  const linkedVpcId = links.get(record.id)
  const groups = textsOf(at(record, 'SecurityGroupIds'), 'SecurityGroupId')
  return {
    intranetAddress: intranet,
    ...(publicAddress !== undefined && { publicAddress }),
    securityGroupIds: groups.toSorted(compareText).map((group) => idOf(group)),
    ...(linkedVpcId !== undefined && { linkedVpcId: idOf(linkedVpcId) }),
  }
}

function ipv4In(spot: Spot): readonly AddressText[] {
  return wrappedOf(spot, 'IpAddress').flatMap((item) => {
    const read = addressAt(item)
    return read?.value.family === 4 ? read.address : []
  })
}

/** One VPC at most for each instance; of several, the first in order of ids, and a remark. */
function linkedVpcs(reading: Reading): ReadonlyMap<string, string> {
  const links = new Map<string, string>()
  for (const link of recordsOf(reading, 'classicLink')) {
    const instance = textOf(at(link, 'InstanceId'))
    const vpc = textOf(at(link, 'VpcId'))
    if (instance === undefined || vpc === undefined || links.get(instance) === vpc) continue
    if (!links.has(instance)) links.set(instance, vpc)
    else {
      const message = `${instance} is linked to ${String(links.get(instance))} and to ${vpc}.`
      note(reading, 'warning', here(link), 'resource.contradiction', message)
    }
  }
  return links
}

function osOf(reading: Reading, record: ApiRecord): Pick<Instance, 'os'> {
  const type = at(record, 'OSType')
  const os = spelt(['linux', 'windows'], textOf(type))
  if (os) return { os }
  if (!isAbsent(type)) {
    const message = `${record.id}: the operating system ${shown(type)} is not known.`
    note(reading, 'info', type, 'instance.unknown-os', message)
  }
  return {}
}
