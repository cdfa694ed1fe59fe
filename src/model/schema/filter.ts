import { z } from 'zod'

import {
  computedTags,
  type IcmpKind,
  type NetworkAcl,
  type NetworkAclEntry,
  type OnePeer,
  type PortInterval,
  type PrefixList,
  type RulePeer,
  type SecurityGroup,
  type SecurityGroupRule,
  securityGroupTypes,
} from '../filter.ts'
import { list, maybe, oneOf, record, schemaNotes } from './record.ts'
import { resourceFields } from './resource.ts'
import { cidr, complain, idOf, nonEmptyText, text } from './text.ts'

/** A port number from 0. */
export const port = z
  .int({ error: complain('port') })
  .min(0, { error: complain('port') })
  .max(65_535, { error: complain('port') })

export const portInterval = record<PortInterval>()({}, { from: port, to: port })
  .refine(({ from, to }) => from <= to, { error: complain('port-order') })
  .register(schemaNotes, {
    id: 'PortInterval',
    description: 'Inclusive port interval; 0 to 65535 is every port.',
  })

const protocolNumber = z
  .int({ error: complain('rule-protocol') })
  .min(0, { error: complain('rule-protocol') })
  .max(255, { error: complain('rule-protocol') })

const ruleProtocol = z
  .union([z.literal('all'), protocolNumber], { error: complain('rule-protocol') })
  .register(schemaNotes, { id: 'RuleProtocol', description: '`all` or an IANA protocol number.' })

const octet = z
  .int({ error: complain('octet') })
  .min(0, { error: complain('octet') })
  .max(255, { error: complain('octet') })

const icmpKind = record<IcmpKind>()(
  { id: 'IcmpKind', description: 'An ICMP or ICMPv6 message; without `code`, every code of it.' },
  { type: octet, code: maybe(octet) },
)

const direction = oneOf(['ingress', 'egress'])
const action = oneOf(['accept', 'drop'])

const peerKinds = [
  record<OnePeer & { kind: 'cidr' }>()({ id: 'CidrPeer' }, { kind: z.literal('cidr'), cidr }),
  record<OnePeer & { kind: 'group' }>()(
    { id: 'GroupPeer' },
    {
      kind: z.literal('group'),
      groupId: idOf<'securityGroup'>('Security group whose members are the peer.'),
      account: maybe(text('The account it belongs to, when another one.')),
    },
  ),
  record<OnePeer & { kind: 'prefixList' }>()(
    { id: 'PrefixListPeer' },
    { kind: z.literal('prefixList'), prefixListId: idOf<'prefixList'>('Prefix list id.') },
  ),
  record<OnePeer & { kind: 'serviceTag' }>()(
    { id: 'ServiceTagPeer' },
    {
      kind: z.literal('serviceTag'),
      tag: oneOf(computedTags, 'What it means depends on the network around the rule (Azure).'),
    },
  ),
] as const

const onePeer = z
  .discriminatedUnion('kind', peerKinds)
  .register(schemaNotes, { id: 'OnePeer', description: 'What a rule can name on either side.' })

const rulePeer = z
  .discriminatedUnion('kind', [
    ...peerKinds,
    record<RulePeer & { kind: 'anyOf' }>()(
      { id: 'AnyOfPeer' },
      { kind: z.literal('anyOf'), peers: list(onePeer, 'Any of these.') },
    ),
  ])
  .register(schemaNotes, {
    id: 'RulePeer',
    description: 'The other side: the source inbound, the destination outbound.',
  })

const securityGroupRule = record<SecurityGroupRule>()(
  { id: 'SecurityGroupRule' },
  {
    id: nonEmptyText('Rule id, unique in its group.'),
    direction,
    action,
    priority: z
      .int({ error: complain('whole-number') })
      .register(schemaNotes, { description: 'Lower wins.' }),
    protocol: ruleProtocol,
    ports: list(portInterval, 'Destination ports; empty: every port.'),
    sourcePorts: maybe(list(portInterval, 'Empty or absent: every source port.')),
    icmp: maybe(icmpKind),
    peer: rulePeer,
    local: maybe(cidr),
    own: maybe(list(onePeer, 'Narrows the rule to interfaces and addresses of these.')),
    final: maybe(z.boolean()),
    nic: maybe(oneOf(['internet', 'intranet'], 'Classic network only.')),
    description: maybe(z.string()),
  },
)

export const securityGroup = record<SecurityGroup>()(
  { id: 'SecurityGroup', description: 'A stateful filter attached to network interfaces.' },
  {
    ...resourceFields,
    id: idOf<'securityGroup'>('Security group id.'),
    vpcId: maybe(idOf<'vpc'>('Absent: a classic-network group, or one of any VPC (Azure).')),
    type: oneOf(securityGroupTypes),
    intraGroup: oneOf(['accept', 'drop'], 'Whether members may talk without a rule.'),
    rules: list(securityGroupRule, 'Its rules, in any order.'),
  },
)

export const prefixList = record<PrefixList>()(
  { id: 'PrefixList', description: 'A named list of prefixes of one address family.' },
  { ...resourceFields, id: idOf<'prefixList'>('Prefix list id.'), cidrs: list(cidr, 'Prefixes.') },
)

const networkAclEntry = record<NetworkAclEntry>()(
  { id: 'NetworkAclEntry' },
  {
    id: nonEmptyText('Entry id, unique in its ACL and direction.'),
    action,
    protocol: ruleProtocol,
    ports: portInterval,
    icmp: maybe(icmpKind),
    peer: cidr,
    description: maybe(z.string()),
  },
)

export const networkAcl = record<NetworkAcl>()(
  { id: 'NetworkAcl', description: 'A stateless filter at the subnet boundary.' },
  {
    ...resourceFields,
    id: idOf<'networkAcl'>('Network ACL id.'),
    vpcId: idOf<'vpc'>('The VPC it belongs to.'),
    ingress: list(networkAclEntry, 'Inbound entries; the first match decides.'),
    egress: list(networkAclEntry, 'Outbound entries; the first match decides.'),
  },
)
