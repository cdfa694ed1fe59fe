import { z } from 'zod'

import { network } from './network.ts'
import { question } from './question.ts'
import { schemaNotes } from './record.ts'

/** A JSON Schema document, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** The JSON Schema of the network file `hopwise.network/v1`. */
export function networkJsonSchema(): JsonSchema {
  return write(network, 'hopwise.network.v1', dropStrictness)
}

/** The JSON Schema of one question: a line of a `--questions` file. */
export function questionJsonSchema(): JsonSchema {
  return write(question, 'hopwise.question.v1')
}

/** A published schema: where it is kept, from the root of the repository, and what it must say. */
export interface SchemaDoc {
  readonly file: string
  readonly generate: () => JsonSchema
}

/** Every published schema. A check writes each and compares it with its file. */
export const schemaDocs: readonly SchemaDoc[] = [
  { file: 'docs/schema/hopwise.network.v1.json', generate: networkJsonSchema },
  { file: 'docs/schema/hopwise.question.v1.json', generate: questionJsonSchema },
]

type Override = z.core.ToJSONSchemaParams['override']

/** A network grows by adding fields, and an unknown one only warns. In a question it is refused. */
const dropStrictness: Override = ({ jsonSchema }) => {
  delete jsonSchema.additionalProperties
}

/** The name is a URN: nobody has to own a host for it, and nobody is asked to fetch it. */
function write(schema: z.ZodType, name: string, override?: Override): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    metadata: schemaNotes,
    io: 'input',
    ...(override ? { override } : {}),
  })
  return { $schema, $id: `urn:hopwise:schema:${name}`, ...rest }
}
