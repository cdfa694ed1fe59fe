import { type Component, resourceKinds, type ResourceKind } from '#model'
import type { PlanDraft } from '../plan-draft.ts'
import { isSecondOf, type LivePublic, surveyPublics } from './live-public.ts'
import type { Survey } from './survey.ts'

/** Kinds of which the lab makes nothing, and why. */
const withoutPlace: Partial<Record<ResourceKind, string>> = {
  transitRouter: 'transit routers have no place in the lab yet',
  vpnGateway: 'what is behind it is not in the network',
  line: 'what is behind it is not in the network',
  endpoint: 'endpoints have no place in the lab yet',
  bastion: 'bastions have no place in the lab yet',
  applicationGateway: 'application gateways have no place in the lab yet',
  scaleSet: 'scale sets have no place in the lab yet',
}

/** Lists what of a network the lab leaves out. */
export function leaveOutUnknown(plan: PlanDraft, survey: Survey): void {
  const { network } = survey
  const unplaced = new Map<object, string>(
    survey.unplacedBalancers.map(({ balancer, reason }) => [balancer, reason]),
  )
  for (const kind of resourceKinds) {
    for (const item of network[kind] ?? []) {
      const reason = withoutPlace[kind] ?? unplaced.get(item)
      const component: Component = { kind, id: item.id }
      if (item.provider !== 'alibaba')
        plan.leaveOut(component, `${item.provider} is not realised yet`)
      else if (reason !== undefined) plan.leaveOut(component, reason)
    }
  }
  for (const { id, network: kind } of network.instance ?? []) {
    if (kind === 'classic') {
      plan.leaveOut({ kind: 'instance', id }, 'the classic network has no place in the lab yet')
    }
  }
  for (const { id, vpcId } of network.cloudService ?? []) {
    if (vpcId !== undefined) {
      plan.leaveOut(
        { kind: 'cloudService', id },
        'services inside a VPC have no place in the lab yet',
      )
    }
  }
  for (const { id, reach } of network.natGateway ?? []) {
    if (reach === 'intranet') {
      plan.leaveOut({ kind: 'natGateway', id }, 'VPC NAT gateways have no place in the lab yet')
    }
  }
  for (const { id, mode } of network.publicAddress ?? []) {
    if (mode === 'multi-visible') {
      plan.leaveOut(
        { kind: 'publicAddress', id },
        'which address a guest sends by is not documented',
      )
    }
  }
  leaveOutDoubles(plan, survey)
  for (const haVip of network.haVip ?? []) {
    const nic = survey.nicOf(haVip.master, haVip)
    if (nic && nic.eni.subnetId !== haVip.subnetId) {
      plan.leaveOut({ kind: 'haVip', id: haVip.id }, 'its member is in another vSwitch')
    }
  }
}

function leaveOutDoubles(plan: PlanDraft, survey: Survey): void {
  const earlier: LivePublic[] = []
  for (const one of surveyPublics(survey)) {
    if (one.kind === 'dead') continue
    if (isSecondOf(one, earlier)) {
      plan.leaveOut(
        { kind: 'publicAddress', id: one.item.id },
        'its private address has another one',
      )
    }
    earlier.push(one)
  }
}
