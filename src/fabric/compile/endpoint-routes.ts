import type { NetworkInterface } from '#model'
import { parsePrefix } from '#net'
import { HOP } from '../ways.ts'
import type { Draft } from './draft.ts'
import { rangesOfVpc } from './neighbours.ts'
import { covers, lengthOf } from './prefix-length.ts'
import type { Hop } from './route-list.ts'
import type { Making, Placed } from './table-making.ts'

/** Semantic `azure.route.service-endpoint`: of one prefix, only a route of a user comes before. */
export function serviceRoutes({ draft, routes, subnet }: Making): readonly Placed[] {
  if (!subnet || !draft.on('azure.route.service-endpoint')) return []
  return (subnet.serviceEndpoints ?? []).flatMap((id) => {
    const list = draft.network.prefixList?.[draft.ids.prefixList.find(id, subnet)]
    return (list?.cidrs ?? []).map((destination) => ({
      destination,
      rank: 2 as const,
      number: routes.imply(`${destination} VirtualNetworkServiceEndpoint`, {
        kind: HOP.service,
        target: SERVED,
      }),
    }))
  })
}

/**
 * Where a user's route replaces the way to the Internet, a service whose list was not read may be
 * anywhere past it. Without one, services and the Internet are reached alike.
 */
export function unreadServices({ draft, routes, table, subnet }: Making): readonly Placed[] {
  if (!subnet || !draft.on('azure.route.service-endpoint')) return []
  const user = table === undefined ? undefined : draft.network.routeTable?.[table]
  const unread = (subnet.serviceEndpoints ?? []).some((id) => {
    const list = draft.network.prefixList?.[draft.ids.prefixList.find(id, subnet)]
    return !list || draft.index.isDoubted('prefixList', list)
  })
  if (!unread || !user || user.routes.length === 0) return []
  const number = routes.imply('services that were not read', { kind: HOP.unread, target: -1 })
  return [{ destination: '0.0.0.0/0', rank: 0, number }]
}

/** Past every table: a service of the provider that no resource of the network stands for. */
const SERVED = -2

/** Semantic `azure.endpoint.route`: the address of a private endpoint, here or at a peer. */
export function endpointRoutes(making: Making, user: readonly Placed[]): readonly Placed[] {
  const { draft, vpc, neighbours } = making
  if (!draft.on('azure.endpoint.route')) return []
  const ways = new Map<number, Hop>([
    ...neighbours.map(({ far, link }) => [far, { kind: HOP.link, target: link }] as const),
    [vpc, { kind: HOP.local, target: -1 }],
  ])
  return [...ways].flatMap(([at, hop]) =>
    endpointsIn(draft, at).flatMap((item) => routesTo(making, item, hop, user)),
  )
}

function routesTo(
  making: Making,
  item: NetworkInterface,
  hop: Hop,
  user: readonly Placed[],
): readonly Placed[] {
  const { routes } = making
  return item.addresses
    .map((address) => `${address}/32`)
    .filter((destination) => !isPassed(making, item, destination, user))
    .map((destination) => ({
      destination,
      rank: 0 as const,
      number: routes.imply(`${destination} InterfaceEndpoint`, hop),
    }))
}

const endpoints = new WeakMap<Draft, ReadonlyMap<number, readonly NetworkInterface[]>>()

/** Interfaces of private endpoints in a VPC, looked for once. */
function endpointsIn(draft: Draft, vpc: number): readonly NetworkInterface[] {
  const known = endpoints.get(draft) ?? endpointsByVpc(draft)
  endpoints.set(draft, known)
  return known.get(vpc) ?? []
}

function endpointsByVpc({ network, ids }: Draft): ReadonlyMap<number, readonly NetworkInterface[]> {
  const found = new Map<number, NetworkInterface[]>()
  for (const item of network.networkInterface ?? []) {
    if (item.serves?.kind !== 'endpoint') continue
    const vpc = ids.vpc.find(item.vpcId, item)
    found.set(vpc, [...(found.get(vpc) ?? []), item])
  }
  return found
}

/** Whether a route of a user comes before: of the same prefix, or no wider than the VPC's by policy. */
function isPassed(
  { draft, vpc }: Making,
  item: NetworkInterface,
  address: string,
  user: readonly Placed[],
): boolean {
  if (user.some(({ destination }) => destination === address)) return true
  const subnet = draft.network.subnet?.[draft.ids.subnet.find(item.subnetId, item)]
  if (subnet?.endpointPolicies?.routeTable !== true) return false
  const range = draft.range(address)
  const widest = Math.min(
    ...[vpc, draft.ids.vpc.find(item.vpcId, item)]
      .flatMap((at) => rangesOfVpc(draft, at))
      .filter((cidr) => covers(draft.range(cidr), range))
      .map((cidr) => parsePrefix(cidr)?.length ?? 32),
  )
  return user.some(
    ({ destination }) => lengthOf(destination) >= widest && covers(draft.range(destination), range),
  )
}
