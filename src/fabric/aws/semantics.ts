// table: one row per packet semantic of AWS, beside its document
import type { SemanticRow } from '../semantic.ts'

/**
 * What an AWS network does to a packet, one row per rule that can be switched off in a test.
 * Sources: `VPC x` is the section x of the Amazon VPC user guide, `EC2 x` of the EC2 user guide,
 * `TGW x` of the transit gateway guide, `ELB x` of the Network Load Balancer guide, `VPN x` of the
 * Site-to-Site VPN guide (docs/sources.md), `decision N` a page of docs/decisions.
 */
export const awsSemantics = {
  'aws.sg.stateful': {
    says: 'The reply to an admitted packet passes the security groups of its interface.',
    source: 'VPC security groups',
  },
  'aws.sg.merged': {
    says: 'An interface admits what any of its security groups admits.',
    source: 'VPC security groups',
  },
  'aws.sg.per-interface': {
    says: 'Each interface is judged by its own groups.',
    source: 'VPC security groups',
  },
  'aws.sg.ingress-drop': {
    says: 'Inbound, what no rule admits is dropped.',
    source: 'VPC security group rules',
  },
  'aws.sg.egress-drop': {
    says: 'Outbound, what no rule admits is dropped.',
    source: 'VPC security group rules',
  },
  'aws.sg.group-peer-private': {
    says: 'A rule that names a group matches the private addresses of its members.',
    source: 'VPC security group referencing',
  },
  'aws.sg.group-peer-peered': {
    says: 'A rule may name a group of a VPC that is peered.',
    source: 'VPC peering, security groups',
  },
  'aws.sg.prefix-list': {
    says: 'A rule that names a prefix list matches every prefix of the list.',
    source: 'VPC managed prefix lists',
  },
  'aws.eni.source-dest-check': {
    says: 'With the source/destination check on, an interface drops packets of foreign addresses.',
    source: 'EC2 network interfaces',
  },
  'aws.eni.attached': {
    says: 'An interface carries packets only while it is in use.',
    source: 'EC2 network interfaces',
  },
  'aws.instance.running': {
    says: 'An instance that is not running neither sends, receives nor relays.',
    source: 'EC2 instance lifecycle',
  },
  'aws.acl.stateless': {
    says: 'A network ACL judges replies by its rules too.',
    source: 'VPC network ACLs',
  },
  'aws.acl.number-order': {
    says: 'The matching rule with the lowest number decides.',
    source: 'VPC network ACL rules',
  },
  'aws.acl.default-drop': {
    says: 'A network ACL drops what no numbered rule matches.',
    source: 'VPC network ACL rules',
  },
  'aws.acl.same-subnet-exempt': {
    says: 'Traffic between interfaces of one subnet does not meet its network ACL.',
    source: 'VPC network ACLs',
  },
  'aws.acl.service-exempt': {
    says: 'Resolver, metadata and time service (169.254.0.0/16) pass every network ACL.',
    source: 'VPC network ACLs',
  },
  'aws.route.longest-prefix': {
    says: 'Of the active routes that match, the longest prefix decides.',
    source: 'VPC route priority',
  },
  'aws.route.subnet-table': {
    says: 'A subnet uses the table it is associated with instead of the main one.',
    source: 'VPC route tables',
  },
  'aws.route.local-whole-vpc': {
    says: 'The local route covers the whole ranges of the VPC.',
    source: 'VPC route tables',
  },
  'aws.route.next-hop-alive': {
    says: 'A route whose next hop is gone, unattached or stopped loses its packets.',
    source: 'VPC route tables (blackhole)',
  },
  'aws.route.relay-filtered': {
    says: 'A packet relayed by an instance is judged by that interface’s groups on the way in and out.',
    source: 'VPC security groups; EC2 NAT instances',
  },
  'aws.igw.route': {
    says: 'Internet traffic follows the route tables: without a route to an Internet gateway there is none.',
    source: 'VPC Internet gateways',
  },
  'aws.igw.needs-public': {
    says: 'An Internet gateway lets out only sources that have a public address of their own.',
    source: 'VPC Internet gateways',
  },
  'aws.igw.attached': {
    says: 'Without an attached Internet gateway, nothing arrives from the Internet.',
    source: 'VPC Internet gateways',
  },
  'aws.igw.edge-table': {
    says: 'The route table associated with a gateway may steer what arrives to an interface first.',
    source: 'VPC gateway route tables',
  },
  'aws.igw.own-ranges': {
    says: 'No gateway carries packets to the VPC’s own ranges to the Internet.',
    source: 'VPC route tables (local route); decision 0013',
  },
  'aws.igw.ipv6-outbound-only': {
    says: 'An egress-only Internet gateway lets IPv6 connections out and none in.',
    source: 'VPC egress-only Internet gateways',
  },
  'aws.eip.one-private-address': {
    says: 'A public address stands for one private address of its interface.',
    source: 'VPC Elastic IP addresses',
  },
  'aws.nat.interface': {
    says: 'A NAT gateway sends on what it takes as its own interface, by the table of its own subnet.',
    source: 'VPC NAT gateways',
  },
  'aws.nat.acl': {
    says: 'The network ACL of its subnet judges what reaches and leaves a NAT gateway.',
    source: 'VPC NAT gateways',
  },
  'aws.nat.in-service': {
    says: 'A NAT gateway carries packets only in state available.',
    source: 'VPC NAT gateways',
  },
  'aws.nat.protocols': {
    says: 'A NAT gateway carries TCP, UDP and ICMP only.',
    source: 'VPC NAT gateways',
  },
  'aws.nat.return-through': {
    says: 'The reply to a connection from the Internet leaves with the address that was called.',
    source: 'VPC Internet gateways',
  },
  'aws.peering.active': {
    says: 'A VPC peering connection carries packets only while it is active.',
    source: 'VPC peering',
  },
  'aws.peering.not-transitive': {
    says: 'A peering leads into the peer VPC only: to no gateway, and to no third VPC.',
    source: 'VPC peering limitations',
  },
  'aws.nlb.active': {
    says: 'A load balancer takes connections only in state active.',
    source: 'ELB load balancer state',
  },
  'aws.nlb.health': {
    says: 'An unhealthy target gets no connections, unless all of them are unhealthy.',
    source: 'ELB target health',
  },
  'aws.nlb.zones': {
    says: 'Without cross-zone balancing an address serves the targets of its own zone.',
    source: 'ELB cross-zone load balancing',
  },
  'aws.nlb.branches': {
    says: 'Each target of a listener is a branch of its own.',
    source: 'ELB routing',
  },
  'aws.nlb.client-address': {
    says: 'Where client addresses are preserved, the target sees the client, else the load balancer.',
    source: 'ELB client IP preservation',
  },
  'aws.nlb.acl': {
    says: 'The network ACLs of the load balancer’s subnet and of the target’s judge what is between them.',
    source: 'ELB network ACLs',
  },
  'aws.nlb.return-direct': {
    says: 'A target’s answer goes back by its load balancer, whatever its route table says.',
    source: 'ELB client IP preservation',
  },
} as const satisfies Readonly<Record<string, SemanticRow>>

/** Id of a packet semantic of AWS. */
export type AwsSemantic = keyof typeof awsSemantics
