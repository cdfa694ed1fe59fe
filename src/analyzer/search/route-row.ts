import type { NextHop, Route, RouteTarget } from '#model'
import type { Run } from './run.ts'

/** The route of the input behind a route number; undefined for an implied one. */
export function routeRow({ fabric }: Run, route: number): Route | undefined {
  const { network, routes } = fabric
  return network.routeTable?.[routes.table[route]]?.routes[routes.entry[route]]
}

/** The route that a hop of the fabric belongs to; -1 for a hop that was supposed (-1). */
export function routeOf({ fabric }: Run, hop: number): number {
  const { hopOffsets } = fabric.routes
  let low = -1
  let high = hop < 0 ? -1 : hopOffsets.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (hopOffsets[middle] <= hop) low = middle
    else high = middle - 1
  }
  return low
}

/** What the input names as the target of a hop. */
export function targetOf(run: Run, hop: number): RouteTarget | undefined {
  const route = routeOf(run, hop)
  const row = route < 0 ? undefined : routeRow(run, route)
  return row && hopsInForce(row)[hop - run.fabric.routes.hopOffsets[route]]?.target
}

/** Id of the resource that a hop leads to. */
export const targetId = (run: Run, hop: number): string => idOf(targetOf(run, hop))

/** A target's id where it has one. */
export const idOf = (target: RouteTarget | undefined): string =>
  target && 'id' in target ? target.id : 'unknown'

/** The hops that the fabric numbers (`route.weights`): switched off and standby ones are left out. */
function hopsInForce({ nextHops }: Route): readonly NextHop[] {
  const enabled = nextHops.filter((hop) => hop.enabled !== false)
  const weighty = enabled.filter((hop) => (hop.weight ?? 1) > 0)
  return weighty.length > 0 ? weighty : enabled
}
