import type { Boundary, NetworkInterface } from '#model'

import { idOf } from '../brand.ts'
import { addressAt, note } from '../note.ts'
import { elementsOf } from '../spot.ts'
import type { KindName } from './arm-kind.ts'
import { field, namedId } from './field.ts'
import { identityOf, networkOf, recordsOf, spelling, stateOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ArmRecord } from './record.ts'

/** Where each component says which subnet it is in, and how it is doing. */
interface Row {
  readonly subnets: readonly string[]
  readonly state: string
}

const rows = {
  gateway: { subnets: ['ipConfigurations'], state: 'provisioningState' },
  bastion: { subnets: ['ipConfigurations'], state: 'provisioningState' },
  applicationGateway: { subnets: ['gatewayIPConfigurations'], state: 'operationalState' },
  scaleSet: {
    subnets: ['virtualMachineProfile', 'networkProfile', 'networkInterfaceConfigurations'],
    state: 'provisioningState',
  },
} as const satisfies Partial<Record<KindName, Row>>

/** Components that stand in a network and whose inside is not analysed. */
export function readBoundaries(reading: Reading, kind: keyof typeof rows): readonly Boundary[] {
  const row: Row = rows[kind]
  return recordsOf(reading, kind).map((record) => {
    const subnet = subnetOf(reading, record, row)
    return {
      id: record.id,
      ...identityOf(record),
      ...(subnet !== undefined && { vpcId: idOf(networkOf(reading, subnet)) }),
      ...stateOf(record, row.state),
    }
  })
}

function subnetOf(reading: Reading, record: ArmRecord, { subnets }: Row): string | undefined {
  const [first = '', ...deeper] = subnets
  const items = elementsOf(at(record, first, ...deeper))
  // An interface of a scale set has address configurations of its own.
  const inner = items.flatMap((item) => elementsOf(field(item, 'ipConfigurations')))
  const [id] = [...items, ...inner].flatMap((item) => namedId(field(item, 'subnet')) ?? [])
  return id === undefined ? undefined : spelling(reading, id)
}

/** A firewall is met at its address, and what it does there is not analysed. */
export function readFirewalls(reading: Reading): readonly NetworkInterface[] {
  return recordsOf(reading, 'firewall').flatMap((record) => {
    const [first] = elementsOf(at(record, 'ipConfigurations'))
    const read = first && addressAt(field(first, 'privateIPAddress'))
    const subnet = subnetOf(reading, record, rows.gateway)
    if (!read || subnet === undefined) {
      const message = `${record.id}: it has no address in a subnet, so it is left out.`
      note(reading, 'warning', here(record), 'firewall.left-out', message)
      return []
    }
    return [
      {
        id: idOf(record.id),
        ...identityOf(record),
        type: 'secondary',
        state: 'InUse',
        vpcId: idOf(networkOf(reading, subnet)),
        subnetId: idOf(subnet),
        serves: { kind: 'service', word: 'AzureFirewall' },
        addresses: [read.address],
        securityGroupIds: [],
        sourceDestCheck: false,
      },
    ]
  })
}
