import type { CidrText, NatGateway } from '#model'

import { idOf } from '../brand.ts'
import { cidrAt, note } from '../note.ts'
import { elementsOf, isAbsent } from '../spot.ts'
import { ask } from './ask.ts'
import { keyOf } from './arm-id.ts'
import { namedId } from './field.ts'
import { identityOf, miss, networkOf, recordOf, recordsOf, unreadable } from './reading.ts'
import { reference, references } from './link.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ArmRecord } from './record.ts'

/** The NAT gateway of a subnet: it names it, or the gateway names the subnet. */
export function natGatewayOf(reading: Reading, subnet: ArmRecord): string | undefined {
  return (
    reference(reading, subnet, 'natGateway') ??
    recordsOf(reading, 'natGateway').find((nat) =>
      elementsOf(at(nat, 'subnets')).some(
        (item) => keyOf(namedId(item) ?? '') === keyOf(subnet.id),
      ),
    )?.id
  )
}

/** NAT gateways; they stand in no subnet, and are of the network whose subnets use them. */
export function readNatGateways(reading: Reading): readonly NatGateway[] {
  const networks = networksByGateway(reading)
  return recordsOf(reading, 'natGateway').flatMap((record) => {
    const vpcId = networks.get(record.id)
    if (vpcId === undefined) {
      const message = `${record.id}: no subnet uses it, so it is left out.`
      note(reading, 'info', here(record), 'nat-gateway.unused', message)
      return []
    }
    const publicPrefixes = prefixesOf(reading, record)
    return [
      {
        id: idOf(record.id),
        ...identityOf(record),
        vpcId: idOf(vpcId),
        reach: 'internet',
        state: 'Available',
        snat: [],
        dnat: [],
        ...(publicPrefixes.length > 0 && { publicPrefixes }),
      },
    ]
  })
}

function networksByGateway(reading: Reading): ReadonlyMap<string, string> {
  const networks = new Map<string, string>()
  for (const nat of recordsOf(reading, 'natGateway')) {
    const [subnet] = references(reading, nat, 'subnets')
    if (subnet !== undefined) networks.set(nat.id, networkOf(reading, subnet))
  }
  for (const subnet of recordsOf(reading, 'subnet')) {
    const nat = reference(reading, subnet, 'natGateway')
    if (nat !== undefined) networks.set(nat, networkOf(reading, subnet.id))
  }
  return networks
}

/** Ranges it draws addresses from, beside single addresses. */
function prefixesOf(reading: Reading, record: ArmRecord): readonly CidrText[] {
  const ids = references(reading, record, 'publicIpPrefixes')
  return ids.flatMap((id) => {
    const prefix = recordOf(reading, id)
    const spot = prefix && at(prefix, 'ipPrefix')
    const read = spot && cidrAt(reading, spot)
    if (!prefix) miss(reading, 'natGateway', record, ask(id))
    else if (!read && spot && !isAbsent(spot)) {
      unreadable(reading, 'natGateway', record, spot, 'a prefix of it', ask(id))
    }
    return read ? [read.cidr] : []
  })
}
