/** Consecutive whole numbers, both bounds included, `low` not above `high`. */
export interface NumberRange {
  readonly low: bigint
  readonly high: bigint
}

/** The range of one number. */
export function exactly(value: bigint | number): NumberRange {
  return { low: BigInt(value), high: BigInt(value) }
}

/** The range from `low` to `high`; undefined when they are out of order. */
export function rangeBetween(low: bigint, high: bigint): NumberRange | undefined {
  return low <= high ? { low, high } : undefined
}

/** Sorted, disjoint, and with a gap between neighbours: what `rangesHold` searches. */
export function joinRanges(ranges: readonly NumberRange[]): readonly NumberRange[] {
  const sorted = ranges.toSorted((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0))
  const joined: NumberRange[] = []
  for (const next of sorted) {
    const last = joined.at(-1)
    if (!last || next.low > last.high + 1n) joined.push(next)
    else if (next.high > last.high) joined[joined.length - 1] = { low: last.low, high: next.high }
  }
  return joined
}

/** What both hold, for short lists. */
export function intersectRanges(
  a: readonly NumberRange[],
  b: readonly NumberRange[],
): readonly NumberRange[] {
  return a.flatMap((one) =>
    b.flatMap((other) => {
      const low = one.low > other.low ? one.low : other.low
      const high = one.high < other.high ? one.high : other.high
      return low <= high ? [{ low, high }] : []
    }),
  )
}

/** Whether one of the joined ranges holds the number. */
export function rangesHold(joined: readonly NumberRange[], value: bigint): boolean {
  const at = firstEndingFrom(joined, value)
  return at < joined.length && joined[at].low <= value
}

/** The last number from `value` on of which `rangesHold` says the same; undefined: of all. */
export function rangesAgreeUpTo(joined: readonly NumberRange[], value: bigint): bigint | undefined {
  const at = firstEndingFrom(joined, value)
  if (at === joined.length) return undefined
  const { low, high } = joined[at]
  return low <= value ? high : low - 1n
}

/** Place of the first range that does not end below the number; logarithmic, address lists are long. */
function firstEndingFrom(joined: readonly NumberRange[], value: bigint): number {
  let from = 0
  let to = joined.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (joined[middle].high < value) from = middle + 1
    else to = middle
  }
  return from
}
