import { z } from 'zod'

import { resourceKinds } from '#model'
import type { Component, FindingRecord, LegName, StageName } from '#model'

import type { Complaint } from '../complaint.ts'
import type { NetworkComplaint } from '../loading/explain-problems.ts'
import { describes } from './describes.ts'

/** A text, and what it means. */
export const text = (description: string) => z.string().describe(description)

export const component = describes<Component>()(
  z
    .strictObject({
      kind: z.enum([...resourceKinds, 'internet', 'service', 'platform', 'guest', 'question']),
      id: text("The provider's own id, or a word for what has none."),
      name: z.string().exactOptional(),
    })
    .describe('What an answer points at.'),
)

export const facts = z
  .record(z.string(), z.string())
  .describe('Facts behind the sentence, by name.')

export const leg = describes<LegName>()(z.enum(['forward', 'return']))

/** A finding without its texts. */
export const findingRecord = describes<FindingRecord>()(
  z.strictObject({
    code: text('Stable; docs/findings.md lists every code.'),
    severity: z.enum(['error', 'warning', 'info']),
    effect: z
      .enum(['blocks', 'warns', 'informs', 'undecides'])
      .describe('What it does to the verdict.'),
    leg: leg.exactOptional(),
    component,
    rule: text("The deciding rule or route by the provider's id, or `default`.").exactOptional(),
    facts,
  }),
)

export const stageName = describes<StageName>()(
  z.enum([
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
)

const problem = describes<NetworkComplaint['problems'][number]>()(
  z.strictObject({
    severity: z.enum(['error', 'warning']),
    pointer: text('JSON pointer into the network file.'),
    code: z.string(),
    expected: z.string().exactOptional(),
    found: z.string().exactOptional(),
    message: z.string(),
    line: z.int().min(1).exactOptional(),
  }),
)

/** The lines of a complaint are for people: they are not printed with `--json`. */
type PrintedComplaint = Omit<Complaint, 'details'> & Partial<Pick<NetworkComplaint, 'problems'>>

export const complaint = describes<PrintedComplaint>()(
  z.strictObject({
    code: text('Stable, dotted kebab-case.'),
    message: z.string(),
    candidates: z.array(z.string()).describe('What was probably meant.').exactOptional(),
    problems: z
      .array(problem)
      .describe('Everything that is wrong with a network file.')
      .exactOptional(),
  }),
)
