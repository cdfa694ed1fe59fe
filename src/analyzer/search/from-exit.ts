import { HOP, UNREAD } from '#fabric'
import type { Component } from '#model'
import { deliver } from './deliver.ts'
import { componentAt, itemAt } from './exit.ts'
import { destinationText, sourceText } from './header.ts'
import { arriveAt, leaveOpen, refuse, report, reportLacking, reportMissing } from './record.ts'
import { acrossRouter, routerOf } from './router.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** From the customer's side: by a VPN gateway into its VPC, by a line into its transit router. */
export function fromExit(run: Run, exit: number): LegEnd {
  const { exits, transits } = run.fabric
  const component = componentAt(run, exit)
  arriveAt(run, component, sourceText(run))
  const via = exits.via[exit]
  if (via !== exit) arriveAt(run, componentAt(run, via))
  if (exits.domain[exit] >= 0) return fromGateway(run, exit, component)
  const attachment = transits.exit.indexOf(exits.via[exit])
  if (attachment >= 0) {
    arriveAt(run, routerOf(run, attachment))
    return acrossRouter(run, attachment, -1)
  }
  const found = reportMissing(run, 'vpc', itemAt(run, exit), component)
  leaveOpen(run, 'gateway', component, found)
  return 'stuck'
}

/** The gateway's own subnet may have a table; where that leads past the VPC is not followed. */
function fromGateway(run: Run, exit: number, component: Component): LegEnd {
  const { exits, routes } = run.fabric
  const table = exits.table[exit]
  if (table === UNREAD) {
    const near = itemAt(run, exit)
    leaveOpen(run, 'route', component, reportMissing(run, 'routeTable', near, component))
    return 'stuck'
  }
  const route = table < 0 ? -1 : run.judge.lookUp(table)
  const kind = route < 0 ? HOP.local : routes.hopKind[routes.hopOffsets[route]]
  if (kind === HOP.local || kind === HOP.link) return intoVpc(run, exit, component)
  const rule = run.show.route(route)
  if (kind === HOP.blackhole) {
    const facts = { destination: destinationText(run) }
    refuse(run, 'route', component, report(run, 'route.blackhole', component, facts, rule))
    return 'dead'
  }
  const facts = { feature: `route ${rule} of the gateway’s subnet` }
  leaveOpen(run, 'route', component, report(run, 'query.unsupported-feature', component, facts))
  return 'stuck'
}

/** Into the gateway's own VPC or one that uses it, also where not all of these were read. */
function intoVpc(run: Run, exit: number, component: Component): LegEnd {
  const { exits, domains } = run.fabric
  const to = usedFrom(run, exit)
  const own = to === exits.domain[exit]
  if (own && exits.lentUnread[exit] && run.judge.lookUp(domains.subnetMap[to]) < 0) {
    leaveOpen(run, 'route', component, reportLacking(run, 'peering', itemAt(run, exit), component))
    return 'stuck'
  }
  return deliver(run, to, -1)
}

/** The VPC with the destination: the gateway's own, or a peer that uses it. */
function usedFrom({ fabric, judge }: Run, exit: number): number {
  const { exits, domains } = fabric
  const peer = exits.lentTo[exit].find((domain) => judge.lookUp(domains.subnetMap[domain]) >= 0)
  return peer ?? exits.domain[exit]
}
