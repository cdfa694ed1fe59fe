import { MODE, PUBLIC, HOP, UNREAD } from '#fabric'
import type { Component } from '#model'
import { detour } from './detour.ts'
import { destinationText } from './header.ts'
import { isPrivateTo, reportUnreadMode } from './identity.ts'
import { leaveBy, toInternet } from './internet.ts'
import { arriveAt, leaveOpen, report, reportMissing, refuse } from './record.ts'
import { cameFromInternet, reportBypass } from './retrace.ts'
import type { Run } from './run.ts'
import { LOST, drawIdentity, reportUnreadNat, reportVpcNat } from './snat.ts'
import { checkInService, checkInternetAccess, checkNatProtocol } from './translation.ts'
import type { LegEnd } from './walk.ts'

/** Out through a NAT gateway. */
export function throughNat(run: Run, port: number, nat: number): LegEnd {
  const component = run.show.nat(nat)
  arriveAt(run, component)
  const { inNat } = run.state
  if (inNat >= 0 && nat !== inNat && cameFromInternet(run)) {
    reportBypass(run, component)
    return 'dead'
  }
  if (run.fabric.nats.state[nat] === 2) {
    reportVpcNat(run, nat)
    return 'stuck'
  }
  const { nats } = run.fabric
  if (nats.state[nat] === 1 && nats.unread[nat]) {
    reportUnreadNat(run, nat)
    return 'stuck'
  }
  checkInService(run, nat)
  checkNatProtocol(run, component)
  if (isPrivateTo(run, nats.domain[nat])) {
    const facts = { destination: destinationText(run) }
    return detour(run, port, report(run, 'igw.private-destination', component, facts))
  }
  return run.state.leg === 'return' && inNat >= 0
    ? backThrough(run, nat)
    : outThrough(run, port, nat)
}

/** The reply of a DNAT connection: it needs no SNAT entry, but the gateway that was called. */
function backThrough(run: Run, nat: number): LegEnd {
  const { flags } = run.fabric
  if (nat !== run.state.inNat && flags.natReturnThrough) reportBypass(run, run.show.nat(nat))
  checkOwnTable(run, nat)
  return toInternet(run, -1)
}

function outThrough(run: Run, port: number, nat: number): LegEnd {
  const { publics } = run.fabric
  const identity = drawIdentity(run, port, nat)
  if (identity === UNREAD) return 'stuck'
  checkOwnTable(run, nat)
  if (identity === LOST) return 'dead'
  if (publics.kind[identity] === PUBLIC.nat && run.state.leg === 'forward') run.state.outNat = nat
  return leaveBy(run, port, identity)
}

/** With an activated IPv4 gateway, the NAT gateway's own subnet must route to it (`nat.own-table`). */
function checkOwnTable(run: Run, nat: number): void {
  const { nats, domains, flags } = run.fabric
  const domain = nats.domain[nat]
  const mode = domains.mode[domain]
  checkInternetAccess(run, domain)
  if (mode === MODE.unread) reportUnreadMode(run, domain)
  if (mode === MODE.gateway && flags.natOwnTable) checkWayToGateway(run, nat)
}

function checkWayToGateway(run: Run, nat: number): void {
  const { nats, subnets, network } = run.fabric
  const subnet = nats.subnet[nat]
  const table = subnet < 0 ? UNREAD : subnets.table[subnet]
  const component = tableOf(run, subnet)
  if (table < 0) {
    const gateway = network.natGateway?.[nat]
    const found = reportMissing(run, 'routeTable', gateway, component, component.id)
    return leaveOpen(run, 'gateway', component, found)
  }
  if (leadsToGateway(run, table, nats.domain[nat])) return
  const code = run.state.leg === 'forward' ? 'route.none' : 'route.return.none'
  const facts = { source: run.show.nat(nat).id, destination: destinationText(run) }
  refuse(run, 'gateway', component, report(run, code, component, facts))
}

function tableOf({ fabric }: Run, position: number): Component {
  const subnet = fabric.network.subnet?.[position]
  const table = fabric.network.routeTable?.find(({ id, type, vpcId }) =>
    subnet?.routeTableId === undefined
      ? type === 'system' && vpcId === subnet?.vpcId
      : id === subnet.routeTableId,
  )
  return { kind: 'routeTable', id: table?.id ?? subnet?.routeTableId ?? 'unknown' }
}

function leadsToGateway({ fabric, judge }: Run, table: number, domain: number): boolean {
  const { routes, domains } = fabric
  const route = judge.lookUp(table)
  if (route < 0) return false
  for (let hop = routes.hopOffsets[route]; hop < routes.hopOffsets[route + 1]; hop++) {
    if (routes.hopKind[hop] !== HOP.gateway) continue
    if (routes.hopTarget[hop] === domains.gateway4[domain]) return true
  }
  return false
}
