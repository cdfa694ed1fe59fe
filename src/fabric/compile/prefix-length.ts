import type { RankRange } from '../address-line.ts'

/** Length of a prefix; a bare address is one of its own. */
export function lengthOf(cidr: string): number {
  const slash = cidr.indexOf('/')
  if (slash < 0) return cidr.includes(':') ? 128 : 32
  return Number(cidr.slice(slash + 1))
}

/** Whether one stretch of ranks holds another. */
export const covers = (outer: RankRange, inner: RankRange): boolean =>
  outer.low <= inner.low && inner.high <= outer.high
