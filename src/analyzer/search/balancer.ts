import {
  BACKEND,
  balancerAt,
  type BackendRow,
  BALANCER_STATE,
  hasPortWords,
  type ListenerRow,
  PACKET as P,
  PORT_STATE,
} from '#fabric'
import type { Component, LoadBalancer } from '#model'
import { crossBoundary } from './boundary.ts'
import { choose } from './choose.ts'
import { askGroups } from './groups.ts'
import { destinationText, serviceOf, setDestination, setSource, sourceText } from './header.ts'
import { noteHeader, leaveOpen, refuse, report, reportLacking, reportMissing } from './record.ts'
import type { Run } from './run.ts'
import { leaveEchoOpen, leaveUnread, reportUnreadState } from './unread-balancer.ts'
import type { LegEnd } from './walk.ts'

export const isBalancer = ({ fabric }: Run, port: number): boolean => port >= fabric.ports.balancers

/**
 * A load balancer hands the connection to one of a listener's backends: the port of that backend,
 * or how the walk ends (docs/decisions/0010).
 */
export function throughBalancer(run: Run, port: number, from: number): number | LegEnd {
  // With overlapping ranges, a reply may meet the address of a load balancer.
  if (run.state.leg === 'return') return 'dead'
  if (run.fabric.balancers.state[numberOf(run, port)] === BALANCER_STATE.unread) {
    return notAnalysed(run, port)
  }
  crossBoundary(run, port, false, from)
  askGroups(run, port, false)
  checkState(run, port)
  const every = run.fabric.balancers.everyPort[numberOf(run, port)]
  if (run.packet[P.protocol] === 1 && !every) return leaveEchoOpen(run, run.show.port(port))
  const listener = listenerFor(run, port) ?? every
  if (!listener?.running) reportNoListener(run, port)
  return listener ? toBackend(run, port, listener) : 'dead'
}

function notAnalysed(run: Run, port: number): LegEnd {
  const item = itemOf(run, port)
  return leaveUnread(run, run.show.port(port), item, destinationText(run))
}

function checkState(run: Run, port: number): void {
  const component = run.show.port(port)
  const item = itemOf(run, port)
  switch (run.fabric.balancers.state[numberOf(run, port)]) {
    case BALANCER_STATE.idle: {
      const facts = { state: item?.state ?? 'unknown' }
      return refuse(run, 'gateway', component, report(run, 'lb.bad-state', component, facts))
    }
    case BALANCER_STATE.stateUnread: {
      return leaveOpen(run, 'gateway', component, reportUnreadState(run, component, item))
    }
    default:
  }
}

/** The listener for the packet, running or not: behind one that is stopped the walk goes on. */
function listenerFor(run: Run, port: number): ListenerRow | undefined {
  const { packet, fabric } = run
  if (!hasPortWords(packet[P.protocol])) return undefined
  return fabric.balancers.listeners[numberOf(run, port)].find(
    (row) => row.protocol === packet[P.protocol] && row.port === packet[P.port],
  )
}

function reportNoListener(run: Run, port: number): void {
  const component = run.show.port(port)
  const facts = { service: serviceOf(run), address: destinationText(run) }
  refuse(run, 'translate', component, report(run, 'lb.no-listener', component, facts))
}

function toBackend(run: Run, port: number, listener: ListenerRow): number | LegEnd {
  const { backends } = listener
  const component = run.show.port(port)
  if (backends.length === 0) {
    const facts = { service: serviceOf(run) }
    const found = report(run, 'lb.listener-no-backend', component, facts)
    refuse(run, 'translate', component, found)
    return 'dead'
  }
  const backend = backends[choose(run, backends.length, component)]
  if (backend.at < 0) return toNoBackend(run, port, backend)
  handOver(run, port, backend, listener)
  checkAddress(run, backend)
  leaveBalancer(run, port, backend.at)
  return backend.at
}

function toNoBackend(run: Run, port: number, { at, target }: BackendRow): LegEnd {
  const { kind, id } = target
  if (kind === 'address') return toNoOne(run, port, at, id)
  const component: Component = { kind, id }
  if (at === BACKEND.gone) {
    refuse(run, 'translate', component, report(run, 'instance.no-interface', component, {}))
    return 'dead'
  }
  const near = itemOf(run, port)
  const unlisted = near && run.index.get(kind, id, near) === undefined
  const found = unlisted
    ? reportMissing(run, kind, near, component, id)
    : reportLacking(run, 'networkInterface', near, component)
  leaveOpen(run, 'translate', component, found)
  return 'stuck'
}

/** The load balancer hands packets to an address that no listed interface has. */
function toNoOne(run: Run, port: number, at: number, address: string): LegEnd {
  const component = run.show.port(port)
  if (at === BACKEND.unread) {
    const found = reportLacking(run, 'networkInterface', itemOf(run, port), component)
    leaveOpen(run, 'translate', component, found)
    return 'stuck'
  }
  const vpc = run.show.domain(run.fabric.ports.domain[port]).id
  refuse(
    run,
    'deliver',
    component,
    report(run, 'address.not-assigned', component, { address, vpc }),
  )
  return 'dead'
}

/** The packet keeps its source, and becomes one for the backend. */
function handOver(
  run: Run,
  port: number,
  backend: BackendRow,
  { port: own, keepsClient }: ListenerRow,
): void {
  const { state, packet } = run
  const service = serviceOf(run)
  const shift = backend.port - own
  const client = { rank: packet[P.source], peer: state.sourcePeer }
  state.balancer = { port, address: packet[P.destination], shift, client }
  setDestination(run, backend.address)
  packet[P.port] += shift
  packet[P.portHigh] += shift
  if (!keepsClient) {
    setSource(run, state.balancer.address)
    state.sourcePeer = port
  }
  const now = `${sourceText(run)} → ${destinationText(run)}:${backend.port}`
  noteHeader(run, run.show.port(port), now, service)
}

/** Where a load balancer has groups and lists of its own, they judge what it sends, too. */
function leaveBalancer(run: Run, port: number, to: number): void {
  if (!run.fabric.flags.balancerOwnList) return
  run.state.destinationPeer = to
  askGroups(run, port, true)
  crossBoundary(run, port, true, to)
}

/** An EIP in cut-through mode takes the private address from its interface. */
function checkAddress(run: Run, { at, address }: BackendRow): void {
  const { ports } = run.fabric
  if (ports.state[at] === PORT_STATE.doubted) return
  if (run.judge.owner(ports.domain[at], address) === at) return
  const component = run.show.domain(ports.domain[at])
  const facts = { address: destinationText(run), vpc: component.id }
  refuse(run, 'deliver', component, report(run, 'address.not-assigned', component, facts))
}

const itemOf = (run: Run, port: number): LoadBalancer | undefined => balancerAt(run.fabric, port)

const numberOf = ({ fabric }: Run, port: number): number => port - fabric.ports.balancers
