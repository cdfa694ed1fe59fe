import { z } from 'zod'

import {
  type Guest,
  type GuestDevice,
  type GuestFirewall,
  type GuestRoute,
  type GuestRule,
  type GuestSocket,
  reversePathFilters,
  socketProtocols,
} from '../guest.ts'
import { list, maybe, oneOf, record, schemaNotes } from './record.ts'
import { port } from './filter.ts'
import { account, provider, region } from './resource.ts'
import { naturalNumber } from './route.ts'
import { address, cidr, idOf, nonEmptyText, text } from './text.ts'

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

const guestDevice = record<GuestDevice>()(
  { id: 'GuestDevice', description: 'A network interface as the operating system knows it.' },
  {
    name: nonEmptyText('What the operating system calls it, such as eth0.'),
    networkInterfaceId: idOf<'networkInterface'>('The interface it is.'),
    reversePathFilter: maybe(oneOf(reversePathFilters, 'Absent: not seen.')),
  },
)

const guestFirewall = z
  .discriminatedUnion('kind', [
    record<GuestFirewall & { kind: 'nftables' }>()(
      { id: 'NftablesFirewall' },
      { kind: z.literal('nftables'), ruleset: text('The text of `nft -j list ruleset`.') },
    ),
    record<GuestFirewall & { kind: 'iptables' }>()(
      { id: 'IptablesFirewall' },
      {
        kind: z.literal('iptables'),
        ipv4: maybe(text('The text of `iptables-save`; absent: not seen.')),
        ipv6: maybe(text('The text of `ip6tables-save`; absent: not seen.')),
      },
    ),
  ])
  .register(schemaNotes, {
    id: 'GuestFirewall',
    description: 'The firewall rules of an operating system, as its own tools print them.',
  })

const guestSocket = record<GuestSocket>()(
  { id: 'GuestSocket', description: 'A listening TCP socket, or an unconnected UDP socket.' },
  { protocol: oneOf(socketProtocols), address, port },
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
    devices: maybe(list(guestDevice, 'Absent: not seen.')),
    firewall: maybe(guestFirewall),
    sockets: maybe(list(guestSocket, 'Everything that listens; absent: not seen.')),
  },
)
