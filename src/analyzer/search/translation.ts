import { isCutThrough, MODE, PACKET as P, PUBLIC } from '#fabric'
import type { Component } from '#model'
import { serviceOf } from './header.ts'
import { refuse, report } from './record.ts'
import type { Run } from './run.ts'

/** Semantics `eip.protocols` and `nat.protocols` for the public identity that a packet leaves by. */
export function checkIdentity(run: Run, identity: number): void {
  const { publics } = run.fabric
  const component = run.show.publicAddress(identity)
  if (publics.kind[identity] === PUBLIC.port) checkMapped(run, component, identity)
  else checkNatProtocol(run, component)
}

/** Semantic `eip.protocols`: an EIP in NAT mode carries TCP, UDP and ICMP; cut-through is no mapping. */
export function checkMapped(run: Run, component: Component, at: number): void {
  const { flags } = run.fabric
  if (flags.mappedProtocolsOnly && !isCutThrough(run.fabric, at)) checkProtocol(run, component)
}

/** Semantic `nat.protocols`: the same for a NAT gateway. */
export function checkNatProtocol(run: Run, component: Component): void {
  if (run.fabric.flags.natProtocolsOnly) checkProtocol(run, component)
}

/** Semantic `nat.in-service`: a NAT gateway that is locked or not in service translates nothing. */
export function checkInService(run: Run, nat: number): void {
  const { nats, network } = run.fabric
  if (nats.state[nat] !== 1) return
  const component = run.show.nat(nat)
  const { state: said = 'unknown', locks = [] } = network.natGateway?.[nat] ?? {}
  const state = locks.length > 0 ? `locked (${locks.join(', ')})` : said
  refuse(run, 'translate', component, report(run, 'nat.bad-state', component, { state }))
}

/** A VPC that its owner has cut off from the Internet. */
export function checkInternetAccess(run: Run, domain: number): void {
  if (run.fabric.domains.mode[domain] === MODE.none) reportNoInternet(run, domain)
}

export function reportNoInternet(run: Run, domain: number): void {
  const component = run.show.domain(domain)
  report(run, 'igw.absent', component, { vpc: component.id })
}

function checkProtocol(run: Run, component: Component): void {
  const protocol = run.packet[P.protocol]
  if (protocol === 6 || protocol === 17 || protocol === 1) return
  const found = report(run, 'nat.protocol-unsupported', component, { protocol: serviceOf(run) })
  refuse(run, 'translate', component, found)
}
