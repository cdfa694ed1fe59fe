import { type Fabric, familyRange, rangeOf, type RankRange } from '#fabric'
import { indexNetwork, type NetworkIndex } from '#model'
import type { Evidence } from '../evidence/evidence.ts'
import { namedProtocols } from './protocol.ts'

/** IPv4 or IPv6. */
export type Family = 4 | 6

/** What questions are resolved against; made once for a fabric. */
export interface Ground {
  readonly fabric: Fabric
  readonly index: NetworkIndex
  readonly show: Evidence
  /** The Internet by family: what is neither private nor in a range of a VPC. */
  readonly outside: Readonly<Record<Family, readonly RankRange[]>>
  /** What `any` stands for: protocols that the network tells apart, and one for all the others. */
  readonly protocols: Readonly<Record<Family, readonly number[]>>
}

export function createGround(fabric: Fabric, show: Evidence): Ground {
  return {
    fabric,
    index: indexNetwork(fabric.network),
    show,
    outside: { 4: outsideRanges(fabric, 4), 6: outsideRanges(fabric, 6) },
    protocols: namedProtocols(fabric),
  }
}

function outsideRanges(fabric: Fabric, family: Family): RankRange[] {
  const { low, high } = familyRange(fabric.line, family)
  const taken = [...privateRanges(fabric), ...vpcRanges(fabric, family)]
  const ranges: RankRange[] = []
  let start = low
  for (const range of taken.toSorted((a, b) => a.low - b.low)) {
    if (range.high < low || range.low > high) continue
    if (range.low > start) ranges.push({ low: start, high: range.low - 1 })
    start = Math.max(start, range.high + 1)
  }
  return start > high ? ranges : [...ranges, { low: start, high }]
}

/** Stretches of the map of private space, of both families. */
export function privateRanges({ maps, privateSpace, ranks }: Fabric): RankRange[] {
  const end = maps.offsets[privateSpace + 1]
  const ranges: RankRange[] = []
  for (let at = maps.offsets[privateSpace]; at < end; at++) {
    if (maps.values[at] !== 1) continue
    const next = at + 1 < end ? maps.starts[at + 1] : ranks
    ranges.push({ low: maps.starts[at], high: next - 1 })
  }
  return ranges
}

/** Ranges of all VPCs in a family. */
export function vpcRanges({ network, line }: Fabric, family: Family): RankRange[] {
  const cidrs = (network.vpc ?? []).flatMap((vpc) =>
    family === 4 ? vpc.cidrs : (vpc.ipv6Cidrs ?? []),
  )
  return cidrs.flatMap((cidr) => rangeOf(line, cidr) ?? [])
}
