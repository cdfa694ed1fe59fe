import { NO_MASTER, NOBODY, PACKET as P, type Service } from '#fabric'
import type { Component } from '#model'
import { type UnreadHolder, unreadHolder } from '../unread-holder.ts'
import { checkUsable, isAddressUnread, isInDoubt } from './attachment.ts'
import { isBalancer, throughBalancer } from './balancer.ts'
import { crossBoundary } from './boundary.ts'
import { askGroups } from './groups.ts'
import { destinationText, serviceOf } from './header.ts'
import { reportUnreadPublic } from './identity.ts'
import { askReceiver } from './inside.ts'
import { checkSource } from './martian.ts'
import { backAtNatPort } from './nat-port.ts'
import { haVipAt, reportUnreadVip } from './ha-vip.ts'
import { internet } from './places.ts'
import { cameFromInternet, reportBypass } from './retrace.ts'
import { arriveAt, arriveAtPort, leaveOpen, note, refuse, report } from './record.ts'
import { RECEIVER, type Run } from './run.ts'
import type { LegEnd } from './walk.ts'

/** Local delivery: the owner decides whether the boundary of the sender's subnet is crossed. */
export function toNeighbour(run: Run, port: number, domain: number): LegEnd {
  const owner = run.judge.owner(domain, run.packet[P.destination])
  const { domains, ports } = run.fabric
  // Whoever has it, an address of the sender's own subnet is not across the boundary.
  const near = run.judge.lookUp(domains.subnetMap[domain]) === ports.subnet[port] ? port : -1
  const open = owner === -1 || (owner === NOBODY && domains.ownersUnread[domain] === 1)
  // An owner that was not read may be in the sender's subnet, where no list is asked.
  if (!open || near === port) crossBoundary(run, port, true, owner >= 0 ? owner : near)
  return deliver(run, domain, port)
}

/** To whoever owns the destination in a domain. `from` is the sending port; -1 for a gateway. */
export function deliver(run: Run, domain: number, from: number): LegEnd {
  const owner = run.judge.owner(domain, run.packet[P.destination])
  if (owner >= 0) return deliverAt(run, owner, from)
  if (owner === NO_MASTER) return toNoMaster(run, domain)
  const managed = owner === NOBODY ? managedAt(run, domain) : undefined
  if (managed) return toManaged(run, domain, managed)
  if (owner === NOBODY) return toNobody(run, domain)
  const vip = haVipAt(run, domain)
  if (vip) reportUnreadVip(run, vip)
  return 'stuck'
}

/** A managed service with an address of the VPC: a database, a cache. */
function managedAt({ fabric, packet }: Run, domain: number): Service | undefined {
  const rank = packet[P.destination]
  return fabric.services.find(
    (one) => one.domain === domain && one.range.low <= rank && rank <= one.range.high,
  )
}

/** The routes of a service in another VPC are not in the input: its answer stays open. */
function toManaged(run: Run, domain: number, { position }: Service): LegEnd {
  const address = destinationText(run)
  const component = run.show.service(position, address)
  arriveAt(run, component, address)
  if (domain === run.state.lastDomain && run.state.leg === 'forward') {
    note(run, 'deliver', component, 'admit')
    return delivered(run, RECEIVER.service)
  }
  leaveOpen(run, 'deliver', component, report(run, 'service.unknown', component, { address }))
  return 'stuck'
}

