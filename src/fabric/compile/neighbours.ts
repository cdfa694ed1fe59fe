import type { Boundary, Line, Peering, PeeringSide } from '#model'
import type { RankRange } from '../address-line.ts'
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

/** The VPN gateways of a VPC: its own, or those of peers which lend theirs. */
export function gatewaysOf(draft: Draft, vpc: number): readonly Boundary[] {
  const own = gatewaysIn(draft, vpc)
  if (own.length > 0 || !draft.on('azure.peering.gateway-transit')) return own
  return neighboursOf(draft, vpc)
    .filter(({ access, own: side, others }) => access && side?.usesGateway && others?.lendsGateway)
    .flatMap(({ far }) => gatewaysIn(draft, far))
}

const gatewaysIn = ({ network, ids }: Draft, vpc: number): readonly Boundary[] =>
  (network.vpnGateway ?? []).filter((item) => ids.vpc.find(item.vpcId, item) === vpc)

const linesOf = ({ network }: Draft, gateway: Boundary): readonly Line[] =>
  (network.line ?? []).filter(
    ({ attachedTo: at }) => at?.kind === 'vpnGateway' && at.id === gateway.id,
  )

/** Ranges that the lines of a VPN gateway say are behind it. */
export const behindGateway = (draft: Draft, gateway: Boundary): readonly string[] =>
  linesOf(draft, gateway).flatMap(({ routes = [] }) => routes)

/** Whether the gateways of a VPC may know routes that were not read, or there may be more of them. */
export function mayLearnMore(draft: Draft, vpc: number): boolean {
  const near = draft.network.vpc?.[vpc]
  if (!near) return false
  const gateways = gatewaysOf(draft, vpc)
  if (gateways.length === 0) return draft.index.lack('vpnGateway', near) !== undefined
  return (
    draft.index.lack('line', near) !== undefined ||
    gateways.some(
      (gateway) =>
        draft.index.isDoubted('vpnGateway', gateway) ||
        linesOf(draft, gateway).some(
          (line) => line.routesComplete !== true || draft.index.isDoubted('line', line),
        ),
    )
  )
}

/** Whether a VPC may have a peer that is not known: none was read, or one leads to an unknown VPC. */
export function mayHavePeers({ network, ids, index }: Draft, vpc: number): boolean {
  const near = network.vpc?.[vpc]
  if (near && index.lack('peering', near)) return true
  return (network.peering ?? []).some((item) => {
    const ends = [item.requesterVpcId, item.accepterVpcId].map((id) => ids.vpc.find(id, item))
    return ends.includes(vpc) && (ends.includes(-1) || index.isDoubted('peering', item))
  })
}

/** The ranges of a VPC, of both families. */
export function rangesOfVpc({ network }: Draft, vpc: number): readonly string[] {
  const item = network.vpc?.[vpc]
  return item ? [...item.cidrs, ...(item.ipv6Cidrs ?? [])] : []
}

/** The ranges of a VPC and of its peers. */
export const rangesNear = (
  draft: Draft,
  { vpc, neighbours }: { readonly vpc: number; readonly neighbours: readonly Neighbour[] },
): readonly RankRange[] =>
  [vpc, ...neighbours.map(({ far }) => far)]
    .flatMap((at) => rangesOfVpc(draft, at))
    .map((cidr) => draft.range(cidr))
