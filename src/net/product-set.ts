import type { OrderedSetAlgebra, SetAlgebra } from './set-algebra.ts'

/**
 * A set of pairs, as a table: every member of `left` may be paired with every member of `right`.
 * Canonical: the lefts are disjoint and in order, no side is empty, and no two rows share a right.
 * That makes the table a function of the set alone, so equal sets are equal data; a mere list of
 * disjoint boxes (the refused road) can tile one set in many ways. Products nest on the right.
 */
export interface ProductSet<L, R> {
  readonly rows: readonly Row<L, R>[]
}

/** One box of pairs. */
export interface Row<L, R> {
  readonly left: L
  readonly right: R
}

/** The set operations on pairs, and the making of one box. */
export interface ProductAlgebra<L, R> extends SetAlgebra<ProductSet<L, R>> {
  /** Every pair of a member of `left` and a member of `right`. */
  readonly box: (left: L, right: R) => ProductSet<L, R>
}

/** The algebra of pairs whose sides have the given algebras. */
export function productAlgebra<L, R>(
  left: OrderedSetAlgebra<L>,
  right: SetAlgebra<R>,
): ProductAlgebra<L, R> {
  type S = ProductSet<L, R>
  const make = (rows: readonly Row<L, R>[]): S => ({ rows: canonicalRows(rows, left, right) })
  const meet = (a: S, b: S, combine: (x: R, y: R) => R) => meetRows(a, b, left, combine)
  const beyond = (a: S, b: S) => rowsBeyond(a, b, left)
  return {
    empty: { rows: [] },
    box: (l, r) => make([{ left: l, right: r }]),
    isEmpty: (set) => set.rows.length === 0,
    equals: (a, b) => sameRows(a, b, left, right),
    union: (a, b) => make([...meet(a, b, right.union), ...beyond(a, b), ...beyond(b, a)]),
    intersect: (a, b) => make(meet(a, b, right.intersect)),
    subtract: (a, b) => make([...meet(a, b, right.subtract), ...beyond(a, b)]),
  }
}

/** Rows where the lefts of both sets meet, with their rights combined. */
function meetRows<L, R>(
  a: ProductSet<L, R>,
  b: ProductSet<L, R>,
  left: SetAlgebra<L>,
  combine: (x: R, y: R) => R,
): readonly Row<L, R>[] {
  return a.rows.flatMap((x) =>
    b.rows.flatMap((y) => {
      const shared = left.intersect(x.left, y.left)
      return left.isEmpty(shared) ? [] : [{ left: shared, right: combine(x.right, y.right) }]
    }),
  )
}

/** The rows of `a`, without the lefts that `b` has something to say about. */
function rowsBeyond<L, R>(
  a: ProductSet<L, R>,
  b: ProductSet<L, R>,
  left: SetAlgebra<L>,
): readonly Row<L, R>[] {
  const known = b.rows.reduce((lefts, row) => left.union(lefts, row.left), left.empty)
  return a.rows.map((row) => ({ ...row, left: left.subtract(row.left, known) }))
}

/** Drops empty rows, merges rows of equal right, and sorts; the lefts are disjoint already. */
function canonicalRows<L, R>(
  rows: readonly Row<L, R>[],
  left: OrderedSetAlgebra<L>,
  right: SetAlgebra<R>,
): readonly Row<L, R>[] {
  const merged: Row<L, R>[] = []
  for (const row of rows) {
    if (left.isEmpty(row.left) || right.isEmpty(row.right)) continue
    const twin = merged.findIndex((other) => right.equals(other.right, row.right))
    if (twin < 0) merged.push(row)
    else merged[twin] = { ...row, left: left.union(merged[twin].left, row.left) }
  }
  return merged.toSorted((a, b) => left.compare(a.left, b.left))
}

function sameRows<L, R>(
  a: ProductSet<L, R>,
  b: ProductSet<L, R>,
  left: SetAlgebra<L>,
  right: SetAlgebra<R>,
): boolean {
  return (
    a.rows.length === b.rows.length &&
    a.rows.every((row, i) => {
      const other = b.rows[i]
      return left.equals(row.left, other.left) && right.equals(row.right, other.right)
    })
  )
}
