import type { Component } from '#model'
import type { PlanDraft } from '../plan-draft.ts'
import { knownRanges } from './known-ranges.ts'
import { overLink, setRouter } from './link.ts'
import { type Router, TABLE } from './router.ts'

/** Device towards the provider's services. */
export const SERVICES = 'svc'

/**
 * The provider's own services, as a VPC sees them: everything in 100.64.0.0/10 answers (HELP route
 * tables). Each VPC has its own, because two VPCs may use the same addresses. What they answer is
 * delivered by the VPC itself, past its route tables.
 */
export function layServices(plan: PlanDraft, { place, space, links, of }: Router): void {
  const services = plan.space(place.space.replace('v', 'c'), 'services', of)
  setRouter(services)
  services.ip('link set lo up')
  services.ip(`route add local ${knownRanges.services} dev lo`, serviceComponent)
  links.join(serviceComponent, { space, device: SERVICES }, { space: services, device: 'vpc' })
  services.ip(`route add default ${overLink('vpc', false)}`)
  space.ip(`rule add pref 50 iif ${SERVICES} lookup ${TABLE.deliver}`, serviceComponent)
}

const serviceComponent: Component = { kind: 'service', id: knownRanges.services }
