import type { Component, Home } from '#model'
import type { Run } from './run.ts'

export const internet: Component = { kind: 'internet', id: 'internet' }

/** The provider itself, which nobody can configure. */
export const platform: Component = { kind: 'platform', id: 'platform' }

/** Where a port lives, or the instance of a classic NIC. */
export function homeOf({ fabric }: Run, port: number): Home | undefined {
  const { network, ports } = fabric
  return network.networkInterface?.[port] ?? network.instance?.[ports.instance[port]]
}
