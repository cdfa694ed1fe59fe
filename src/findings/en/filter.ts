import { sentences } from '../template.ts'

/** Security groups, network ACLs and what the platform itself drops. */
export const filter = sentences({
  'sg.egress.no-match': {
    say: '{component} has no outbound rule for {destination} on {service}',
    advice:
      'Allow exactly this: aliyun ecs AuthorizeSecurityGroupEgress --SecurityGroupId {component-id} --IpProtocol {service|protocol} --PortRange {service|ports} {destination|destination-option}',
  },
  'sg.egress.deny': {
    say: '{component} drops {service} to {destination} by {rule} (outbound, priority {priority})',
    advice:
      'Open {component-id} > Outbound in the ECS console and narrow or delete {rule}, or add an Allow rule for {service} to {destination|cidr} with a priority number below {priority}.',
    topAdvice:
      'Open {component-id} > Outbound in the ECS console and narrow or delete {rule}; at priority {priority}, no Allow rule can come before it.',
  },
  'sg.ingress.no-match': {
    say: '{component} has no inbound rule for {source} on {service}',
    advice:
      'Allow exactly this: aliyun ecs AuthorizeSecurityGroup --SecurityGroupId {component-id} --IpProtocol {service|protocol} --PortRange {service|ports} {source|source-option}',
  },
  'sg.ingress.deny': {
    say: '{component} drops {service} from {source} by {rule} (inbound, priority {priority})',
    advice:
      'Open {component-id} > Inbound in the ECS console and narrow or delete {rule}, or add an Allow rule for {service} from {source|cidr} with a priority number below {priority}.',
    topAdvice:
      'Open {component-id} > Inbound in the ECS console and narrow or delete {rule}; at priority {priority}, no Allow rule can come before it.',
  },
  'sg.intra-group-isolated': {
    say: '{component} isolates its members, so {source} needs a rule to reach {destination}',
    advice:
      'Add a rule for this traffic, or let all members of a basic group reach each other: aliyun ecs ModifySecurityGroupPolicy --SecurityGroupId {component-id} --InnerAccessPolicy Accept',
  },
  'sg.group-reference-unresolved': {
    say: '{rule} of {component} names group {group} and does not cover {source}, because only private addresses of members in the same VPC count',
    advice:
      'Open {component-id} in the ECS console and add a rule that names {source|cidr} instead of the group.',
  },
  'sg.group-reference-enterprise': {
    say: '{rule} of {component} names group {group} and matches nothing, because only basic security groups name each other',
    advice:
      'Open {component-id} in the ECS console and replace the rule by one that names the addresses of {group}.',
  },
  'acl.egress.deny': {
    say: '{component} at vSwitch {subnet} drops {service} from {source} to {destination} by {rule} (outbound)',
    advice:
      'Open {component-id} in the VPC console and put an outbound Allow rule for {service} to {destination|cidr} above {rule}.',
  },
  'acl.ingress.deny': {
    say: '{component} at vSwitch {subnet} drops {service} from {source} to {destination} by {rule} (inbound)',
    advice:
      'Open {component-id} in the VPC console and put an inbound Allow rule for {service} from {source|cidr} above {rule}.',
  },
  'acl.return.egress.deny': {
    say: '{component} at vSwitch {subnet} drops the reply on {service} from {source} to {destination} by {rule} (outbound)',
    advice:
      'A network ACL judges replies by their own port: open {component-id} in the VPC console and put an outbound Allow rule for {service} to {destination|cidr} above {rule}.',
  },
  'acl.return.ingress.deny': {
    say: '{component} at vSwitch {subnet} drops the reply on {service} from {source} to {destination} by {rule} (inbound)',
    advice:
      'A network ACL judges replies by their own port: open {component-id} in the VPC console and put an inbound Allow rule for {service} from {source|cidr} above {rule}.',
  },
  'policy.platform-blocked': {
    say: '{component} drops {service} to {destination} on its way to the Internet, and no rule opens it',
    advice:
      'Send mail on port 465 instead, or ask Alibaba Cloud to unblock TCP 25 in the Security Control console.',
  },
})
