import type {
  AddressText,
  CidrText,
  HaVipId,
  InstanceId,
  NetworkAclId,
  NetworkInterfaceId,
  RouteTableId,
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
}

/** A range of one VPC in one zone; on Alibaba Cloud, a vSwitch. */
export interface Subnet extends Resource<SubnetId> {
  readonly vpcId: VpcId
  readonly zone?: string
  readonly cidr: CidrText
  readonly ipv6Cidr?: CidrText
  /** Absent: the VPC's system table. */
  readonly routeTableId?: RouteTableId
  /** Absent: unfiltered. */
  readonly networkAclId?: NetworkAclId
}

/** An address that floats between members of one subnet; traffic goes to whichever announces it. */
export interface HaVip extends Resource<HaVipId> {
  readonly subnetId: SubnetId
  readonly address: AddressText
  readonly members: readonly (InstanceId | NetworkInterfaceId)[]
  /** The member that announces the address now; absent: nobody does. */
  readonly master?: InstanceId | NetworkInterfaceId
}
