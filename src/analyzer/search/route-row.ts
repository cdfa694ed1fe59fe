import type { Route, RouteTarget } from '#model'
import type { Run } from './run.ts'

/** The route of the input behind a route number; undefined for an implied one, or for -1. */
export function routeRow({ fabric }: Run, route: number): Route | undefined {
  const { network, routes } = fabric
  return network.routeTable?.[routes.table[route]]?.routes[routes.entry[route]]
}

/** Id of the resource that a hop of a route leads to. */
export function targetId(run: Run, route: number, hop: number): string {
  return idOf(routeRow(run, route)?.nextHops[hop - run.fabric.routes.hopOffsets[route]]?.target)
}

/** A target's id where it has one. */
export const idOf = (target: RouteTarget | undefined): string =>
  target && 'id' in target ? target.id : 'unknown'
