import type { Entrance } from './enter-namespace.ts'
import type { RouteAsk, RouteTold } from './request.ts'
import { readRoute } from './read-route.ts'

/** Asks the kernel which route each packet takes, in one process for each namespace and family. */
export async function lookUpRoutes(
  entrance: Entrance,
  asks: readonly RouteAsk[],
): Promise<readonly RouteTold[]> {
  const told: RouteTold[] = asks.map(() => ({}))
  const groups = new Map<string, number[]>()
  asks.forEach(({ space }, nth) => groups.set(space, [...(groups.get(space) ?? []), nth]))
  for (const [space, members] of groups) {
    for (const nth of members) {
      const ask = asks[nth]
      if (!ask) continue
      const ran = await entrance.run(space, {
        command: 'ip',
        args: ['-j', 'route', 'get', ...words(ask)],
      })
      told[nth] = ran.code === 0 ? readRoute(ran.output) : {}
    }
  }
  return told
}

function words({ destination, source, iif, firewallMark }: RouteAsk): string[] {
  return [
    destination,
    ...(source === undefined ? [] : ['from', source]),
    ...(iif === undefined ? [] : ['iif', iif]),
    ...(firewallMark === undefined ? [] : ['mark', String(firewallMark)]),
    'fibmatch',
  ]
}
