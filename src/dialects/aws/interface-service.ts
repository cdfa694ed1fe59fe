import type { InterfaceService, NetworkInterface } from '#model'

import { elementsOf, textOf } from '../spot.ts'
import { field } from './field.ts'
import { recordOf, recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ApiRecord } from './record.ts'
import { balancerArn } from './balancer-arn.ts'

type State = NetworkInterface['state']

/** Whose interface it is, if it is in use by no instance. */
export function serviceOf(
  reading: Reading,
  record: ApiRecord,
  state: State,
): InterfaceService | undefined {
  const type = textOf(at(record, 'InterfaceType'))
  const description = textOf(at(record, 'Description')) ?? ''
  const word = type === undefined || type === 'interface' ? description : type
  const said = word === '' ? {} : { word }
  for (const [kind, find] of holders) {
    const found = find({ reading, record, description, type })
    if (found === undefined) continue
    const { id } = found
    return { kind, ...(id !== undefined && { id }), ...said }
  }
  return state === 'Available' ? undefined : { kind: 'service', ...said }
}

interface Clue {
  readonly reading: Reading
  readonly record: ApiRecord
  readonly description: string
  readonly type: string | undefined
}

/** Undefined: not of this kind. Without an id: of this kind, but nobody says which. */
type Find = (clue: Clue) => { readonly id?: string | undefined } | undefined

const holders: readonly (readonly [InterfaceService['kind'], Find])[] = [
  ['natGateway', natGatewayOf],
  ['loadBalancer', balancerOf],
  ['endpoint', endpointOf],
  ['transitRouter', transitRouterOf],
]

function natGatewayOf({ reading, record, description, type }: Clue): ReturnType<Find> {
  const gateway = recordsOf(reading, 'natGateway').find((nat) =>
    elementsOf(at(nat, 'NatGatewayAddresses')).some(
      (item) => textOf(field(item, 'NetworkInterfaceId')) === record.id,
    ),
  )
  if (gateway) return { id: gateway.id }
  if (type !== 'nat_gateway' && type !== 'natGateway') return undefined
  return { id: /\bnat-[0-9a-z]+/.exec(description)?.[0] }
}

/** `ELB net/<name>/<id>`; classic ones print their name only. */
function balancerOf({ reading, record, description, type }: Clue): ReturnType<Find> {
  const path = /^ELB (\S+)$/.exec(description)?.[1]
  if (path !== undefined) return { id: balancerArn(reading, record, path) }
  const types = ['network_load_balancer', 'load_balancer', 'gateway_load_balancer']
  return type !== undefined && types.includes(type) ? {} : undefined
}

function endpointOf({ reading, record, description, type }: Clue): ReturnType<Find> {
  const endpoint = recordsOf(reading, 'endpoint').find((each) =>
    elementsOf(at(each, 'NetworkInterfaceIds')).some((item) => textOf(item) === record.id),
  )
  if (endpoint) return { id: endpoint.id }
  const id = /\bvpce-[0-9a-z]+/.exec(description)?.[0]
  if (id !== undefined) return { id }
  const types = ['vpc_endpoint', 'gateway_load_balancer_endpoint']
  return type !== undefined && types.includes(type) ? {} : undefined
}

function transitRouterOf({ reading, description, type }: Clue): ReturnType<Find> {
  const attachment = attachmentOfInterface(description)
  if (attachment === undefined && type !== 'transit_gateway') return undefined
  const known =
    recordOf(reading, 'transitAttachment', attachment) ??
    recordOf(reading, 'transitVpcAttachment', attachment)
  return { id: known && textOf(at(known, 'TransitGatewayId')) }
}

/** Interfaces of transit gateways name their attachment. */
export function attachmentOfInterface(description: string): string | undefined {
  return /\btgw-attach-[0-9a-z]+/.exec(description)?.[0]
}
