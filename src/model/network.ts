import type { NetworkAcl, PrefixList, SecurityGroup } from './filter.ts'
import type {
  InternetGateway,
  NatGateway,
  Peering,
  PublicAddress,
  RouterInterface,
} from './gateway.ts'
import type { Guest } from './guest.ts'
import type { Instance, NetworkInterface } from './instance.ts'
import { type Provider, resourceKinds } from './resource.ts'
import type { RouteTable } from './route.ts'
import type { LoadBalancer } from './load-balancer.ts'
import type { Boundary, CloudService, ServiceEndpoint } from './service.ts'
import type { Line, TransitRouter } from './transit.ts'
import type { HaVip, Subnet, Vpc } from './vpc.ts'

/** The `kind` of a network file; a new major changes the number. */
export const networkFormat = 'hopwise.network/v1'

/**
 * A network as facts: provider-neutral words, exact provider ids, nothing derived. Immutable.
 * Every array may be absent, which means empty unless `gaps` says that it was not read.
 */
export interface Network extends Readonly<ResourceArrays> {
  readonly kind: typeof networkFormat
  /** RFC 3339, UTC. */
  readonly capturedAt?: string
  readonly guests?: readonly Guest[]
  readonly gaps?: readonly Gap[]
}

/** The array of each resource kind, by kind name. */
export interface ResourceArrays {
  vpc?: readonly Vpc[]
  subnet?: readonly Subnet[]
  instance?: readonly Instance[]
  networkInterface?: readonly NetworkInterface[]
  securityGroup?: readonly SecurityGroup[]
  networkAcl?: readonly NetworkAcl[]
  routeTable?: readonly RouteTable[]
  publicAddress?: readonly PublicAddress[]
  natGateway?: readonly NatGateway[]
  internetGateway?: readonly InternetGateway[]
  peering?: readonly Peering[]
  routerInterface?: readonly RouterInterface[]
  transitRouter?: readonly TransitRouter[]
  vpnGateway?: readonly Boundary[]
  line?: readonly Line[]
  loadBalancer?: readonly LoadBalancer[]
  prefixList?: readonly PrefixList[]
  haVip?: readonly HaVip[]
  endpoint?: readonly ServiceEndpoint[]
  cloudService?: readonly CloudService[]
  bastion?: readonly Boundary[]
  applicationGateway?: readonly Boundary[]
  scaleSet?: readonly Boundary[]
}

/**
 * Something that the input does not say although a verdict may need it. With an `id`: that
 * resource is referred to, or listed, but its content was not read. Without: the whole kind was
 * not read for this provider (and account and region, where given), so "none is listed" proves
 * nothing. A walk that meets a gap ends `undetermined` and names `call`.
 */
export interface Gap {
  readonly kind: GapKind
  readonly provider: Provider
  readonly account?: string
  readonly region?: string
  readonly id?: string
  /** The provider's call that supplies it, with the argument that is needed. */
  readonly call: string
}

/**
 * Kinds of missing input. The last are facts that live inside other resources, whose ids they
 * take: `ipv6Internet` (an IPv6 gateway), `classicLink` (a classic instance),
 * `networkAclAssociation` and `addressUse` (a subnet: who holds the addresses that no listed
 * resource has).
 */
export const gapKinds = [
  ...resourceKinds,
  'ipv6Internet',
  'classicLink',
  'networkAclAssociation',
  'addressUse',
] as const
/** One of `gapKinds`. */
export type GapKind = (typeof gapKinds)[number]
