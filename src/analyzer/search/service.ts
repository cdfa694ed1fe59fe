import { hasPortWords, PACKET as P, type Service } from '#fabric'
import type { Component } from '#model'
import { delivered } from './deliver.ts'
import { destinationText } from './header.ts'
import { arriveAt, leaveOpen, note, report } from './record.ts'
import { RECEIVER, type Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** To a service of the provider inside 100.64.0.0/10, if it is known. */
export function toService(run: Run, port: number): LegEnd {
  const service = run.fabric.services.find((item) => serves(run, port, item))
  const component = run.show.service(service?.position ?? -1, destinationText(run))
  arriveAt(run, component, destinationText(run))
  if (service) {
    note(run, 'deliver', component, 'admit')
    return delivered(run, RECEIVER.service)
  }
  const facts = { address: destinationText(run) }
  leaveOpen(run, 'deliver', component, report(run, 'service.unknown', component, facts))
  return 'stuck'
}

function serves({ fabric, packet }: Run, port: number, { range, domain, ports }: Service): boolean {
  const rank = packet[P.destination]
  if (rank < range.low || rank > range.high) return false
  if (domain >= 0 && domain !== fabric.ports.domain[port]) return false
  if (ports.length === 0 || !hasPortWords(packet[P.protocol])) return true
  return ports.some(({ from, to }) => from <= packet[P.port] && packet[P.port] <= to)
}

/** By an endpoint to the service behind it; one of a subnet is no resource of its own. */
export function toEndpoint(run: Run, position: number): LegEnd {
  const item = run.fabric.network.endpoint?.[position]
  const component: Component = item
    ? { kind: 'endpoint', id: item.id }
    : { kind: 'service', id: destinationText(run) }
  arriveAt(run, component, destinationText(run))
  if (!item && !hasPortWords(run.packet[P.protocol])) {
    const facts = { address: destinationText(run) }
    leaveOpen(run, 'deliver', component, report(run, 'service.unknown', component, facts))
    return 'stuck'
  }
  note(run, 'deliver', component, 'admit')
  return delivered(run, RECEIVER.service)
}
