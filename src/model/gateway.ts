import type {
  AddressText,
  CidrText,
  InternetGatewayId,
  NatGatewayId,
  NetworkInterfaceId,
  PeeringId,
  PublicAddressId,
  RouterInterfaceId,
  RouteTableId,
  SubnetId,
  VpcId,
} from './id.ts'
import type { Resource } from './resource.ts'

/** A public IPv4 address. `natPublicIp` lives and dies with its instance, `eip` on its own. */
export interface PublicAddress extends Resource<PublicAddressId> {
  readonly kind: 'natPublicIp' | 'eip'
  readonly address: AddressText
  /** Provider word: Available, Associating, InUse, Unassociating, Releasing. */
  readonly state: PublicAddressState
  /** How the address meets the guest. `cut-through`: it replaces the private address. */
  readonly mode: 'nat' | 'cut-through' | 'multi-visible'
  /** Absent: bound to nothing. */
  readonly boundTo?: PublicAddressBinding
  /** True: nothing comes in by it where no filter of the receiver says so (Standard, of Azure). */
  readonly closed?: boolean
  readonly locks?: readonly string[]
}

/** Life-cycle words of a public address. */
export const publicAddressStates = [
  'Available',
  'Associating',
  'InUse',
  'Unassociating',
  'Releasing',
] as const
/** One of `publicAddressStates`. */
export type PublicAddressState = (typeof publicAddressStates)[number]

/** What a public address is bound to. */
export interface PublicAddressBinding {
  readonly kind: 'instance' | 'networkInterface' | 'natGateway' | 'haVip' | 'loadBalancer'
  readonly id: string
  /** The private address it maps to; absent: the primary one. */
  readonly privateAddress?: AddressText
}

/** Translates addresses between a VPC and the Internet, or between private ranges. */
export interface NatGateway extends Resource<NatGatewayId> {
  readonly vpcId: VpcId
  readonly subnetId?: SubnetId
  readonly reach: 'internet' | 'intranet'
  /** Provider word: Creating, Available, Deleting …; only Available carries packets. */
  readonly state: string
  readonly locks?: readonly string[]
  readonly snat: readonly SnatEntry[]
  readonly dnat: readonly DnatEntry[]
  /** Where each interface of it has an address of its own: what it translates to. */
  readonly addresses?: readonly NatGatewayAddress[]
  /** Ranges of public addresses that it draws from beside those that are listed (Azure). */
  readonly publicPrefixes?: readonly CidrText[]
}

/** One address of a NAT gateway: inside the VPC, and outside unless it stays private. */
export interface NatGatewayAddress {
  readonly privateAddress: AddressText
  readonly publicAddress?: AddressText
  readonly networkInterfaceId?: NetworkInterfaceId
}

/** A translation of sources, for connections that start inside. */
export interface SnatEntry {
  readonly id: string
  readonly state: 'Available' | 'Pending' | 'Deleting'
  /** Sources it serves; a vSwitch entry is given as the vSwitch's range, an ENI's as its /32. */
  readonly source: CidrText
  readonly sourceSubnetId?: SubnetId
  readonly sourceNetworkInterfaceId?: NetworkInterfaceId
  /** Public addresses it draws from; several are chosen by hash. */
  readonly addresses: readonly AddressText[]
}

/** A translation of destinations, for connections that start outside. */
export interface DnatEntry {
  readonly id: string
  readonly state: 'Available' | 'Pending' | 'Deleting'
  /** `any`: every port of every protocol (IP mapping). */
  readonly protocol: 'tcp' | 'udp' | 'any'
  readonly externalAddress: AddressText
  readonly externalPort?: PortPair
  readonly internalAddress: AddressText
  readonly internalPort?: PortPair
}

/** Inclusive; equal bounds for one port. */
export interface PortPair {
  readonly from: number
  readonly to: number
}

/** Where a VPC meets the Internet: over IPv4, IPv6 or both, or over IPv6 outwards only. */
export interface InternetGateway extends Resource<InternetGatewayId> {
  readonly kind: 'ipv4' | 'ipv6' | 'both' | 'egress-only'
  readonly vpcId: VpcId
  readonly state: string
  /** IPv4: activated, so that Internet traffic follows the route tables. IPv6: usable. */
  readonly enabled: boolean
  /** The gateway route table, if one is associated. */
  readonly routeTableId?: RouteTableId
}

/** A VPC peering connection; carries packets only when `Activated`. */
export interface Peering extends Resource<PeeringId> {
  readonly requesterVpcId: VpcId
  readonly accepterVpcId: VpcId
  readonly state: string
  /** What each side allows (Azure); absent: everything. */
  readonly sides?: { readonly requester: PeeringSide; readonly accepter: PeeringSide }
}

/** What a VPC allows its peer. */
export interface PeeringSide {
  /** False: nothing passes. */
  readonly access: boolean
  /** Whether it takes packets whose source is no address of the peer. */
  readonly forwarded: boolean
  /** Whether it lends the peer its VPN gateway, and whether it uses the peer's. */
  readonly lendsGateway: boolean
  readonly usesGateway: boolean
}

/** One end of an Express Connect link between two routers. */
export interface RouterInterface extends Resource<RouterInterfaceId> {
  /** The VPC of this end; absent: a virtual border router. */
  readonly vpcId?: VpcId
  readonly oppositeId?: RouterInterfaceId
  readonly oppositeVpcId?: VpcId
  /** Provider word; only `Active` carries packets. */
  readonly state: string
  readonly locks?: readonly string[]
}
