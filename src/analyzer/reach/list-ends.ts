import { type Fabric, PORT_FLAG, rankFamily, rankOf } from '#fabric'
import { type Endpoint, type NetworkInterface, parseAddressText, type Resource } from '#model'
import { named } from '../evidence/keep.ts'
import { exitOf } from '../resolve/exit-sender.ts'
import { addressIn } from '../resolve/family.ts'
import type { Family, Ground } from '../resolve/ground.ts'
import { lookUp } from '../resolve/resolver.ts'
import { isEndpoint } from '../resolve/unaskable.ts'
import type { ReachEnd } from './reach-end.ts'

/** Interfaces at each of their addresses, instances of the classic network, floating addresses. */
export function insideEnds(ground: Ground): ReachEnd[] {
  const { network } = ground.fabric
  return [
    ...(network.networkInterface ?? []).flatMap((item) => interfaceEnds(ground, item)),
    ...(network.instance ?? [])
      .filter(({ classic }) => classic)
      .map((instance) => classicEnd(ground, { kind: 'instance', instance })),
    ...(network.haVip ?? []).map((haVip) => {
      const place = { ...named('haVip', haVip), address: haVip.address }
      return endAt(ground.fabric, place, { kind: 'haVip', haVip }, haVip.address)
    }),
  ]
}

/** What receives and starts nothing: load balancers and managed services. */
export function servingEnds(ground: Ground): ReachEnd[] {
  const { network } = ground.fabric
  return [
    ...(network.loadBalancer ?? []).map((boundary) => {
      const endpoint = endpointOf(ground, boundary) ?? {
        kind: 'boundary',
        resourceKind: 'loadBalancer',
        boundary,
      }
      const place = named('loadBalancer', boundary)
      const { address } = boundary
      return address === undefined
        ? { place, endpoint, family: 4 as const, port: -1, rank: -1 }
        : endAt(ground.fabric, { ...place, address }, endpoint, address)
    }),
    ...(network.cloudService ?? []).map((cloudService): ReachEnd => {
      const place = named('cloudService', cloudService)
      const family = cloudService.cidrs[0]?.includes(':') ? 6 : 4
      return { place, endpoint: { kind: 'cloudService', cloudService }, family, port: -1, rank: -1 }
    }),
  ]
}

/** Every address by which the Internet may call something of the network. */
export function publicEnds(ground: Ground): ReachEnd[] {
  const { fabric, show } = ground
  const ends: ReachEnd[] = []
  for (let at = 0; at < fabric.publics.addresses; at++) {
    const rank = fabric.publics.rank[at]
    const address = show.address(rank)
    const endpoint = lookUp(ground, address, undefined, false)
    if (!isEndpoint(endpoint)) continue
    const known = fabric.publics.resource[at] >= 0
    const port = fabric.publics.port[at]
    const component = known || port < 0 ? show.publicAddress(at) : show.port(port)
    const family = rankFamily(fabric.line, rank)
    ends.push({ place: { ...component, address }, endpoint, family, port: -1, rank })
  }
  return ends
}

/** VPN gateways and lines by which packets of the customer's own networks come in. */
export function exitEnds({ fabric }: Ground): ReachEnd[] {
  return (['vpnGateway', 'line'] as const).flatMap((resourceKind) =>
    (fabric.network[resourceKind] ?? []).flatMap((boundary): ReachEnd[] => {
      const endpoint = { kind: 'boundary', resourceKind, boundary } as const
      if (exitOf(fabric, endpoint) < 0) return []
      return [{ place: named(resourceKind, boundary), endpoint, family: 4, port: -1, rank: -1 }]
    }),
  )
}

/** The Internet, in each family that the network speaks. */
export function internetEnds({ fabric, outside }: Ground): ReachEnd[] {
  const place = { kind: 'internet', id: 'internet' } as const
  const families: readonly Family[] = fabric.line.starts6.length > 1 ? [4, 6] : [4]
  return families
    .filter((family) => outside[family].length > 0)
    .map((family) => ({ place, endpoint: { kind: 'internet' }, family, port: -1, rank: -1 }))
}

/** By its id an interface speaks its first family; its other addresses stand for themselves. */
function interfaceEnds(ground: Ground, item: NetworkInterface): ReachEnd[] {
  const { fabric, show } = ground
  const port = fabric.find.port(item)
  const family = addressIn(ground, port, 4) >= 0 ? 4 : addressIn(ground, port, 6) >= 0 ? 6 : 4
  const rank = addressIn(ground, port, family)
  const component = show.port(port)
  const place = rank < 0 ? component : { ...component, address: show.address(rank) }
  const endpoint = { kind: 'networkInterface', networkInterface: item } as const
  const first: ReachEnd = { place, endpoint, family, port, rank }
  const more = [...item.addresses, ...(item.ipv6Addresses ?? []).map(({ address }) => address)]
  return more.length < 2 ? [first] : [first, ...otherEnds(ground, first, item, more)]
}

function otherEnds(
  { fabric, show }: Ground,
  { port, rank: own }: ReachEnd,
  item: NetworkInterface,
  addresses: readonly string[],
): ReachEnd[] {
  const { provider, account, region, vpcId: id } = item
  const vpc = { provider, account, region, id }
  const owner = { kind: 'networkInterface', networkInterface: item } as const
  const isCut = (fabric.ports.flags[port] & PORT_FLAG.cutThrough) !== 0
  return addresses.flatMap((text) => {
    const address = parseAddressText(text)
    const rank = rankOf(fabric.line, text) ?? -1
    if (address === undefined || rank === own) return []
    // Its private addresses are gone: the EIP has taken their place.
    if (isCut && rankFamily(fabric.line, rank) === 4) return []
    const endpoint: Endpoint = { kind: 'address', realm: 'vpc', address, vpc, owner }
    const family = rankFamily(fabric.line, rank)
    return [{ place: { ...show.port(port), address }, endpoint, family, port, rank }]
  })
}

function classicEnd(ground: Ground, endpoint: Extract<Endpoint, { kind: 'instance' }>): ReachEnd {
  const { instance } = endpoint
  const address = instance.classic?.intranetAddress
  const place = named('instance', instance)
  if (address === undefined) return { place, endpoint, family: 4, port: -1, rank: -1 }
  return endAt(ground.fabric, { ...place, address }, endpoint, address)
}

/** An end that is meant by its name: whoever has the address takes the packet. */
function endAt(
  { line }: Fabric,
  place: ReachEnd['place'],
  endpoint: Endpoint,
  address: string,
): ReachEnd {
  const rank = rankOf(line, address) ?? -1
  return { place, endpoint, family: rank < 0 ? 4 : rankFamily(line, rank), port: -1, rank }
}

function endpointOf(ground: Ground, { id }: Resource): Endpoint | undefined {
  const found = lookUp(ground, id, undefined, false)
  return isEndpoint(found) ? found : undefined
}
