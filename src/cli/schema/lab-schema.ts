import { z } from 'zod'

import { listenerStates } from '#model'

import { labFormat, labsFormat } from '../lab/lab-formats.ts'
import { text } from './answer-parts.ts'
import type { Frozen } from './describes.ts'
import { absence, count, label, labRefusal, unrealised } from './lab-parts.ts'
import { schemaFile } from './schema-text.ts'

const seat = z.strictObject({
  interface: text('Id of the network interface.'),
  instance: text('Absent: no instance has it.').exactOptional(),
  vpc: z.string(),
  addresses: z.array(z.string()),
  stands: z.boolean().describe('Whether it carries packets.'),
  because: absence.describe('Why it carries none.').exactOptional(),
})

const listener = z.strictObject({
  protocol: z.enum(['tcp', 'udp']),
  port: z.int().min(1).max(65_535),
  state: z.enum(listenerStates).describe('Only `running` takes connections.'),
})

const loadBalancer = z.strictObject({
  loadBalancer: text('Id of the load balancer.'),
  vpc: z.string(),
  address: text('The private address that it answers at.'),
  listeners: z.array(listener),
})

const lab = z
  .strictObject({
    kind: z.literal(labFormat),
    name: z.string(),
    ...label.shape,
    milliseconds: count.describe('What building took.'),
    outsideHosts: z.array(z.string()).describe('Addresses that answer for hosts outside.'),
    seats: z.array(seat).describe('The network interfaces.'),
    loadBalancers: z.array(loadBalancer).describe('Those that have a place in the lab.'),
    leftOut: z.array(unrealised),
  })
  .describe('A lab that has come up.')

const labs = z
  .strictObject({
    kind: z.literal(labsFormat),
    labs: z.array(
      z.union([
        z.strictObject({ name: z.string(), ...label.shape }),
        z.strictObject({ name: z.string() }).describe('Another run is at work on it.'),
      ]),
    ),
    cleared: z.array(z.string()).describe('Labs of killed runs of which the rest was removed.'),
  })
  .describe('The labs that are up.')

/** What `lab up --json` prints: the lab, or why there is none. */
export const labSchema = z.union([lab, labRefusal])

/** What `lab list --json` prints. */
export const labsSchema = labs

/** A lab that has come up, as programs get it. */
export type LabDocument = Frozen<z.output<typeof lab>>

/** One of its network interfaces. */
export type SeatDocument = Frozen<z.output<typeof seat>>

/** The labs that are up, as programs get them. */
export type LabsDocument = Frozen<z.output<typeof labs>>

export const labDocs = schemaFile(labSchema, {
  name: 'hopwise.lab.v1',
  title: 'Hopwise lab',
  closed: true,
})

export const labsDocs = schemaFile(labsSchema, {
  name: 'hopwise.labs.v1',
  title: 'Hopwise labs',
  closed: true,
})
