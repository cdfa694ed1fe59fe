import { z } from 'zod'

import type { EndpointPolicies, HaVip, Subnet, Vpc } from '../vpc.ts'
import { list, maybe, oneOf, record } from './record.ts'
import { resourceFields } from './resource.ts'
import { address, idOf, ipv4Range, ipv6Range, range, text } from './text.ts'

export const vpc = record<Vpc>()(
  { id: 'Vpc', description: 'A virtual private cloud: an address space of its own.' },
  {
    ...resourceFields,
    id: idOf<'vpc'>('VPC id.'),
    cidrs: list(ipv4Range, 'IPv4 ranges, the primary one first.'),
    ipv6Cidrs: maybe(list(ipv6Range, 'IPv6 ranges.')),
    userCidrs: maybe(list(ipv4Range, 'Public-looking ranges that follow the route table.')),
    classicLink: maybe(z.boolean()),
    internetAccess: maybe(
      oneOf(['default', 'none'], '`none`: an IPv4 gateway was deleted in private mode.'),
    ),
    adminGroupIds: maybe(
      list(idOf<'securityGroup'>('Group id.'), 'Groups of a network manager (Azure).'),
    ),
  },
)

const endpointPolicies = record<EndpointPolicies>()(
  { id: 'EndpointPolicies', description: 'What holds for private endpoints in a subnet.' },
  { securityGroup: z.boolean(), routeTable: z.boolean() },
)

export const subnet = record<Subnet>()(
  { id: 'Subnet', description: 'A range of one VPC in one zone (vSwitch on Alibaba Cloud).' },
  {
    ...resourceFields,
    id: idOf<'subnet'>('Subnet id.'),
    vpcId: idOf<'vpc'>('The VPC it is part of.'),
    zone: maybe(text('Zone.')),
    cidr: range,
    moreCidrs: maybe(list(ipv4Range, 'Further IPv4 ranges (Azure).')),
    ipv6Cidr: maybe(ipv6Range),
    routeTableId: maybe(idOf<'routeTable'>("Its route table; absent: the VPC's system table.")),
    networkAclId: maybe(idOf<'networkAcl'>('Its network ACL; absent: unfiltered.')),
    securityGroupId: maybe(idOf<'securityGroup'>('Network security group (Azure).')),
    natGatewayId: maybe(idOf<'natGateway'>('NAT gateway of what starts in it (Azure).')),
    defaultOutboundAccess: maybe(z.boolean()),
    serviceEndpoints: maybe(
      list(idOf<'prefixList'>('Prefix list id.'), 'Services it reaches past its routes (Azure).'),
    ),
    endpointPolicies: maybe(endpointPolicies),
  },
)

const member = idOf<'instance' | 'networkInterface'>('Id of an instance or network interface.')

export const haVip = record<HaVip>()(
  { id: 'HaVip', description: 'An address that floats between members of one subnet.' },
  {
    ...resourceFields,
    id: idOf<'haVip'>('HaVip id.'),
    subnetId: idOf<'subnet'>('The subnet its address is in.'),
    address,
    members: list(member, 'Instances or network interfaces that may announce it.'),
    master: maybe(member),
  },
)
