import type { Component, Peering, RouterInterface } from '#model'
import type { PlanDraft } from '../plan-draft.ts'
import type { Ways } from './lay-routes.ts'
import { type Router, TABLE } from './router.ts'
import type { Survey, VpcPlace } from './survey.ts'

/**
 * Peering connections and router interfaces: a cable between two routers. What arrives by it is
 * delivered in that VPC or nowhere (HELP VPC peering connection; decision 0004).
 */
export function layLinks(
  plan: PlanDraft,
  survey: Survey,
  routers: ReadonlyMap<VpcPlace, Router>,
): Pick<Ways, 'peering' | 'routerInterface'> {
  const peerings = layPeerings(survey, routers)
  const interfaces = layRouterInterfaces(plan, survey, routers)
  return {
    peering(id, near) {
      const peering = survey.find('peering', id, near)
      if (!peering) return { code: 'route.next-hop-unresolved' }
      if (peering.state !== 'Activated') return { code: 'peer.bad-state' }
      const here = survey.vpcOf(near.vpcId, near)
      const ends = [peering.requesterVpcId, peering.accepterVpcId]
      const ours = ends.some((vpcId) => survey.vpcOf(vpcId, peering) === here)
      const device = peerings.get(peering)
      return ours && device !== undefined ? { device } : { code: 'route.next-hop-unresolved' }
    },
    routerInterface(id, near) {
      const item = survey.find('routerInterface', id, near)
      const ours = item && survey.vpcOf(item.vpcId, item) === survey.vpcOf(near.vpcId, near)
      if (!ours) return { code: 'route.next-hop-unresolved' }
      const device = interfaces.get(item)
      return device === undefined ? { code: 'peer.bad-state' } : { device }
    },
  }
}

function layPeerings(
  { network, vpcOf }: Survey,
  routers: ReadonlyMap<VpcPlace, Router>,
): ReadonlyMap<Peering, string> {
  const devices = new Map<Peering, string>()
  for (const [nth, peering] of (network.peering ?? []).entries()) {
    const one = vpcOf(peering.requesterVpcId, peering)
    const other = vpcOf(peering.accepterVpcId, peering)
    if (peering.state !== 'Activated' || !one || !other || one === other) continue
    const device = `x${nth}`
    join({ kind: 'peering', id: peering.id }, routers.get(one), routers.get(other), device)
    devices.set(peering, device)
  }
  return devices
}

function join(
  of: Component,
  one: Router | undefined,
  other: Router | undefined,
  device: string,
): void {
  if (!one || !other) return
  one.links.join(of, { space: one.space, device }, { space: other.space, device })
  for (const { space } of [one, other]) {
    space.ip(`rule add pref 50 iif ${device} lookup ${TABLE.deliver}`, of)
    space.ip6(`rule add pref 50 iif ${device} lookup ${TABLE.deliver}`, of)
  }
}

function layRouterInterfaces(
  plan: PlanDraft,
  survey: Survey,
  routers: ReadonlyMap<VpcPlace, Router>,
): ReadonlyMap<RouterInterface, string> {
  const devices = new Map<RouterInterface, string>()
  for (const [nth, item] of (survey.network.routerInterface ?? []).entries()) {
    if (devices.has(item)) continue
    const opposite = survey.find('routerInterface', item.oppositeId, item)
    const far = opposite
      ? survey.vpcOf(opposite.vpcId, opposite)
      : survey.vpcOf(item.oppositeVpcId, item)
    const near = survey.vpcOf(item.vpcId, item)
    const of: Component = { kind: 'routerInterface', id: item.id }
    if (!near || !far || near === far) {
      plan.leaveOut(of, 'its other end is not a VPC of this network')
      continue
    }
    const able = [item, ...(opposite ? [opposite] : [])].every(
      ({ state, locks = [] }) => state === 'Active' && locks.length === 0,
    )
    if (!able) continue
    const device = `r${nth}`
    join(of, routers.get(near), routers.get(far), device)
    devices.set(item, device)
    if (opposite) devices.set(opposite, device)
  }
  return devices
}
