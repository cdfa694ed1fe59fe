import type {
  AddressText,
  CidrText,
  HaVipId,
  InstanceId,
  NatGatewayId,
  NetworkAclId,
  NetworkInterfaceId,
  PrefixListId,
  RouteTableId,
  SecurityGroupId,
  SubnetId,
  VpcId,
} from './id.ts'
import type { Resource } from './resource.ts'

/** A virtual private cloud: an address space isolated from every other one. */
export interface Vpc extends Resource<VpcId> {
  /** IPv4 ranges, the primary one first. */
  readonly cidrs: readonly CidrText[]
  readonly ipv6Cidrs?: readonly CidrText[]
  /** Public-looking ranges that the owner declared private: they follow the route table. */
  readonly userCidrs?: readonly CidrText[]
  readonly classicLink?: boolean
  /** `none`: an IPv4 gateway was deleted in private mode, nothing of this VPC reaches the Internet. */
  readonly internetAccess?: 'default' | 'none'
  /** Groups of a network manager, in the order in which they are asked (Azure). */
  readonly adminGroupIds?: readonly SecurityGroupId[]
}

/** A range of one VPC in one zone; on Alibaba Cloud, a vSwitch. */
export interface Subnet extends Resource<SubnetId> {
  readonly vpcId: VpcId
  readonly zone?: string
  readonly cidr: CidrText
  /** Further IPv4 ranges (Azure). */
  readonly moreCidrs?: readonly CidrText[]
  readonly ipv6Cidr?: CidrText
  /** Absent: the VPC's system table. */
  readonly routeTableId?: RouteTableId
  /** Absent: unfiltered. */
  readonly networkAclId?: NetworkAclId
  /** The network security group of its interfaces (Azure). */
  readonly securityGroupId?: SecurityGroupId
  /** The NAT gateway that takes what starts in it to the Internet (Azure). */
  readonly natGatewayId?: NatGatewayId
  /** False: nothing leaves it without a public address of its own or a gateway's (Azure). */
  readonly defaultOutboundAccess?: boolean
  /** Services that it reaches past its route table, by the lists of their addresses (Azure). */
  readonly serviceEndpoints?: readonly PrefixListId[]
  /** What holds for private endpoints in it; absent: nothing (Azure). */
  readonly endpointPolicies?: EndpointPolicies
}

/** Whether filters judge private endpoints, and whether route tables lead past them. */
export interface EndpointPolicies {
  readonly securityGroup: boolean
  readonly routeTable: boolean
}

/** An address that floats between members of one subnet; traffic goes to whichever announces it. */
export interface HaVip extends Resource<HaVipId> {
  readonly subnetId: SubnetId
  readonly address: AddressText
  readonly members: readonly (InstanceId | NetworkInterfaceId)[]
  /** The member that announces the address now; absent: nobody does. */
  readonly master?: InstanceId | NetworkInterfaceId
}
