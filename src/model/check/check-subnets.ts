import { formatPrefix, parsePrefix, prefixCovers } from '#net'
import type { Family, Prefix } from '#net'
import { nameInSentence } from '../describe-value.ts'
import type { ProblemLog } from '../problem-log.ts'
import type { Subnet, Vpc } from '../vpc.ts'
import type { Check, Evidence } from './evidence.ts'

/** Subnets lie inside the ranges of their VPC and do not overlap each other. */
export const checkSubnets: Check = (evidence, log) => {
  const byVpc = new Map<Vpc, Place[]>()
  evidence.index.all('subnet').forEach((subnet, nth) => {
    const vpc = evidence.index.get('vpc', subnet.vpcId, subnet)
    if (typeof vpc !== 'object') return
    const places = placesOf(evidence, subnet, nth)
    const known = byVpc.get(vpc)
    if (known) known.push(...places)
    else byVpc.set(vpc, [...places])
  })
  for (const [vpc, places] of byVpc) {
    places.sort((a, b) => comparePrefixes(a.prefix, b.prefix))
    checkInside(vpc, places, log)
    checkOverlaps(places, log)
  }
}

/** One of the ranges of a subnet. */
interface Place {
  readonly subnet: Subnet
  readonly prefix: Prefix
  readonly pointer: string
}

function placesOf(evidence: Evidence, subnet: Subnet, nth: number): readonly Place[] {
  const { cidr, ipv6Cidr = '', moreCidrs = [] } = subnet
  const fields = [
    ['cidr', cidr],
    ['ipv6Cidr', ipv6Cidr],
    ...moreCidrs.map((more, place) => [`moreCidrs/${place}`, more] as const),
  ] as const
  return fields.flatMap(([field, text]) => {
    const prefix = parsePrefix(text)
    if (!prefix) return []
    return [{ subnet, prefix, pointer: `${evidence.pointer('subnet', nth)}/${field}` }]
  })
}

/**
 * Two prefixes are apart or one holds the other. In the order of their first addresses, wide before
 * narrow, the last one that was not swallowed is therefore the only one that can hold the next.
 */
function checkOverlaps(places: readonly Place[], log: ProblemLog): void {
  let outer: Place | undefined
  for (const place of places) {
    if (outer && prefixCovers(outer.prefix, place.prefix)) reportOverlap(outer, place, log)
    else outer = place
  }
}

/** By the same order: the ranges and the places are walked together. */
function checkInside(vpc: Vpc, places: readonly Place[], log: ProblemLog): void {
  const ranges = disjoint(rangesOf(vpc))
  const expectations = { 4: rangesOfFamily(ranges, 4), 6: rangesOfFamily(ranges, 6) }
  let next = 0
  let range: Prefix | undefined
  for (const { subnet, prefix, pointer } of places) {
    while (next < ranges.length && comparePrefixes(ranges[next], prefix) <= 0)
      range = ranges[next++]
    if (range && prefixCovers(range, prefix)) continue
    const expected = expectations[prefix.family]
    if (expected === undefined) continue
    log.report({
      severity: 'error',
      pointer,
      code: 'subnet-outside-vpc',
      expected,
      found: formatPrefix(prefix),
      message: `Subnet ${nameInSentence(subnet.id)} lies outside the ranges of VPC ${nameInSentence(vpc.id)}.`,
    })
  }
}

/** Undefined: a VPC without any range of that family is one whose ranges were not read. */
function rangesOfFamily(ranges: readonly Prefix[], family: Family): string | undefined {
  const ofFamily = ranges.filter((range) => range.family === family)
  return ofFamily.length === 0 ? undefined : `a range inside ${listed(ofFamily)}`
}

function disjoint(prefixes: readonly Prefix[]): readonly Prefix[] {
  const widest: Prefix[] = []
  for (const prefix of prefixes.toSorted(comparePrefixes)) {
    const last = widest.at(-1)
    if (!last || !prefixCovers(last, prefix)) widest.push(prefix)
  }
  return widest
}

function comparePrefixes(a: Prefix, b: Prefix): number {
  if (a.family !== b.family) return a.family - b.family
  if (a.low !== b.low) return a.low < b.low ? -1 : 1
  return a.length - b.length
}

function reportOverlap(outer: Place, inner: Place, log: ProblemLog): void {
  const [first, second] = [outer, inner].map(({ subnet }) => nameInSentence(subnet.id))
  log.report({
    severity: 'error',
    pointer: inner.pointer,
    code: 'overlapping-subnets',
    expected: `a range that does not meet ${formatPrefix(outer.prefix)} (${outer.pointer})`,
    found: formatPrefix(inner.prefix),
    message: `Subnets ${second} and ${first} of one VPC overlap.`,
  })
}

/** The ranges of a VPC, of both families. */
export function rangesOf(vpc: Vpc): readonly Prefix[] {
  return [...vpc.cidrs, ...(vpc.ipv6Cidrs ?? [])].flatMap((cidr) => parsePrefix(cidr) ?? [])
}

/** The first few, for a sentence. */
export function listed(prefixes: readonly Prefix[]): string {
  const shown = prefixes.slice(0, 5).map(formatPrefix).join(' or ')
  return prefixes.length > 5 ? `${shown} or ${prefixes.length - 5} more` : shown
}
