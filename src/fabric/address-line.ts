import { parseAddress, parseIpv4, parsePrefixOrAddress, parsePrefixU32 } from '#net'

/**
 * Every address a network mentions, laid out on one integer line: IPv4 first, IPv6 behind it.
 * Between two neighbouring boundaries no rule, route or owner can tell addresses apart, so a
 * whole stretch shares one rank, a prefix is a rank interval, and hot code compares integers of
 * either family alike (design brief §8, addresses in the core).
 */
export interface AddressLine {
  /** First address of each IPv4 rank, ascending; the first is 0. */
  readonly starts4: Uint32Array
  /** First address of each IPv6 rank, ascending; the first is 0n. */
  readonly starts6: readonly bigint[]
}

/** Inclusive rank interval. */
export interface RankRange {
  readonly low: number
  readonly high: number
}

/** How many ranks a line has, both families together. */
export const rankCount = (line: AddressLine): number => line.starts4.length + line.starts6.length

/** Family of the addresses of a rank. */
export const rankFamily = (line: AddressLine, rank: number): 4 | 6 =>
  rank < line.starts4.length ? 4 : 6

/** All ranks of a family. */
export function familyRange(line: AddressLine, family: 4 | 6): RankRange {
  const n4 = line.starts4.length
  return family === 4 ? { low: 0, high: n4 - 1 } : { low: n4, high: rankCount(line) - 1 }
}

/** Rank of an IPv4 address given as u32. */
export function rank4(line: AddressLine, address: number): number {
  const starts = line.starts4
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle] <= address) low = middle
    else high = middle - 1
  }
  return low
}

/** Rank of an IPv6 address. */
export function rank6(line: AddressLine, address: bigint): number {
  const starts = line.starts6
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0n) <= address) low = middle
    else high = middle - 1
  }
  return line.starts4.length + low
}

/** Rank of an address text, or undefined if it is not an address. */
export function rankOf(line: AddressLine, text: string): number | undefined {
  const v4 = parseIpv4(text)
  if (v4 !== undefined) return rank4(line, v4)
  const v6 = parseAddress(text)
  return v6?.family === 6 ? rank6(line, v6.value) : undefined
}

/** Ranks of a CIDR text whose bounds are boundaries of the line. */
export function rangeOf(line: AddressLine, cidr: string): RankRange | undefined {
  const v4 = parsePrefixU32(cidr)
  if (v4 !== undefined) return { low: rank4(line, v4.low), high: rank4(line, v4.high) }
  const v6 = parsePrefixOrAddress(cidr, { hostBits: 'mask' })
  if (v6?.family !== 6) return undefined
  const last = v6.low + (1n << BigInt(128 - v6.length)) - 1n
  return { low: rank6(line, v6.low), high: rank6(line, last) }
}

/** First and last address of a rank, as numbers of its family. */
export function addressesOf(line: AddressLine, rank: number): { low: bigint; high: bigint } {
  const n4 = line.starts4.length
  if (rank < n4) {
    const next = rank + 1 < n4 ? BigInt(line.starts4[rank + 1]) : 1n << 32n
    return { low: BigInt(line.starts4[rank]), high: next - 1n }
  }
  const at = rank - n4
  return { low: line.starts6[at] ?? 0n, high: (line.starts6[at + 1] ?? 1n << 128n) - 1n }
}

/** Collects boundaries, then lays out the line. */
export class AddressLineBuilder {
  private readonly cuts4: number[] = [0]
  private readonly cuts6: bigint[] = [0n]

  /** Makes one address tellable from its neighbours. Text that is no address is left out. */
  address(text: string): void {
    const v4 = parseIpv4(text)
    if (v4 !== undefined) this.cut4(v4, v4)
    else this.cidr(text)
  }

  /** Makes a prefix a rank interval. Text that is no prefix is left out. */
  cidr(text: string): void {
    const v4 = parsePrefixU32(text)
    if (v4 !== undefined) return this.cut4(v4.low, v4.high)
    const v6 = parsePrefixOrAddress(text, { hostBits: 'mask' })
    if (v6?.family !== 6) return
    this.cuts6.push(v6.low)
    const next = v6.low + (1n << BigInt(128 - v6.length))
    if (next < 1n << 128n) this.cuts6.push(next)
  }

  /** Makes a range of addresses a rank interval; both ends lie inside the family's space. */
  range(family: 4 | 6, low: bigint, high: bigint): void {
    if (family === 4) return this.cut4(Number(low), Number(high))
    this.cuts6.push(low)
    if (high + 1n < 1n << 128n) this.cuts6.push(high + 1n)
  }

  build(): AddressLine {
    const sorted = Uint32Array.from(this.cuts4).sort()
    const starts6 = [...new Set(this.cuts6)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    return { starts4: withoutRepeats(sorted), starts6 }
  }

  private cut4(low: number, high: number): void {
    this.cuts4.push(low)
    if (high < 0xffffffff) this.cuts4.push(high + 1)
  }
}

function withoutRepeats(sorted: Uint32Array): Uint32Array {
  let kept = 0
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[kept++] = sorted[i]
  }
  return sorted.slice(0, kept)
}
