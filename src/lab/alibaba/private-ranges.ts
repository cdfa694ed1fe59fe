import { parsePrefix, prefixCovers } from '#net'
import type { Vpc } from '#model'
import { knownRanges } from './known-ranges.ts'

/**
 * What a VPC never looks for on the Internet: private space, and its own ranges even where they look
 * public (HELP IPv4 gateway; VPC FAQ). No range is inside another one, as sets of nftables want it.
 */
export function privateTo({ cidrs }: Vpc): readonly string[] {
  const own = cidrs.filter((cidr) => !knownRanges.private4.some((outer) => isInside(cidr, outer)))
  return [...knownRanges.private4, ...own]
}

function isInside(cidr: string, range: string): boolean {
  const inner = parsePrefix(cidr)
  const outer = parsePrefix(range)
  return inner !== undefined && outer !== undefined && prefixCovers(outer, inner)
}
