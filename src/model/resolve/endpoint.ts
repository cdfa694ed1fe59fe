import type { PublicAddress } from '../gateway.ts'
import type { AddressText, VpcId } from '../id.ts'
import type { Home } from '../index-network.ts'
import type { Instance, NetworkInterface } from '../instance.ts'
import type { LoadBalancer } from '../load-balancer.ts'
import type { Gap } from '../network.ts'
import type { ResourceKind } from '../resource.ts'
import type { Boundary, CloudService } from '../service.ts'
import type { HaVip } from '../vpc.ts'

/** Where a question may start or end. */
export type Endpoint =
  | { readonly kind: 'instance'; readonly instance: Instance }
  | { readonly kind: 'networkInterface'; readonly networkInterface: NetworkInterface }
  | { readonly kind: 'haVip'; readonly haVip: HaVip }
  | { readonly kind: 'cloudService'; readonly cloudService: CloudService }
  | BoundaryEndpoint
  | AddressEndpoint
  | { readonly kind: 'internet' }

/** A component behind which this release does not look. */
export interface BoundaryEndpoint {
  readonly kind: 'boundary'
  readonly resourceKind: BoundaryKind
  readonly boundary: Boundary
}

/** Resource kinds whose inside is not analysed. */
export const boundaryKinds = [
  'transitRouter',
  'vpnGateway',
  'line',
  'loadBalancer',
  'endpoint',
  'bastion',
  'applicationGateway',
  'scaleSet',
] as const satisfies readonly ResourceKind[]
/** One of `boundaryKinds`. */
export type BoundaryKind = (typeof boundaryKinds)[number]

/** An address, in canonical text, by the realm in which it means something. */
export type AddressEndpoint =
  | VpcAddress
  | {
      /** Of an instance in the classic network, where addresses are unique in a region. */
      readonly kind: 'address'
      readonly realm: 'classic'
      readonly address: AddressText
      readonly owner: Instance
    }
  | {
      /** Kept by the cloud for its own services: 100.64.0.0/10, 169.254.0.0/16, or a listed service. */
      readonly kind: 'address'
      readonly realm: 'provider'
      readonly address: AddressText
      readonly service?: CloudService
    }
  | PublicEndpoint
  | {
      /** Private, and outside the scope VPC, from which it was asked: on premises, or a peer's. */
      readonly kind: 'address'
      readonly realm: 'beyond'
      readonly address: AddressText
      readonly vpc: VpcKey
    }

/** An address in the ranges of a VPC. */
export interface VpcAddress {
  readonly kind: 'address'
  readonly realm: 'vpc'
  readonly address: AddressText
  readonly vpc: VpcKey
  /** Absent: nobody in the file has it. */
  readonly owner?: PrivateOwner
}

/** An address of the Internet. */
export interface PublicEndpoint {
  readonly kind: 'address'
  readonly realm: 'public'
  readonly address: AddressText
  /** Absent: somebody else's. */
  readonly owner?: PublicOwner
}

/** Who has a private address. */
export type PrivateOwner =
  | { readonly kind: 'networkInterface'; readonly networkInterface: NetworkInterface }
  | { readonly kind: 'haVip'; readonly haVip: HaVip }
  | { readonly kind: 'cloudService'; readonly cloudService: CloudService }
  | { readonly kind: 'loadBalancer'; readonly loadBalancer: LoadBalancer }

/** Who has a public address; an instance only in the classic network. */
export type PublicOwner =
  | { readonly kind: 'publicAddress'; readonly publicAddress: PublicAddress }
  | { readonly kind: 'instance'; readonly instance: Instance }

/** A VPC by its key, which is known even when its content was not read; a `Vpc` is one. */
export interface VpcKey extends Home {
  readonly id: VpcId
}

/** What a text of a question means, or why it means nothing certain. */
export type Resolution =
  | Endpoint
  | {
      readonly kind: 'not-found'
      /** Ids and names that are spelt alike, nearest first, at most three. */
      readonly near: readonly string[]
      /** Kinds of endpoint that were not read at all: the name may be one of theirs. */
      readonly gaps: readonly Gap[]
    }
  | {
      readonly kind: 'ambiguous'
      /** The first few of them; `scope`, or an id instead of a name, tells them apart. */
      readonly candidates: readonly Endpoint[]
      /** How many there are in all. */
      readonly count: number
    }
  | {
      /** It exists, but no packet starts or ends there: a subnet, a route table. */
      readonly kind: 'not-an-endpoint'
      readonly resourceKind: ResourceKind
      readonly id: string
    }
  | {
      /** The file says itself that this was not read. */
      readonly kind: 'unread'
      readonly gap: Gap
    }
  | {
      /** No VPC has that id, or (with nothing near) VPCs of several accounts have it. */
      readonly kind: 'unknown-scope'
      /** VPC ids that are spelt alike. */
      readonly near: readonly string[]
    }
