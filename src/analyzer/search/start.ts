import { PACKET as P, PORT_STATE, UNREAD } from '#fabric'
import { lentAddress } from '../lent-address.ts'
import { checkUsable, isAddressUnread, isInDoubt } from './attachment.ts'
import { emit } from './emit.ts'
import { fromExit } from './from-exit.ts'
import {
  guestPort,
  lateStartOf,
  reportNoGuestRoute,
  reportOpenWay,
  reportUnreadWay,
  wayOfSource,
} from './guest.ts'
import { destinationText, isIpv6, setSource, sourceText } from './header.ts'
import { askSender } from './inside.ts'
import { throughInternet } from './internet.ts'
import { internet } from './places.ts'
import { reportUnreadPublic } from './identity.ts'
import { arriveAt, arriveAtPort, leaveOpen, refuse, report } from './record.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** The forward leg, from the sender that the question names. */
export function walkForward(run: Run): LegEnd {
  const { asked, fabric, state } = run
  if (asked.port < 0 && asked.instance < 0)
    return asked.exit < 0 ? fromOutside(run) : fromExit(run, asked.exit)
  const first = asked.port < 0 ? firstWay(run, asked.instance) : asked.port
  if (first === 'open') return openSource(run, asked.instance)
  if (first < -1) return openStart(run, asked.instance, first)
  const port = first === -1 ? withoutRoute(run, asked.instance) : first
  if (fabric.ports.state[port] === PORT_STATE.doubted) return inDoubt(run, port)
  if (isAddressUnread(run, port)) return withUnreadAddress(run, port)
  const unsettled = settleSource(run, port)
  if (unsettled) return unsettled
  const domain = fabric.ports.domain[port]
  const source = run.packet[P.source]
  const owner = run.judge.owner(domain, source)
  state.sourcePeer = owner < 0 ? port : owner
  state.originDomain = domain
  state.originSource = source
  state.originPort = state.sourcePeer
  return sendFrom(run, port, asked.port < 0 && first >= 0 ? wayOfSource(run, port) : port)
}

/** `port` gave the packet its source, `way` is where it leaves: -1 none, or `UNREAD`. */
function sendFrom(run: Run, port: number, way: number): LegEnd {
  const by = way < 0 ? port : way
  arriveAtPort(run, by, sourceText(run))
  checkUsable(run, port, 'start')
  if (way < -1) return reportOpenWay(run, port, way)
  if (way < 0) reportNoGuestRoute(run, port)
  if (by !== port) {
    if (isInDoubt(run, by, 'start')) return 'stuck'
    checkUsable(run, by, 'start')
  }
  return askSender(run, by) ? emit(run, by, true) : 'stuck'
}

function fromOutside(run: Run): LegEnd {
  arriveAt(run, internet, sourceText(run))
  return throughInternet(run)
}

/** Nothing is known about the interface that sends. */
function inDoubt(run: Run, port: number): LegEnd {
  arriveAt(run, run.show.instanceOf(port))
  isInDoubt(run, port, 'start')
  return 'stuck'
}

/** An EIP that was not read may have replaced the address that it sends from. */
function withUnreadAddress(run: Run, port: number): LegEnd {
  const component = run.show.port(port)
  arriveAt(run, run.show.instanceOf(port))
  leaveOpen(run, 'start', component, reportUnreadPublic(run, port, component))
  return 'stuck'
}

/** The guest begins with an interface that nobody can tell. */
function openStart(run: Run, instance: number, way: number): LegEnd {
  const { instances } = run.fabric
  const first = instances.ports[instances.offsets[instance]]
  arriveAt(run, run.show.instanceOf(first))
  return reportOpenWay(run, first, way)
}

/** The interface a guest begins with; `open`: the address that it takes decides, which nobody knows. */
function firstWay(run: Run, instance: number): number | 'open' {
  const port = guestPort(run, instance, -1, true, -1)
  const late = port === -1 ? lateStartOf(run, instance) : undefined
  if (!late || late.way === -1) return port
  if (late.way < 0) return late.way === UNREAD ? 'open' : late.way
  setSource(run, late.source)
  return late.way
}

function openSource(run: Run, instance: number): LegEnd {
  const { instances } = run.fabric
  const first = instances.ports[instances.offsets[instance]]
  arriveAt(run, run.show.instanceOf(first))
  leaveLentOpen(run, first)
  return 'stuck'
}

/** The first interface of a guest whose tables know no way. */
function withoutRoute(run: Run, instance: number): number {
  const { instances } = run.fabric
  const first = instances.ports[instances.offsets[instance]]
  arriveAt(run, run.show.instanceOf(first))
  reportNoGuestRoute(run, first, 'any')
  return first
}

/** A port sends from its first address of the destination's family; undefined: it has one. */
function settleSource(run: Run, port: number): LegEnd | undefined {
  const { packet, fabric } = run
  if (packet[P.source] >= 0) return undefined
  const { address4, address6 } = fabric.ports
  const own = isIpv6(run) ? address6[port] : address4[port]
  const lends = own < 0 && run.asked.port < 0 && isIpv6(run)
  const source = lends ? lentAddress(fabric, port) : own
  setSource(run, source)
  if (source >= 0) return undefined
  arriveAt(run, run.show.instanceOf(port))
  if (source === UNREAD) leaveLentOpen(run, port)
  else reportNoSource(run, port)
  checkUsable(run, port, 'start')
  return source === UNREAD ? 'stuck' : 'dead'
}

function reportNoSource(run: Run, port: number): void {
  const facts = { destination: destinationText(run) }
  if (isIpv6(run)) {
    const component = run.show.port(port)
    return refuse(run, 'start', component, report(run, 'eni.no-ipv6-address', component, facts))
  }
  const component = run.show.instanceOf(port)
  refuse(run, 'start', component, report(run, 'eni.no-public-address', component, facts))
}

/** Which address another interface lends: some of them was not read, or there are several. */
function leaveLentOpen(run: Run, port: number): void {
  const { ports, instances } = run.fabric
  const instance = ports.instance[port]
  if (instances.portsUnread[instance]) return void reportUnreadWay(run, port)
  const all = instances.ports.subarray(instances.offsets[instance], instances.offsets[instance + 1])
  const doubted = all.find((one) => ports.state[one] === PORT_STATE.doubted)
  if (doubted !== undefined) return void isInDoubt(run, doubted, 'start')
  const component = run.show.instanceOf(port)
  const facts = { feature: 'source address selection (RFC 6724)' }
  leaveOpen(run, 'start', component, report(run, 'query.unsupported-feature', component, facts))
}
