import { PACKET as P, PORT_FLAG, PORT_STATE, portOfWay, SHARED, UNREAD } from '#fabric'
import { type LateStart, lateStart } from '../lent-address.ts'
import { destinationText, isIpv6, sourceText } from './header.ts'
import { homeOf } from './places.ts'
import { assume, leaveOpen, refuse, report, reportLacking } from './record.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/**
 * The interface that a guest sends by: its own tables if they were seen, else the documented
 * default. -1 where the seen tables know no way, `UNREAD` where it is by an interface that was not
 * read, `SHARED` where a hash decides. `own` is the port that has the source address, or -1;
 * `relays`: the packet is not the guest's own; `cameBy`: the port that it, or the echo request
 * that it answers, came in by, or -1.
 */
export function guestPort(
  run: Run,
  instance: number,
  own: number,
  relays: boolean,
  cameBy: number,
): number {
  const { instances, flags } = run.fabric
  if (instance < 0) return own
  const tables = instances.guest[instance]
  if (tables >= 0 && (own < 0 || !isClassic(run, own))) {
    return seenGuestPort(run, tables, cameBy)
  }
  if (!relays && own >= 0) return own
  const all = instances.ports.subarray(instances.offsets[instance], instances.offsets[instance + 1])
  if (all.length === 0) return own
  const isVpc = all[0] < run.fabric.ports.interfaces
  if (isVpc && instances.portsUnread[instance]) return surePort(run, all[0])
  const able = all.filter((port, nth) => speaks(run, port) && (nth === 0 || isUp(run, port)))
  const connected = flags.guestConnected ? able.find((port) => isConnected(run, port)) : undefined
  return connected ?? able.at(0) ?? all[0]
}

/** An interface without an IPv6 address gives its guest no IPv6 routes. */
const speaks = (run: Run, port: number): boolean =>
  run.fabric.ports.address6[port] >= 0 || !isIpv6(run)

/** The interface of a guest that may have more of them: none in the destination's vSwitch comes first. */
function surePort(run: Run, primary: number): number {
  const { fabric, judge, packet } = run
  const { ports, domains } = fabric
  if (!(ports.flags[primary] & PORT_FLAG.primary) || !speaks(run, primary)) return UNREAD
  const domain = ports.domain[primary]
  const at = packet[P.destination]
  const subnet = judge.valueAt(domains.subnetMap[domain], at)
  if (subnet >= 0) return subnet === ports.subnet[primary] ? primary : UNREAD
  const near = domains.subnetsUnread[domain] && judge.valueAt(domains.privateMap[domain], at) === 1
  return near ? UNREAD : primary
}

/** The port that a guest's own rules and routes choose; -1, `UNREAD` or `SHARED`. */
export function seenGuestPort(
  run: Run,
  number: number,
  cameBy: number,
  from = run.packet[P.source],
): number {
  const tables = run.fabric.guests[number]
  for (const rule of tables.rules) {
    if (rule.from && (from < rule.from.low || from > rule.from.high)) continue
    const way = run.judge.valueAt(rule.map, run.packet[P.destination])
    if (way !== -1) return portOfWay(tables, way, cameBy)
  }
  return -1
}

/** How a guest begins that found no IPv6 route before it had a source; undefined: it does not. */
export function lateStartOf(run: Run, instance: number): LateStart | undefined {
  const { fabric, packet } = run
  const tables = fabric.instances.guest[instance]
  if (!fabric.flags.guestSecondLookup || !isIpv6(run) || tables < 0) return undefined
  if (packet[P.source] >= 0) return undefined
  return lateStart(fabric, instance, (own) => seenGuestPort(run, tables, -1, own))
}

/** The way of a packet that took its source from `port`: a guest looks a second time over IPv4. */
export function wayOfSource(run: Run, port: number): number {
  const { ports, instances, flags } = run.fabric
  const instance = ports.instance[port]
  const tables = instance < 0 ? -1 : instances.guest[instance]
  if (!flags.guestSecondLookup || isIpv6(run) || tables < 0) return port
  return seenGuestPort(run, tables, -1)
}

export function reportNoGuestRoute(run: Run, port: number, source = sourceText(run)): void {
  const facts = { source, destination: destinationText(run) }
  const component = run.show.instanceOf(port)
  refuse(run, 'start', component, report(run, 'guest.route-missing', component, facts))
}

/** The guest's way is by an interface that was not read, or one that a hash chooses. */
export function reportOpenWay(run: Run, port: number, way: number): LegEnd {
  return way === SHARED ? reportSharedWay(run, port) : reportUnreadWay(run, port)
}

function reportSharedWay(run: Run, port: number): LegEnd {
  const component = run.show.instanceOf(port)
  const facts = { feature: 'the hash by which IPv6 routes of several gateways share traffic' }
  leaveOpen(run, 'start', component, report(run, 'query.unsupported-feature', component, facts))
  return 'stuck'
}

export function reportUnreadWay(run: Run, port: number): LegEnd {
  const component = run.show.instanceOf(port)
  const near = homeOf(run, port)
  const kind = near && run.index.lack('networkInterface', near) ? 'networkInterface' : 'subnet'
  const found = reportLacking(run, kind, near, component)
  leaveOpen(run, 'start', component, found)
  return 'stuck'
}

/** Replies of a secondary interface leave by it only if the guest routes by source (CFG-RT-07). */
export function assumePolicyRouting(run: Run, port: number): void {
  const { ports, instances } = run.fabric
  const instance = ports.instance[port]
  if (instance < 0 || instances.guest[instance] >= 0 || isClassic(run, port)) return
  if (ports.flags[port] & PORT_FLAG.primary) return
  const facts = { source: sourceText(run) }
  assume(run, 'assume.guest-policy-routing', run.show.instanceOf(port), facts)
}

const isClassic = ({ fabric }: Run, port: number): boolean =>
  (fabric.ports.flags[port] & (PORT_FLAG.classicIntranet | PORT_FLAG.classicInternet)) !== 0

/** An attached interface whose subnet holds the destination. */
function isConnected(run: Run, port: number): boolean {
  const { fabric, judge, packet } = run
  const { ports, domains } = fabric
  if (!isUp(run, port)) return false
  const map = domains.subnetMap[ports.domain[port]]
  const subnet = ports.subnet[port]
  return subnet >= 0 && judge.valueAt(map, packet[P.destination]) === subnet
}

function isUp({ fabric }: Run, port: number): boolean {
  const state = fabric.ports.state[port]
  return state !== PORT_STATE.notAttached && state !== PORT_STATE.badState
}
