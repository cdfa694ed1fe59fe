import { balancerAt, HOP, PACKET as P, PORT_FLAG, rangeOf, UNREAD } from '#fabric'
import type { Route } from '#model'
import { crossBoundary } from './boundary.ts'
import { choose } from './choose.ts'
import { reportUnlinked } from './classic.ts'
import { detour } from './detour.ts'
import { reportDoubted } from './doubted-subnet.ts'
import { askGroups } from './groups.ts'
import { destinationText, sourceText } from './header.ts'
import { handOver } from './hand-over.ts'
import { bypass, reportUnreadExit } from './identity.ts'
import { leaveBy } from './internet.ts'
import { leaveOpen, note, noteKept, report, reportLacking, reportMissing, RULE } from './record.ts'
import { reportCheck } from './relay.ts'
import { routeRow, targetId } from './route-row.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** A packet leaves a port: its check of the source, its groups, then the way out of the subnet. */
export function emit(run: Run, port: number, filtered: boolean): LegEnd {
  checkOwnSource(run, port)
  if (filtered) askGroups(run, port, true)
  return routeFrom(run, port)
}

/** The way out of the subnet, for what the port's own checks have let go. */
export function routeFrom(run: Run, port: number): LegEnd {
  const { ports } = run.fabric
  run.state.lastDomain = ports.domain[port]
  const identity = bypass(run, port)
  if (identity >= 0) {
    note(run, 'route', run.show.publicAddress(identity), 'continue', RULE.direct)
    crossBoundary(run, port, true, -1)
    return leaveBy(run, port, identity)
  }
  if (identity === UNREAD) return withUnreadAddress(run, port)
  const table = ports.table[port]
  if (table < 0) return withoutTable(run, port)
  const route = run.judge.lookUp(table)
  return route < 0 ? withoutRoute(run, port) : followRoute(run, port, route)
}

/** The sender may have a public address that was not read: it would leave past the route table. */
function withUnreadAddress(run: Run, port: number): LegEnd {
  const component = run.show.port(port)
  leaveOpen(run, 'route', component, reportUnreadExit(run, port, component))
  return 'stuck'
}

function checkOwnSource(run: Run, port: number): void {
  const { ports } = run.fabric
  if (!(ports.flags[port] & PORT_FLAG.checked)) return
  if (run.judge.owner(ports.domain[port], run.packet[P.source]) !== port) reportCheck(run, port)
}

function followRoute(run: Run, port: number, route: number): LegEnd {
  const { routes } = run.fabric
  const first = routes.hopOffsets[route]
  const count = routes.hopOffsets[route + 1] - first
  if (count === 0) return overStandby(run, port, route)
  const hop = first + choose(run, count)
  const kind = routes.hopKind[hop]
  if (kind === HOP.blackhole || kind === HOP.unresolved) return intoNothing(run, port, route, hop)
  const said = run.show.routeFollowed(route)
  if (said) noteKept(run, said)
  else note(run, 'route', run.show.table(port), 'continue', run.show.route(route))
  return handOver(run, port, kind, routes.hopTarget[hop], hop)
}

/** The route is there, and every next hop of it is switched off. */
function overStandby(run: Run, port: number, route: number): LegEnd {
  const state = routeRow(run, route)?.state ?? 'standby'
  const facts = { destination: destinationText(run), state }
  const found = report(run, 'route.inactive', run.show.table(port), facts, run.show.route(route))
  return detour(run, port, found)
}

function intoNothing(run: Run, port: number, route: number, hop: number): LegEnd {
  const table = run.show.table(port)
  const text = run.show.route(route)
  const destination = destinationText(run)
  if (run.fabric.routes.hopKind[hop] === HOP.blackhole) {
    return detour(run, port, report(run, 'route.blackhole', table, { destination }, text))
  }
  const facts = { destination, target: targetId(run, hop) }
  return detour(run, port, report(run, 'route.next-hop-unresolved', table, facts, text))
}

function withoutTable(run: Run, port: number): LegEnd {
  const { network, ports } = run.fabric
  const own = network.networkInterface?.[port] ?? balancerAt(run.fabric, port)
  if (own && ports.subnet[port] < 0) {
    const component = run.show.port(port)
    leaveOpen(run, 'route', component, reportMissing(run, 'subnet', own, component, own.subnetId))
    return 'stuck'
  }
  const near = network.subnet?.[ports.subnet[port]] ?? own
  const table = run.show.table(port)
  const subnet = network.subnet?.[ports.subnet[port]]
  const doubted = subnet && reportDoubted(run, subnet, table)
  if (doubted !== undefined) {
    leaveOpen(run, 'route', table, doubted)
    return 'stuck'
  }
  const missing =
    subnet && subnet.routeTableId === undefined && !run.show.tableItem(port)
      ? reportLacking(run, 'routeTable', near, table)
      : reportMissing(run, 'routeTable', near, table, table.id)
  leaveOpen(run, 'route', table, missing)
  return 'stuck'
}

function withoutRoute(run: Run, port: number): LegEnd {
  // Nobody can add routes to the classic network: what is missing is the link to a VPC.
  const { interfaces, plugs } = run.fabric.ports
  if (interfaces <= port && port < plugs) {
    reportUnlinked(run, port)
    return 'dead'
  }
  const table = run.show.table(port)
  const destination = destinationText(run)
  const inactive = inactiveRoute(run, port)
  if (inactive) {
    const facts = { destination, state: inactive.state }
    return detour(run, port, report(run, 'route.inactive', table, facts, inactive.id))
  }
  const code = run.state.leg === 'forward' ? 'route.none' : 'route.return.none'
  return detour(run, port, report(run, code, table, { source: sourceText(run), destination }))
}

/** A route that would match if it were in service. */
function inactiveRoute({ fabric, packet, show }: Run, port: number): Route | undefined {
  return show.tableItem(port)?.routes.find(({ state, destination }) => {
    if (state === 'Available') return false
    const range = rangeOf(fabric.line, destination)
    const rank = packet[P.destination]
    return range !== undefined && range.low <= rank && rank <= range.high
  })
}
