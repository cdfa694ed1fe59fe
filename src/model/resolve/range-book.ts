import { prefixAround } from '#net'
import type { IpAddress, Prefix } from '#net'

/** Finds what the ranges around an address belong to, in one lookup per prefix length in use. */
export interface RangeBook<T> {
  readonly holding: (address: IpAddress) => readonly T[]
}

export function writeRangeBook<T>(entries: Iterable<readonly [Prefix, T]>): RangeBook<T> {
  const lengths: Record<4 | 6, Map<number, Map<bigint, T[]>>> = { 4: new Map(), 6: new Map() }
  for (const [{ family, low, length }, value] of entries) {
    const ofLength = lengths[family].get(length) ?? new Map<bigint, T[]>()
    lengths[family].set(length, ofLength)
    const here = ofLength.get(low)
    if (here) here.push(value)
    else ofLength.set(low, [value])
  }
  return {
    holding: (address) =>
      [...lengths[address.family]].flatMap(
        ([length, ofLength]) => ofLength.get(prefixAround(address, length).low) ?? [],
      ),
  }
}
