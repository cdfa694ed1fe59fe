import { z } from 'zod'

import { instanceStates, networkInterfaceStates } from '../instance.ts'
import type {
  ClassicAttachment,
  Instance,
  InterfaceService,
  Ipv6Assignment,
  NetworkInterface,
} from '../instance.ts'
import { list, maybe, oneOf, record } from './record.ts'
import { resourceFields } from './resource.ts'
import { idOf, ipv4Address, ipv6Address, nonEmptyText, text } from './text.ts'

const classicAttachment = record<ClassicAttachment>()(
  { id: 'ClassicAttachment', description: 'The two NICs of a classic-network instance.' },
  {
    intranetAddress: ipv4Address,
    publicAddress: maybe(ipv4Address),
    securityGroupIds: list(idOf<'securityGroup'>('Security group id.'), 'Its security groups.'),
    linkedVpcId: maybe(idOf<'vpc'>('The VPC it is linked to by ClassicLink.')),
  },
)

export const instance = record<Instance>()(
  { id: 'Instance', description: 'A virtual machine.' },
  {
    ...resourceFields,
    id: idOf<'instance'>('Instance id.'),
    state: oneOf(instanceStates, 'Life-cycle state.'),
    network: oneOf(['vpc', 'classic'], 'Which network type it lives in.'),
    vpcId: maybe(idOf<'vpc'>('Present exactly when `network` is `vpc`.')),
    zone: maybe(text('Zone.')),
    os: maybe(oneOf(['linux', 'windows'])),
    locks: maybe(list(nonEmptyText('Lock reason.'), 'Why the provider locked it.')),
    classic: maybe(classicAttachment),
  },
)

const ipv6Assignment = record<Ipv6Assignment>()(
  { id: 'Ipv6Assignment', description: 'An IPv6 address and how far it reaches.' },
  {
    address: ipv6Address,
    internet: maybe(oneOf(['none', 'egress-only', 'both'], 'Absent: not known.')),
  },
)

const interfaceService = record<InterfaceService>()(
  { id: 'InterfaceService', description: 'The component of the provider that has an interface.' },
  {
    kind: oneOf(['natGateway', 'loadBalancer', 'endpoint', 'transitRouter', 'service']),
    id: maybe(nonEmptyText('Absent: not known.')),
    word: maybe(text("The provider's word for it.")),
  },
)

export const networkInterface = record<NetworkInterface>()(
  { id: 'NetworkInterface', description: 'An elastic network interface.' },
  {
    ...resourceFields,
    id: idOf<'networkInterface'>('Interface id.'),
    type: oneOf(['primary', 'secondary']),
    state: oneOf(networkInterfaceStates, 'Life-cycle state.'),
    vpcId: idOf<'vpc'>('The VPC it is in.'),
    subnetId: idOf<'subnet'>('The subnet it is in.'),
    instanceId: maybe(idOf<'instance'>('Absent while unattached.')),
    serves: maybe(interfaceService),
    addresses: list(ipv4Address, 'Private IPv4 addresses, the primary one first.'),
    ipv6Addresses: maybe(list(ipv6Assignment, 'IPv6 addresses.')),
    securityGroupIds: list(idOf<'securityGroup'>('Security group id.'), 'Its security groups.'),
    sourceDestCheck: maybe(z.boolean()),
    macAddress: maybe(text('MAC address.')),
  },
)
