import type { Peering, RouterInterface } from '#model'
import type { Draft } from './draft.ts'
import type { Links } from '../ways.ts'

/** Semantics `peer.*`, `router-interface.*`: peerings first, then router interfaces. */
export function compileLinks(draft: Draft): Links {
  const peerings = draft.network.peering ?? []
  const routers = draft.network.routerInterface ?? []
  const ends = [
    ...peerings.map((item) => peeringEnds(draft, item)),
    ...routers.map((item) => routerEnds(draft, item)),
  ]
  return {
    kind: [
      ...peerings.map(() => 'peering' as const),
      ...routers.map(() => 'routerInterface' as const),
    ],
    position: Int32Array.from([...peerings.keys(), ...routers.keys()]),
    domainA: Int32Array.from(ends, (end) => end.a),
    domainB: Int32Array.from(ends, (end) => end.b),
    state: Uint8Array.from(ends, (end) => end.state),
    takesForeign: Uint8Array.from(ends, (_, link) => takesForeign(draft, peerings[link])),
  }
}

/** Both sides, but for a peering of which one does not. */
function takesForeign({ on }: Draft, item: Peering | undefined): number {
  if (!item?.sides || !on('azure.peering.forwarded')) return 3
  return (item.sides.requester.forwarded ? 1 : 0) | (item.sides.accepter.forwarded ? 2 : 0)
}

/** Whether both sides of a peering let the other in. */
export const hasAccess = ({ on }: Draft, { sides }: Peering): boolean =>
  !sides || !on('azure.peering.access') || (sides.requester.access && sides.accepter.access)

interface Ends {
  readonly a: number
  readonly b: number
  readonly state: number
}

function peeringEnds(draft: Draft, item: Peering): Ends {
  const { on, ids, index } = draft
  const a = ids.vpc.find(item.requesterVpcId, item)
  const b = ids.vpc.find(item.accepterVpcId, item)
  if (index.isDoubted('peering', item)) return { a, b, state: 3 }
  const carries = item.state === 'Activated' || !on('peer.activated')
  return { a, b, state: !carries ? 1 : a < 0 || b < 0 ? 3 : hasAccess(draft, item) ? 0 : 4 }
}

function routerEnds(draft: Draft, item: RouterInterface): Ends {
  const opposite =
    item.oppositeId === undefined
      ? undefined
      : draft.network.routerInterface?.[draft.ids.routerInterface.find(item.oppositeId, item)]
  const a = item.vpcId === undefined ? -1 : draft.ids.vpc.find(item.vpcId, item)
  const far = item.oppositeVpcId ?? opposite?.vpcId
  const b = far === undefined ? -1 : draft.ids.vpc.find(far, item)
  if (draft.index.isDoubted('routerInterface', item)) return { a, b, state: 3 }
  const unread = draft.index.gap('routerInterface', opposite ?? item, item.oppositeId)
  const lost = item.oppositeId !== undefined && (!opposite || unread?.id !== undefined)
  if (lost && unread) return { a, b, state: 3 }
  const works = (end: RouterInterface | undefined): boolean =>
    !end || (end.state === 'Active' && !end.locks?.length)
  if (draft.on('router-interface.active') && !(works(item) && works(opposite)))
    return { a, b, state: 1 }
  if (far === undefined) return { a, b, state: 2 }
  return { a, b, state: b < 0 ? 3 : 0 }
}
