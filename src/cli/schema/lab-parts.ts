import { z } from 'zod'

import type { Absence, Unrealised } from '#lab'

import type { LabLabel } from '../lab/kept-lab.ts'
import { labFormat } from '../lab/lab-formats.ts'
import { complaint, component, text } from './answer-parts.ts'
import { describes } from './describes.ts'

export const count = z.int().min(0)

export const label = describes<LabLabel>()(
  z.strictObject({
    source: text("The network's file or folder, as an absolute path."),
    since: text('RFC 3339, UTC.'),
    instances: count,
    interfaces: count.describe('Those that carry packets.'),
    vpcs: count,
  }),
)

export const absence = describes<Absence>()(
  z.strictObject({ code: text('As of a finding.'), words: z.string() }),
)

export const unrealised = describes<Unrealised>()(
  z
    .strictObject({ component, reason: z.string() })
    .describe('A part of the network that the lab leaves out.'),
)

export const labRefusal = z
  .strictObject({ kind: z.literal(labFormat), error: complaint })
  .describe('Why there is no lab: an input that cannot be used, or what the machine lacks.')
