import type {
  AddressText,
  InstanceId,
  NetworkInterfaceId,
  SecurityGroupId,
  SubnetId,
  VpcId,
} from './id.ts'
import type { Resource } from './resource.ts'

/** Documented life-cycle words; the provider's own spelling is mapped by its dialect. */
export const instanceStates = ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped'] as const
/** One of `instanceStates`. */
export type InstanceState = (typeof instanceStates)[number]

/** A virtual machine. */
export interface Instance extends Resource<InstanceId> {
  readonly state: InstanceState
  readonly network: 'vpc' | 'classic'
  /** Present exactly when `network` is `vpc`. */
  readonly vpcId?: VpcId
  readonly zone?: string
  readonly os?: 'linux' | 'windows'
  /** Reasons the provider locked it for (`financial`, `security`, `recycling` …). */
  readonly locks?: readonly string[]
  /** Present exactly when `network` is `classic`. */
  readonly classic?: ClassicAttachment
}

/** The two NICs that a classic-network instance has instead of network interfaces. */
export interface ClassicAttachment {
  readonly intranetAddress: AddressText
  readonly publicAddress?: AddressText
  readonly securityGroupIds: readonly SecurityGroupId[]
  /** The VPC it is linked to by ClassicLink. */
  readonly linkedVpcId?: VpcId
}

/** Life-cycle words of a network interface. */
export const networkInterfaceStates = [
  'Creating',
  'Available',
  'Attaching',
  'InUse',
  'Detaching',
  'Deleting',
  'CreateFailed',
] as const
/** One of `networkInterfaceStates`. */
export type NetworkInterfaceState = (typeof networkInterfaceStates)[number]

/** An elastic network interface (ENI). */
export interface NetworkInterface extends Resource<NetworkInterfaceId> {
  readonly type: 'primary' | 'secondary'
  readonly state: NetworkInterfaceState
  readonly vpcId: VpcId
  readonly subnetId: SubnetId
  /** Absent while unattached. */
  readonly instanceId?: InstanceId
  /** Held by a component of the provider instead of an instance. */
  readonly serves?: InterfaceService
  /** IPv4, the primary address first. */
  readonly addresses: readonly AddressText[]
  readonly ipv6Addresses?: readonly Ipv6Assignment[]
  readonly securityGroupIds: readonly SecurityGroupId[]
  /** True: packets whose source or destination is not an address of this interface are dropped. */
  readonly sourceDestCheck?: boolean
  readonly macAddress?: string
}

/** Whose interface it is, where it is no instance's. `service`: whatever else the provider runs. */
export interface InterfaceService {
  readonly kind: 'natGateway' | 'loadBalancer' | 'endpoint' | 'transitRouter' | 'service'
  /** Absent: not in the input. */
  readonly id?: string
  /** The provider's word for it. */
  readonly word?: string
}

/** An IPv6 address and how far it reaches. */
export interface Ipv6Assignment {
  readonly address: AddressText
  /** `none`: private only; `egress-only`: connections may only start inside; absent: not in the input. */
  readonly internet?: 'none' | 'egress-only' | 'both'
}
