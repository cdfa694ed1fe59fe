import { hasPortWords, PACKET as P, PORT_FLAG } from '#fabric'
import { crossBoundary } from './boundary.ts'
import { emit, routeFrom } from './emit.ts'
import { askGroups } from './groups.ts'
import { destinationText, setDestination, setSource, sourceText } from './header.ts'
import { arriveAt, note, noteHeader, refuse, report, RULE } from './record.ts'
import { reportCheck } from './relay.ts'
import type { Balancing, Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** The reply of a backend goes back to its load balancer, which answers as itself. */
export function handBack(run: Run, port: number, balancing: Balancing): LegEnd {
  const { ports, flags } = run.fabric
  const foreign = run.judge.owner(ports.domain[port], run.packet[P.source]) !== port
  if (ports.flags[port] & PORT_FLAG.checked && foreign) reportCheck(run, port)
  askGroups(run, port, true)
  const near = flags.balancerOwnList ? balancing.port : -1
  if (flags.balancerFiltered) crossBoundary(run, port, true, near)
  if (flags.balancerOwnList) crossBoundary(run, balancing.port, false, port)
  if (!flags.balancerReturnDirect) checkRoute(run, port)
  note(run, 'route', run.show.port(balancing.port), 'continue', RULE.direct)
  answerAs(run, balancing)
  return flags.balancerReturnRouted ? routeFrom(run, port) : emit(run, balancing.port, false)
}

/** By another interface, a reply is lost whatever else would stop it there (decision 0010). */
export function checkSameInterface(run: Run, { port }: Balancing): void {
  if (!run.fabric.flags.balancerSameInterface) return
  const component = run.show.port(port)
  const facts = { source: sourceText(run), destination: destinationText(run) }
  refuse(run, 'route', component, report(run, 'lb.return-bypass', component, facts))
}

/** Only with the semantic `lb.return-direct` off. */
function checkRoute(run: Run, port: number): void {
  const table = run.fabric.ports.table[port]
  if (table < 0 || run.judge.lookUp(table) >= 0) return
  const component = run.show.table(port)
  const facts = { source: sourceText(run), destination: destinationText(run) }
  refuse(run, 'route', component, report(run, 'route.return.none', component, facts))
}

/** The client sees the address and port that it called; a NAT gateway may have moved it before. */
function answerAs(run: Run, { port, address, shift, client }: Balancing): void {
  const { packet, state } = run
  setSource(run, address)
  if (packet[P.destination] !== client.rank) setDestination(run, client.rank)
  if (hasPortWords(packet[P.protocol])) {
    packet[P.sourcePort] -= shift
    packet[P.sourcePortHigh] -= shift
  }
  state.sourcePeer = port
  state.destinationPeer = client.peer
  const component = run.show.port(port)
  arriveAt(run, component, sourceText(run))
  noteHeader(run, component, `${sourceText(run)}:${packet[P.sourcePort]} → ${destinationText(run)}`)
}
