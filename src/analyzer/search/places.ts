import { balancerAt } from '#fabric'
import type { Component, Home } from '#model'
import type { Run } from './run.ts'

export const internet: Component = { kind: 'internet', id: 'internet' }

/** The provider itself, which nobody can configure. */
export const platform: Component = { kind: 'platform', id: 'platform' }

/** Where a port lives, or the instance of a classic NIC. */
export function homeOf({ fabric }: Run, port: number): Home | undefined {
  const { network, ports } = fabric
  return (
    network.networkInterface?.[port] ??
    network.instance?.[ports.instance[port]] ??
    balancerAt(fabric, port)
  )
}

/** A classic instance of the VPC's region of which the link was not read. */
export function unlinkedId({ fabric }: Run, port: number): string | undefined {
  const { network, ports, instances } = fabric
  const region = network.vpc?.[ports.domain[port]]?.region
  return network.instance?.find(
    (item, position) => instances.linkUnread[position] === 1 && item.region === region,
  )?.id
}
