import { HOP, unreadKinds } from '#fabric'
import type { Component } from '#model'
import { crossBoundary } from './boundary.ts'
import { intoClassic, intoVpc, refusedByClassicLink } from './classic.ts'
import { toNeighbour } from './deliver.ts'
import { throughGateway } from './gateway.ts'
import { destinationText } from './header.ts'
import { toInternet } from './internet.ts'
import { leaveBeyond } from './exit.ts'
import { overLink } from './link.ts'
import { intoNatPort } from './nat-port.ts'
import { intoRouter } from './router.ts'
import { throughNat } from './nat.ts'
import { homeOf, unlinkedId } from './places.ts'
import {
  leaveOpen,
  note,
  refuse,
  report,
  reportLacking,
  reportMissing,
  reportUnreadTarget,
} from './record.ts'
import { outward } from './outward.ts'
import { overRelay } from './relay.ts'
import { cameFromInternet, reportBypass, staysInside } from './retrace.ts'
import { idOf, targetId, targetOf } from './route-row.ts'
import type { Run } from './run.ts'
import { toEndpoint, toService } from './service.ts'
import type { LegEnd } from './walk.ts'

/** A next hop takes the packet; `hop` is its number among all routes' hops, -1 if it was supposed. */
export function handOver(
  run: Run,
  port: number,
  kind: number,
  target: number,
  hop: number,
): LegEnd {
  const { ports } = run.fabric
  if (cameFromInternet(run) && staysInside(kind))
    return kind === HOP.service && target < -1 ? toCaller(run) : bypassed(run)
  switch (kind) {
    case HOP.relay:
      return overRelay(run, port, target, hop)
    case HOP.local:
      return toNeighbour(run, port, ports.domain[port])
    case HOP.noMaster:
      return withoutMaster(run, port, hop)
    case HOP.refuse:
      return refusedByClassicLink(run, port, target)
    case HOP.unread:
      return target < 0 ? notAnalysed(run, port, kind, hop) : onUnread(run, port, target)
    case HOP.unsupported:
      return notAnalysed(run, port, kind, hop)
    case HOP.fromClassic:
      return intoVpc(run, port, target)
    case HOP.internet:
      return toInternet(run, ports.publicHead[port])
    case HOP.translate:
      return intoNatPort(run, port, target)
    case HOP.transit:
      return intoRouter(run, port, target)
    case HOP.outbound:
      return outward(run, port)
    default:
      crossBoundary(run, port, true, -1)
      return outOfSubnet(run, port, kind, target, hop)
  }
}

/** Next hops behind the boundary of the port's subnet. */
function outOfSubnet(run: Run, port: number, kind: number, target: number, hop: number): LegEnd {
  switch (kind) {
    case HOP.leaves:
      return leavesModel(run, target, hop)
    case HOP.service:
      return target === -1 ? toService(run, port) : toEndpoint(run, target)
    case HOP.nat:
      return throughNat(run, port, target)
    case HOP.gateway:
      return throughGateway(run, port, target)
    case HOP.link:
      return overLink(run, port, run.fabric.ports.domain[port], target)
    default:
      return intoClassic(run, port)
  }
}

/** The client is a service of the provider, and its endpoint in the subnet another way to it. */
function toCaller(run: Run): LegEnd {
  const address = destinationText(run)
  const component: Component = { kind: 'service', id: address }
  leaveOpen(run, 'route', component, report(run, 'service.unknown', component, { address }))
  return 'stuck'
}

/** A reply that would reach its client without the translation it came by. */
function bypassed(run: Run): LegEnd {
  reportBypass(run, run.show.domain(run.state.lastDomain))
  return 'dead'
}

function withoutMaster(run: Run, port: number, hop: number): LegEnd {
  const id = targetId(run, hop)
  const near = run.show.tableItem(port)
  const vip = near && run.index.get('haVip', id, near)
  const component: Component = { kind: 'haVip', id }
  const address = typeof vip === 'object' ? vip.address : id
  refuse(run, 'route', component, report(run, 'havip.no-master', component, { address }))
  return 'dead'
}

function leavesModel(run: Run, exit: number, hop: number): LegEnd {
  if (cameFromInternet(run)) return bypassed(run)
  if (exit >= 0) return leaveBeyond(run, exit)
  const target = targetOf(run, hop)
  const vpn = target?.kind === 'vpnGateway'
  const component: Component = { kind: vpn ? 'vpnGateway' : 'line', id: idOf(target) }
  const code = vpn ? 'vpn.leaves-model' : 'line.leaves-model'
  const found = report(run, code, component, { destination: destinationText(run) })
  note(run, 'gateway', component, 'continue', undefined, found)
  return 'left'
}

/** Whether there is such a route hangs on something that was not read. */
function onUnread(run: Run, port: number, target: number): LegEnd {
  const near = homeOf(run, port)
  if (unreadKinds[target] === 'instance') {
    const classic = run.show.domain(run.fabric.ports.domain[port])
    leaveOpen(run, 'route', classic, reportLacking(run, 'instance', near, classic))
    return 'stuck'
  }
  if (unreadKinds[target] === 'subnet') {
    const domain = run.show.domain(run.fabric.ports.domain[port])
    leaveOpen(run, 'route', run.show.table(port), reportLacking(run, 'subnet', near, domain))
    return 'stuck'
  }
  const { interfaces, plugs } = run.fabric.ports
  const inVpc = port < interfaces || port >= plugs
  const component = inVpc
    ? run.show.domain(run.fabric.ports.domain[port])
    : run.show.instanceOf(port)
  const id = inVpc ? unlinkedId(run, port) : component.id
  leaveOpen(run, 'route', component, reportMissing(run, 'classicLink', near, component, id))
  return 'stuck'
}

/** What a route leads to is not in the input, or of a kind that is not analysed. */
function notAnalysed(run: Run, port: number, kind: number, hop: number): LegEnd {
  const target = targetOf(run, hop)
  const table = run.show.table(port)
  const id = idOf(target)
  if (kind === HOP.unread && target && 'id' in target && target.kind !== 'unsupported') {
    const near = run.show.tableItem(port)
    const component: Component = { kind: target.kind, id }
    const found = reportUnreadTarget(run, target.kind, id, near, component)
    leaveOpen(run, 'route', table, found)
  } else if (target?.kind === 'transitRouter') {
    const router: Component = { kind: 'transitRouter', id }
    const facts = { destination: destinationText(run) }
    leaveOpen(run, 'gateway', router, report(run, 'tr.unsupported-attachment', router, facts))
  } else {
    const feature = target?.kind === 'unsupported' ? target.word : (target?.kind ?? 'unknown')
    leaveOpen(run, 'gateway', table, report(run, 'query.unsupported-feature', table, { feature }))
  }
  return 'stuck'
}
