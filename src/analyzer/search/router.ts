import { HOP, UNREAD } from '#fabric'
import type { Component, TransitAttachment, TransitRouter } from '#model'
import { crossBoundary } from './boundary.ts'
import { choose } from './choose.ts'
import { leaveBeyond } from './exit.ts'
import { destinationText } from './header.ts'
import { arriveAt, leaveOpen, note, refuse, report, reportMissing } from './record.ts'
import { MAX_RELAYS } from './relay.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** Into a transit router, where the zone of the sender has a plug. */
export function intoRouter(run: Run, port: number, attachment: number): LegEnd {
  const zone = zoneOf(run, port)
  const plug = plugIn(run, attachment, zone)
  if (plug < 0) reportZone(run, port, attachment)
  crossBoundary(run, port, true, plug)
  if (plug >= 0) crossBoundary(run, plug, false, port)
  const { component } = named(run, attachment)
  arriveAt(run, component)
  const open = checkState(run, attachment)
  return open ? 'stuck' : acrossRouter(run, attachment, zone)
}

/** From table to table, until an attachment leads out of the routers. */
export function acrossRouter(run: Run, first: number, zone: number): LegEnd {
  let attachment = first
  for (let routers = 0; routers < MAX_RELAYS; routers++) {
    const out = nextAttachment(run, attachment)
    if (typeof out !== 'number') return out
    if (checkState(run, out)) return 'stuck'
    const { exit, far } = run.fabric.transits
    if (exit[out] >= 0) return leaveBeyond(run, exit[out])
    if (far[out] < 0) return outOfRouter(run, out, zone)
    attachment = far[out]
    arriveAt(run, named(run, attachment).component)
  }
  reportLoop(run, attachment)
  return 'dead'
}

/** Where the table of an attachment leads, or how the walk ends there. */
function nextAttachment(run: Run, attachment: number): number | LegEnd {
  const { transits, routes } = run.fabric
  const { component, item, router } = named(run, attachment)
  const map = transits.table[attachment]
  const table = item?.tableId ?? 'unknown'
  if (map === UNREAD) {
    const missing = reportMissing(run, 'transitRouter', router, component, component.id)
    leaveOpen(run, 'route', component, missing)
    return 'stuck'
  }
  if (map < 0) {
    const facts = { attachment: item?.id ?? 'unknown' }
    refuse(run, 'route', component, report(run, 'tr.no-association', component, facts))
    return 'dead'
  }
  const route = run.judge.lookUp(map)
  const destination = destinationText(run)
  if (route < 0) return withoutRoute(run, attachment, component, { destination, table })
  const at = routes.hopOffsets[route]
  const hop = at + choose(run, routes.hopOffsets[route + 1] - at)
  const text = run.show.route(route)
  if (routes.hopKind[hop] === HOP.attachment) {
    note(run, 'route', component, 'continue', text)
    return routes.hopTarget[hop]
  }
  if (routes.hopKind[hop] === HOP.blackhole) {
    const found = report(run, 'tr.blackhole', component, { destination, table }, text)
    note(run, 'route', component, 'refuse', text, found)
    return 'dead'
  }
  const missing = reportMissing(run, 'transitRouter', router, component, component.id)
  leaveOpen(run, 'route', component, missing)
  return 'stuck'
}

/** A table that learns from lines may know more than was read: then the packet may leave by one. */
function withoutRoute(
  run: Run,
  attachment: number,
  component: Component,
  facts: { readonly destination: string; readonly table: string },
): LegEnd {
  if (run.fabric.transits.learns[attachment]) {
    const found = report(run, 'tr.routes-unreadable', component, facts)
    note(run, 'route', component, 'continue', undefined, found)
    return 'left'
  }
  refuse(run, 'route', component, report(run, 'tr.no-route', component, facts))
  return 'dead'
}

/** A packet keeps to the zone it came from where the far VPC has a plug there. */
function outOfRouter(run: Run, attachment: number, zone: number): LegEnd {
  const { transits, ports } = run.fabric
  const plugs = transits.plugs[attachment]
  const { component, item, router } = named(run, attachment)
  const same = plugIn(run, attachment, zone)
  const plug = same >= 0 ? same : (plugs[choose(run, Math.max(1, plugs.length))] ?? -1)
  if (plug < 0 || ports.domain[plug] < 0) {
    const found = reportMissing(run, 'vpc', router, component, item?.resourceId)
    leaveOpen(run, 'gateway', component, found)
    return 'stuck'
  }
  const { relays } = run.state
  if (relays.length >= MAX_RELAYS) {
    reportLoop(run, attachment)
    return 'dead'
  }
  relays.push(-1)
  // Behind a router, groups do not know whose packet it is.
  run.state.sourcePeer = -1
  return run.steps.emit(run, plug, false)
}

/** True: nothing is known about the attachment. */
function checkState(run: Run, attachment: number): boolean {
  const { component, item, router } = named(run, attachment)
  switch (run.fabric.transits.state[attachment]) {
    case 0:
      return false
    case 1: {
      const facts = { state: item?.state ?? 'unknown', attachment: item?.id ?? 'unknown' }
      refuse(run, 'gateway', component, report(run, 'tr.attachment-bad-state', component, facts))
      return false
    }
    default: {
      const missing = reportMissing(run, 'transitRouter', router, component, component.id)
      leaveOpen(run, 'gateway', component, missing)
      return true
    }
  }
}

function reportZone(run: Run, port: number, attachment: number): void {
  const { component, item } = named(run, attachment)
  const subnet = run.fabric.network.subnet?.[run.fabric.ports.subnet[port]]
  const facts = { zone: subnet?.zone ?? 'unknown', attachment: item?.id ?? 'unknown' }
  refuse(run, 'gateway', component, report(run, 'tr.zone-restriction', component, facts))
}

function reportLoop(run: Run, attachment: number): void {
  const { component } = named(run, attachment)
  const facts = { destination: destinationText(run), cycle: component.id }
  report(run, 'route.loop', component, facts)
}

function plugIn(run: Run, attachment: number, zone: number): number {
  const { plugs } = run.fabric.transits
  return plugs[attachment].find((plug) => zoneOf(run, plug) === zone) ?? -1
}

function zoneOf({ fabric }: Run, port: number): number {
  const subnet = fabric.ports.subnet[port]
  return subnet < 0 ? -1 : fabric.subnets.zone[subnet]
}

interface Named {
  readonly component: Component
  readonly item: TransitAttachment | undefined
  readonly router: TransitRouter | undefined
}

function named({ fabric }: Run, attachment: number): Named {
  const { network, transits } = fabric
  const router = network.transitRouter?.[transits.router[attachment]]
  const item = router?.attachments?.[transits.entry[attachment]]
  const id = router?.id ?? 'unknown'
  const name = router?.name
  const component: Component =
    name === undefined ? { kind: 'transitRouter', id } : { kind: 'transitRouter', id, name }
  return { component, item, router }
}
