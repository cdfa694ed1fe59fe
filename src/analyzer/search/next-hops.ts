import { HOP, PACKET as P } from '#fabric'
import type { Component } from '#model'
import { isIpv6 } from './header.ts'
import type { Run } from './run.ts'

/** A next hop that a route could name: one of `HOP`, its target, and what a person calls it. */
export interface NextHop {
  readonly kind: number
  readonly target: number
  readonly component: Component
}

/** Next hops of the port's VPC that could carry this packet at all. */
export function nextHopsOf(run: Run, port: number): readonly NextHop[] {
  const { fabric, judge, packet } = run
  const domain = fabric.ports.domain[port]
  if (domain >= fabric.domains.vpcs) return []
  const links = linksFrom(run, domain)
  const rank = packet[P.destination]
  const inside = judge.valueAt(fabric.domains.subnetMap[domain], rank) >= 0
  if (inside || judge.valueAt(fabric.privateSpace, rank) === 1) return links
  return [...links, ...(isIpv6(run) ? gatewayOut6(run, domain) : waysOut4(run, domain))]
}

/** Links to a VPC that has a subnet for the destination. */
function linksFrom(run: Run, domain: number): NextHop[] {
  const { links, domains } = run.fabric
  const found: NextHop[] = []
  for (let link = 0; link < links.state.length; link++) {
    const far = farEnd(run, link, domain)
    if (far < 0) continue
    if (run.judge.valueAt(domains.subnetMap[far], run.packet[P.destination]) < 0) continue
    found.push({ kind: HOP.link, target: link, component: run.show.link(link) })
  }
  return found
}

/** A peering leads both ways, a router interface only away from its own VPC. */
function farEnd({ fabric }: Run, link: number, domain: number): number {
  const { kind, domainA, domainB } = fabric.links
  if (domainA[link] === domain) return domainB[link]
  return kind[link] === 'peering' && domainB[link] === domain ? domainA[link] : -1
}

function waysOut4(run: Run, domain: number): NextHop[] {
  const { domains, gateways, nats } = run.fabric
  const found: NextHop[] = []
  const gateway = domains.gateway4[domain]
  if (gateway >= 0 && gateways.enabled[gateway]) found.push(gatewayHop(run, gateway))
  for (let nat = 0; nat < nats.state.length; nat++) {
    if (nats.domain[nat] !== domain || nats.state[nat] === 2) continue
    found.push({ kind: HOP.nat, target: nat, component: run.show.nat(nat) })
  }
  return found
}

function gatewayOut6(run: Run, domain: number): NextHop[] {
  const gateway = run.fabric.domains.gateway6[domain]
  return gateway < 0 ? [] : [gatewayHop(run, gateway)]
}

const gatewayHop = ({ show }: Run, gateway: number): NextHop => ({
  kind: HOP.gateway,
  target: gateway,
  component: show.gateway(gateway),
})
