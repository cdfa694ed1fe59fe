import { z } from 'zod'

import type { LabPlan, Mark, Seat } from '#lab'

import { labPlanFormat } from '../lab/lab-formats.ts'
import { component, stageName, text } from './answer-parts.ts'
import { describes } from './describes.ts'
import type { Frozen } from './describes.ts'
import { absence, labRefusal, unrealised } from './lab-parts.ts'
import { schemaFile } from './schema-text.ts'

type Space = LabPlan['spaces'][number]

const setting = z.strictObject({ path: text('Below /proc/sys.'), value: z.string() })

const line = z
  .strictObject({ text: z.string(), of: component })
  .describe('A line for a tool, and the resource it stands for.')

const socket = z.strictObject({
  protocol: z.enum(['tcp', 'udp']),
  address: z.string(),
  port: z.int(),
})

const firewall = z.strictObject({
  tool: z.enum(['nft-json', 'iptables', 'ip6tables']),
  text: z.string(),
})

const space = describes<Space>()(
  z
    .strictObject({
      name: text('At most 15 characters, unique in a plan.'),
      role: z.enum([
        'guest',
        'hypervisor',
        'router',
        'natGateway',
        'loadBalancer',
        'internet',
        'services',
      ]),
      of: component,
      sysctls: z.array(setting).describe('Set before any device exists.'),
      deviceSysctls: z.array(setting).describe('Set once the devices exist.'),
      ip: z.array(line).describe('For `ip -batch`.'),
      ip6: z.array(line).describe('For `ip -6 -batch`.'),
      bridge: z.array(line).describe('For `bridge -batch`.'),
      nft: z.array(line).describe('For `nft -f`.'),
      firewall: z
        .array(firewall)
        .describe("The guest's own, as its collector printed it.")
        .exactOptional(),
      sockets: z
        .array(socket)
        .describe('What listens in the guest; absent: not seen, so whatever is asked for does.')
        .exactOptional(),
    })
    .describe('A network namespace.'),
)

const end = z.strictObject({
  space: z.string(),
  device: z.string(),
  mac: text("Absent: the kernel's choice.").exactOptional(),
})

const mark = describes<Mark>()(
  z
    .strictObject({
      stage: stageName,
      decision: z.enum(['admit', 'refuse', 'continue']),
      component,
      rule: z.string().exactOptional(),
      code: text('Of a refusal: its reason, as of a finding.').exactOptional(),
    })
    .describe('What a rule of nftables or a route decides, in the words of an answer.'),
)

const route = z.strictObject({
  space: z.string(),
  table: z.int(),
  destination: z.string(),
  mark,
})

const seat = describes<Seat>()(
  z
    .strictObject({
      interfaceId: z.string(),
      port: z.int().describe('The number in the names of its devices.'),
      instanceId: z.string().exactOptional(),
      vpcId: z.string(),
      at: z
        .strictObject({
          space: z.string(),
          device: z.string(),
          mark: z.int().describe('Packets with this mark leave by the device.'),
        })
        .describe('Absent: it carries no packets.')
        .exactOptional(),
      absentBecause: absence.exactOptional(),
      addresses: z.array(z.string()).describe('The primary one of each family first.'),
    })
    .describe('Where packets of a network interface start and end.'),
)

const plan = describes<LabPlan & { readonly kind: typeof labPlanFormat }>()(
  z
    .strictObject({
      kind: z.literal(labPlanFormat),
      spaces: z.array(space),
      cables: z
        .array(z.strictObject({ ends: z.tuple([end, end]), of: component }))
        .describe('Pairs of veth devices.'),
      marks: z.array(mark).describe('What the comment `m7` of a line for nft stands for: the 8th.'),
      routes: z.array(route),
      seats: z.array(seat),
      publicHosts: z.array(z.string()).describe('Addresses that answer for hosts outside.'),
      unrealised: z.array(unrealised),
    })
    .describe('What `lab up` would build.'),
)

/** What `lab up --dry-run --json` prints: the plan, or why there is none. */
export const labPlanSchema = z.union([plan, labRefusal])

/** A plan as programs get it. */
export type LabPlanDocument = Frozen<z.output<typeof plan>>

export const labPlanDocs = schemaFile(labPlanSchema, {
  name: 'hopwise.lab-plan.v1',
  title: 'Hopwise lab plan',
  closed: true,
})
