import type { z } from 'zod'

/** A schema of checked text whose output carries a brand: the schema has checked what it claims. */
export function brandText<Text extends string>(schema: z.ZodType<string>): z.ZodType<Text> {
  return schema as z.ZodType<Text>
}
