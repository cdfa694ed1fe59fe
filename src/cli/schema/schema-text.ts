import { z } from 'zod'

/** A published schema: its file, from the root of the repository, and the text of that file. */
export interface SchemaFile {
  readonly file: string
  readonly generate: () => string
}

/** How a schema is published. */
export interface Publication {
  /** The format's `kind`, with dots: `hopwise.answer.v1`. */
  readonly name: string
  readonly title: string
  /** Whether a field that the schema does not name is refused. */
  readonly closed: boolean
}

/** The JSON Schema, draft 2020-12, of what a command prints. */
export function schemaFile(schema: z.ZodType, publication: Publication): SchemaFile {
  const file = `docs/schema/${publication.name}.json`
  return { file, generate: () => schemaText(schema, publication) }
}

function schemaText(schema: z.ZodType, { name, title, closed }: Publication): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    reused: 'ref',
    override: ({ jsonSchema }) => {
      if (!closed) delete jsonSchema.additionalProperties
    },
  })
  const head = { $schema, $id: `urn:hopwise:schema:${name}`, title }
  return `${JSON.stringify({ ...head, ...rest }, undefined, 2)}\n`
}
