import type { RankRange } from './address-line.ts'

/**
 * Many maps from ranks to integers in one flat array. Map m occupies positions
 * `offsets[m]` to `offsets[m + 1] - 1`; its first start is 0, so every rank has a value.
 */
export interface IntervalMaps {
  readonly offsets: Int32Array
  readonly starts: Int32Array
  readonly values: Int32Array
}

/** An interval and its value; what is painted later covers what was painted before. */
export interface Paint extends RankRange {
  readonly value: number
}

/** Value of map m where nothing was painted. */
export const unpainted = -1

/** Position of the interval of map m that holds the rank: one binary search. */
export function intervalAt(maps: IntervalMaps, m: number, rank: number): number {
  let low = maps.offsets[m]
  let high = maps.offsets[m + 1] - 1
  const { starts } = maps
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle] <= rank) low = middle
    else high = middle - 1
  }
  return low
}

/** Last rank of the interval at a position of map m. */
export function intervalEnd(
  maps: IntervalMaps,
  m: number,
  position: number,
  ranks: number,
): number {
  return position + 1 < maps.offsets[m + 1] ? maps.starts[position + 1] - 1 : ranks - 1
}

export class IntervalMapsBuilder {
  private readonly offsets: number[] = [0]
  private readonly starts: number[] = []
  private readonly values: number[] = []

  /** Adds a map painted in the given order and returns its number. */
  add(paints: readonly Paint[]): number {
    const cuts = [...new Set(paints.flatMap(({ low, high }) => [low, high + 1]).concat(0))]
    cuts.sort((a, b) => a - b)
    const at = new Map(cuts.map((cut, i) => [cut, i]))
    const colours = new Array<number>(cuts.length).fill(unpainted)
    for (const { low, high, value } of paints) {
      const end = at.get(high + 1) ?? cuts.length
      for (let i = at.get(low) ?? 0; i < end; i++) colours[i] = value
    }
    cuts.forEach((cut, i) => {
      if (i > 0 && colours[i] === colours[i - 1]) return
      this.starts.push(cut)
      this.values.push(colours[i])
    })
    this.offsets.push(this.starts.length)
    return this.offsets.length - 2
  }

  build(): IntervalMaps {
    return {
      offsets: Int32Array.from(this.offsets),
      starts: Int32Array.from(this.starts),
      values: Int32Array.from(this.values),
    }
  }
}
