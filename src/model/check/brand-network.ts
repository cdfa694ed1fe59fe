import type { Network } from '../network.ts'

/** Fields whose every item has passed the schema of its interface: a network. */
export function brandNetwork(fields: Readonly<Record<string, unknown>>): Network {
  return fields as unknown as Network
}
