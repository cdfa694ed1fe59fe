import type { AddressText, CidrText, RouteTableId, VpcId } from './id.ts'
import type { Resource } from './resource.ts'

/** `gateway` tables steer what arrives from the Internet; the others what leaves a subnet. */
export interface RouteTable extends Resource<RouteTableId> {
  /** Absent: one that subnets of any VPC may use (Azure). */
  readonly vpcId?: VpcId
  readonly type: 'system' | 'custom' | 'gateway'
  readonly routes: readonly Route[]
  /** VPN gateways that it learns routes from: all that these know is among its routes. */
  readonly learnsFrom?: readonly string[]
  /** False: what VPN gateways know is no route of its subnets (Azure). */
  readonly takesGatewayRoutes?: boolean
}

/** Life-cycle words of a route. */
export const routeStates = ['Available', 'Pending', 'Modifying', 'Deleting'] as const
/** One of `routeStates`. */
export type RouteState = (typeof routeStates)[number]

/** One line of a route table; the longest matching prefix decides among them. */
export interface Route {
  /** The provider's entry id; a dialect makes a stable one (`<table>/<destination>`) where there is none. */
  readonly id: string
  readonly destination: CidrText
  readonly origin: 'system' | 'custom' | 'dynamic'
  readonly state: RouteState
  /** Several: equal-cost branches, or active/standby by weight. Never empty. */
  readonly nextHops: readonly NextHop[]
}

/** One branch of a route. */
export interface NextHop {
  readonly target: RouteTarget
  /** Of a router interface: 0 is standby while a heavier one is enabled. */
  readonly weight?: number
  /** False: switched off by a health check. */
  readonly enabled?: boolean
}

/**
 * Where a route sends a packet. `internet` and `gateway` are what the packet's own VPC has for it,
 * `address` is whoever has the address there or in a peered VPC (Azure). `unsupported` keeps the
 * provider's word for the report.
 */
export type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'blackhole' }
  | { readonly kind: 'internet' }
  | { readonly kind: 'gateway' }
  | { readonly kind: 'address'; readonly address: AddressText }
  | ResourceTarget
  | { readonly kind: 'unsupported'; readonly id: string; readonly word: string }

/** A resource by its id. */
export interface ResourceTarget {
  readonly kind: RouteTargetKind
  readonly id: string
}

/** Resource kinds that a route may point at. */
export const routeTargetKinds = [
  'instance',
  'networkInterface',
  'haVip',
  'natGateway',
  'internetGateway',
  'peering',
  'routerInterface',
  'transitRouter',
  'vpnGateway',
  'line',
  'endpoint',
] as const
/** One of `routeTargetKinds`. */
export type RouteTargetKind = (typeof routeTargetKinds)[number]
