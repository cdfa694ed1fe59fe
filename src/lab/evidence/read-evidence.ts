import { BLACK_HOLE } from '../alibaba/link.ts'
import type { Lab } from '../client/lab.ts'
import type { Ask, GuestRuleHandle, RouteAsk, RouteTold, Told } from '../host/request.ts'
import { isIpv6 } from '../nft-text.ts'
import type { LabPlan, Mark } from '../plan.ts'
import type { Blocker } from './blocker.ts'
import type { Journey, Visit } from './journey.ts'
import type { JourneyReader } from './read-journey.ts'
import { guestBlocker } from './guest-blocker.ts'
import { silentBlocker } from './silent-blocker.ts'

/** What became of one packet, and why. */
export interface Evidence {
  readonly told: Told
  readonly journey: Journey
  /** Absent: it was answered, or what stopped it left no trace. */
  readonly blocker?: Blocker
}

/**
 * Finds out for each packet what stopped it. A packet that was led into the black hole is asked of
 * the kernel again: which route led it there.
 */
export async function readEvidence(
  lab: Lab,
  plan: LabPlan,
  read: JourneyReader,
  asks: readonly Ask[],
  told: readonly Told[],
  guestRules: readonly GuestRuleHandle[] = [],
): Promise<readonly Evidence[]> {
  const journeys = told.map(({ steps }) => read(steps))
  const lost = journeys.flatMap((journey, nth) => {
    const visit = journey.decided?.visit
    return visit?.left === BLACK_HOLE ? [{ nth, ask: routeAskOf(visit) }] : []
  })
  const found = await lab.ask({ op: 'routes', asks: lost.map(({ ask }) => ask) })
  const routes = new Map(lost.map(({ nth }, i) => [nth, found[i]] as const))
  return told.map((item, nth) => {
    const journey = journeys[nth] ?? { forward: [], return: [] }
    if (item.outcome.kind === 'answered') return { told: item, journey }
    const blocker =
      tracedBlocker(plan, journey, routes.get(nth)) ??
      guestBlocker(plan, guestRules, item, journey) ??
      silentBlocker(plan, asks[nth], item, journey)
    return { told: item, journey, ...(blocker ? { blocker } : {}) }
  })
}

function routeAskOf({ space, destination, source, entered, firewallMark }: Visit): RouteAsk {
  return {
    space,
    destination,
    ...(entered === undefined ? {} : { source, iif: entered }),
    ...(firewallMark === undefined ? {} : { firewallMark }),
  }
}

function tracedBlocker(
  plan: LabPlan,
  { decided }: Journey,
  route: RouteTold | undefined,
): Blocker | undefined {
  if (!decided?.mark) return undefined
  const { leg, visit } = decided
  const named = route && routeMark(plan, visit, route)
  if (route && !named && hasRoutes(plan, visit)) return undefined
  const mark = named?.code === undefined ? decided.mark : named
  const { component, rule, code } = mark
  if (code === undefined) return undefined
  const by = route ? 'route' : 'rule'
  return { leg, code, component, by, ...(rule === undefined ? {} : { rule }) }
}

/** Where routes are planned, the black hole's own rule does not say which of them led there. */
function hasRoutes({ routes }: LabPlan, visit: Visit): boolean {
  return routes.some(({ space }) => space === visit.space)
}

function routeMark(
  plan: LabPlan,
  visit: Visit,
  { table, destination = '' }: RouteTold,
): Mark | undefined {
  const wanted =
    destination === 'default'
      ? [isIpv6(visit.destination) ? '::/0' : '0.0.0.0/0']
      : [destination, `${destination}/32`, `${destination}/128`]
  const found = plan.routes.filter(
    (item) =>
      item.space === visit.space && item.table === table && wanted.includes(item.destination),
  )
  // The route of the network comes before the end that every table has.
  return found[0]?.mark
}
