import type { AddressText, LoadBalancer } from '#model'

import { idOf } from '../brand.ts'
import { addressAt, note } from '../note.ts'
import { elementsOf, isAbsent, textOf } from '../spot.ts'
import { ask } from './ask.ts'
import { lastName } from './arm-id.ts'
import { outboundOf } from './balancer-outbound.ts'
import { readPorts } from './balancer-port.ts'
import { readPools } from './balancer-pool.ts'
import type { Pools } from './balancer-pool.ts'
import { identityOf, networkOf, partsOf, recordsOf, unreadable } from './reading.ts'
import { reference } from './link.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ArmRecord } from './record.ts'

/** Each frontend of a load balancer is one of the model's: it has one address and its own rules. */
export function readLoadBalancers(reading: Reading): readonly LoadBalancer[] {
  return recordsOf(reading, 'loadBalancer').flatMap((record) => {
    const pools = readPools(reading, record)
    return partsOf(reading, record, 'frontend').flatMap((frontend) =>
      readFrontend(reading, record, frontend, pools),
    )
  })
}

function readFrontend(
  reading: Reading,
  balancer: ArmRecord,
  frontend: ArmRecord,
  pools: Pools,
): LoadBalancer[] {
  const spot = at(frontend, 'privateIPAddress')
  const address = addressAt(spot)
  const version = textOf(at(frontend, 'privateIPAddressVersion'))
  if (address?.value.family === 6 || version?.toLowerCase() === 'ipv6') {
    const message = `${frontend.id} is of IPv6 and not analysed.`
    note(reading, 'info', here(frontend), 'load-balancer.left-out', message)
    return []
  }
  if (!address && !isAbsent(spot)) doubt(reading, frontend, spot, 'its address')
  reportStrange(reading, balancer, frontend)
  const subnet = reference(reading, frontend, 'subnet')
  const vpcId = subnet === undefined ? pools.network : networkOf(reading, subnet)
  const inside = subnet === undefined ? undefined : address?.address
  const outbound = outboundOf(reading, balancer, frontend, pools)
  return [
    {
      id: frontend.id,
      ...identityOf(balancer),
      name: `${lastName(balancer.id)}/${lastName(frontend.id)}`,
      state: 'active',
      ...placeOf(vpcId, subnet, inside),
      ...readPorts(reading, balancer, frontend, pools),
      ...(outbound.length > 0 && { outbound }),
    },
  ]
}

type Place = Pick<LoadBalancer, 'vpcId' | 'subnetId' | 'address'>

function placeOf(
  vpcId: string | undefined,
  subnetId: string | undefined,
  address: AddressText | undefined,
): Place {
  return {
    ...(vpcId !== undefined && { vpcId: idOf(vpcId) }),
    ...(subnetId !== undefined && { subnetId: idOf(subnetId) }),
    ...(address !== undefined && { address }),
  }
}

/** What a frontend may be that is not understood. */
function reportStrange(reading: Reading, balancer: ArmRecord, frontend: ArmRecord): void {
  if (textOf(at(balancer, 'sku', 'tier'))?.toLowerCase() === 'global') {
    doubt(reading, frontend, at(balancer, 'sku'), 'a load balancer of several regions')
  }
  for (const key of ['publicIPPrefix', 'gatewayLoadBalancer']) {
    const spot = at(frontend, key)
    if (!isAbsent(spot)) doubt(reading, frontend, spot, `its ${key}`)
  }
  const pools = elementsOf(at(balancer, 'inboundNatPools'))
  if (pools.length > 0 && partsOf(reading, balancer, 'inboundRule').length === 0) {
    doubt(reading, frontend, at(balancer, 'inboundNatPools'), 'its inbound NAT pools')
  }
}

/** Something that a frontend has and that is not understood. */
function doubt(
  reading: Reading,
  frontend: ArmRecord,
  spot: Parameters<typeof unreadable>[3],
  what: string,
): void {
  unreadable(reading, 'loadBalancer', frontend, spot, what, ask(frontend.id))
}
