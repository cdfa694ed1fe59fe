import type { AddressText, NetworkInterfaceId, SecurityGroupId, SubnetId } from './id.ts'
import type { Boundary } from './service.ts'

/**
 * Hands connections to one of several servers, at the transport layer (Classic Load Balancer;
 * docs/decisions/0010). Without `address` and `listeners` its inside was not read.
 */
export interface LoadBalancer extends Boundary {
  readonly subnetId?: SubnetId
  /** The private address it answers at. */
  readonly address?: AddressText
  /** Where it has several addresses, one a zone; then there is no `address`. */
  readonly frontends?: readonly Frontend[]
  /** Absent: it has none, and nothing filters its own traffic. */
  readonly securityGroupIds?: readonly SecurityGroupId[]
  /** False: an address hands connections to backends of its own zone only. Absent: to all. */
  readonly crossZone?: boolean
  readonly listeners?: readonly Listener[]
  /** Who gets what no listener takes: every port of every protocol (HA ports of Azure). */
  readonly everyPort?: readonly BackendTarget[]
  /** Servers whose own connections to the Internet leave by its public addresses (Azure). */
  readonly outbound?: readonly BackendTarget[]
}

/** One address of a load balancer, with the interface that has it. */
export interface Frontend {
  readonly address: AddressText
  readonly subnetId: SubnetId
  readonly networkInterfaceId?: NetworkInterfaceId
}

/** Known words for the state of a load balancer, in any case; only `active` takes connections. */
export const loadBalancerStates = ['active', 'inactive', 'locked'] as const

/** One port of a load balancer. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
  readonly state: ListenerState
  readonly backends: readonly Backend[]
  /** False: a backend sees the load balancer as its client. */
  readonly keepsClient?: boolean
}

/** Life-cycle words of a listener; only `running` takes connections. */
export const listenerStates = ['starting', 'running', 'stopping', 'stopped'] as const
/** One of `listenerStates`. */
export type ListenerState = (typeof listenerStates)[number]

/** A server behind a listener. */
export interface Backend {
  /** An instance stands for its primary interface, an address (`id`) for whoever has it. */
  readonly target: BackendTarget
  readonly port: number
  /** Its share of the connections; 0: no new ones. */
  readonly weight: number
  /** What the provider's checks said; absent: not known. */
  readonly health?: 'healthy' | 'unhealthy'
}

/** Whom a load balancer hands packets to. */
export interface BackendTarget {
  readonly kind: 'instance' | 'networkInterface' | 'address'
  readonly id: string
}
