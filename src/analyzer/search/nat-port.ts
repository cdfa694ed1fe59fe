import { PACKET as P } from '#fabric'
import { crossBoundary } from './boundary.ts'
import { destinationText, serviceOf, setDestination, setSource } from './header.ts'
import { arriveAt, leaveOpen, noteTranslation, refuse, report, reportMissing } from './record.ts'
import { reportBypass } from './retrace.ts'
import type { Run } from './run.ts'
import { checkInService, checkNatProtocol } from './translation.ts'
import type { LegEnd } from './walk.ts'

/** NAT gateways in a row. */
const MAX_HIDDEN = 4

/** A NAT gateway takes a packet in at its interface, and sends it on from there as itself. */
export function intoNatPort(run: Run, port: number, at: number): LegEnd {
  const { ports, flags, nats, network } = run.fabric
  const nat = ports.nat[at]
  const component = run.show.nat(nat)
  if (flags.natFiltered) crossBoundary(run, port, true, at)
  arriveAt(run, component, run.show.address(ports.address4[at]))
  if (flags.natFiltered) crossBoundary(run, at, false, port)
  if (nats.unread[nat]) {
    const item = network.natGateway?.[nat]
    leaveOpen(
      run,
      'gateway',
      component,
      reportMissing(run, 'natGateway', item, component, item?.id),
    )
    return 'stuck'
  }
  checkInService(run, nat)
  checkNatProtocol(run, component)
  const { state } = run
  // It knows no connection of which it has not seen the beginning.
  if (state.leg === 'return') {
    reportBypass(run, component)
    return 'dead'
  }
  if (state.hidden.length === MAX_HIDDEN) {
    report(run, 'route.loop', component, { destination: destinationText(run), cycle: component.id })
    return 'dead'
  }
  state.hidden.push({ rank: run.packet[P.source], port: state.originPort })
  setSource(run, ports.address4[at])
  state.sourcePeer = at
  beginAt(run, at, ports.address4[at])
  noteTranslation(run, component)
  return run.steps.emit(run, at, false)
}

/** An answer reaches a NAT gateway, which knows whom it is for; nobody else may call it. */
export function backAtNatPort(run: Run, at: number, from: number): LegEnd {
  const { state, fabric } = run
  const component = run.show.nat(fabric.ports.nat[at])
  if (fabric.flags.natFiltered) crossBoundary(run, at, false, from)
  const inner = state.leg === 'return' ? state.hidden.pop() : undefined
  if (!inner) {
    const facts = { address: destinationText(run), service: serviceOf(run) }
    refuse(run, 'translate', component, report(run, 'nat.dnat-missing', component, facts))
    return 'dead'
  }
  beginAt(run, inner.port, inner.rank)
  setDestination(run, inner.rank)
  state.destinationPeer = inner.port
  noteTranslation(run, component)
  return run.steps.emit(run, at, false)
}

/** Where the answer has to come back to. */
function beginAt({ state, fabric }: Run, port: number, source: number): void {
  state.originPort = port
  state.originSource = source
  state.originDomain = fabric.ports.domain[port]
}
