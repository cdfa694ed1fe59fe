import type { Fabric } from './fabric.ts'
import { intervalAt } from './interval-map.ts'
import { NOBODY } from './places.ts'

/** Value of a map at a rank. */
export const mapValue = ({ maps }: Fabric, map: number, rank: number): number =>
  maps.values[intervalAt(maps, map, rank)]

/** Port that owns a rank inside a domain; negative as `Judge.owner` says. */
export function ownerOf({ owners }: Fabric, domain: number, rank: number): number {
  const at = position(owners.domains, owners.offsets[rank], owners.offsets[rank + 1], domain)
  return at < 0 ? NOBODY : owners.ports[at]
}

/** Public record of a rank; -1. */
export const publicOf = ({ publics }: Fabric, rank: number): number =>
  position(publics.rank, 0, publics.addresses, rank)

/** Whether a public record is a cut-through EIP: its interface has it as its own address. */
export const isCutThrough = ({ publics }: Fabric, at: number): boolean =>
  publics.inside[at] === publics.rank[at]

/** Where a value stands between two positions of an ascending column; -1 if it does not. */
function position(column: Int32Array, from: number, to: number, value: number): number {
  let low = from
  let high = to - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (column[middle] < value) low = middle + 1
    else high = middle
  }
  return low < to && column[low] === value ? low : -1
}
