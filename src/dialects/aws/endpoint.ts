import type { ServiceEndpoint } from '#model'

import { idOf } from '../brand.ts'
import { compareText } from '../compare-text.ts'
import { note } from '../note.ts'
import { elementsOf, shown, textOf } from '../spot.ts'
import { wordIn } from '../word.ts'
import { identityOf, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'

const types = {
  interface: 'interface',
  gateway: 'gateway',
  gatewayloadbalancer: 'gatewayLoadBalancer',
} as const

/** VPC endpoints; those to resources and service networks are interfaces and nothing more. */
export function readEndpoints(reading: Reading): readonly ServiceEndpoint[] {
  return recordsOf(reading, 'endpoint').flatMap((record) => {
    const state = textOf(at(record, 'State'))
    if (state?.toLowerCase() === 'deleted') return []
    const vpcId = textOf(at(record, 'VpcId'))
    const service = textOf(at(record, 'ServiceName'))
    const type = typeOf(reading, record)
    const interfaces = elementsOf(at(record, 'NetworkInterfaceIds'))
      .flatMap((item) => textOf(item) ?? [])
      .toSorted(compareText)
    const list = type === 'gateway' ? listOf(reading, service) : undefined
    return [
      {
        id: record.id,
        ...identityOf(record),
        ...(vpcId !== undefined && { vpcId: idOf(vpcId) }),
        ...(state !== undefined && { state }),
        ...(type && { type }),
        ...(service !== undefined && { service }),
        ...(interfaces.length > 0 && { networkInterfaceIds: interfaces.map((id) => idOf(id)) }),
        ...(list !== undefined && { prefixListId: idOf(list) }),
      },
    ]
  })
}

function typeOf(reading: Reading, record: ApiRecord): ServiceEndpoint['type'] {
  const spot = at(record, 'VpcEndpointType')
  const known = wordIn(types, textOf(spot))
  if (known) return known
  const message = `${record.id}: endpoints of type ${shown(spot)} are not analysed.`
  note(reading, 'info', spot, 'endpoint.unknown-type', message)
  return undefined
}

/** The list of a service's addresses has the service's name. */
function listOf(reading: Reading, service: string | undefined): string | undefined {
  return recordsOf(reading, 'prefixList').find(
    (list) => service !== undefined && textOf(at(list, 'PrefixListName')) === service,
  )?.id
}
