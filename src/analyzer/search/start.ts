import { PACKET as P, PORT_STATE, UNREAD } from '#fabric'
import { checkUsable, isAddressUnread, isInDoubt } from './attachment.ts'
import { emit } from './emit.ts'
import { guestPort, reportNoGuestRoute, reportUnreadWay, wayOfSource } from './guest.ts'
import { destinationText, setSource, sourceText } from './header.ts'
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
  if (asked.port < 0 && asked.instance < 0) return fromOutside(run)
  const port = asked.port < 0 ? chooseFirst(run, asked.instance) : asked.port
  if (port < 0) return unreadStart(run, asked.instance)
  if (fabric.ports.state[port] === PORT_STATE.doubted) return inDoubt(run, port)
  if (isAddressUnread(run, port)) return withUnreadAddress(run, port)
  if (!settleSource(run, port)) return 'dead'
  const domain = fabric.ports.domain[port]
  const source = run.packet[P.source]
  const owner = run.judge.owner(domain, source)
  state.sourcePeer = owner < 0 ? port : owner
  state.originDomain = domain
  state.originSource = source
  state.originPort = state.sourcePeer
  return sendFrom(run, port, asked.port < 0 ? wayOfSource(run, port) : port)
}

/** `port` gave the packet its source, `way` is where it leaves: -1 none, or `UNREAD`. */
function sendFrom(run: Run, port: number, way: number): LegEnd {
  const by = way < 0 ? port : way
  arriveAtPort(run, by, sourceText(run))
  checkUsable(run, port, 'start')
  if (way === UNREAD) return reportUnreadWay(run, port)
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

/** The guest begins with an interface that was not read. */
function unreadStart(run: Run, instance: number): LegEnd {
  const { instances } = run.fabric
  const first = instances.ports[instances.offsets[instance]]
  arriveAt(run, run.show.instanceOf(first))
  return reportUnreadWay(run, first)
}

/** The interface a guest begins with, or `UNREAD`; its first one where its tables know no way. */
function chooseFirst(run: Run, instance: number): number {
  const { instances } = run.fabric
  const port = guestPort(run, instance, -1, true)
  if (port !== -1) return port
  const first = instances.ports[instances.offsets[instance]]
  arriveAt(run, run.show.instanceOf(first))
  reportNoGuestRoute(run, first, 'any')
  return first
}

/** A port sends from its first address of the destination's family. */
function settleSource(run: Run, port: number): boolean {
  const { packet, fabric } = run
  if (packet[P.source] >= 0) return true
  const six = packet[P.destination] >= fabric.line.starts4.length
  const own = six ? fabric.ports.address6[port] : fabric.ports.address4[port]
  setSource(run, own)
  if (own >= 0) return true
  const component = run.show.instanceOf(port)
  arriveAt(run, component)
  const facts = { destination: destinationText(run) }
  refuse(run, 'start', component, report(run, 'eni.no-public-address', component, facts))
  checkUsable(run, port, 'start')
  return false
}
