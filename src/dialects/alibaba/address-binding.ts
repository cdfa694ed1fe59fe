import type { PublicAddressBinding } from '#model'

import { ask } from './ask.ts'
import { readAddress } from '../brand.ts'
import { addressText } from './interface-address.ts'
import { recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import { child, isAbsent, textOf, wrappedOf } from '../spot.ts'
import { wordIn } from '../word.ts'

/** `InstanceType` of an elastic address; `IpAddress` names no resource and is looked up. */
const bearers = {
  ecsinstance: 'instance',
  networkinterface: 'networkInterface',
  nat: 'natGateway',
  havip: 'haVip',
  slbinstance: 'loadBalancer',
} as const satisfies Record<string, PublicAddressBinding['kind']>

/** What an elastic address is bound to; a bearer of an unknown kind makes the address unread. */
export function bindingOf(reading: Reading, record: ApiRecord): PublicAddressBinding | undefined {
  const bearer = at(record, 'InstanceId')
  const id = textOf(bearer)
  if (id === undefined) return undefined
  const type = at(record, 'InstanceType')
  const word = textOf(type)
  const privateAddress = addressText(at(record, 'PrivateIpAddress'))
  const mapped = privateAddress === undefined ? {} : { privateAddress }
  const kind = isAbsent(type) ? kindByPrefix(id) : wordIn(bearers, word)
  if (kind) return { kind, id, ...mapped }
  const found = word === 'IpAddress' ? bearerOfAddress(reading, record, id) : undefined
  if (!found) {
    const call = ask.publicAddress(record.id)
    const [spot, what] = isAbsent(type)
      ? [bearer, 'what it is bound to']
      : [type, 'its InstanceType']
    unreadable(reading, 'publicAddress', record, spot, what, call)
  }
  return found
}

/** Without a type, the shape of the id tells. */
function kindByPrefix(id: string): PublicAddressBinding['kind'] | undefined {
  const prefixes = {
    'i-': 'instance',
    'eni-': 'networkInterface',
    'ngw-': 'natGateway',
    'havip-': 'haVip',
    'lb-': 'loadBalancer',
  } as const
  return wordIn(prefixes, /^[a-z]+-/.exec(id)?.[0])
}

/** Bound to a plain private address of a VPC: the interface that has it. */
function bearerOfAddress(
  reading: Reading,
  record: ApiRecord,
  bearer: string,
): PublicAddressBinding | undefined {
  const wanted = readAddress(bearer)?.address ?? addressText(at(record, 'PrivateIpAddress'))
  const vpc = textOf(at(record, 'VpcId'))
  if (wanted === undefined || vpc === undefined) return undefined
  const owner = recordsOf(reading, 'networkInterface').find(
    (each) => textOf(at(each, 'VpcId')) === vpc && hasAddress(each, wanted),
  )
  return owner && { kind: 'networkInterface', id: owner.id, privateAddress: wanted }
}

function hasAddress(record: ApiRecord, wanted: string): boolean {
  const sets = wrappedOf(at(record, 'PrivateIpSets'), 'PrivateIpSet')
  const spots = [at(record, 'PrivateIpAddress'), ...sets.map((s) => child(s, 'PrivateIpAddress'))]
  return spots.some((spot) => addressText(spot) === wanted)
}
