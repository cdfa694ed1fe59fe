import { z } from 'zod'

import { routeStates, routeTargetKinds } from '../route.ts'
import type { NextHop, ResourceTarget, Route, RouteTable, RouteTarget } from '../route.ts'
import { list, maybe, oneOf, record, schemaNotes } from './record.ts'
import { resourceFields } from './resource.ts'
import { address, cidr, complain, idOf, nonEmptyText, text } from './text.ts'

/** A whole number from 0. */
export const naturalNumber = z
  .int({ error: complain('natural-number') })
  .min(0, { error: complain('natural-number') })

const routeTarget = z
  .discriminatedUnion('kind', [
    record<RouteTarget & { kind: 'local' }>()({ id: 'LocalTarget' }, { kind: z.literal('local') }),
    record<RouteTarget & { kind: 'blackhole' }>()(
      { id: 'BlackholeTarget' },
      { kind: z.literal('blackhole') },
    ),
    record<RouteTarget & { kind: 'internet' }>()(
      { id: 'InternetTarget', description: 'By what the VPC has for it (Azure).' },
      { kind: z.literal('internet') },
    ),
    record<RouteTarget & { kind: 'gateway' }>()(
      { id: 'GatewayTarget', description: 'The VPN gateway of the VPC, or of a peer (Azure).' },
      { kind: z.literal('gateway') },
    ),
    record<RouteTarget & { kind: 'address' }>()(
      { id: 'AddressTarget', description: 'Whoever has the address, here or at a peer (Azure).' },
      { kind: z.literal('address'), address },
    ),
    record<ResourceTarget>()(
      { id: 'ResourceTarget' },
      { kind: oneOf(routeTargetKinds), id: nonEmptyText('Id of the next hop.') },
    ),
    record<RouteTarget & { kind: 'unsupported' }>()(
      { id: 'UnsupportedTarget' },
      {
        kind: z.literal('unsupported'),
        id: text("The provider's id of the next hop."),
        word: text("The provider's word for its type."),
      },
    ),
  ])
  .register(schemaNotes, { id: 'RouteTarget', description: 'Where a route sends a packet.' })

const nextHop = record<NextHop>()(
  { id: 'NextHop' },
  { target: routeTarget, weight: maybe(naturalNumber), enabled: maybe(z.boolean()) },
)

const route = record<Route>()(
  { id: 'Route' },
  {
    id: nonEmptyText('Entry id, unique in its table.'),
    destination: cidr,
    origin: oneOf(['system', 'custom', 'dynamic']),
    state: oneOf(routeStates),
    nextHops: z
      .array(nextHop)
      .min(1, { error: complain('empty-list') })
      .register(schemaNotes, { description: 'Several: equal-cost branches or active/standby.' }),
  },
)

export const routeTable = record<RouteTable>()(
  { id: 'RouteTable', description: 'Routes of a VPC; `gateway` steers what the Internet sends.' },
  {
    ...resourceFields,
    id: idOf<'routeTable'>('Route table id.'),
    vpcId: maybe(idOf<'vpc'>('The VPC it belongs to; absent: any (Azure).')),
    type: oneOf(['system', 'custom', 'gateway']),
    routes: list(route, 'Its entries.'),
    learnsFrom: maybe(list(nonEmptyText('VPN gateway id.'), 'Gateways it learns routes from.')),
    takesGatewayRoutes: maybe(z.boolean()),
  },
)
