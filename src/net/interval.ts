import type { Arithmetic, Whole } from './arithmetic.ts'

/** Consecutive whole numbers, both bounds included. */
export interface Interval<T> {
  readonly low: T
  readonly high: T
}

/** Sorted, disjoint, and with a gap between neighbours: the one way to write a set of numbers. */
export type Intervals<T> = readonly Interval<T>[]

/** Sorts and joins intervals that overlap or touch; keeps the bounds and nothing else of them. */
export function joinIntervals<T extends Whole>(
  intervals: readonly Interval<T>[],
  { plus, one }: Arithmetic<T>,
): Intervals<T> {
  const sorted = intervals.toSorted((a, b) => compareValues(a.low, b.low))
  const joined: Interval<T>[] = []
  for (const next of sorted) {
    const last = joined.at(-1)
    if (!last || next.low > plus(last.high, one)) joined.push({ low: next.low, high: next.high })
    else if (next.high > last.high) joined[joined.length - 1] = { low: last.low, high: next.high }
  }
  return joined
}

/** What both hold; linear in the number of intervals. */
export function intersectIntervals<T extends Whole>(
  a: Intervals<T>,
  b: Intervals<T>,
): Intervals<T> {
  const shared: Interval<T>[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const low = a[i].low > b[j].low ? a[i].low : b[j].low
    const high = a[i].high < b[j].high ? a[i].high : b[j].high
    if (low <= high) shared.push({ low, high })
    if (a[i].high < b[j].high) i++
    else j++
  }
  return shared
}

/** What `within` holds beyond the intervals. */
export function gapsBetween<T extends Whole>(
  intervals: Intervals<T>,
  within: Interval<T>,
  { plus, minus, one }: Arithmetic<T>,
): Intervals<T> {
  const gaps: Interval<T>[] = []
  let low = within.low
  for (const interval of intervals) {
    if (interval.low > low) gaps.push({ low, high: minus(interval.low, one) })
    low = plus(interval.high, one)
  }
  if (low <= within.high) gaps.push({ low, high: within.high })
  return gaps
}

/** Whether one of the intervals holds the value; logarithmic. */
export function intervalsHold<T extends Whole>(intervals: Intervals<T>, value: T): boolean {
  let from = 0
  let to = intervals.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (intervals[middle].high < value) from = middle + 1
    else to = middle
  }
  return from < intervals.length && intervals[from].low <= value
}

/** Order by the first bound in which they differ; a beginning sorts before what continues it. */
export function compareIntervals<T extends Whole>(a: Intervals<T>, b: Intervals<T>): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const order = compareValues(a[i].low, b[i].low) || compareValues(a[i].high, b[i].high)
    if (order !== 0) return order
  }
  return a.length - b.length
}

function compareValues<T extends Whole>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
