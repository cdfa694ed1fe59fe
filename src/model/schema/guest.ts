import { z } from 'zod'

import type { Guest, GuestRoute, GuestRule } from '../guest.ts'
import { list, maybe, record } from './record.ts'
import { account, provider, region } from './resource.ts'
import { naturalNumber } from './route.ts'
import { address, cidr, idOf } from './text.ts'

const guestRoute = record<GuestRoute>()(
  { id: 'GuestRoute', description: 'A route of the operating system.' },
  {
    destination: cidr,
    via: maybe(address),
    networkInterfaceId: idOf<'networkInterface'>('The interface it leaves by.'),
    metric: maybe(naturalNumber),
    table: maybe(naturalNumber),
  },
)

const guestRule = record<GuestRule>()(
  { id: 'GuestRule', description: 'A policy rule of the operating system.' },
  { priority: naturalNumber, from: maybe(cidr), table: naturalNumber },
)

export const guest = record<Guest>()(
  { id: 'Guest', description: 'What a collector saw inside one instance.' },
  {
    provider,
    account,
    region,
    instanceId: idOf<'instance'>('The instance it was collected in.'),
    ipForward: maybe(z.boolean()),
    routes: maybe(list(guestRoute, 'Absent: not seen.')),
    rules: maybe(list(guestRule, 'In priority order; absent: not seen.')),
  },
)
