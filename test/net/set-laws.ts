import { isDeepStrictEqual } from 'node:util'

import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Random, SetAlgebra } from '#net'

import { given } from './given.ts'

/** A set algebra as every room-wide law needs it; all five kinds of set have these. */
export interface FullAlgebra<S, V> extends SetAlgebra<S> {
  readonly all: S
  readonly complement: (set: S) => S
  readonly contains: (set: S, value: V) => boolean
  readonly isSubset: (inner: S, outer: S) => boolean
  readonly size: (set: S) => number | bigint
  readonly sample: (set: S, random?: Random) => V | undefined
}

/**
 * The sets to try and the values to ask about. Each set is a union of atoms and `witnesses` has
 * one value of each atom, so agreement on the witnesses decides equality, with no luck involved.
 */
export interface Universe<S, V> {
  readonly algebra: FullAlgebra<S, V>
  readonly sets: fc.Arbitrary<S>
  readonly witnesses: readonly V[]
  readonly numRuns: number
}

/** Tests every law of sets for one kind of set. */
export function testSetLaws<S, V>(name: string, universe: Universe<S, V>): void {
  testMembership(name, universe)
  testIdentities(name, universe)
  testRelations(name, universe)
  testCounting(name, universe)
}

/** Membership is the meaning of a set: these compare every operation with plain logic. */
function testMembership<S, V>(
  name: string,
  { algebra, sets, witnesses, numRuns }: Universe<S, V>,
): void {
  const members = (set: S) => witnesses.map((value) => algebra.contains(set, value))

  test(`${name}: union, intersection and difference mean or, and, and-not`, () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const [inA, inB] = [members(a), members(b)]
        expect(members(algebra.union(a, b))).toEqual(inA.map((yes, i) => yes || inB[i]))
        expect(members(algebra.intersect(a, b))).toEqual(inA.map((yes, i) => yes && inB[i]))
        expect(members(algebra.subtract(a, b))).toEqual(inA.map((yes, i) => yes && !inB[i]))
      }),
      { numRuns },
    )
  })

  test(`${name}: the complement holds exactly what is in all and not in the set`, () => {
    const inAll = members(algebra.all)
    fc.assert(
      fc.property(sets, (a) => {
        const inA = members(a)
        expect(members(algebra.complement(a))).toEqual(inAll.map((yes, i) => yes && !inA[i]))
      }),
      { numRuns },
    )
  })

  test(`${name}: sets are equal if and only if they have the same members`, () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const same = isDeepStrictEqual(members(a), members(b))
        expect(algebra.equals(a, b)).toBe(same)
        expect(isDeepStrictEqual(a, b)).toBe(same)
        const apart = algebra.union(algebra.subtract(a, b), algebra.subtract(b, a))
        expect(algebra.isEmpty(apart)).toBe(same)
      }),
      { numRuns },
    )
  })
}

/** The laws of Boolean algebra, held to equality of data: two ways to a set give one structure. */
function testIdentities<S, V>(name: string, { algebra, sets, numRuns }: Universe<S, V>): void {
  const { union, intersect, subtract, complement, empty, all } = algebra

  test(`${name}: union and intersection are commutative, associative and idempotent`, () => {
    fc.assert(
      fc.property(sets, sets, sets, (a, b, c) => {
        for (const operation of [union, intersect]) {
          expect(operation(a, b)).toEqual(operation(b, a))
          expect(operation(a, operation(b, c))).toEqual(operation(operation(a, b), c))
          expect(operation(a, a)).toEqual(a)
        }
      }),
      { numRuns },
    )
  })

  test(`${name}: union and intersection distribute over and absorb each other`, () => {
    fc.assert(
      fc.property(sets, sets, sets, (a, b, c) => {
        expect(intersect(a, union(b, c))).toEqual(union(intersect(a, b), intersect(a, c)))
        expect(union(a, intersect(b, c))).toEqual(intersect(union(a, b), union(a, c)))
        expect(union(a, intersect(a, b))).toEqual(a)
        expect(intersect(a, union(a, b))).toEqual(a)
      }),
      { numRuns },
    )
  })

  test(`${name}: De Morgan's laws hold and difference is intersection with the complement`, () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(complement(union(a, b))).toEqual(intersect(complement(a), complement(b)))
        expect(complement(intersect(a, b))).toEqual(union(complement(a), complement(b)))
        expect(subtract(a, b)).toEqual(intersect(a, complement(b)))
        expect(complement(complement(a))).toEqual(a)
      }),
      { numRuns },
    )
  })

  test(`${name}: empty and all are the neutral and the absorbing elements`, () => {
    expect(complement(all)).toEqual(empty)
    expect(complement(empty)).toEqual(all)
    fc.assert(
      fc.property(sets, (a) => {
        expect(union(a, empty)).toEqual(a)
        expect(intersect(a, all)).toEqual(a)
        expect(union(a, all)).toEqual(all)
        expect(intersect(a, empty)).toEqual(empty)
        expect(subtract(a, a)).toEqual(empty)
        expect(union(a, complement(a))).toEqual(all)
      }),
      { numRuns },
    )
  })
}

function testRelations<S, V>(name: string, { algebra, sets, numRuns }: Universe<S, V>): void {
  const { union, intersect, isSubset, equals } = algebra

  test(`${name}: a is a subset of b if and only if their union is b`, () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(isSubset(a, b)).toBe(equals(union(a, b), b))
        expect(isSubset(intersect(a, b), a)).toBe(true)
        expect(isSubset(a, union(a, b))).toBe(true)
        expect(isSubset(a, b) && isSubset(b, a)).toBe(equals(a, b))
      }),
      { numRuns },
    )
  })
}

function testCounting<S, V>(name: string, { algebra, sets, numRuns }: Universe<S, V>): void {
  const size = (set: S) => BigInt(algebra.size(set))

  test(`${name}: sizes of union and intersection add up to the sizes of both`, () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const both = size(algebra.union(a, b)) + size(algebra.intersect(a, b))
        expect(both).toBe(size(a) + size(b))
        expect(size(a) === 0n).toBe(algebra.isEmpty(a))
        expect(size(a) + size(algebra.complement(a))).toBe(size(algebra.all))
      }),
      { numRuns },
    )
  })

  test(`${name}: a sample is a member, and only the empty set has none`, () => {
    fc.assert(
      fc.property(sets, randomSources, (a, random) => {
        const value = algebra.sample(a, random)
        expect(value === undefined).toBe(algebra.isEmpty(a))
        expect(value === undefined || algebra.contains(a, value)).toBe(true)
      }),
      { numRuns },
    )
    expect(algebra.sample(algebra.empty)).toBeUndefined()
    expect(algebra.contains(algebra.all, given(algebra.sample(algebra.all)))).toBe(true)
  })
}

/** Repeatable random sources, the two ends of the allowed interval among them. */
const randomSources: fc.Arbitrary<Random> = fc.oneof(
  fc.constantFrom(0, 1 - 2 ** -53).map((value) => () => value),
  fc
    .array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1 })
    .map((values) => {
      let next = 0
      return () => values[next++ % values.length]
    }),
)
