import type { NatGateway, NatGatewayAddress, NetworkInterfaceId, SubnetId } from '#model'

import { idAt, idOf } from '../brand.ts'
import { addressAt } from '../note.ts'
import { elementsOf, isAbsent, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt, wordIn } from '../word.ts'
import { ask } from './ask.ts'
import { field } from './field.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'

/** A gateway is listed for an hour after its end. */
const states = {
  pending: 'Creating',
  available: 'Available',
  deleting: 'Deleting',
  failed: 'Failed',
  deleted: 'gone',
} as const

/** NAT gateways: every source, to the addresses they have; there are no entries to configure. */
export function readNatGateways(reading: Reading): readonly NatGateway[] {
  return recordsOf(reading, 'natGateway').flatMap((record) => {
    const call = ask.natGateway(record.id)
    const vpcId = textOf(at(record, 'VpcId'))
    const word = at(record, 'State')
    const state = wordIn(states, textOf(word))
    if (state === 'gone') return []
    if (vpcId === undefined) {
      unreadable(reading, 'natGateway', record, here(record), 'its VpcId', call)
      return []
    }
    if (state === undefined) unreadable(reading, 'natGateway', record, word, 'the state', call)
    const subnetId = idAt<SubnetId>(at(record, 'SubnetId'))
    const addresses = elementsOf(at(record, 'NatGatewayAddresses')).flatMap((item) =>
      readAddress(reading, record, item),
    )
    return [
      {
        id: idOf(record.id),
        ...identityOf(record),
        vpcId: idOf(vpcId),
        ...(subnetId !== undefined && { subnetId }),
        reach: reachOf(reading, record),
        state: state ?? 'Unknown',
        snat: [],
        dnat: [],
        addresses,
      },
    ]
  })
}

/** Addresses that are assigned and associated; older documents print no status. */
function readAddress(reading: Reading, nat: ApiRecord, item: Spot): NatGatewayAddress[] {
  const status = field(item, 'Status')
  if (!isAbsent(status) && !spelt(['succeeded'], textOf(status))) return []
  const [inside, outside] = [field(item, 'PrivateIp'), field(item, 'PublicIp')]
  const privateAddress = addressAt(inside)
  const publicAddress = isAbsent(outside) ? undefined : addressAt(outside)
  const broken = !isAbsent(outside) && publicAddress?.value.family !== 4
  if (privateAddress?.value.family !== 4 || broken) {
    // A gateway that is being made has none yet.
    if (isAbsent(inside) && isAbsent(outside)) return []
    const spot = broken ? outside : inside
    unreadable(reading, 'natGateway', nat, spot, 'an address', ask.natGateway(nat.id))
    return []
  }
  const interfaceId = idAt<NetworkInterfaceId>(field(item, 'NetworkInterfaceId'))
  return [
    {
      privateAddress: privateAddress.address,
      ...(publicAddress && { publicAddress: publicAddress.address }),
      ...(interfaceId !== undefined && { networkInterfaceId: interfaceId }),
    },
  ]
}

const reaches = { public: 'internet', private: 'intranet' } as const

/** Before 2021 there were public ones only, and no word for it. */
function reachOf(reading: Reading, record: ApiRecord): NatGateway['reach'] {
  const spot = at(record, 'ConnectivityType')
  const known = wordIn(reaches, textOf(spot))
  if (!known && !isAbsent(spot)) {
    const call = ask.natGateway(record.id)
    unreadable(reading, 'natGateway', record, spot, 'its ConnectivityType', call)
  }
  return known ?? 'internet'
}
