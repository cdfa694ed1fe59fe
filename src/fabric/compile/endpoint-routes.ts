import type { NetworkInterface } from '#model'
import { parsePrefix } from '#net'
import { HOP } from '../ways.ts'
import { covers, lengthOf } from './prefix-length.ts'
import type { Hop } from './route-list.ts'
import { rangesOfVpc } from './service-tags.ts'
import type { Making, Placed } from './table-making.ts'

/** Semantic `azure.route.service-endpoint`: longer than any route of a user. */
export function serviceRoutes({ draft, routes, subnet }: Making): readonly Placed[] {
  if (!subnet || !draft.on('azure.route.service-endpoint')) return []
  return (subnet.serviceEndpoints ?? []).flatMap((id) => {
    const list = draft.network.prefixList?.[draft.ids.prefixList.find(id, subnet)]
    return (list?.cidrs ?? []).map((destination) => ({
      destination,
      rank: 0 as const,
      number: routes.imply(`${destination} VirtualNetworkServiceEndpoint`, {
        kind: HOP.service,
        target: SERVED,
      }),
    }))
  })
}

/** Past every table: a service of the provider that no resource of the network stands for. */
const SERVED = -2

/** Semantic `azure.endpoint.route`: the address of a private endpoint, here or at a peer. */
export function endpointRoutes(making: Making, user: readonly Placed[]): readonly Placed[] {
  const { draft, routes, vpc, neighbours } = making
  if (!draft.on('azure.endpoint.route')) return []
  const ways = new Map<number, Hop>([
    ...neighbours.map(({ far, link }) => [far, { kind: HOP.link, target: link }] as const),
    [vpc, { kind: HOP.local, target: -1 }],
  ])
  return (draft.network.networkInterface ?? []).flatMap((item) => {
    const hop = ways.get(draft.ids.vpc.find(item.vpcId, item))
    if (item.serves?.kind !== 'endpoint' || !hop) return []
    return item.addresses
      .map((address) => `${address}/32`)
      .filter((destination) => !isPassed(making, item, destination, user))
      .map((destination) => ({
        destination,
        rank: 0 as const,
        number: routes.imply(`${destination} InterfaceEndpoint`, hop),
      }))
  })
}

/** Whether a route of a user, no wider than the VPC's own range, comes before the endpoint's. */
function isPassed(
  { draft, vpc }: Making,
  item: NetworkInterface,
  address: string,
  user: readonly Placed[],
): boolean {
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
