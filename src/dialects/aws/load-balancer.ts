import type { Frontend, LoadBalancer, NetworkInterfaceId, SecurityGroupId, SubnetId } from '#model'

import { idOf } from '../brand.ts'
import { compareText } from '../compare-text.ts'
import { addressAt, note } from '../note.ts'
import { elementsOf, isAbsent, shown, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { spelt } from '../word.ts'
import { balancerArn } from './balancer-arn.ts'
import { crossesZones } from './crosses-zones.ts'
import { field } from './field.ts'
import { readListeners } from './listener.ts'
import { identityOf, miss, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'

/** Load balancers; only those of the transport layer are more than a boundary. */
export function readLoadBalancers(reading: Reading): readonly LoadBalancer[] {
  const balancers = recordsOf(reading, 'loadBalancer').flatMap((record) => {
    const isNetwork = spelt(['network'], textOf(at(record, 'Type'))) !== undefined
    return isNetwork ? readNetworkBalancer(reading, record) : readBoundary(reading, record)
  })
  const classic = recordsOf(reading, 'classicBalancer').flatMap((record) => {
    const name = textOf(at(record, 'LoadBalancerName')) ?? record.id
    return readBoundary(reading, { ...record, id: balancerArn(reading, record, name) })
  })
  return [...balancers, ...classic].toSorted((a, b) => compareText(a.id, b.id))
}

/** Application, gateway and classic ones: what they do with a packet is not told. */
function readBoundary(reading: Reading, record: ApiRecord): LoadBalancer[] {
  const type = at(record, 'Type')
  const what = isAbsent(type) ? 'classic' : shown(type)
  const message = `${record.id}: what a load balancer of type ${what} does is not analysed.`
  note(reading, 'info', here(record), 'load-balancer.not-analysed', message)
  return [outsideOf(reading, record)]
}

function outsideOf(reading: Reading, record: ApiRecord): LoadBalancer {
  const vpcId = textOf(at(record, 'VpcId')) ?? textOf(at(record, 'VPCId'))
  const state = stateOf(reading, record)
  const groups = elementsOf(at(record, 'SecurityGroups'))
    .flatMap((item) => textOf(item) ?? [])
    .toSorted(compareText)
  return {
    id: record.id,
    ...identityOf(record, 'LoadBalancerName'),
    ...(vpcId !== undefined && { vpcId: idOf(vpcId) }),
    ...(state !== undefined && { state }),
    ...(groups.length > 0 && {
      securityGroupIds: groups.map((group) => idOf<SecurityGroupId>(group)),
    }),
  }
}

function readNetworkBalancer(reading: Reading, record: ApiRecord): LoadBalancer[] {
  const frontends = readFrontends(reading, record)
  const listeners = readListeners(reading, record)
  return [
    {
      ...outsideOf(reading, record),
      frontends,
      crossZone: crossesZones(reading, record),
      ...(listeners && { listeners }),
    },
  ]
}

/** One that cannot grow takes connections all the same. */
function stateOf(reading: Reading, record: ApiRecord): string | undefined {
  const spot = at(record, 'State', 'Code')
  const word = textOf(spot)
  if (word !== 'active_impaired') return word
  const message = `${record.id} is impaired; it is read as active.`
  note(reading, 'info', spot, 'load-balancer.impaired', message)
  return 'active'
}

/** One address a zone: printed if its owner chose it, else to be found on its interface. */
function readFrontends(reading: Reading, record: ApiRecord): readonly Frontend[] {
  const interfaces = interfacesOf(reading, record)
  const found = elementsOf(at(record, 'AvailabilityZones')).flatMap((zone) => {
    const subnetId = textOf(field(zone, 'SubnetId'))
    if (subnetId === undefined) return []
    const spots = interfaces
      .filter((eni) => textOf(at(eni, 'SubnetId')) === subnetId)
      .map((eni) => ({ spot: at(eni, 'PrivateIpAddress'), networkInterfaceId: eni.id }))
    const printed = elementsOf(field(zone, 'LoadBalancerAddresses')).map((item) => ({
      spot: field(item, 'PrivateIPv4Address'),
      networkInterfaceId: undefined,
    }))
    const frontends = [...spots, ...printed].flatMap((each) => frontendAt(subnetId, each))
    if (frontends.length === 0) missAddress(reading, record, zone)
    return frontends
  })
  const distinct = new Map<string, Frontend>()
  for (const frontend of found) {
    if (!distinct.has(frontend.address)) distinct.set(frontend.address, frontend)
  }
  return [...distinct.values()].toSorted((a, b) => compareText(a.address, b.address))
}

function frontendAt(
  subnetId: string,
  { spot, networkInterfaceId }: { spot: Spot; networkInterfaceId: string | undefined },
): Frontend[] {
  const read = addressAt(spot)
  if (read?.value.family !== 4) return []
  return [
    {
      address: read.address,
      subnetId: idOf<SubnetId>(subnetId),
      ...(networkInterfaceId !== undefined && {
        networkInterfaceId: idOf<NetworkInterfaceId>(networkInterfaceId),
      }),
    },
  ]
}

function interfacesOf(reading: Reading, { id }: ApiRecord): readonly ApiRecord[] {
  const [, path] = id.split(':loadbalancer/')
  return recordsOf(reading, 'networkInterface').filter(
    (eni) => path !== undefined && textOf(at(eni, 'Description')) === `ELB ${path}`,
  )
}

function missAddress(reading: Reading, record: ApiRecord, zone: Spot): void {
  const [, path = record.id] = record.id.split(':loadbalancer/')
  const call = `ec2 describe-network-interfaces --filters "Name=description,Values=ELB ${path}"`
  const message = `${record.id}: nothing says which address it has in a zone.`
  note(reading, 'warning', zone, 'load-balancer.no-address', message)
  miss(reading, 'loadBalancer', record, call)
}
