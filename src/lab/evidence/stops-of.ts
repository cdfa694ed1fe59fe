import { HYPERVISOR } from '../alibaba/lay-hypervisor.ts'
import type { LabPlan, SpaceRole } from '../plan.ts'
import type { Journey, Stop, Visit } from './journey.ts'

/** The stops of a journey that an answer names: interfaces, NAT gateways, load balancers, the Internet. */
export function stopsOf(plan: LabPlan, journey: Journey): readonly Stop[] {
  return [...journey.forward, ...journey.return].flatMap((visit) => stopOf(plan, visit) ?? [])
}

function stopOf(plan: LabPlan, visit: Visit): Stop | undefined {
  const { leg, space } = visit
  if (space === HYPERVISOR) {
    const nth = Number(/\d+/.exec(visit.entered ?? '')?.[0] ?? -1)
    const seat = plan.seats.find(({ port }) => port === nth)
    if (!seat) return undefined
    const id = seat.instanceId ?? seat.interfaceId
    return { leg, at: { kind: 'instance', id }, interfaceId: seat.interfaceId }
  }
  const place = plan.spaces.find(({ name }) => name === space)
  return place && named.has(place.role) ? { leg, at: place.of } : undefined
}

const named: ReadonlySet<SpaceRole> = new Set(['natGateway', 'loadBalancer', 'internet'])
