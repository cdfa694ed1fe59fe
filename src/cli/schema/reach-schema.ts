import { z } from 'zod'

import { reachFormat } from '#analyzer'
import { verdicts } from '#model'

import { complaint, component, findingRecord, leg, stageName, text } from './answer-parts.ts'
import { describes } from './describes.ts'
import { schemaFile } from './schema-text.ts'
import type { PresentedRow } from '../sets/present-row.ts'

const place = component
  .extend({ address: text('Absent: the place by its name, or all of it.').exactOptional() })
  .describe('One side of a line.')

const part = z
  .strictObject({
    verdict: z.enum(verdicts),
    protocol: text(
      'An IANA keyword or number; `other` stands for every protocol that nothing in the network names.',
    ),
    ports: text('Destination ports, such as `80,443,8000-8999`.').exactOptional(),
    sources: text('Which addresses of the source, where it is not about all.').exactOptional(),
    destinations: text('Which addresses of the destination.').exactOptional(),
    at: component
      .describe('What takes the packets, where that is not what they were sent to.')
      .exactOptional(),
    because: z
      .array(z.strictObject({ leg, stage: stageName, component, rule: z.string() }))
      .describe(
        'The rules and routes that let through what gets through; empty in `--matrix` without `--why`.',
      ),
    findings: z
      .array(findingRecord.extend({ message: text('The sentence; its wording may change.') }))
      .describe('What stops the rest, or leaves it open.'),
  })
  .describe('Packets that share a verdict and its reasons.')

const row = describes<PresentedRow>()(
  z
    .strictObject({
      kind: z.literal(reachFormat),
      from: z.array(place),
      to: z.array(place),
      parts: z.array(part),
    })
    .describe(
      'Who can send what to whom: the same for each pair of both sides, but for a place and itself and for two addresses of one operating system, which are no pairs.',
    ),
)

const refusal = z
  .strictObject({ kind: z.literal(reachFormat), error: complaint })
  .describe('A set that could not be asked about, or an input that cannot be used.')

/** Each line of `reach --json`: a row, or why there is none. */
export const reachSchema = z.union([row, refusal])

/** Open: formats grow by adding fields, so a reader must not refuse what it does not know. */
export const reachDocs = schemaFile(reachSchema, {
  name: 'hopwise.reach.v1',
  title: 'Hopwise reach',
  closed: false,
})
