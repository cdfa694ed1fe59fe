import type { Arithmetic, Whole } from './arithmetic.ts'
import {
  compareIntervals,
  gapsBetween,
  intersectIntervals,
  intervalsHold,
  joinIntervals,
} from './interval.ts'
import type { Interval, Intervals } from './interval.ts'
import type { OrderedSetAlgebra, Random } from './set-algebra.ts'

/** A set of whole numbers. `kind` keeps a set of ports from passing for a set of protocols. */
export interface IntervalSet<K extends string, T> {
  readonly kind: K
  readonly ranges: Intervals<T>
}

/** The numbers a kind of set may hold: from `low` to `high`. */
export interface Domain<K extends string, T extends Whole> extends Interval<T> {
  readonly kind: K
  readonly arithmetic: Arithmetic<T>
}

/** What sets of numbers can do beyond the set operations. */
export interface IntervalAlgebra<K extends string, T extends Whole> extends OrderedSetAlgebra<
  IntervalSet<K, T>
> {
  /** Every number of the domain. */
  readonly all: IntervalSet<K, T>
  /** The set of these numbers. Throws RangeError on one outside the domain. */
  readonly of: (...values: readonly T[]) => IntervalSet<K, T>
  /** The set of these ranges, in any order, overlapping or not. Throws RangeError on a bad one. */
  readonly fromRanges: (ranges: readonly Interval<T>[]) => IntervalSet<K, T>
  /** Everything of the domain that is not in the set. */
  readonly complement: (set: IntervalSet<K, T>) => IntervalSet<K, T>
  readonly contains: (set: IntervalSet<K, T>, value: T) => boolean
  /** Whether every member of `inner` is in `outer`. */
  readonly isSubset: (inner: IntervalSet<K, T>, outer: IntervalSet<K, T>) => boolean
  /** The number of members. */
  readonly size: (set: IntervalSet<K, T>) => T
  /** A member, all equally likely; undefined when there is none. Math.random unless given. */
  readonly sample: (set: IntervalSet<K, T>, random?: Random) => T | undefined
  /** The members as sorted ranges with a gap between neighbours. */
  readonly ranges: (set: IntervalSet<K, T>) => Intervals<T>
}

/** The algebra of one kind of number sets. */
export function intervalAlgebra<K extends string, T extends Whole>(
  domain: Domain<K, T>,
): IntervalAlgebra<K, T> {
  type S = IntervalSet<K, T>
  const { kind, arithmetic } = domain
  const of = (ranges: Intervals<T>): S => ({ kind, ranges })
  const fromRanges = (ranges: readonly Interval<T>[]): S => {
    for (const range of ranges) assertInterval(domain, range)
    return of(joinIntervals(ranges, arithmetic))
  }
  const complement = (set: S): S => of(gapsBetween(set.ranges, domain, arithmetic))
  const intersect = (a: S, b: S): S => of(intersectIntervals(a.ranges, b.ranges))
  const subtract = (a: S, b: S): S => intersect(a, complement(b))
  const isEmpty = (set: S): boolean => set.ranges.length === 0
  const compare = (a: S, b: S): number => compareIntervals(a.ranges, b.ranges)
  return {
    empty: of([]),
    all: of([{ low: domain.low, high: domain.high }]),
    of: (...values) => fromRanges(values.map((value) => ({ low: value, high: value }))),
    fromRanges,
    union: (a, b) => of(joinIntervals([...a.ranges, ...b.ranges], arithmetic)),
    intersect,
    subtract,
    complement,
    isEmpty,
    compare,
    equals: (a, b) => compare(a, b) === 0,
    contains: (set, value) => arithmetic.isWhole(value) && intervalsHold(set.ranges, value),
    isSubset: (inner, outer) => isEmpty(subtract(inner, outer)),
    size: (set) => countMembers(set.ranges, arithmetic),
    sample: (set, random = Math.random) => pickMember(set.ranges, arithmetic, random),
    ranges: (set) => set.ranges,
  }
}

function assertInterval<K extends string, T extends Whole>(
  { kind, low, high, arithmetic }: Domain<K, T>,
  range: Interval<T>,
): void {
  const whole = arithmetic.isWhole(range.low) && arithmetic.isWhole(range.high)
  if (!whole || range.low < low || range.high > high || range.low > range.high) {
    throw new RangeError(`not in ${kind} ${low}-${high}: ${range.low}-${range.high}`)
  }
}

function countMembers<T extends Whole>(intervals: Intervals<T>, arithmetic: Arithmetic<T>): T {
  const { zero, plus } = arithmetic
  return intervals.reduce((count, interval) => plus(count, width(interval, arithmetic)), zero)
}

function pickMember<T extends Whole>(
  intervals: Intervals<T>,
  arithmetic: Arithmetic<T>,
  random: Random,
): T | undefined {
  if (intervals.length === 0) return undefined
  let index = arithmetic.below(countMembers(intervals, arithmetic), random)
  for (const interval of intervals) {
    const members = width(interval, arithmetic)
    if (index < members) return arithmetic.plus(interval.low, index)
    index = arithmetic.minus(index, members)
  }
  throw new RangeError('the random source gave a number outside 0 (included) to 1 (excluded)')
}

function width<T extends Whole>({ low, high }: Interval<T>, arithmetic: Arithmetic<T>): T {
  return arithmetic.plus(arithmetic.minus(high, low), arithmetic.one)
}
