import { addPublicAddress } from './sketch-edge.ts'
import { favouritePorts } from './sketch-filters.ts'
import { given, home, hostOf, interfacesOf, subnetsOf } from './sketch.ts'
import type { Drawing, Sketch } from './sketch.ts'

type LoadBalancer = Sketch['loadBalancer'][number]
type Listener = NonNullable<LoadBalancer['listeners']>[number]

/** Load balancers in half of the VPCs, some with an EIP, a few of them out of service or unread. */
export function drawBalancers(drawing: Drawing): void {
  const { dice, sketch } = drawing
  for (const { id } of sketch.vpc) {
    for (let nth = 1; nth <= 2 && dice.chance(0.5); nth++) drawBalancer(drawing, id, nth)
  }
}

function drawBalancer(drawing: Drawing, vpcId: string, nth: number): void {
  const { dice, sketch } = drawing
  const { id: subnetId, cidr } = dice.pick(subnetsOf(sketch, vpcId))
  const id = `lb-${vpcId.slice(4)}-${nth}`
  const state = dice.weighted([
    [20, 'active'],
    [4, 'Active'],
    [1, 'inactive'],
  ])
  sketch.loadBalancer.push({
    ...home,
    id,
    subnetId,
    address: hostOf(cidr, 220 + nth),
    ...given(dice.chance(0.9), { vpcId }),
    ...given(dice.chance(0.97), { state }),
    ...given(dice.chance(0.95), { listeners: drawListeners(drawing, vpcId) }),
  })
  if (dice.chance(0.6)) addPublicAddress(drawing, { kind: 'loadBalancer', id })
}

/** One listener of a protocol and port at most, as with the provider. */
function drawListeners(drawing: Drawing, vpcId: string): Listener[] {
  const { dice } = drawing
  return dice.some(favouritePorts, 0.5).flatMap((port) =>
    (['tcp', 'udp'] as const)
      .filter((protocol) => dice.chance(protocol === 'tcp' ? 0.9 : 0.25))
      .map((protocol) => ({
        protocol,
        port,
        state: dice.chance(0.96) ? ('running' as const) : dice.pick(['stopped', 'starting']),
        backends: drawBackends(drawing, vpcId, port),
      })),
  )
}

function drawBackends(
  { dice, sketch }: Drawing,
  vpcId: string,
  port: number,
): Listener['backends'] {
  const enis = interfacesOf(sketch, vpcId)
  const attached = enis.filter(({ state }) => state === 'InUse')
  const count = dice.weighted([
    [1, 0],
    [16, 1],
    [6, 2],
    [2, 3],
  ])
  return Array.from({ length: count }, () => {
    const { id, instanceId } = dice.pick(attached.length > 0 && dice.chance(0.9) ? attached : enis)
    const byInstance = instanceId !== undefined && dice.chance(0.6)
    return {
      target: byInstance
        ? { kind: 'instance' as const, id: instanceId }
        : { kind: 'networkInterface' as const, id },
      port: dice.chance(0.6) ? port : 8080,
      weight: dice.chance(0.9) ? dice.pick([1, 100]) : 0,
    }
  })
}
