import type { NetworkIndex, ResourceOf } from '../index-network.ts'
import type { GapKind } from '../network.ts'
import { resourceKinds } from '../resource.ts'
import type { ResourceKind } from '../resource.ts'
import type { Boundary } from '../service.ts'
import { addToSlot, listOf, slotValues } from '../slot-map.ts'
import type { SlotMap } from '../slot-map.ts'
import { balancerEndpoint, publicEndpoint } from './address-book.ts'
import type { BoundaryKind, Endpoint } from './endpoint.ts'

/** What a network says about names: the ids of its endpoints, and what their owners call them. */
export interface NameBook {
  readonly byId: (id: string) => readonly Endpoint[]
  readonly byName: (name: string) => readonly Endpoint[]
  /** Every id and every name, for suggestions. */
  readonly words: () => Iterable<string>
  /** The kind of something that has this id and is no endpoint. */
  readonly otherKind: (id: string) => ResourceKind | undefined
}

export function writeNameBook(index: NetworkIndex): NameBook {
  const present = resourceKinds.filter((kind) => index.all(kind).length > 0)
  const kinds = present.filter(isEndpointKind)
  const others = present.filter((kind) => !isEndpointKind(kind))
  let names: SlotMap<Endpoint> | undefined
  return {
    byId: rememberIds(index, kinds),
    byName: (name) => slotValues((names ??= collectNames(index, kinds)), name),
    words: () => wordsOf(index, kinds),
    otherKind: (id) => others.find((kind) => index.having(kind, id).length > 0),
  }
}

/** How each kind that can start or end a packet's journey becomes an endpoint. */
const endpointMakers = {
  instance: (instance) => ({ kind: 'instance', instance }),
  networkInterface: (networkInterface) => ({ kind: 'networkInterface', networkInterface }),
  haVip: (haVip) => ({ kind: 'haVip', haVip }),
  publicAddress: (publicAddress) =>
    publicEndpoint(publicAddress.address, { kind: 'publicAddress', publicAddress }),
  cloudService: (cloudService) => ({ kind: 'cloudService', cloudService }),
  transitRouter: boundaryMaker('transitRouter'),
  vpnGateway: boundaryMaker('vpnGateway'),
  line: boundaryMaker('line'),
  loadBalancer: (balancer, index) =>
    balancerEndpoint(index, balancer) ?? boundaryMaker('loadBalancer')(balancer),
  endpoint: boundaryMaker('endpoint'),
  bastion: boundaryMaker('bastion'),
  applicationGateway: boundaryMaker('applicationGateway'),
  scaleSet: boundaryMaker('scaleSet'),
} as const satisfies {
  readonly [K in ResourceKind]?: (item: ResourceOf<K>, index: NetworkIndex) => Endpoint
}

/** Whether packets start or end at things of this kind. */
export function isEndpointKind(kind: GapKind): kind is EndpointKind {
  return Object.hasOwn(endpointMakers, kind)
}

/** A resource kind that can stand in a question. */
export type EndpointKind = keyof typeof endpointMakers
type EndpointMakers = {
  readonly [K in EndpointKind]: (item: ResourceOf<K>, index: NetworkIndex) => Endpoint
}

function boundaryMaker(resourceKind: BoundaryKind) {
  return (boundary: Boundary): Endpoint => ({ kind: 'boundary', resourceKind, boundary })
}

/**
 * Looks an id up in the table of each kind, and keeps what it found: a stream asks for the same ends
 * again and again. As much is kept as there are things; one table of all of them would cost a
 * single question a tenth of a second in a network of 100,000 interfaces.
 */
function rememberIds(index: NetworkIndex, kinds: readonly EndpointKind[]): NameBook['byId'] {
  const limit = kinds.reduce((sum, kind) => sum + index.all(kind).length, 0)
  const met: SlotMap<Endpoint> = new Map()
  return (id) => {
    const known = met.get(id)
    if (known !== undefined) return listOf(known)
    const found: Endpoint[] = []
    for (const kind of kinds) addEndpoints(index, kind, id, found)
    if (met.size < limit) met.set(id, found.length === 1 ? found[0] : found)
    return found
  }
}

function addEndpoints<K extends EndpointKind>(
  index: NetworkIndex,
  kind: K,
  id: string,
  found: Endpoint[],
): void {
  const make: EndpointMakers[K] = endpointMakers[kind]
  for (const item of index.having(kind, id)) found.push(make(item, index))
}

function collectNames(index: NetworkIndex, kinds: readonly EndpointKind[]): SlotMap<Endpoint> {
  const names: SlotMap<Endpoint> = new Map()
  for (const kind of kinds) collectKind(index, kind, names)
  return names
}

function collectKind<K extends EndpointKind>(
  index: NetworkIndex,
  kind: K,
  names: SlotMap<Endpoint>,
): void {
  const make: EndpointMakers[K] = endpointMakers[kind]
  const items: readonly ResourceOf<K>[] = index.all(kind)
  for (const item of items) {
    if (item.name !== undefined && item.name !== '') addToSlot(names, item.name, make(item, index))
  }
}

function* wordsOf(index: NetworkIndex, kinds: readonly EndpointKind[]): Iterable<string> {
  for (const kind of kinds) {
    for (const { id, name } of index.all(kind)) {
      yield id
      if (name !== undefined) yield name
    }
  }
}
