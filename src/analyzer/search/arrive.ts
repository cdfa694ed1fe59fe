import { isCutThrough, PUBLIC } from '#fabric'
import type { Component, PublicAddress } from '#model'
import { arriveIpv6 } from './arrive-ipv6.ts'
import { isBalancer } from './balancer.ts'
import { deliver, deliverAt } from './deliver.ts'
import { arriveAtNat } from './dnat.ts'
import { reportUnreadVip } from './ha-vip.ts'
import { setDestination } from './header.ts'
import { noteTranslation, refuse, report, reportLacking, reportMissing } from './record.ts'
import { enterDomain } from './redirect.ts'
import type { Run } from './run.ts'
import { leaveUnread } from './unread-balancer.ts'
import { checkInternetAccess, checkMapped } from './translation.ts'
import type { LegEnd } from './walk.ts'

/** A packet from the Internet meets a public address of this network. */
export function arrive(run: Run, at: number): LegEnd {
  const { publics } = run.fabric
  switch (publics.kind[at]) {
    case PUBLIC.unbound:
    case PUBLIC.badState:
    case PUBLIC.noMaster:
      return atNothing(run, at)
    case PUBLIC.nat:
      return arriveAtNat(run, publics.nat[at])
    case PUBLIC.port:
      return arriveAtPort(run, at)
    case PUBLIC.classic:
      run.state.inPublic = at
      return deliverAt(run, publics.port[at], -1)
    case PUBLIC.unsupported:
      return atBalancer(run, at)
    case PUBLIC.unread:
      return atUnread(run, at)
    default:
      return arriveIpv6(run, at)
  }
}

/** The public address leads to nobody. */
function atNothing(run: Run, at: number): LegEnd {
  const { publics } = run.fabric
  const component = run.show.publicAddress(at)
  const address = run.show.address(publics.rank[at])
  const item = itemOf(run, at)
  if (publics.kind[at] === PUBLIC.unbound) {
    refuse(run, 'translate', component, report(run, 'eip.not-bound', component, { address }))
  } else if (publics.kind[at] === PUBLIC.badState) {
    const facts = { address, state: stateOf(item) }
    refuse(run, 'translate', component, report(run, 'eip.bad-state', component, facts))
  } else {
    const haVip: Component = { kind: 'haVip', id: item?.boundTo?.id ?? 'unknown' }
    refuse(run, 'deliver', haVip, report(run, 'havip.no-master', haVip, { address }))
  }
  return 'dead'
}

function arriveAtPort(run: Run, at: number): LegEnd {
  const { publics, ports } = run.fabric
  const port = publics.port[at]
  const component = run.show.publicAddress(at)
  checkInternetAccess(run, ports.domain[port])
  checkMapped(run, component, at)
  run.state.inPublic = at
  setDestination(run, publics.inside[at])
  if (!isCutThrough(run.fabric, at)) noteTranslation(run, component)
  // A public frontend has no private address that could be looked for.
  if (isBalancer(run, port) && publics.inside[at] === publics.rank[at])
    return deliverAt(run, port, -1)
  const past = isBalancer(run, port) && run.fabric.flags.balancerPastGateway
  return past ? deliver(run, ports.domain[port], -1) : enterDomain(run, ports.domain[port])
}

function atBalancer(run: Run, at: number): LegEnd {
  checkMapped(run, run.show.publicAddress(at), at)
  const item = itemOf(run, at)
  const balancer: Component = { kind: 'loadBalancer', id: item?.boundTo?.id ?? 'unknown' }
  return leaveUnread(run, balancer, item, run.show.address(run.fabric.publics.rank[at]))
}

/** What the address is bound to is not in the input. */
function atUnread(run: Run, at: number): LegEnd {
  const component = run.show.publicAddress(at)
  checkMapped(run, component, at)
  const item = itemOf(run, at)
  const bound = item?.boundTo
  const doubted = item && run.index.gap('publicAddress', item, item.id)?.id !== undefined
  const vip = item && bound?.kind === 'haVip' && run.index.get('haVip', bound.id, item)
  if (doubted) reportMissing(run, 'publicAddress', item, component, item.id)
  else if (typeof vip === 'object') reportUnreadVip(run, vip)
  else if (item && bound) reportUnreadBound(run, item, bound, component)
  return 'stuck'
}

/** What the address is bound to is not listed, or it is in a VPC that is not. */
function reportUnreadBound(
  run: Run,
  item: PublicAddress,
  { kind, id }: NonNullable<PublicAddress['boundTo']>,
  component: Component,
): number {
  const bound = run.index.get(kind, id, item)
  const vpcId = typeof bound === 'object' && 'vpcId' in bound ? bound.vpcId : undefined
  if (vpcId === undefined) {
    const other = kind === 'instance' && typeof bound === 'object' ? 'networkInterface' : kind
    return other === kind
      ? reportMissing(run, kind, item, component, id)
      : reportLacking(run, other, item, component)
  }
  const listed = typeof run.index.get('vpc', vpcId, item) === 'object'
  return listed
    ? reportLacking(run, 'networkInterface', item, component)
    : reportMissing(run, 'vpc', item, component, vpcId)
}

const itemOf = ({ fabric }: Run, at: number): PublicAddress | undefined =>
  fabric.network.publicAddress?.[fabric.publics.resource[at]]

function stateOf(item: PublicAddress | undefined): string {
  return item?.locks?.length ? `locked (${item.locks.join(', ')})` : (item?.state ?? 'unknown')
}
