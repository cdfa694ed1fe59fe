import type { LoadBalancer } from '#model'
import type { Draft } from './draft.ts'

/** An address that a load balancer answers at; one that was not read has a place all the same. */
export interface BalancerPlace {
  readonly item: LoadBalancer
  readonly position: number
  readonly address: string | undefined
  readonly subnetId: string | undefined
  readonly networkInterfaceId: string | undefined
  /** It has no private address, and answers at its public one. */
  readonly isPublic: boolean
}

/** Every address of every load balancer, in file order. */
export const balancerPlaces = (draft: Draft): readonly BalancerPlace[] =>
  (draft.network.loadBalancer ?? []).flatMap((item, position) =>
    addressesOf(item).map((front) => ({
      item,
      position,
      ...front,
      address: front.address ?? publicFrontend(draft, item),
      isPublic: front.address === undefined && publicFrontend(draft, item) !== undefined,
    })),
  )

/** Feature `lb.public-frontend`: one without a private address answers at its public one. */
export function publicFrontend({ network, on }: Draft, { id }: LoadBalancer): string | undefined {
  if (!on('lb.public-frontend')) return undefined
  return network.publicAddress?.find(
    ({ boundTo }) => boundTo?.kind === 'loadBalancer' && boundTo.id === id,
  )?.address
}

type Front = Omit<BalancerPlace, 'item' | 'position' | 'isPublic'>

function addressesOf({ address, subnetId, frontends = [] }: LoadBalancer): readonly Front[] {
  if (frontends.length === 0) return [{ address, subnetId, networkInterfaceId: undefined }]
  return frontends.map((front) => ({
    address: front.address,
    subnetId: front.subnetId,
    networkInterfaceId: front.networkInterfaceId,
  }))
}
