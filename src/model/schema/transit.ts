import { z } from 'zod'

import type {
  Line,
  TransitAttachment,
  TransitRoute,
  TransitRouter,
  TransitTable,
} from '../transit.ts'
import { transitAttachmentKinds } from '../transit.ts'
import { list, maybe, oneOf, record } from './record.ts'
import { boundaryFields } from './service.ts'
import { cidr, idOf, nonEmptyText, text } from './text.ts'

const attachment = record<TransitAttachment>()(
  { id: 'TransitAttachment', description: 'One plug of a transit router.' },
  {
    id: nonEmptyText('Attachment id.'),
    kind: oneOf(transitAttachmentKinds),
    resourceId: nonEmptyText('The VPC, the line, or the transit router at the other end.'),
    state: text("The provider's word; only available carries packets."),
    subnetIds: maybe(list(idOf<'subnet'>('Subnet id.'), 'Where its interfaces are, one a zone.')),
    tableId: maybe(nonEmptyText('The table it asks; absent: none.')),
  },
)

const route = record<TransitRoute>()(
  { id: 'TransitRoute', description: 'A static route; without attachments a black hole.' },
  {
    destination: cidr,
    attachmentIds: list(nonEmptyText('Attachment id.'), 'Equal next hops; none: a black hole.'),
  },
)

const table = record<TransitTable>()(
  { id: 'TransitTable' },
  {
    id: nonEmptyText('Table id.'),
    routes: list(route, 'Static routes.'),
    propagations: list(nonEmptyText('Attachment id.'), 'Attachments it learns from.'),
  },
)

export const transitRouter = record<TransitRouter>()(
  {
    id: 'TransitRouter',
    description: 'Joins VPCs and lines; unread inside without attachments and tables.',
  },
  {
    ...boundaryFields,
    attachments: maybe(list(attachment, 'Absent: not read.')),
    tables: maybe(list(table, 'Absent: not read.')),
  },
)

const lineEnd = record<NonNullable<Line['attachedTo']>>()(
  { id: 'LineEnd' },
  {
    kind: oneOf(['vpnGateway', 'transitRouter', 'line']),
    id: nonEmptyText('What its cloud end is attached to.'),
  },
)

export const line = record<Line>()(
  { id: 'Line', description: "A way out of the cloud to somewhere of the customer's." },
  {
    ...boundaryFields,
    medium: maybe(oneOf(['vpn', 'direct'])),
    attachedTo: maybe(lineEnd),
    routes: maybe(list(cidr, 'Ranges that are known to be behind it.')),
    routesComplete: maybe(z.boolean()),
  },
)
