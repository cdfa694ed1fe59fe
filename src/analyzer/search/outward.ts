import { hasPortWords, type OutboundWay, PACKET as P, PUBLIC } from '#fabric'
import { choose } from './choose.ts'
import { destinationText, isIpv6, serviceOf, sourceText } from './header.ts'
import { isPrivateTo, ownAddressOf, reportUnreadPublic } from './identity.ts'
import { toInternet } from './internet.ts'
import { internet } from './places.ts'
import { arriveAt, describing, leaveOpen, refuse, report } from './record.ts'
import { reportBypass } from './retrace.ts'
import type { Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** To the Internet by what the provider has for the port: a gateway, an address, or its default. */
export function outward(run: Run, port: number): LegEnd {
  if (isIpv6(run)) return overIpv6(run, port)
  const { ports, domains } = run.fabric
  const table = run.show.table(port)
  if (isPrivateTo(run, ports.domain[port])) {
    const facts = { destination: destinationText(run) }
    refuse(run, 'route', table, report(run, 'igw.private-destination', table, facts))
    return 'dead'
  }
  if (run.state.leg === 'return') return answer(run, port)
  const component = run.show.port(port)
  if (run.state.sourcePeer !== port) {
    const facts = { destination: destinationText(run) }
    const guest = run.show.instanceOf(port)
    leaveOpen(run, 'translate', guest, report(run, 'instance.forwarding-opaque', guest, facts))
    return 'stuck'
  }
  const way = wayOf(run, port)
  if (way?.first) return byWay(run, way)
  const identity = ownAddressOf(run, port)
  if (identity >= 0 && run.fabric.publics.kind[identity] === PUBLIC.port)
    return toInternet(run, identity)
  if (domains.publicsUnread[ports.domain[port]]) {
    leaveOpen(run, 'translate', component, reportUnreadPublic(run, port, component))
    return 'stuck'
  }
  return way ? byWay(run, way) : withoutWay(run, port)
}

const wayOf = ({ fabric: { outbounds } }: Run, port: number): OutboundWay | undefined =>
  outbounds.ways[outbounds.of[port]]

function overIpv6(run: Run, port: number): LegEnd {
  const table = run.show.table(port)
  const facts = { feature: 'the Internet over IPv6' }
  leaveOpen(run, 'gateway', table, report(run, 'query.unsupported-feature', table, facts))
  return 'stuck'
}

/** Only where the request came in, a reply finds its translation. */
function answer(run: Run, port: number): LegEnd {
  const { inPublic, receiver } = run.state
  const component = run.show.port(port)
  if (inPublic < 0) {
    const table = run.show.table(port)
    const facts = { source: sourceText(run), destination: destinationText(run) }
    refuse(run, 'route', table, report(run, 'route.return.none', table, facts))
    return 'dead'
  }
  if (port !== receiver && run.fabric.flags.natReturnThrough) reportBypass(run, component)
  return toInternet(run, inPublic)
}

function withoutWay(run: Run, port: number): LegEnd {
  const component = run.show.port(port)
  const facts = { source: sourceText(run), destination: destinationText(run) }
  refuse(run, 'translate', component, report(run, 'igw.no-way-out', component, facts))
  return toInternet(run, -1)
}

function byWay(run: Run, way: OutboundWay): LegEnd {
  const { kind, position, publics, portedOnly } = way
  if (kind === 'unread') return byUnread(run)
  const { network } = run.fabric
  const item = kind === 'default' ? undefined : network[kind]?.[position]
  const component = item && kind !== 'default' ? ({ kind, id: item.id } as const) : internet
  if (item) arriveAt(run, component)
  if (portedOnly && !hasPortWords(run.packet[P.protocol])) {
    const facts = { protocol: serviceOf(run) }
    refuse(run, 'translate', component, report(run, 'nat.protocol-unsupported', component, facts))
  }
  if (publics.length > 0) return toInternet(run, publics[choose(run, publics.length)])
  if (run.asked.outside || run.judge.publicAt(run.packet[P.destination]) < 0)
    return toInternet(run, -1)
  const facts = { feature: 'calls of one network to itself from an address that is not listed' }
  leaveOpen(run, 'translate', component, report(run, 'query.unsupported-feature', component, facts))
  return 'stuck'
}

/** What would take the packet out was not read, if there is anything. */
function byUnread(run: Run): LegEnd {
  const { network } = run.fabric
  const kinds = ['natGateway', 'loadBalancer', 'publicAddress', 'prefixList'] as const
  const gap = network.gaps?.find(({ kind }) => kinds.some((one) => one === kind))
  const found = report(run, 'query.input-missing', internet, {
    missing: gap?.id === undefined ? (gap?.kind ?? 'natGateway') : `${gap.kind} ${gap.id}`,
    call: gap?.call ?? describing('the ways to the Internet'),
  })
  leaveOpen(run, 'translate', internet, found)
  return 'stuck'
}
