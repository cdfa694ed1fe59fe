import type { BoundaryEndpoint, Question } from '#model'
import { componentOf } from './endpoint-component.ts'
import type { Family, Ground } from './ground.ts'
import { publicReceiver, publicRanks } from './public-receiver.ts'
import type { Settlement } from './question-resolution.ts'
import { receiver, type Receivers, severalReceivers } from './receiver.ts'

/** Ports of a load balancer that has several addresses; none where its addresses were not read. */
export function frontendPorts({ fabric }: Ground, end: BoundaryEndpoint): readonly number[] {
  if (end.resourceKind !== 'loadBalancer') return []
  const { balancers, ports, network } = fabric
  const position = (network.loadBalancer ?? []).indexOf(end.boundary)
  return [...balancers.position.keys()]
    .filter((nth) => balancers.position[nth] === position)
    .map((nth) => ports.balancers + nth)
    .filter((port) => ports.address4[port] >= 0)
}

/** Who names a load balancer means all of its addresses. `called`: the public ones. */
export function balancerReceivers(
  ground: Ground,
  end: BoundaryEndpoint,
  family: Family,
  called: boolean,
  question: Question,
): Receivers | Settlement {
  const own = frontendPorts(ground, end)
  const { ports } = ground.fabric
  const ranks = called
    ? own.flatMap((port) => publicRanks(ground, port, family))
    : own.map((port) => ports.address4[port])
  if (ranks.length === 0) return publicReceiver(ground, own, family, componentOf(end), question)
  if (ranks.length === 1) return receiver(ground.fabric, ranks[0], own[0])
  return severalReceivers(
    ranks.map((rank) => ({ low: rank, high: rank })),
    false,
  )
}
