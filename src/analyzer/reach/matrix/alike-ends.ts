import { PairNumbers } from './number-pairs.ts'

/** Ends that are alike in every atom, by their positions in the list of ends. */
export interface Unit {
  readonly ends: readonly number[]
  /** In some atom it is asked pair by pair; then it is alone. */
  readonly isOdd: boolean
}

/** Ends by their numbers in every atom, in the order of their first ends; odd ones are alone. */
export function alikeEnds(numbers: readonly Int32Array[]): readonly Unit[] {
  const chain = new PairNumbers()
  const units = new Map<number, { readonly ends: number[]; readonly isOdd: boolean }>()
  const [first = new Int32Array(0)] = numbers
  for (let end = 0; end < first.length; end++) {
    const isOdd = numbers.some((column) => column[end] < 0)
    const key = isOdd
      ? -1 - end
      : numbers.reduce((link, column) => chain.number(link, column[end]), 0)
    const known = units.get(key)
    if (known) known.ends.push(end)
    else units.set(key, { ends: [end], isOdd })
  }
  return [...units.values()]
}
