import type { z } from 'zod'

import type { FindingCode } from '#findings'
import type { ProblemCode } from '#model'

/**
 * Ties a schema to the type of what is printed. Compiles only where both have the same fields of the
 * same types, optional in the one where they are in the other, at every depth: so a change to the
 * type that forgets the schema (or the reverse) does not.
 */
export function describes<T>() {
  return <S extends z.ZodType>(schema: S & Tied<T, S>): S => schema
}

/** What JSON gives back may not be changed by whoever made it. */
export type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T

type Tied<T, S extends z.ZodType> =
  Same<Printed<T>, Printed<z.output<S>>> extends true ? unknown : never

/** As a reader has it: nothing read-only, and a code is any text, for codes are added. */
type Printed<T> = T extends FindingCode | ProblemCode
  ? string
  : T extends object
    ? { -readonly [K in keyof T]: Printed<T[K]> }
    : T

/** Identity. Assignability both ways would let an optional field through that only one side has. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
