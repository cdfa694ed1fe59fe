import { z } from 'zod'

/** Titles and descriptions for the published JSON Schema. Own registry: zod's is process-wide. */
export const schemaNotes = z.registry<SchemaNote>()

export interface SchemaNote {
  /** Named shapes go to `$defs` under this name. */
  readonly id?: string
  readonly title?: string
  readonly description?: string
  readonly pattern?: string
  readonly anyOf?: readonly { readonly format: string }[]
  readonly examples?: readonly string[]
}

/**
 * The schema of one interface. Type-checked both ways: each field of `T` has a schema whose output
 * is exactly the field's type, optional where the field is, and there is no other field. So a
 * change to the interface that forgets the schema (or the reverse) does not compile.
 */
export function record<T extends object>() {
  return <S extends Fields<T>>(note: SchemaNote, fields: S & Exactly<T, S>): StrictRecord<S> =>
    z.strictObject<S>(fields, { error: fieldNames(fields) }).register(schemaNotes, note)
}

/** What fields there are travels as the message about one that is not, as complaints do. */
function fieldNames(fields: object): z.core.$ZodErrorMap {
  const names = Object.keys(fields).join(' ')
  return ({ code }) => (code === 'unrecognized_keys' ? names : undefined)
}

/** An object schema that reports unknown fields (they become warnings). */
export type StrictRecord<S extends z.ZodRawShape> = z.ZodObject<S, z.core.$strict>

/** An optional field: absent, or present with a value; an explicit undefined is refused. */
export function maybe<S extends z.ZodType>(schema: S): z.ZodExactOptional<S> {
  return z.exactOptional(schema)
}

/** A list, with its meaning for the published schema. */
export function list<S extends z.ZodType>(item: S, description: string): z.ZodArray<S> {
  return z.array(item).register(schemaNotes, { description })
}

/** One of fixed words. */
export function oneOf<const Words extends readonly string[]>(words: Words, description?: string) {
  const schema = z.enum(words)
  return description === undefined ? schema : schema.register(schemaNotes, { description })
}

type Fields<T> = { readonly [K in keyof T]-?: z.ZodType }

type Exactly<T, S> = {
  readonly [K in keyof S]: K extends keyof T
    ? Same<SchemaOutput<S[K]>, Required<T>[K]> extends true
      ? Optional<T, K> extends SchemaOptional<S[K]>
        ? S[K]
        : never
      : never
    : never
}

type SchemaOutput<S> = S extends z.ZodType ? z.output<S> : never
type SchemaOptional<S> = S extends z.ZodExactOptional ? true : false
type Optional<T, K extends keyof T> = undefined extends T[K] ? true : false

/** Mutual assignability, readonly aside: zod infers mutable arrays. */
type Same<A, B> = [Loose<A>] extends [Loose<B>]
  ? [Loose<B>] extends [Loose<A>]
    ? true
    : false
  : false

type Loose<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer Item)[]
    ? Loose<Item>[]
    : { -readonly [K in keyof T]: Loose<T[K]> }
