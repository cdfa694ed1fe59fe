import { z } from 'zod'

import type { ConcreteQuestion, NamedService, Unmeasured } from '#conformance'
import type { Blocker, ProbeOutcome } from '#lab'
import { questionProtocols } from '#model'
import type { Question } from '#model'

import { component, findingRecord, leg, text } from './answer-parts.ts'
import { describes } from './describes.ts'

const port = z.int().min(1).max(65_535)

const protocolNumber = z.int().min(0).max(255).describe('IANA number.')

export const service = describes<NamedService>()(
  z.strictObject({ protocol: protocolNumber, port: port.exactOptional() }),
)

export const packet = describes<ConcreteQuestion>()(
  z
    .strictObject({
      from: z.union([
        z.strictObject({ kind: z.enum(['instance', 'networkInterface']), id: z.string() }),
        z.strictObject({
          kind: z.literal('address'),
          address: z.string(),
          vpcId: text('Absent: of a classic instance, else of a host outside.').exactOptional(),
        }),
      ]),
      to: text('An address.'),
      protocol: protocolNumber,
      sourcePort: z.int().min(0).max(65_535).describe('Counts with TCP and UDP only.'),
      destinationPort: z.int().min(0).max(65_535).describe('Counts with TCP and UDP only.'),
    })
    .describe('The packet that was sent.'),
)

export const question = describes<Question>()(
  z
    .strictObject({
      id: z.string().exactOptional(),
      from: z.string(),
      to: z.string(),
      protocol: z.union([z.enum(questionProtocols), protocolNumber]),
      port: port.exactOptional(),
      sourcePort: port.exactOptional(),
      scope: z.string().exactOptional(),
    })
    .describe('A question that was given, of which no packet was made.'),
)

export const unmeasured = describes<Unmeasured>()(
  z.union([
    z
      .strictObject({
        kind: z.literal('open'),
        verdict: text('Of the analyzer, or `settled`: it answers without a packet.'),
        code: z.string().exactOptional(),
        reason: findingRecord.exactOptional(),
      })
      .describe('The analyzer gives no single answer to hold the wire against.'),
    z
      .strictObject({ kind: z.literal('left-out'), id: z.string(), reason: z.string() })
      .describe('It meets a part of the network that the lab leaves out.'),
    z.strictObject({ kind: z.literal('other'), words: z.string() }),
  ]),
)

export const blocker = describes<Blocker>()(
  z.strictObject({
    leg,
    code: text('As of a finding.'),
    component,
    rule: z.string().exactOptional(),
    by: z
      .enum(['rule', 'route', 'silence'])
      .describe(
        'How it is known: a traced rule, the route the kernel took, or only that nothing came.',
      ),
  }),
)

const icmp = z
  .strictObject({ from: z.string(), type: z.int(), code: z.int() })
  .describe('An ICMP error that came back, and who sent it.')

const sent = {
  local: text('The address that it was sent from.'),
  localPort: port.describe('TCP and UDP only.').exactOptional(),
  microseconds: z.number().min(0),
}

export const outcome = describes<ProbeOutcome>()(
  z.union([
    z.strictObject({ kind: z.literal('answered'), ...sent }),
    z.strictObject({ kind: z.literal('refused'), by: z.enum(['reset', 'unknown']), ...sent }),
    z.strictObject({ kind: z.literal('refused'), by: z.literal('unreachable'), icmp, ...sent }),
    z.strictObject({ kind: z.literal('expired'), hop: z.string(), ...sent }),
    z.strictObject({ kind: z.literal('silent'), ...sent }),
    z.strictObject({
      kind: z.literal('error'),
      errno: z.string(),
      stage: z.enum(['bind', 'connect', 'send', 'wait']),
      icmp: icmp.exactOptional(),
    }),
    z.strictObject({ kind: z.literal('not_measured'), why: z.string() }),
  ]),
)
