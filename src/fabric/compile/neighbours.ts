import type { Boundary, Peering, PeeringSide } from '#model'
import { hasAccess } from './compile-links.ts'
import type { Draft } from './draft.ts'

/** A VPC on the other side of a peering that is up, as seen from one side. */
export interface Neighbour {
  /** Position of its VPC. */
  readonly far: number
  /** Position of the peering. */
  readonly link: number
  readonly access: boolean
  readonly own: PeeringSide | undefined
  readonly others: PeeringSide | undefined
}

/** The VPCs that a VPC is peered with; none where the peering is not connected. */
export function neighboursOf(draft: Draft, vpc: number): readonly Neighbour[] {
  const { network, ids, index } = draft
  return (network.peering ?? []).flatMap((item, link) => {
    const ends = [item.requesterVpcId, item.accepterVpcId].map((id) => ids.vpc.find(id, item))
    const side = ends.indexOf(vpc)
    const far = ends[1 - side] ?? -1
    if (side < 0 || far < 0 || !isUp(draft, item) || index.isDoubted('peering', item)) return []
    const { requester, accepter } = item.sides ?? {}
    const [own, others] = side === 0 ? [requester, accepter] : [accepter, requester]
    return [{ far, link, access: hasAccess(draft, item), own, others }]
  })
}

const isUp = ({ on }: Draft, { state }: Peering): boolean =>
  state === 'Activated' || !on('peer.activated')

/** The VPN gateway of a VPC: its own, or that of a peer which lends it. */
export function gatewayOf(draft: Draft, vpc: number): Boundary | undefined {
  const own = gatewayIn(draft, vpc)
  if (own || !draft.on('azure.peering.gateway-transit')) return own
  for (const { far, own: side, others } of neighboursOf(draft, vpc)) {
    const lent = side?.usesGateway && others?.lendsGateway ? gatewayIn(draft, far) : undefined
    if (lent) return lent
  }
  return undefined
}

const gatewayIn = ({ network, ids }: Draft, vpc: number): Boundary | undefined =>
  network.vpnGateway?.find((item) => ids.vpc.find(item.vpcId, item) === vpc)

/** Ranges that the lines of a VPN gateway say are behind it. */
export const behindGateway = ({ network }: Draft, gateway: Boundary): readonly string[] =>
  (network.line ?? [])
    .filter(({ attachedTo: at }) => at?.kind === 'vpnGateway' && at.id === gateway.id)
    .flatMap(({ routes = [] }) => routes)
