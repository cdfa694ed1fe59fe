import { numbers } from './arithmetic.ts'
import type { Interval } from './interval.ts'
import { intervalAlgebra } from './interval-set.ts'
import type { IntervalAlgebra, IntervalSet } from './interval-set.ts'
import { formatSetText, parseSetText } from './set-text.ts'
import { parseWholeNumber } from './whole-number.ts'

/** Sets of small numbers, with text such as `22,80,8000-8999`, `all` and `none`. */
export interface NumberSetAlgebra<K extends string> extends IntervalAlgebra<K, number> {
  /**
   * Reads the text strictly: decimal numbers and ascending ranges in any order, no sign, blank,
   * leading zero, empty part or number outside the domain; undefined when refused.
   */
  readonly parse: (text: string) => IntervalSet<K, number> | undefined
  /** The canonical text; `parse` reads it back to an equal set. */
  readonly format: (set: IntervalSet<K, number>) => string
}

/** How single numbers are read and written where they have names. */
export interface Naming {
  readonly parse: (text: string) => number | undefined
  readonly format: (value: number) => string
}

/** The algebra of sets of numbers from 0 to `last`. */
export function numberSetAlgebra<K extends string>(
  kind: K,
  last: number,
  naming: Naming = { parse: (text) => parseWholeNumber(text, last), format: String },
): NumberSetAlgebra<K> {
  const algebra = intervalAlgebra({ kind, low: 0, high: last, arithmetic: numbers })
  return {
    ...algebra,
    parse: (text) => {
      const ranges = parseSetText(text, algebra.all.ranges, (part) =>
        parseNumbers(part, last, naming),
      )
      return ranges && algebra.fromRanges(ranges)
    },
    format: (set) => {
      const parts = set.ranges.map((range) => formatNumbers(range, naming))
      return formatSetText(parts, algebra.equals(set, algebra.all))
    },
  }
}

/** One number or `low-high`. Names may hold a hyphen (`ipv6-icmp`), so they are tried first. */
function parseNumbers(part: string, last: number, naming: Naming): Interval<number> | undefined {
  const single = naming.parse(part)
  if (single !== undefined) return { low: single, high: single }
  const hyphen = part.indexOf('-')
  if (hyphen < 0) return undefined
  const low = parseWholeNumber(part.slice(0, hyphen), last)
  const high = parseWholeNumber(part.slice(hyphen + 1), last)
  return low === undefined || high === undefined || low > high ? undefined : { low, high }
}

function formatNumbers({ low, high }: Interval<number>, naming: Naming): string {
  return low === high ? naming.format(low) : `${low}-${high}`
}
