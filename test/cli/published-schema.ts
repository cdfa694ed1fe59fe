import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

import { root } from '../repository/source-file.ts'

/** The check that a published JSON Schema asks for, made from its file. */
export function publishedSchema(name: string): z.ZodType {
  return z.fromJSONSchema(JSON.parse(readFileSync(join(root, `docs/schema/${name}.json`), 'utf8')))
}

/** The schema that a document of some `kind` names: `hopwise.lab/v1` is hopwise.lab.v1.json. */
export function schemaNamedBy(document: { readonly kind: string }): z.ZodType {
  return publishedSchema(document.kind.replace('/', '.'))
}
