import type { Network } from '#model'

/**
 * Whether paper and wire name the same stops, each as `leg id`. Where a load balancer may choose
 * among several backends that all answer, the paper shows one and the wire takes one.
 */
export function areSameStops(
  network: Network,
  paper: readonly string[],
  wire: readonly string[],
): boolean {
  if (paper.length !== wire.length) return false
  return wire.every((stop, nth) => {
    if (stop === paper[nth]) return true
    // The stop before the backend on the way there, the one after it on the way back.
    const balancer = stop.startsWith('forward ') ? wire[nth - 1] : wire[nth + 1]
    const backends = backendsOf(network, idOf(balancer))
    return backends.has(idOf(stop)) && backends.has(idOf(paper[nth]))
  })
}

const idOf = (stop = ''): string => stop.split(' ')[1] ?? ''

/** The instances behind a load balancer. */
function backendsOf(
  { loadBalancer = [], networkInterface = [] }: Network,
  wanted: string,
): ReadonlySet<string> {
  const { listeners = [] } = loadBalancer.find(({ id }) => id === wanted) ?? {}
  const targets = listeners.flatMap(({ backends }) => backends.map(({ target }) => target.id))
  const owners = networkInterface.flatMap(({ id, instanceId }) =>
    targets.includes(id) && instanceId !== undefined ? [instanceId] : [],
  )
  return new Set([...targets, ...owners])
}
