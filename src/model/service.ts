import type { CidrText, NetworkInterfaceId, PrefixListId, VpcId } from './id.ts'
import type { PortInterval } from './filter.ts'
import type { Resource } from './resource.ts'

/** A provider's own service at an intranet address (OSS, RDS, DNS …). */
export interface CloudService extends Resource {
  readonly cidrs: readonly CidrText[]
  /** Absent: a regional service that every VPC of the region reaches. */
  readonly vpcId?: VpcId
  /** Absent: every port. */
  readonly ports?: readonly PortInterval[]
}

/**
 * A component whose inside this release does not analyse: routes may point at it, and a packet
 * handed to it leaves the model.
 */
export interface Boundary extends Resource {
  readonly vpcId?: VpcId
  readonly state?: string
}

/** A private way to a service: interfaces in subnets, or next hop of routes to the service. */
export interface ServiceEndpoint extends Boundary {
  readonly type?: 'interface' | 'gateway' | 'gatewayLoadBalancer'
  /** The provider's name of the service. */
  readonly service?: string
  /** Of an `interface` endpoint. */
  readonly networkInterfaceIds?: readonly NetworkInterfaceId[]
  /** Addresses of the service, for a `gateway` endpoint. */
  readonly prefixListId?: PrefixListId
}
