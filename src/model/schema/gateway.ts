import { z } from 'zod'

import { publicAddressStates } from '../gateway.ts'
import type {
  DnatEntry,
  InternetGateway,
  NatGateway,
  NatGatewayAddress,
  Peering,
  PeeringSide,
  PortPair,
  PublicAddress,
  PublicAddressBinding,
  RouterInterface,
  SnatEntry,
} from '../gateway.ts'
import { port } from './filter.ts'
import { list, maybe, oneOf, record, schemaNotes } from './record.ts'
import { resourceFields } from './resource.ts'
import { address, cidr, complain, idOf, ipv4Address, nonEmptyText, text } from './text.ts'

const binding = record<PublicAddressBinding>()(
  { id: 'PublicAddressBinding' },
  {
    kind: oneOf(['instance', 'networkInterface', 'natGateway', 'haVip', 'loadBalancer']),
    id: nonEmptyText('What it is bound to.'),
    privateAddress: maybe(address),
  },
)

const locks = maybe(list(nonEmptyText('Lock reason.'), 'Why the provider locked it.'))

export const publicAddress = record<PublicAddress>()(
  { id: 'PublicAddress', description: 'A public IPv4 address.' },
  {
    ...resourceFields,
    id: idOf<'publicAddress'>('Id of the address resource.'),
    kind: oneOf(['natPublicIp', 'eip'], '`natPublicIp` lives and dies with its instance.'),
    address: ipv4Address,
    state: oneOf(publicAddressStates),
    mode: oneOf(['nat', 'cut-through', 'multi-visible'], 'How the address meets the guest.'),
    boundTo: maybe(binding),
    closed: maybe(z.boolean()),
    locks,
  },
)

const entryState = oneOf(['Available', 'Pending', 'Deleting'])

const snatEntry = record<SnatEntry>()(
  { id: 'SnatEntry' },
  {
    id: nonEmptyText('Entry id.'),
    state: entryState,
    source: cidr,
    sourceSubnetId: maybe(idOf<'subnet'>('The subnet it was made for.')),
    sourceNetworkInterfaceId: maybe(idOf<'networkInterface'>('The interface it was made for.')),
    addresses: list(address, 'Public addresses it draws from.'),
  },
)

const portPair = record<PortPair>()({}, { from: port, to: port })
  .refine(({ from, to }) => from <= to, { error: complain('port-order') })
  .register(schemaNotes, { id: 'PortPair', description: 'Inclusive; equal bounds for one port.' })

const dnatEntry = record<DnatEntry>()(
  { id: 'DnatEntry' },
  {
    id: nonEmptyText('Entry id.'),
    state: entryState,
    protocol: oneOf(['tcp', 'udp', 'any'], '`any`: every port of every protocol.'),
    externalAddress: address,
    externalPort: maybe(portPair),
    internalAddress: address,
    internalPort: maybe(portPair),
  },
)

const natGatewayAddress = record<NatGatewayAddress>()(
  { id: 'NatGatewayAddress' },
  {
    privateAddress: ipv4Address,
    publicAddress: maybe(ipv4Address),
    networkInterfaceId: maybe(idOf<'networkInterface'>('The interface that has it.')),
  },
)

export const natGateway = record<NatGateway>()(
  { id: 'NatGateway' },
  {
    ...resourceFields,
    id: idOf<'natGateway'>('NAT gateway id.'),
    vpcId: idOf<'vpc'>('The VPC it belongs to.'),
    subnetId: maybe(idOf<'subnet'>('The subnet it stands in.')),
    reach: oneOf(['internet', 'intranet']),
    state: text("The provider's word; only Available carries packets."),
    locks,
    snat: list(snatEntry, 'Source translations.'),
    dnat: list(dnatEntry, 'Destination translations.'),
    addresses: maybe(list(natGatewayAddress, 'Addresses of its own, where it has some.')),
    publicPrefixes: maybe(list(cidr, 'Ranges of public addresses that it draws from (Azure).')),
  },
)

export const internetGateway = record<InternetGateway>()(
  { id: 'InternetGateway', description: 'Where a VPC meets the Internet.' },
  {
    ...resourceFields,
    id: idOf<'internetGateway'>('Gateway id.'),
    kind: oneOf(['ipv4', 'ipv6', 'both', 'egress-only'], '`egress-only`: IPv6, outwards.'),
    vpcId: idOf<'vpc'>('The VPC it belongs to.'),
    state: text("The provider's word."),
    enabled: z.boolean(),
    routeTableId: maybe(idOf<'routeTable'>('The gateway route table.')),
  },
)

const peeringSide = record<PeeringSide>()(
  { id: 'PeeringSide', description: 'What a VPC allows its peer.' },
  {
    access: z.boolean(),
    forwarded: z.boolean(),
    lendsGateway: z.boolean(),
    usesGateway: z.boolean(),
  },
)

const peeringSides = record<NonNullable<Peering['sides']>>()(
  { id: 'PeeringSides', description: 'What each side allows; absent: everything.' },
  { requester: peeringSide, accepter: peeringSide },
)

export const peering = record<Peering>()(
  { id: 'Peering', description: 'A VPC peering connection.' },
  {
    ...resourceFields,
    id: idOf<'peering'>('Peering id.'),
    requesterVpcId: idOf<'vpc'>('The VPC that asked.'),
    accepterVpcId: idOf<'vpc'>('The VPC that was asked.'),
    state: text("The provider's word; only Activated carries packets."),
    sides: maybe(peeringSides),
  },
)

export const routerInterface = record<RouterInterface>()(
  { id: 'RouterInterface', description: 'One end of an Express Connect link.' },
  {
    ...resourceFields,
    id: idOf<'routerInterface'>('Router interface id.'),
    vpcId: maybe(idOf<'vpc'>('The VPC of this end; absent: a virtual border router.')),
    oppositeId: maybe(idOf<'routerInterface'>('The other end.')),
    oppositeVpcId: maybe(idOf<'vpc'>('The VPC of the other end.')),
    state: text("The provider's word; only Active carries packets."),
    locks,
  },
)
