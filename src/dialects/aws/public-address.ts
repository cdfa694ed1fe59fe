import type { AddressText, PublicAddress, PublicAddressBinding } from '#model'

import { idOf } from '../brand.ts'
import { compareText } from '../compare-text.ts'
import { addressAt } from '../note.ts'
import { elementsOf, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { ask } from './ask.ts'
import { field } from './field.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'

/** Elastic addresses from their listing, and every public address that only its bearer prints. */
export function readPublicAddresses(reading: Reading): readonly PublicAddress[] {
  const byAddress = new Map<string, PublicAddress>()
  const add = (address: PublicAddress): void => {
    if (!byAddress.has(address.address)) byAddress.set(address.address, address)
  }
  for (const record of recordsOf(reading, 'publicAddress'))
    readElastic(reading, record).forEach(add)
  for (const record of recordsOf(reading, 'natGateway')) ofNatGateway(record).forEach(add)
  for (const record of recordsOf(reading, 'networkInterface')) ofInterface(record).forEach(add)
  return [...byAddress.values()].toSorted((a, b) => compareText(a.id, b.id))
}

function readElastic(reading: Reading, record: ApiRecord): PublicAddress[] {
  const spot = at(record, 'PublicIp')
  const read = addressAt(spot)
  if (read?.value.family !== 4) {
    const call = ask.publicAddress(record.id)
    unreadable(reading, 'publicAddress', record, spot, 'its address', call)
    return []
  }
  const boundTo = bindingOf(reading, record, read.address)
  return [
    {
      id: idOf(record.id),
      ...identityOf(record),
      kind: 'eip',
      address: read.address,
      state: boundTo ? 'InUse' : 'Available',
      mode: 'nat',
      ...(boundTo && { boundTo }),
    },
  ]
}

/** The listing names the interface; an interface or gateway that names the address says the same. */
function bindingOf(
  reading: Reading,
  record: ApiRecord,
  address: AddressText,
): PublicAddressBinding | undefined {
  const nat = recordsOf(reading, 'natGateway').find((gateway) =>
    ofNatGateway(gateway).some((each) => each.address === address),
  )
  if (nat) return { kind: 'natGateway', id: nat.id }
  const id = textOf(at(record, 'NetworkInterfaceId'))
  const inside = addressAt(at(record, 'PrivateIpAddress'))?.address
  if (id !== undefined) {
    return { kind: 'networkInterface', id, ...(inside !== undefined && { privateAddress: inside }) }
  }
  const instance = textOf(at(record, 'InstanceId'))
  return instance === undefined ? undefined : { kind: 'instance', id: instance }
}

/** Each private address of an interface may have a public one of its own. */
function ofInterface(record: ApiRecord): PublicAddress[] {
  const own = elementsOf(at(record, 'PrivateIpAddresses')).map((item) => ({
    open: field(item, 'Association'),
    inside: field(item, 'PrivateIpAddress'),
  }))
  const first = { open: at(record, 'Association'), inside: at(record, 'PrivateIpAddress') }
  return [...own, first].flatMap(({ open, inside }) => {
    const privateAddress = addressAt(inside)?.address
    const mapped = privateAddress === undefined ? {} : { privateAddress }
    return make(record, field(open, 'PublicIp'), field(open, 'AllocationId'), {
      kind: 'networkInterface',
      id: record.id,
      ...mapped,
    })
  })
}

function ofNatGateway(record: ApiRecord): PublicAddress[] {
  return elementsOf(at(record, 'NatGatewayAddresses')).flatMap((item) =>
    make(record, field(item, 'PublicIp'), field(item, 'AllocationId'), {
      kind: 'natGateway',
      id: record.id,
    }),
  )
}

/** An address with an allocation is an elastic one; one without lives and dies with its bearer. */
function make(
  { account, region }: ApiRecord,
  spot: Spot,
  allocation: Spot,
  boundTo: PublicAddressBinding,
): PublicAddress[] {
  const read = addressAt(spot)
  if (read?.value.family !== 4) return []
  const id = textOf(allocation)
  return [
    {
      provider: 'aws',
      account,
      region,
      id: idOf(id ?? read.address),
      kind: id === undefined ? 'natPublicIp' : 'eip',
      address: read.address,
      state: 'InUse',
      mode: 'nat',
      boundTo,
    },
  ]
}
