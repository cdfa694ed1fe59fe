import type { LabPlan } from '#lab'
import type { Network } from '#model'
import type { ConcreteQuestion } from '../draw/concrete-question.ts'

/**
 * Names the session that a GRE question opens. GRE has no ports: between two machines there is one
 * session, by whichever of their addresses, and either side may use what the other has opened.
 */
export function greSession(
  network: Network,
  { seats }: LabPlan,
  { from, to }: ConcreteQuestion,
): string {
  const byId = (id: string): string =>
    seats.find(({ interfaceId }) => interfaceId === id)?.instanceId ?? id
  const byAddress = (address: string, vpcId?: string): string => {
    const bound = network.publicAddress?.find((item) => item.address === address)?.boundTo
    if (bound) return byId(bound.id)
    const seat = seats.find(
      (item) => item.addresses.includes(address) && (vpcId ?? item.vpcId) === item.vpcId,
    )
    return seat ? byId(seat.interfaceId) : address
  }
  const start = from.kind === 'address' ? byAddress(from.address, from.vpcId) : byId(from.id)
  const home = seats.find(({ instanceId }) => instanceId === start)?.vpcId
  const end = byAddress(to, seats.some((seat) => isAt(seat, to, home)) ? home : undefined)
  return [start, end].sort().join(' ')
}

function isAt(seat: LabPlan['seats'][number], address: string, vpcId: string | undefined): boolean {
  return seat.vpcId === vpcId && seat.addresses.includes(address)
}
