import { answerDocs } from './answer-schema.ts'
import { labPlanDocs } from './lab-plan-schema.ts'
import { labDocs, labsDocs } from './lab-schema.ts'
import { reachDocs } from './reach-schema.ts'
import type { SchemaFile } from './schema-text.ts'
import { verificationDocs } from './verification-schema.ts'

/** The published schema of everything that a command prints as JSON. */
export const printedSchemas: readonly SchemaFile[] = [
  answerDocs,
  labDocs,
  labPlanDocs,
  labsDocs,
  reachDocs,
  verificationDocs,
]
