import { z } from 'zod'

import { answerFormat, verdicts } from '#model'

import { complaint, component, facts, findingRecord, leg, stageName, text } from './answer-parts.ts'
import { schemaFile } from './schema-text.ts'

const endpoint = component.extend({
  address: z.string().optional(),
  asked: text("The question's own text."),
})

const finding = findingRecord
  .extend({
    message: text(
      'The sentence, in the language asked for; its wording may change. Absent from `query` without `--messages`, as are the other texts.',
    ).optional(),
    advice: text('What to do about it: a console step or a command.').optional(),
  })
  .describe('One reason.')

const stage = z.object({
  stage: stageName,
  component,
  decision: z.enum(['admit', 'refuse', 'continue', 'exempt', 'unknown']),
  rule: text(
    'Deciding rule or route: an id, `default` or `session`; where none had to decide, why: `intra-group`, `same-subnet`, `cut-through`, `service`, `direct`, `supposed`.',
  ).optional(),
  finding: z.int().min(0).describe('Index into `findings`.').optional(),
  packet: text('The packet after a translation.').optional(),
})

const hop = z.object({
  leg,
  at: component,
  interface: text('The network interface, where `at` is an instance that has several.').optional(),
  address: z.string().optional(),
  stages: z.array(stage),
})

const outcome = z.enum([
  'admitted',
  'refused',
  'partial',
  'leaves_model',
  'undetermined',
  'not_walked',
])

const part = z.object({
  verdict: z.enum(verdicts),
  source: z.string().optional(),
  destination: z.string().optional(),
  protocol: z.string(),
  sourcePorts: z.string().optional(),
  ports: z.string().optional(),
})

const answer = z
  .object({
    kind: z.literal(answerFormat),
    id: text("The question's.").optional(),
    summary: text('The verdict in one sentence.').optional(),
    from: endpoint,
    to: endpoint,
    protocol: z.string(),
    port: z.int().min(1).max(65_535).optional(),
    verdict: z.enum(verdicts),
    findings: z.array(finding).describe('By consequence, what blocks first.'),
    hops: z.array(hop),
    legs: z.object({ forward: outcome, return: outcome }),
    assumptions: z
      .array(z.object({ code: z.string(), component, facts, message: z.string().optional() }))
      .describe('What the verdict takes for granted.'),
    parts: z
      .array(part)
      .describe('Which packets share which verdict, if not all share one.')
      .optional(),
    alternatives: z
      .array(z.object({ via: component, findings: z.array(finding) }))
      .describe('Other ways to open the path, the cheapest first.')
      .optional(),
    cut: z
      .object({ walked: z.int(), limit: z.int() })
      .describe('Branches that were not walked because of a limit.')
      .optional(),
  })
  .describe('The answer to one question.')

const refusal = z
  .object({
    kind: z.literal(answerFormat),
    id: z.string().optional(),
    error: complaint,
  })
  .describe('A question that could not be asked, or an input that cannot be used.')

/** What `diagnose --json` prints, and each line of `query`: an answer, or why there is none. */
export const answerSchema = z.union([answer, refusal])

/** Open: formats grow by adding fields, so a reader must not refuse what it does not know. */
export const answerDocs = schemaFile(answerSchema, {
  name: 'hopwise.answer.v1',
  title: 'Hopwise answer',
  closed: false,
})
