import type { BackendTarget, Home, LoadBalancer } from '#model'
import { HOP } from '../ways.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import { memberPort } from './find-port.ts'
import type { Neighbour } from './neighbours.ts'
import type { Hop } from './route-list.ts'

/** Where a route is, as far as its next hop matters. */
export interface NextHopPlace {
  readonly draft: Draft
  readonly columns: PortColumns
  readonly vpc: number
  readonly neighbours: readonly Neighbour[]
  readonly mayHavePeers: boolean
}

/**
 * Semantics `azure.route.appliance-*`: whoever has the address of a next hop in the VPC or in a
 * peered one. A load balancer that hands on every port stands for each of its servers.
 */
export function appliancesAt(place: NextHopPlace, address: string, near: Home): readonly Hop[] {
  const { draft } = place
  const peers = draft.on('azure.route.appliance-peered') ? place.neighbours : []
  for (const vpc of [place.vpc, ...peers.map(({ far }) => far)]) {
    const found = holderIn(place, vpc, address)
    if (found.length > 0) return found
  }
  const kinds = ['networkInterface', 'loadBalancer'] as const
  const unread =
    place.mayHavePeers || kinds.some((kind) => draft.index.lack(kind, near) !== undefined)
  return [{ kind: unread ? HOP.unread : HOP.unresolved, target: -1 }]
}

function holderIn({ draft, columns }: NextHopPlace, vpc: number, address: string): readonly Hop[] {
  const port = portAt(draft, columns, vpc, address)
  if (port >= 0) return [{ kind: HOP.relay, target: port }]
  const front = columns.balancerPlaces.findIndex(
    (one, at) => one.address === address && columns.domain[columns.balancers + at] === vpc,
  )
  const item = columns.balancerPlaces[front]?.item
  if (!item) return []
  if (!item.everyPort || !draft.on('azure.route.appliance-balanced'))
    return [{ kind: HOP.unsupported, target: -1 }]
  const ports = item.everyPort.map((target) => serverPort(draft, columns, target, item))
  if (ports.length === 0) return [{ kind: HOP.unresolved, target: -1 }]
  return ports.map((at) =>
    at < 0 ? { kind: HOP.unread, target: -1 } : { kind: HOP.relay, target: at },
  )
}

/** The interface of a server; -1. */
export function serverPort(
  draft: Draft,
  columns: PortColumns,
  { kind, id }: BackendTarget,
  near: LoadBalancer,
): number {
  if (kind !== 'address') return memberPort(draft, columns, id, near)
  return portAt(draft, columns, draft.ids.vpc.find(near.vpcId, near), id)
}

const holders = new WeakMap<Draft, ReadonlyMap<string, number>>()

/** The interface of a VPC that has an address; -1. All are laid out once. */
function portAt(draft: Draft, { domain }: PortColumns, vpc: number, address: string): number {
  let known = holders.get(draft)
  if (!known) {
    known = new Map(
      (draft.network.networkInterface ?? []).flatMap(({ addresses }, port) =>
        addresses.map((own) => [`${domain[port]} ${own}`, port] as const),
      ),
    )
    holders.set(draft, known)
  }
  return known.get(`${vpc} ${address}`) ?? -1
}
