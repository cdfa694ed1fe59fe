import { type Fabric, GATEWAY, HOP, mapValue, publicOf } from '#fabric'
import type { ReachEnd } from '../reach-end.ts'
import type { Places } from './places.ts'

/** How the pairs of two places are decided. */
export const WAY = {
  /** No packet gets from one to the other, whatever groups say: other families, no route. */
  shut: 0,
  /** Groups of both ends decide, and what a walk between any two of them says without groups. */
  plain: 1,
  /** Something on the way may tell ends of one place apart: each pair is walked. */
  walked: 2,
} as const

/** The way between two places, as `WAY` numbers, destinations by rows. */
export function waysBetween(
  fabric: Fabric,
  all: readonly ReachEnd[],
  { count, first, domain, family }: Places,
): Uint8Array {
  const ways = new Uint8Array(count * count)
  for (let to = 0; to < count; to++) {
    for (let from = 0; from < count; from++) {
      if (family[from] !== family[to]) continue
      const [source, destination] = [all[first[from]], all[first[to]]]
      const there = legBetween(fabric, source, destination)
      const back = there === WAY.plain ? legBetween(fabric, destination, source) : there
      const crosses = domain[from] !== domain[to]
      const isSure = !crosses || !(isShared(fabric, source) || isShared(fabric, destination))
      ways[to * count + from] = back === WAY.plain && !isSure ? WAY.walked : back
    }
  }
  return ways
}

/** Whether somebody in another network has the address as well. */
const isShared = ({ owners }: Fabric, { rank }: ReachEnd): boolean =>
  owners.offsets[rank + 1] - owners.offsets[rank] > 1

/** What the route of one end does with packets to the other. */
function legBetween(fabric: Fabric, from: ReachEnd, to: ReachEnd): number {
  const { ports, domains, routes, privateSpace } = fabric
  const [here, far] = [ports.domain[from.port], ports.domain[to.port]]
  if (mapValue(fabric, domains.privateMap[here], to.rank) !== 1) return WAY.walked
  const route = mapValue(fabric, ports.table[from.port], to.rank)
  if (route < 0) return WAY.shut
  const hop = routes.hopOffsets[route]
  const hops = routes.hopOffsets[route + 1] - hop
  if (hops !== 1) return hops === 0 ? WAY.shut : WAY.walked
  const target = routes.hopTarget[hop]
  switch (routes.hopKind[hop]) {
    case HOP.local:
      return here === far ? WAY.plain : WAY.walked
    case HOP.link:
      return isOpenLink(fabric, target, here, far) ? WAY.plain : WAY.walked
    case HOP.blackhole:
    case HOP.unresolved:
    case HOP.noMaster:
      return WAY.shut
    case HOP.nat:
      // A gateway in service refuses what no route of the Internet leads to, before it translates.
      return isRefusedByNat(fabric, target) && mapValue(fabric, privateSpace, to.rank) === 1
        ? WAY.shut
        : WAY.walked
    case HOP.gateway:
      return isOverIpv6(fabric, target, from, to) ? WAY.plain : WAY.walked
    default:
      return WAY.walked
  }
}

function isOpenLink({ links }: Fabric, link: number, here: number, far: number): boolean {
  if (here === far || links.state[link] !== 0) return false
  const [a, b] = [links.domainA[link], links.domainB[link]]
  return (a === here && b === far) || (b === here && a === far)
}

const isRefusedByNat = ({ nats }: Fabric, nat: number): boolean => nats.state[nat] === 0

/** Between two public IPv6 addresses nothing is translated. */
function isOverIpv6(fabric: Fabric, gateway: number, from: ReachEnd, to: ReachEnd): boolean {
  const { kind } = fabric.gateways
  const isKnown = ({ rank }: ReachEnd): boolean => publicOf(fabric, rank) >= 0
  return kind[gateway] !== GATEWAY.ipv4 && from.family === 6 && isKnown(from) && isKnown(to)
}
