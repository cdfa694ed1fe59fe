/** A source of numbers from 0 (included) to 1 (excluded), such as Math.random. */
export type Random = () => number

/**
 * What every kind of set in this room can do. Sets are plain immutable data in canonical form:
 * two sets with the same members have the same structure, so `equals` is a comparison of data.
 */
export interface SetAlgebra<S> {
  readonly empty: S
  readonly isEmpty: (set: S) => boolean
  /** Whether both hold the same members. */
  readonly equals: (a: S, b: S) => boolean
  /** What is in `a` or in `b`. */
  readonly union: (a: S, b: S) => S
  /** What is in `a` and in `b`. */
  readonly intersect: (a: S, b: S) => S
  /** What is in `a` and not in `b`. */
  readonly subtract: (a: S, b: S) => S
}

/** A set algebra with a total order of its sets; disjoint sets sort by their least member. */
export interface OrderedSetAlgebra<S> extends SetAlgebra<S> {
  readonly compare: (a: S, b: S) => number
}
