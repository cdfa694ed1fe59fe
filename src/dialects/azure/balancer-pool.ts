import type { BackendTarget } from '#model'

import { addressAt } from '../note.ts'
import { isAbsent, truthOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { ask } from './ask.ts'
import { keyOf, parentId } from './arm-id.ts'
import { field, namedId } from './field.ts'
import { networkOf, partsOf, recordOf, recordsOf, spelling, unreadable } from './reading.ts'
import { listAt, reference } from './link.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ArmRecord } from './record.ts'

/** The servers of each pool of one load balancer. */
export interface Pools {
  readonly targets: (poolId: string) => readonly BackendTarget[]
  /** The virtual network of its servers, where they are listed. */
  readonly network?: string
}

export function readPools(reading: Reading, balancer: ArmRecord): Pools {
  const parts = partsOf(reading, balancer, 'pool')
  const pools = new Map(parts.map((pool) => [keyOf(pool.id), readPool(reading, balancer, pool)]))
  const single = partsOf(reading, balancer, 'inboundRule').flatMap((rule) =>
    targetOf(reading, namedId(at(rule, 'backendIPConfiguration'))),
  )
  const network = networkOfServers(reading, [...[...pools.values()].flat(), ...single])
  return {
    targets: (id) => pools.get(keyOf(id)) ?? [],
    ...(network !== undefined && { network }),
  }
}

/** Interfaces that the pool names, interfaces that name the pool, and plain addresses. */
function readPool(
  reading: Reading,
  balancer: ArmRecord,
  pool: ArmRecord,
): readonly BackendTarget[] {
  const named = listAt(reading, pool, 'backendIPConfigurations').map(namedId)
  const members = membersOf(reading).get(keyOf(pool.id)) ?? []
  const addresses = listAt(reading, pool, 'loadBalancerBackendAddresses').flatMap((item) =>
    addressTarget(reading, balancer, item),
  )
  const targets = [...named, ...members].flatMap((id) => targetOf(reading, id))
  return distinct([...targets, ...addresses])
}

function distinct(targets: readonly BackendTarget[]): readonly BackendTarget[] {
  return [...new Map(targets.map((target) => [`${target.kind} ${target.id}`, target])).values()]
}

/** An interface stands for its primary address; another one of its addresses, for itself. */
export function targetOf(reading: Reading, configuration: string | undefined): BackendTarget[] {
  if (configuration === undefined) return []
  const record = recordOf(reading, configuration)
  const read = record && addressAt(at(record, 'privateIPAddress'))
  if (record && read && truthOf(at(record, 'primary')) === false) {
    return [{ kind: 'address', id: read.address }]
  }
  return [{ kind: 'networkInterface', id: spelling(reading, parentId(configuration)) }]
}

function addressTarget(reading: Reading, balancer: ArmRecord, item: Spot): BackendTarget[] {
  const configuration = namedId(field(item, 'networkInterfaceIPConfiguration'))
  if (configuration !== undefined) return targetOf(reading, configuration)
  const spot = field(item, 'ipAddress')
  const read = addressAt(spot)
  if (read?.value.family === 4) return [{ kind: 'address', id: read.address }]
  if (isAbsent(spot)) return []
  for (const { id, account, region } of partsOf(reading, balancer, 'frontend')) {
    unreadable(reading, 'loadBalancer', { id, account, region }, spot, 'a backend', ask(id))
  }
  return []
}

function networkOfServers(reading: Reading, targets: readonly BackendTarget[]): string | undefined {
  for (const { kind, id } of targets) {
    const record = kind === 'networkInterface' ? recordOf(reading, id) : undefined
    const parts = record ? partsOf(reading, record, 'configuration', 'scaleSetConfiguration') : []
    const [subnet] = parts.flatMap((part) => reference(reading, part, 'subnet') ?? [])
    if (subnet !== undefined) return networkOf(reading, subnet)
  }
  return undefined
}

/** Address configurations by the pools that they name, made once for an input. */
function membersOf(reading: Reading): ReadonlyMap<string, readonly string[]> {
  const known = tables.get(reading)
  if (known) return known
  const table = new Map<string, string[]>()
  for (const record of recordsOf(reading, 'configuration', 'scaleSetConfiguration')) {
    for (const item of listAt(reading, record, 'loadBalancerBackendAddressPools')) {
      const key = keyOf(namedId(item) ?? '')
      table.set(key, [...(table.get(key) ?? []), record.id])
    }
  }
  tables.set(reading, table)
  return table
}

const tables = new WeakMap<Reading, ReadonlyMap<string, readonly string[]>>()
