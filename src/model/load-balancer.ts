import type { AddressText, SubnetId } from './id.ts'
import type { Boundary } from './service.ts'

/**
 * Hands connections to one of several servers, at the transport layer (Classic Load Balancer;
 * docs/decisions/0010). Without `address` and `listeners` its inside was not read.
 */
export interface LoadBalancer extends Boundary {
  readonly subnetId?: SubnetId
  /** The private address it answers at. */
  readonly address?: AddressText
  readonly listeners?: readonly Listener[]
}

/** Known words for the state of a load balancer, in any case; only `active` takes connections. */
export const loadBalancerStates = ['active', 'inactive', 'locked'] as const

/** One port of a load balancer. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
  readonly state: ListenerState
  readonly backends: readonly Backend[]
}

/** Life-cycle words of a listener; only `running` takes connections. */
export const listenerStates = ['starting', 'running', 'stopping', 'stopped'] as const
/** One of `listenerStates`. */
export type ListenerState = (typeof listenerStates)[number]

/** A server behind a listener. */
export interface Backend {
  /** An instance stands for its primary interface. */
  readonly target: { readonly kind: 'instance' | 'networkInterface'; readonly id: string }
  readonly port: number
  /** Its share of the connections; 0: no new ones. */
  readonly weight: number
}
