import { NOBODY, PACKET as P, PORT_FLAG, PORT_STATE } from '#fabric'
import { checkUsable, isInDoubt } from './attachment.ts'
import { crossBoundary } from './boundary.ts'
import { crossTo } from './cross.ts'
import { deliver, deliverInside, toNeighbour } from './deliver.ts'
import { askGroups } from './groups.ts'
import { guestPort, reportNoGuestRoute, reportOpenWay } from './guest.ts'
import { askRelayIn, askRelayOut } from './inside.ts'
import { destinationText, sourceText } from './header.ts'
import { checkSource } from './martian.ts'
import { arriveAtPort, leaveOpen, note, refuse, report, reportLacking } from './record.ts'
import { cameFromInternet, reportBypass } from './retrace.ts'
import { routeOf } from './route-row.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** Relays on one leg, after which it is a loop whatever the addresses say. */
export const MAX_RELAYS = 16

/** A route's next hop is an interface: it receives the packet, or passes it on. */
export function overRelay(run: Run, from: number, relay: number, hop: number): LegEnd {
  const { ports } = run.fabric
  const owner = run.judge.owner(ports.domain[relay], run.packet[P.destination])
  if (owner === relay && cameFromInternet(run)) {
    reportBypass(run, run.show.port(relay))
    return 'dead'
  }
  const far = ports.domain[relay] !== ports.domain[from]
  if (far) {
    const crossed = crossTo(run, from, ports.domain[relay])
    if (crossed) return crossed
  }
  if (owner === relay)
    return far ? deliver(run, ports.domain[relay], -1) : toNeighbour(run, from, ports.domain[from])
  if (owner === NOBODY && mayBeOwned(run, ports.domain[relay])) return toUnread(run, relay)
  return throughRelay(run, from, relay, hop)
}

/** Whether an interface or a HaVip that was not read may have the destination: the relay itself. */
export const mayBeOwned = ({ fabric, judge, packet }: Run, domain: number): boolean =>
  fabric.domains.ownersUnread[domain] === 1 &&
  judge.valueAt(fabric.domains.subnetMap[domain], packet[P.destination]) >= 0

/** Whether the relay is itself the destination was not read. */
export function toUnread(run: Run, relay: number): LegEnd {
  const { ports, network } = run.fabric
  const vpc = network.vpc?.[ports.domain[relay]]
  const kind = vpc && run.index.lack('networkInterface', vpc) ? 'networkInterface' : 'haVip'
  const component = run.show.port(relay)
  leaveOpen(run, 'route', component, reportLacking(run, kind, vpc, component))
  return 'stuck'
}

/** Into a relay and, unless that is a loop, out of it again. `from` is -1 for the Internet. */
export function throughRelay(run: Run, from: number, relay: number, hop: number): LegEnd {
  if (run.fabric.ports.state[relay] === PORT_STATE.doubted) return intoDoubt(run, relay)
  if (!enterRelay(run, from, relay, hop)) return 'dead'
  const { ports, flags } = run.fabric
  const owner = run.judge.owner(ports.domain[relay], run.packet[P.destination])
  if (isOwnGuests(run, relay, owner)) return deliverInside(run, relay, owner)
  checkSource(run, relay)
  if (!askRelayIn(run, relay)) return 'stuck'
  if (flags.guestForwarding) checkForwarding(run, relay)
  let next = guestPort(run, ports.instance[relay], relay, true, relay)
  if (next < -1) return reportOpenWay(run, relay, next)
  if (next < 0) {
    reportNoGuestRoute(run, relay)
    next = relay
  }
  if (next !== relay) {
    if (isInDoubt(run, next, 'relay')) return 'stuck'
    checkUsable(run, next, 'relay')
  }
  if (!askRelayOut(run, relay, next)) return 'stuck'
  return run.steps.emit(run, next, flags.relayFiltered)
}

/** Nothing is known about the relay. */
function intoDoubt(run: Run, relay: number): LegEnd {
  arriveAtPort(run, relay, run.show.address(run.fabric.ports.address4[relay]))
  isInDoubt(run, relay, 'relay')
  return 'stuck'
}

/** A port with the source/destination check meets a packet that is not its own. */
export function reportCheck(run: Run, port: number): void {
  const component = run.show.port(port)
  const facts = { source: sourceText(run), destination: destinationText(run) }
  refuse(run, 'relay', component, report(run, 'eni.source-dest-check', component, facts))
}

/** Whether the destination is another port of the guest that a packet was relayed to. */
function isOwnGuests({ fabric }: Run, relay: number, owner: number): boolean {
  const { ports, flags } = fabric
  if (!flags.guestAnyPort || owner < 0) return false
  return ports.instance[owner] >= 0 && ports.instance[owner] === ports.instance[relay]
}

/** False: it has been here before. */
function enterRelay(run: Run, from: number, relay: number, hop: number): boolean {
  const { flags, ports } = run.fabric
  const { relays } = run.state
  if (from >= 0) crossBoundary(run, from, true, relay)
  if (relays.includes(relay) || relays.length >= MAX_RELAYS) {
    reportLoop(run, relay)
    return false
  }
  relays.push(relay)
  arriveAtPort(run, relay, run.show.address(ports.address4[relay]))
  if (flags.nextHopAlive) checkAlive(run, from, relay, hop)
  if (ports.flags[relay] & PORT_FLAG.checked) reportCheck(run, relay)
  crossBoundary(run, relay, false, from)
  if (flags.relayFiltered) askGroups(run, relay, false)
  return true
}

function reportLoop(run: Run, relay: number): void {
  const { show, state } = run
  const cycle = [...state.relays, relay].map((port) => show.instanceOf(port).id).join(' → ')
  const facts = { destination: destinationText(run), cycle }
  report(run, 'route.loop', show.instanceOf(relay), facts)
}

/** A route whose next hop is not in service loses the packet; the table's owner can mend it. */
function checkAlive(run: Run, from: number, relay: number, hop: number): void {
  const { fabric, show } = run
  const { network, ports } = fabric
  if (ports.state[relay] === PORT_STATE.usable) return
  if (ports.state[relay] === PORT_STATE.unread) return checkUsable(run, relay, 'relay')
  const instance = network.instance?.[ports.instance[relay]]
  const state = instance?.state ?? network.networkInterface?.[relay]?.state ?? 'unknown'
  const facts = { destination: destinationText(run), target: show.port(relay).id, state }
  const component = from >= 0 ? show.table(from) : show.port(relay)
  const rule = hop < 0 ? undefined : show.route(routeOf(run, hop))
  refuse(run, 'relay', show.port(relay), report(run, 'route.next-hop-down', component, facts, rule))
}

function checkForwarding(run: Run, relay: number): void {
  const { instances, ports } = run.fabric
  const component = run.show.instanceOf(relay)
  const facts = { destination: destinationText(run) }
  switch (instances.forwarding[ports.instance[relay]]) {
    case 1:
      return note(run, 'relay', component, 'continue')
    case 2: {
      const found = report(run, 'instance.ip-forward-disabled', component, facts)
      return refuse(run, 'relay', component, found)
    }
    default: {
      const found = report(run, 'instance.forwarding-opaque', component, facts)
      return leaveOpen(run, 'relay', component, found)
    }
  }
}