/** Into a port, past the boundary of its subnet and its groups. */
export function deliverAt(run: Run, port: number, from: number): LegEnd {
  run.state.destinationPeer = port
  if (run.state.leg === 'forward') run.state.service = serviceOf(run)
  arriveAtPort(run, port, destinationText(run))
  checkMeant(run, port)
  if (isBalancer(run, port)) {
    const next = throughBalancer(run, port, from)
    const own = run.fabric.flags.balancerOwnList ? port : -1
    return typeof next === 'number' ? deliverAt(run, next, own) : next
  }
  if (run.fabric.ports.nat[port] >= 0) return backAtNatPort(run, port, from)
  if (isInDoubt(run, port, 'deliver')) return 'stuck'
  checkUsable(run, port, 'deliver')
  if (isAddressUnread(run, port)) {
    const component = run.show.port(port)
    leaveOpen(run, 'deliver', component, reportUnreadPublic(run, port, component))
  }
  if (isFiltered(run)) crossBoundary(run, port, false, from)
  askGroups(run, port, false)
  checkSource(run, port)
  run.state.cameBy = run.state.leg === 'forward' ? port : run.state.cameBy
  return askReceiver(run, port, port) ? delivered(run, port) : 'stuck'
}

/** Whether a list judges what arrives: not what a load balancer sends, without `lb.backend-acl`. */
const isFiltered = ({ state, fabric }: Run): boolean =>
  state.leg === 'return' || state.balancer === undefined || fabric.flags.balancerFiltered

/** A guest takes what was relayed to it for another port of its own, where it came in. */
export function deliverInside(run: Run, at: number, owner: number): LegEnd {
  if (cameFromInternet(run)) {
    reportBypass(run, run.show.port(at))
    return 'dead'
  }
  run.state.destinationPeer = owner
  if (run.state.leg === 'forward') run.state.service = serviceOf(run)
  checkMeant(run, owner)
  checkSource(run, at)
  if (isInDoubt(run, owner, 'deliver')) return 'stuck'
  checkUsable(run, owner, 'deliver')
  run.state.cameBy = run.state.leg === 'forward' ? at : run.state.cameBy
  return askReceiver(run, at, owner) ? delivered(run, owner) : 'stuck'
}

/** The leg is over: at a port or one of `RECEIVER`. */
export function delivered(run: Run, at: number): LegEnd {
  if (run.state.leg === 'forward') run.state.receiver = at
  if (at === RECEIVER.outside) {
    arriveAt(run, internet, destinationText(run))
    note(run, 'deliver', internet, 'admit')
  }
  return 'delivered'
}

/** With overlapping ranges, the address may be somebody else's where the packet is. */
function checkMeant(run: Run, port: number): void {
  const forward = run.state.leg === 'forward'
  if (forward && run.state.balancer) return
  const meant = forward ? run.asked.target : run.state.originPort
  // Who called from behind a gateway has no port here.
  const beyond = !forward && run.asked.exit >= 0
  if (!beyond && (meant < 0 || meant === port)) return
  const component = run.show.port(port)
  const vpc = run.show.domain(run.fabric.ports.domain[port]).id
  const facts = { destination: destinationText(run), vpc }
  refuse(run, 'deliver', component, report(run, 'peer.cidr-overlap', component, facts))
}

function toNoMaster(run: Run, domain: number): LegEnd {
  const address = destinationText(run)
  const component: Component = { kind: 'haVip', id: haVipAt(run, domain)?.id ?? 'unknown' }
  refuse(run, 'deliver', component, report(run, 'havip.no-master', component, { address }))
  return 'dead'
}

function toNobody(run: Run, domain: number): LegEnd {
  const held = unreadHolder(run.fabric, domain, run.packet[P.destination])
  if (held) return toUnreadHolder(run, held)
  const component = run.show.domain(domain)
  const facts = { address: destinationText(run), vpc: component.id }
  refuse(run, 'deliver', component, report(run, 'address.not-assigned', component, facts))
  return 'dead'
}

/** Something that was not read may have the address. */
function toUnreadHolder(run: Run, { component, gap }: UnreadHolder): LegEnd {
  const { kind, id, call } = gap
  const address = destinationText(run)
  const missing = id === undefined ? kind : `${kind} ${id}`
  const found =
    kind === 'addressUse'
      ? report(run, 'address.holder-unknown', component, { address, subnet: component.id, call })
      : report(run, 'query.input-missing', component, { missing, call })
  leaveOpen(run, 'deliver', component, found)
  return 'stuck'
}
