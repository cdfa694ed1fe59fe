/** Uniform numbers from 0 up to, not including, 1. */
export type Random = () => number

/** What a generator asks of chance. */
export interface Dice {
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean
  /** A whole number from `least` to `most`, both included. */
  readonly whole: (least: number, most: number) => number
  /** One of the items; there has to be one. */
  readonly pick: <T>(items: readonly T[]) => T
  /** Each item with the given probability, in order. */
  readonly some: <T>(items: readonly T[], probability: number) => T[]
  /** One of the entries by weight; entries of weight 0 never. */
  readonly weighted: <T>(entries: readonly (readonly [weight: number, item: T])[]) => T
}

/** Dice over a source of chance. */
export function diceOf(random: Random): Dice {
  const chance = (probability: number) => random() < probability
  const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  return {
    chance,
    whole,
    pick: (items) => items[whole(0, items.length - 1)],
    some: (items, probability) => items.filter(() => chance(probability)),
    weighted(entries) {
      let rest = random() * entries.reduce((sum, [weight]) => sum + weight, 0)
      const found = entries.find(([weight]) => (rest -= weight) < 0)
      return (found ?? entries[entries.length - 1])[1]
    },
  }
}

/** Mulberry32: the same numbers for the same seed, on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
