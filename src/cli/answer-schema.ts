import { z } from 'zod'

import { answerFormat, resourceKinds, verdicts } from '#model'

const text = (description: string) => z.string().describe(description)

const component = z
  .object({
    kind: z.enum([...resourceKinds, 'internet', 'service', 'platform', 'guest', 'question']),
    id: text("The provider's own id, or a word for what has none."),
    name: z.string().optional(),
  })
  .describe('What an answer points at.')

const facts = z.record(z.string(), z.string()).describe('Facts behind the sentence, by name.')

const endpoint = component.extend({
  address: z.string().optional(),
  asked: text("The question's own text."),
})

const leg = z.enum(['forward', 'return'])

const finding = z
  .object({
    code: text('Stable; docs/findings.md lists every code.'),
    severity: z.enum(['error', 'warning', 'info']),
    effect: z
      .enum(['blocks', 'warns', 'informs', 'undecides'])
      .describe('What it does to the verdict.'),
    leg: leg.optional(),
    component,
    rule: text("The deciding rule or route by the provider's id, or `default`.").optional(),
    facts,
    message: text(
      'The sentence, in the language asked for; its wording may change. Absent from `query` without `--messages`, as are the other texts.',
    ).optional(),
    advice: text('What to do about it: a console step or a command.').optional(),
  })
  .describe('One reason.')

const stage = z.object({
  stage: z.enum([
    'start',
    'group.egress',
    'group.ingress',
    'acl.egress',
    'acl.ingress',
    'route',
    'gateway',
    'translate',
    'relay',
    'firewall.egress',
    'firewall.ingress',
    'firewall.forward',
    'reverse-path',
    'listen',
    'deliver',
  ]),
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

const problem = z.object({
  severity: z.enum(['error', 'warning']),
  pointer: text('JSON pointer into the network file.'),
  code: z.string(),
  expected: z.string().optional(),
  found: z.string().optional(),
  message: z.string(),
  line: z.int().min(1).optional(),
})

const refusal = z
  .object({
    kind: z.literal(answerFormat),
    id: z.string().optional(),
    error: z.object({
      code: text('Stable, dotted kebab-case.'),
      message: z.string(),
      candidates: z.array(z.string()).describe('What was probably meant.').optional(),
      problems: z
        .array(problem)
        .describe('Everything that is wrong with a network file.')
        .optional(),
    }),
  })
  .describe('A question that could not be asked, or an input that cannot be used.')

/** What `diagnose --json` prints, and each line of `query`: an answer, or why there is none. */
export const answerSchema = z.union([answer, refusal])

/** The JSON Schema of answers, kept in the repository. */
export const answerDocs = {
  file: 'docs/schema/hopwise.answer.v1.json',
  generate: answerJsonSchema,
} as const

/** The JSON Schema of `hopwise.answer/v1`, draft 2020-12, as the text of its file. */
export function answerJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(answerSchema, {
    reused: 'ref',
    // Formats grow by adding fields, so a reader must not refuse what it does not know.
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties
    },
  })
  const head = { $schema, $id: 'urn:hopwise:schema:hopwise.answer.v1', title: 'Hopwise answer' }
  return `${JSON.stringify({ ...head, ...rest }, undefined, 2)}\n`
}
