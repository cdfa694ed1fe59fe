import { z } from 'zod'

import type { Aspect, Comparison } from '#conformance'
import { verdicts } from '#model'

import { verificationFormat } from '../lab/lab-formats.ts'
import type { Tally } from '../lab/verification.ts'
import { findingRecord, text } from './answer-parts.ts'
import { describes } from './describes.ts'
import type { Frozen } from './describes.ts'
import { count, labRefusal, unrealised } from './lab-parts.ts'
import { schemaFile } from './schema-text.ts'
import { blocker, outcome, packet, question, service, unmeasured } from './verification-parts.ts'

const aspect = describes<Aspect>()(z.enum(['verdict', 'rule', 'stops']))

const stops = z.array(z.string()).describe('In order, each as `forward ID` or `return ID`.')

const tally = describes<Tally>()(
  z.strictObject({
    asked: count,
    reachable: count.describe('Packets that were answered.'),
    disagree: count,
    unmeasured: count,
  }),
)

const chosen = z
  .strictObject({
    possible: count.describe('How many questions there would be if nothing were left away.'),
    senders: count,
    destinations: count,
    services: z.array(service).describe('The last one is a service that no rule names.'),
  })
  .describe('How the questions were come by; absent: they were given.')

const paper = z
  .strictObject({
    verdict: z.enum(verdicts),
    blockers: z.array(findingRecord.pick({ code: true, leg: true, component: true, rule: true })),
    stops,
  })
  .describe('What the analyzer says.')

const wire = z
  .strictObject({
    verdict: describes<Comparison['wire']>()(z.enum(['reachable', 'unreachable'])),
    outcome,
    blocker: blocker
      .describe('What stopped it; absent: nothing did, or it left no trace.')
      .exactOptional(),
    stops,
  })
  .describe('What the packet met.')

const disagreement = z.strictObject({
  about: z.array(aspect),
  question: packet,
  paper,
  wire,
})

const notMeasured = z.strictObject({
  because: unmeasured,
  count: z.int().min(1),
  example: z.union([packet, question]).describe('One of the questions.'),
})

const compared = z
  .strictObject({ compared: count, agree: count, disagree: count })
  .describe('How many spoke of it, and how many of those alike.')

const verification = z
  .strictObject({
    kind: z.literal(verificationFormat),
    source: text('The network as it was named; absent: that of the lab.').exactOptional(),
    ...tally.shape,
    chosen: chosen.exactOptional(),
    aspects: z.strictObject({ verdict: compared, rule: compared, stops: compared }),
    disagreements: z.array(disagreement),
    notMeasured: z.array(notMeasured).describe('By reason, the most frequent first.'),
    leftOut: z.array(unrealised),
  })
  .describe('Paper held against packets.')

/** What `lab verify --json` prints: what was found out, or why nothing could be. */
export const verificationSchema = z.union([verification, labRefusal])

/** A verification as programs get it. */
export type VerificationDocument = Frozen<z.output<typeof verification>>

/** One question about which paper and wire disagree. */
export type DisagreementDocument = VerificationDocument['disagreements'][number]

/** What the analyzer names as stopping a packet. */
export type BlockerDocument = DisagreementDocument['paper']['blockers'][number]

export const verificationDocs = schemaFile(verificationSchema, {
  name: 'hopwise.verification.v1',
  title: 'Hopwise verification',
  closed: true,
})
