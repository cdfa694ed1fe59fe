import { elementsOf, isAbsent, textOf, truthOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import { parentId } from './arm-id.ts'
import { recordOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ArmRecord } from './record.ts'

interface Strange {
  readonly spot: Spot
  readonly what: string
}

/** What makes a peering be about parts of its networks only, which is not understood. */
export function strangenessOf(reading: Reading, record: ArmRecord): Strange | undefined {
  const complete = at(record, 'peerCompleteVnets')
  if (truthOf(complete) === false) return { spot: complete, what: 'a peering of some subnets' }
  for (const key of ['localSubnetNames', 'remoteSubnetNames']) {
    const spot = at(record, key)
    if (elementsOf(spot).length > 0) return { spot, what: 'a peering of some subnets' }
  }
  const family = at(record, 'enableOnlyIPv6Peering')
  if (truthOf(family) === true) return { spot: family, what: 'a peering of IPv6 only' }
  return unsynced(reading, record)
}

/** Ranges that a network was given after it was peered are not peered until both sides are synced. */
function unsynced(reading: Reading, record: ArmRecord): Strange | undefined {
  const spot = at(record, 'localAddressSpace', 'addressPrefixes')
  const network = recordOf(reading, parentId(record.id))
  if (isAbsent(spot) || !network) return undefined
  const peered = new Set(elementsOf(spot).map(textOf))
  const ranges = elementsOf(at(network, 'addressSpace', 'addressPrefixes')).map(textOf)
  if (ranges.every((range) => peered.has(range))) return undefined
  return { spot, what: 'a peering of some ranges' }
}
