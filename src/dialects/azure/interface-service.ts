import type { InterfaceService } from '#model'

import { elementsOf, textOf } from '../spot.ts'
import { keyOf, parseArmId } from './arm-id.ts'
import { namedId } from './field.ts'
import { recordsOf } from './reading.ts'
import { reference } from './link.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ArmRecord } from './record.ts'

/** Whose interface it is, where it is no machine's; undefined: nobody's. */
export function serviceOf(reading: Reading, record: ArmRecord): InterfaceService | undefined {
  const endpoint = reference(reading, record, 'privateEndpoint') ?? endpointOf(reading, record)
  if (endpoint !== undefined) return { kind: 'endpoint', id: endpoint }
  const owners = [
    reference(reading, record, 'privateLinkService'),
    ...elementsOf(at(record, 'hostedWorkloads')).map(textOf),
    textOf(at(record, 'managedBy')),
  ]
  const owner = owners.find((each) => each !== undefined)
  return owner === undefined ? undefined : { kind: 'service', word: wordOf(owner) }
}

/** Private endpoints name their interfaces, too. */
function endpointOf(reading: Reading, record: ArmRecord): string | undefined {
  return recordsOf(reading, 'privateEndpoint').find((endpoint) =>
    elementsOf(at(endpoint, 'networkInterfaces')).some(
      (item) => keyOf(namedId(item) ?? '') === keyOf(record.id),
    ),
  )?.id
}

function wordOf(owner: string): string {
  return parseArmId(owner)?.type ?? owner
}
