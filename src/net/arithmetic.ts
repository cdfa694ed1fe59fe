import type { Random } from './set-algebra.ts'

/** The numbers a set may range over: plain numbers up to 2^31, bigints for addresses. */
export type Whole = number | bigint

/** The few operations TypeScript cannot write once for number and bigint. */
export interface Arithmetic<T extends Whole> {
  readonly zero: T
  readonly one: T
  readonly plus: (a: T, b: T) => T
  readonly minus: (a: T, b: T) => T
  readonly isWhole: (value: T) => boolean
  /** A value from 0 up to `limit`, the limit excluded, all equally likely. */
  readonly below: (limit: T, random: Random) => T
}

/** Arithmetic of ports, protocol numbers and ICMP types. */
export const numbers: Arithmetic<number> = {
  zero: 0,
  one: 1,
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
  isWhole: Number.isInteger,
  below: (limit, random) => Math.floor(random() * limit),
}

/** Arithmetic of addresses. */
export const bigints: Arithmetic<bigint> = {
  zero: 0n,
  one: 1n,
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
  isWhole: () => true,
  below: bigintBelow,
}

/**
 * Scales a random binary fraction of 192 bits. Drawing again until the value fits would be exact
 * but unbounded; with 64 bits more than an address has, the bias is below 2^-63.
 */
function bigintBelow(limit: bigint, random: Random): bigint {
  let fraction = 0n
  for (let word = 0; word < 6; word++) {
    fraction = (fraction << 32n) | BigInt(Math.floor(random() * 2 ** 32))
  }
  return (fraction * limit) >> 192n
}
