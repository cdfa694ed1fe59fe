/** Stretches of the address line between cuts; inside one, what made the cuts tells nothing apart. */
export interface RankCells {
  /** First rank of each cell, ascending; the first is 0. */
  readonly starts: Int32Array
  readonly cellOf: (rank: number) => number
}

export function cellsBetween(cuts: Iterable<number>): RankCells {
  const starts = Int32Array.from(new Set([0, ...cuts])).sort()
  return { starts, cellOf: (rank) => lastUpTo(starts, rank) }
}

/** Position of the last value of an ascending column that is not above a number. */
export function lastUpTo(column: Int32Array, value: number): number {
  let low = 0
  let high = column.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (column[middle] <= value) low = middle
    else high = middle - 1
  }
  return low
}
