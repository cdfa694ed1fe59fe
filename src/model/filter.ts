import type { CidrText, NetworkAclId, PrefixListId, SecurityGroupId, VpcId } from './id.ts'
import type { Resource } from './resource.ts'

/** Inclusive port interval; `{from: 0, to: 65535}` is every port. */
export interface PortInterval {
  readonly from: number
  readonly to: number
}

/** `all`, or an IANA protocol number (0–255). */
export type RuleProtocol = 'all' | number

/** Kinds of security group. */
export const securityGroupTypes = [
  'basic',
  'enterprise',
  'network',
  'application',
  'admin',
] as const
/** One of `securityGroupTypes`. */
export type SecurityGroupType = (typeof securityGroupTypes)[number]

/** A stateful filter attached to network interfaces. */
export interface SecurityGroup extends Resource<SecurityGroupId> {
  /** Absent: a classic-network group, or one of Azure's, which serve any virtual network. */
  readonly vpcId?: VpcId
  /**
   * `enterprise` is Alibaba Cloud's advanced group. Of Azure: `network` is a network security
   * group, of a subnet or an interface; `application` only names its members; `admin` holds the
   * rules of a network manager.
   */
  readonly type: SecurityGroupType
  /** Whether members of one basic group may talk to each other without a rule. */
  readonly intraGroup: 'accept' | 'drop'
  readonly rules: readonly SecurityGroupRule[]
}

/** An ICMP or ICMPv6 message; without `code`, every code of the type. Questions are about echoes. */
export interface IcmpKind {
  readonly type: number
  readonly code?: number
}

/** One line of a security group. */
export interface SecurityGroupRule {
  /** The provider's rule id; a dialect makes a stable one (`<group>/ingress/3`) where there is none. */
  readonly id: string
  readonly direction: 'ingress' | 'egress'
  readonly action: 'accept' | 'drop'
  /** Lower wins. */
  readonly priority: number
  readonly protocol: RuleProtocol
  /** Destination ports; one rule may name several intervals (port lists). Empty: every port. */
  readonly ports: readonly PortInterval[]
  /** Empty or absent: every source port. */
  readonly sourcePorts?: readonly PortInterval[]
  /** Of ICMP and ICMPv6 rules; absent: every message. */
  readonly icmp?: IcmpKind
  readonly peer: RulePeer
  /** Narrows the rule to some of the group's own addresses (five-tuple rules). */
  readonly local?: CidrText
  /** Narrows the rule to interfaces and addresses that any of these names (Azure). */
  readonly own?: readonly OnePeer[]
  /** What it accepts, no filter behind it is asked about (Always Allow of a network manager). */
  readonly final?: boolean
  /** Classic network only: which of the instance's two NICs the rule is for. */
  readonly nic?: 'internet' | 'intranet'
  readonly description?: string
}

/** The other side of a rule: the source inbound, the destination outbound. */
export type RulePeer = OnePeer | { readonly kind: 'anyOf'; readonly peers: readonly OnePeer[] }

/** What a rule can name on either side. */
export type OnePeer =
  | { readonly kind: 'cidr'; readonly cidr: CidrText }
  | { readonly kind: 'group'; readonly groupId: SecurityGroupId; readonly account?: string }
  | { readonly kind: 'prefixList'; readonly prefixListId: PrefixListId }
  | { readonly kind: 'serviceTag'; readonly tag: ComputedTag }

/** Service tags of Azure that mean what the network around the rule is; others are prefix lists. */
export const computedTags = [
  'VirtualNetwork',
  'Internet',
  'AzureLoadBalancer',
  'AzurePlatformDNS',
  'AzurePlatformIMDS',
] as const
/** One of `computedTags`. */
export type ComputedTag = (typeof computedTags)[number]

/** The parts of a peer. */
export const peersIn = (peer: RulePeer): readonly OnePeer[] =>
  peer.kind === 'anyOf' ? peer.peers : [peer]

/** A named list of prefixes of one address family. */
export interface PrefixList extends Resource<PrefixListId> {
  readonly cidrs: readonly CidrText[]
}

/** A stateless filter at the subnet boundary: list order is priority, the first match decides. */
export interface NetworkAcl extends Resource<NetworkAclId> {
  readonly vpcId: VpcId
  /** Custom entries in list order; the provider's own first and last entries are implied. */
  readonly ingress: readonly NetworkAclEntry[]
  readonly egress: readonly NetworkAclEntry[]
}

/** One line of a network ACL; its place in the list is its priority. */
export interface NetworkAclEntry {
  readonly id: string
  readonly action: 'accept' | 'drop'
  readonly protocol: RuleProtocol
  /** The packet's destination ports, in both directions. */
  readonly ports: PortInterval
  /** Of ICMP and ICMPv6 entries; absent: every message. */
  readonly icmp?: IcmpKind
  /** The source inbound, the destination outbound. */
  readonly peer: CidrText
  readonly description?: string
}
