import { GATEWAY, PUBLIC } from '#fabric'
import type { Component } from '#model'
import { delivered } from './deliver.ts'
import { detour } from './detour.ts'
import { destinationText, isIpv6, sourceText } from './header.ts'
import { leaveBy, leaveOverIpv6, toInternet } from './internet.ts'
import { leaveOpen, note, refuse, report } from './record.ts'
import { cameFromInternet } from './retrace.ts'
import { RECEIVER, type Run } from './run.ts'
import { isPrivateTo, ownAddressOf, reportUnreadPublic } from './identity.ts'
import type { LegEnd } from './walk.ts'

/** Out through an IPv4 or IPv6 gateway. */
export function throughGateway(run: Run, port: number, gateway: number): LegEnd {
  const { fabric, show } = run
  const component = show.gateway(gateway)
  if (!fabric.gateways.enabled[gateway]) reportDown(run, port, gateway)
  const kind = fabric.gateways.kind[gateway]
  if (kind !== GATEWAY.both && (kind === GATEWAY.ipv4) === isIpv6(run)) {
    const facts = { destination: destinationText(run), target: component.id }
    return detour(run, port, report(run, 'route.next-hop-unresolved', show.table(port), facts))
  }
  if (kind === GATEWAY.egressOnly && run.state.leg === 'return' && run.state.inPublic >= 0) {
    const facts = { address: sourceText(run) }
    refuse(run, 'gateway', component, report(run, 'ipv6.egress-only', component, facts))
  }
  if (isPrivateTo(run, fabric.ports.domain[port])) {
    const facts = { destination: destinationText(run) }
    return detour(run, port, report(run, 'igw.private-destination', component, facts))
  }
  if (isIpv6(run)) return leaveOverIpv6(run, port, component)
  return throughIpv4(run, port, component)
}

function reportDown(run: Run, port: number, gateway: number): void {
  const component = run.show.gateway(gateway)
  const state = run.fabric.network.internetGateway?.[gateway]?.state ?? 'unknown'
  const facts = { destination: destinationText(run), target: component.id, state }
  const found = report(run, 'route.next-hop-down', run.show.table(port), facts)
  refuse(run, 'gateway', component, found)
}

function throughIpv4(run: Run, port: number, component: Component): LegEnd {
  const { publics, flags } = run.fabric
  note(run, 'gateway', component, 'continue')
  const identity = ownAddressOf(run, port)
  if (identity >= 0 && publics.kind[identity] === PUBLIC.port) return leaveBy(run, port, identity)
  if (!flags.gatewayNeedsPublic) return delivered(run, RECEIVER.outside)
  const { domains, ports } = run.fabric
  if (domains.publicsUnread[ports.domain[port]] && !cameFromInternet(run)) {
    leaveOpen(run, 'translate', component, reportUnreadPublic(run, port, component))
    return 'stuck'
  }
  const facts = { source: sourceText(run) }
  const found = report(run, 'igw.no-public-mapping.egress', component, facts)
  refuse(run, 'translate', component, found)
  return toInternet(run, -1)
}
