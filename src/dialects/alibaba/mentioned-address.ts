import type { PublicAddress, PublicAddressBinding } from '#model'

import { idOf } from '../brand.ts'
import { addressText } from './interface-address.ts'
import { addressAt } from '../note.ts'
import { recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import { child, textOf, wrappedOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt } from '../word.ts'

/** Public addresses as their bearers print them; the first mention of an address is kept. */
export function mentionedAddresses(reading: Reading): readonly PublicAddress[] {
  const mentions = [
    ...recordsOf(reading, 'instance').flatMap(ofInstance),
    ...recordsOf(reading, 'networkInterface').flatMap(ofInterface),
    ...recordsOf(reading, 'natGateway').flatMap(ofNatGateway),
  ]
  const byAddress = new Map<string, PublicAddress>()
  for (const mention of mentions) {
    if (!byAddress.has(mention.address)) byAddress.set(mention.address, mention)
  }
  return [...byAddress.values()]
}

/** The fixed address (of VPC instances; classic ones carry theirs themselves), and the elastic one. */
function ofInstance(instance: ApiRecord): PublicAddress[] {
  if (textOf(at(instance, 'VpcAttributes', 'VpcId')) === undefined) return []
  const bearer = { kind: 'instance', id: instance.id } as const
  const fixed = wrappedOf(at(instance, 'PublicIpAddress'), 'IpAddress').flatMap((spot) =>
    make(instance, spot, undefined, bearer),
  )
  const elastic = at(instance, 'EipAddress', 'IpAddress')
  return [...fixed, ...make(instance, elastic, at(instance, 'EipAddress', 'AllocationId'), bearer)]
}

/** On a primary interface it is the instance's; on others each private address may have its own. */
function ofInterface(record: ApiRecord): PublicAddress[] {
  const instance = textOf(at(record, 'InstanceId'))
  const primary = spelt(['Primary'], textOf(at(record, 'Type'))) !== undefined
  const sets = wrappedOf(at(record, 'PrivateIpSets'), 'PrivateIpSet')
  const own = { address: at(record, 'PrivateIpAddress'), open: at(record, 'AssociatedPublicIp') }
  const all = sets.map((item) => ({
    address: child(item, 'PrivateIpAddress'),
    open: child(item, 'AssociatedPublicIp'),
  }))
  return [...all, own].flatMap(({ address, open }) => {
    const privateAddress = addressText(address)
    const mapped = privateAddress === undefined ? {} : { privateAddress }
    const bearer: PublicAddressBinding =
      primary && instance !== undefined
        ? { kind: 'instance', id: instance }
        : { kind: 'networkInterface', id: record.id, ...mapped }
    return make(record, child(open, 'PublicIpAddress'), child(open, 'AllocationId'), bearer)
  })
}

function ofNatGateway(nat: ApiRecord): PublicAddress[] {
  const lists = [
    ...wrappedOf(at(nat, 'IpLists'), 'IpList'),
    ...wrappedOf(at(nat, 'IpList'), 'IpList'),
  ]
  return lists.flatMap((item) =>
    make(nat, child(item, 'IpAddress'), child(item, 'AllocationId'), {
      kind: 'natGateway',
      id: nat.id,
    }),
  )
}

/** An address with an allocation is an elastic one; one without lives and dies with its bearer. */
function make(
  { account, region }: ApiRecord,
  spot: Spot,
  allocation: Spot | undefined,
  boundTo: PublicAddressBinding,
): PublicAddress[] {
  const read = addressAt(spot)
  if (read?.value.family !== 4) return []
  const { address } = read
  const id = allocation && textOf(allocation)
  return [
    {
      provider: 'alibaba',
      account,
      region,
      id: idOf(id ?? address),
      kind: id === undefined ? 'natPublicIp' : 'eip',
      address,
      state: 'InUse',
      mode: 'nat',
      boundTo,
    },
  ]
}
