import { lastAddress } from './address.ts'
import type { Family, IpAddress } from './address.ts'
import { formatAddressPart, parseAddressPart } from './address-part.ts'
import { bigints } from './arithmetic.ts'
import { rangeToPrefixes } from './cover-range.ts'
import type { Intervals } from './interval.ts'
import { intervalAlgebra } from './interval-set.ts'
import type { IntervalSet } from './interval-set.ts'
import { prefixRange } from './prefix.ts'
import type { Prefix } from './prefix.ts'
import type { AddressRange } from './range.ts'
import type { OrderedSetAlgebra, Random } from './set-algebra.ts'
import { formatSetText, parseSetText } from './set-text.ts'

/** A set of addresses of both families, kept apart: 1.2.3.4 is not ::ffff:1.2.3.4. */
export interface AddressSet {
  readonly kind: 'addresses'
  readonly ipv4: IntervalSet<'ipv4', bigint>
  readonly ipv6: IntervalSet<'ipv6', bigint>
}

/** What sets of addresses can do beyond the set operations. */
export interface AddressSetAlgebra extends OrderedSetAlgebra<AddressSet> {
  /** Every address of both families. */
  readonly all: AddressSet
  /** Every address of one family. */
  readonly allOf: (family: Family) => AddressSet
  /** The part of the set in one family. */
  readonly ofFamily: (set: AddressSet, family: Family) => AddressSet
  /** The set of these addresses. Throws RangeError on a value outside its family. */
  readonly of: (...addresses: readonly IpAddress[]) => AddressSet
  /** The set of these ranges, in any order. Throws RangeError on a bad one. */
  readonly fromRanges: (ranges: readonly AddressRange[]) => AddressSet
  /** The set of the addresses of these blocks. */
  readonly fromPrefixes: (prefixes: readonly Prefix[]) => AddressSet
  /** Every address of both families that is not in the set. */
  readonly complement: (set: AddressSet) => AddressSet
  readonly contains: (set: AddressSet, address: IpAddress) => boolean
  /** Whether every member of `inner` is in `outer`. */
  readonly isSubset: (inner: AddressSet, outer: AddressSet) => boolean
  /** The number of addresses, both families together. */
  readonly size: (set: AddressSet) => bigint
  /** A member, all equally likely; undefined when there is none. Math.random unless given. */
  readonly sample: (set: AddressSet, random?: Random) => IpAddress | undefined
  /** The members as ranges, IPv4 first, sorted, with a gap between neighbours. */
  readonly ranges: (set: AddressSet) => readonly AddressRange[]
  /** The fewest prefixes that hold exactly the members. */
  readonly prefixes: (set: AddressSet) => readonly Prefix[]
  /**
   * Reads addresses, prefixes without host bits, and `a-b` ranges joined by commas, or `all`
   * (of both families), or `none`; undefined when any part is refused.
   */
  readonly parse: (text: string) => AddressSet | undefined
  /** The canonical text, a prefix where a range is one; `parse` reads it back to an equal set. */
  readonly format: (set: AddressSet) => string
}

const ipv4 = intervalAlgebra({ kind: 'ipv4', low: 0n, high: lastAddress(4), arithmetic: bigints })
const ipv6 = intervalAlgebra({ kind: 'ipv6', low: 0n, high: lastAddress(6), arithmetic: bigints })

/** Makes and combines sets of addresses: `AddressSet.parse('10.0.0.0/8,2001:db8::/32')`. */
export const AddressSet: AddressSetAlgebra = {
  empty: both(ipv4.empty, ipv6.empty),
  all: both(ipv4.all, ipv6.all),
  allOf: (family) => ofFamily(AddressSet.all, family),
  ofFamily,
  of: (...addresses) =>
    fromRanges(addresses.map(({ family, value }) => ({ family, low: value, high: value }))),
  fromRanges,
  fromPrefixes: (prefixes) => fromRanges(prefixes.map(prefixRange)),
  isEmpty,
  equals: (a, b) => compare(a, b) === 0,
  compare,
  union: (a, b) => both(ipv4.union(a.ipv4, b.ipv4), ipv6.union(a.ipv6, b.ipv6)),
  intersect: (a, b) => both(ipv4.intersect(a.ipv4, b.ipv4), ipv6.intersect(a.ipv6, b.ipv6)),
  subtract,
  complement: (set) => both(ipv4.complement(set.ipv4), ipv6.complement(set.ipv6)),
  contains: (set, { family, value }) =>
    family === 4 ? ipv4.contains(set.ipv4, value) : ipv6.contains(set.ipv6, value),
  isSubset: (inner, outer) => isEmpty(subtract(inner, outer)),
  size: (set) => ipv4.size(set.ipv4) + ipv6.size(set.ipv6),
  sample,
  ranges,
  prefixes: (set) => ranges(set).flatMap(rangeToPrefixes),
  parse,
  format: (set) => formatSetText(ranges(set).map(formatAddressPart), isAll(set)),
}

function both(four: AddressSet['ipv4'], six: AddressSet['ipv6']): AddressSet {
  return { kind: 'addresses', ipv4: four, ipv6: six }
}

function ofFamily(set: AddressSet, family: Family): AddressSet {
  return family === 4 ? both(set.ipv4, ipv6.empty) : both(ipv4.empty, set.ipv6)
}

function fromRanges(all: readonly AddressRange[]): AddressSet {
  return both(
    ipv4.fromRanges(all.filter(({ family }) => family === 4)),
    ipv6.fromRanges(all.filter(({ family }) => family === 6)),
  )
}

function isEmpty(set: AddressSet): boolean {
  return ipv4.isEmpty(set.ipv4) && ipv6.isEmpty(set.ipv6)
}

function isAll(set: AddressSet): boolean {
  return compare(set, AddressSet.all) === 0
}

/** IPv4 before IPv6, so a set without IPv4 comes after those that have some. */
function compare(a: AddressSet, b: AddressSet): number {
  const onlyOneHasIpv4 = Number(ipv4.isEmpty(a.ipv4)) - Number(ipv4.isEmpty(b.ipv4))
  return onlyOneHasIpv4 || ipv4.compare(a.ipv4, b.ipv4) || ipv6.compare(a.ipv6, b.ipv6)
}

function subtract(a: AddressSet, b: AddressSet): AddressSet {
  return both(ipv4.subtract(a.ipv4, b.ipv4), ipv6.subtract(a.ipv6, b.ipv6))
}

function sample(set: AddressSet, random: Random = Math.random): IpAddress | undefined {
  const count = ipv4.size(set.ipv4)
  const isIpv4 = bigints.below(count + ipv6.size(set.ipv6), random) < count
  const value = isIpv4 ? ipv4.sample(set.ipv4, random) : ipv6.sample(set.ipv6, random)
  return value === undefined ? undefined : { family: isIpv4 ? 4 : 6, value }
}

function ranges(set: AddressSet): readonly AddressRange[] {
  return [...withFamily(4, set.ipv4.ranges), ...withFamily(6, set.ipv6.ranges)]
}

function withFamily(family: Family, intervals: Intervals<bigint>): readonly AddressRange[] {
  return intervals.map(({ low, high }) => ({ family, low, high }))
}

function parse(text: string): AddressSet | undefined {
  const parts = parseSetText(text, ranges(AddressSet.all), parseAddressPart)
  return parts && fromRanges(parts)
}
