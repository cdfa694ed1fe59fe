import type { LabPlan } from '#lab'
import { indexNetwork } from '#model'
import type { Listener, Network } from '#model'

/** A load balancer that has a place in a lab. */
export interface StandingBalancer {
  readonly id: string
  readonly vpc: string
  readonly address: string
  readonly listeners: readonly Listener[]
}

/** The load balancers of a network that have a namespace in its plan, in file order. */
export function standingBalancers(
  network: Network,
  { spaces }: LabPlan,
): readonly StandingBalancer[] {
  const balancers = spaces.filter(({ role }) => role === 'loadBalancer')
  const placed = new Set(balancers.map(({ of }) => of.id))
  const index = indexNetwork(network)
  return index.all('loadBalancer').flatMap((balancer) => {
    const { id, vpcId, subnetId = '', address, listeners = [] } = balancer
    const subnet = index.get('subnet', subnetId, balancer)
    const vpc = typeof subnet === 'object' ? subnet.vpcId : vpcId
    const known = vpc !== undefined && address !== undefined
    return known && placed.has(id) ? [{ id, vpc, address, listeners }] : []
  })
}

/** More listeners than these are counted only. */
const MOST_NAMED = 4

/** `tcp 443, udp 53 (stopped)`. */
export function listenersText(listeners: readonly Listener[]): string {
  if (listeners.length === 0) return '-'
  const named = listeners.slice(0, MOST_NAMED)
  const more = listeners.length > named.length ? ` and ${listeners.length - named.length} more` : ''
  return named.map(listenerText).join(', ') + more
}

function listenerText({ protocol, port, state }: Listener): string {
  return state === 'running' ? `${protocol} ${port}` : `${protocol} ${port} (${state})`
}
