import { type Fabric, familyRange, rangeOf, type RankRange } from '#fabric'
import type { BoundaryEndpoint } from '#model'
import { privateRanges, vpcRanges } from './ground.ts'
import type { Family, Ground } from './ground.ts'

/** Number of a VPN gateway or line among the exits; -1 for anything that packets do not come in by. */
export function exitOf({ exits, network }: Fabric, end: BoundaryEndpoint): number {
  if (end.resourceKind !== 'vpnGateway' && end.resourceKind !== 'line') return -1
  const position = (network[end.resourceKind] ?? []).indexOf(end.boundary)
  return exits.kind.findIndex(
    (kind, exit) => kind === end.resourceKind && exits.position[exit] === position,
  )
}

/** Where its packets come from: what is known to be behind it, else private space outside the VPCs. */
export function rangesBehind({ fabric }: Ground, exit: number, family: Family): RankRange[] {
  const all = familyRange(fabric.line, family)
  const known = stretches(fabric, fabric.exits.map[exit]).filter(({ low }) => isIn(all, low))
  if (known.length > 0) return known
  const services = providersOwn.flatMap((cidr) => rangeOf(fabric.line, cidr) ?? [])
  const taken = [...vpcRanges(fabric, family), ...services]
  return privateRanges(fabric)
    .filter(({ low }) => isIn(all, low))
    .flatMap((range) => without(range, taken))
}

/** Where providers keep services of their own: nobody's hosts are there. */
const providersOwn = ['100.64.0.0/10', '169.254.0.0/16'] as const

const isIn = ({ low, high }: RankRange, rank: number): boolean => low <= rank && rank <= high

function stretches({ maps, ranks }: Fabric, map: number): RankRange[] {
  const end = maps.offsets[map + 1]
  const found: RankRange[] = []
  for (let at = maps.offsets[map]; at < end; at++) {
    if (maps.values[at] !== 1) continue
    found.push({ low: maps.starts[at], high: (at + 1 < end ? maps.starts[at + 1] : ranks) - 1 })
  }
  return found
}

function without(range: RankRange, taken: readonly RankRange[]): RankRange[] {
  let rest = [range]
  for (const { low, high } of taken) {
    rest = rest.flatMap((one) => {
      if (high < one.low || one.high < low) return [one]
      const before = one.low < low ? [{ low: one.low, high: low - 1 }] : []
      return high < one.high ? [...before, { low: high + 1, high: one.high }] : before
    })
  }
  return rest
}
