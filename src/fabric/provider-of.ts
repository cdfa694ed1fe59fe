import { type Network, type Provider, resourceKinds } from '#model'

/** The clouds whose resources a network holds, in the order of `providers`. */
export function providersOf(network: Network): readonly Provider[] {
  const found = new Set<Provider>()
  for (const kind of resourceKinds)
    for (const { provider } of network[kind] ?? []) found.add(provider)
  return [...found].sort()
}
