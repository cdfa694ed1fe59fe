import { balancerAt, MODE, PACKET as P, PORT_STATE, PUBLIC, UNREAD } from '#fabric'
import type { Component, Gap, LoadBalancer, NetworkInterface } from '#model'
import { isIpv6 } from './header.ts'
import { describing, report, reportLacking, reportMissing } from './record.ts'
import type { Run } from './run.ts'

/**
 * The identity by which a packet reaches the Internet past the route table; -1 if it does not,
 * `UNREAD` where an unread address decides.
 */
export function bypass(run: Run, port: number): number {
  const { domains, ports, publics, flags } = run.fabric
  const domain = ports.domain[port]
  if (domain >= domains.vpcs) return -1
  const identity = identityOf(run, port)
  if (identity < 0) return mayBypass(run, port) ? UNREAD : -1
  const kind = publics.kind[identity]
  if (kind !== PUBLIC.port && kind !== PUBLIC.ipMapping) {
    return flags.ipv6Gateway ? -1 : ipv6Bypass(run, domain, identity)
  }
  const mode = domains.mode[domain]
  if (mode === MODE.gateway || mode === MODE.none) return -1
  if (run.judge.lookUp(domains.privateMap[domain]) === 1) return -1
  // An activated gateway would send it by the route table; an own address comes before a mapping.
  const unsure = kind === PUBLIC.ipMapping && domains.publicsUnread[domain] === 1
  return mode === MODE.unread || unsure ? UNREAD : identity
}

/** Without a listed identity, one that was not read may still lead past the route table. */
function mayBypass(run: Run, port: number): boolean {
  const { domains, ports } = run.fabric
  const domain = ports.domain[port]
  const some = domains.publicsUnread[domain] === 1 || domains.mappingUnread[domain] === 1
  if (!(some || ports.state[port] === PORT_STATE.unread) || isIpv6(run)) return false
  const mode = domains.mode[domain]
  if (mode === MODE.gateway || mode === MODE.none) return false
  return run.judge.lookUp(domains.privateMap[domain]) !== 1
}

/** The public identity of the source; a reply takes the one that was called if it has several. */
function mappingOf({ judge, packet, state, fabric }: Run, port: number): number {
  const { publics } = fabric
  const source = packet[P.source]
  const first = judge.mapping(port, source)
  const { leg, inPublic } = state
  if (leg === 'forward' || first < 0 || inPublic < 0) return first
  return publics.port[inPublic] === port && publics.inside[inPublic] === source ? inPublic : first
}

/** A port's own public identity; a DNAT IP mapping holds for its address whichever port sends. */
export function identityOf(run: Run, port: number): number {
  const { ports } = run.fabric
  const own = mappingOf(run, port)
  const owner = run.state.sourcePeer
  if (own >= 0 || owner < 0 || owner === port) return own
  if (ports.domain[owner] !== ports.domain[port]) return own
  return ipMappingFrom(run, mappingOf(run, owner))
}

/** The public identity that an IPv4 gateway gives: by the source address, whichever port sends. */
export function ownAddressOf(run: Run, port: number): number {
  const { ports } = run.fabric
  const own = mappingOf(run, port)
  const owner = run.state.sourcePeer
  if (own >= 0 || owner < 0 || ports.domain[owner] !== ports.domain[port]) return own
  return mappingOf(run, owner)
}

/** From a public record onwards, the first DNAT IP mapping of the packet's source; -1. */
export function ipMappingFrom({ fabric, packet }: Run, first: number, nat = -1): number {
  const { publics } = fabric
  for (let at = first; at >= 0; at = publics.next[at]) {
    if (publics.kind[at] !== PUBLIC.ipMapping || publics.inside[at] !== packet[P.source]) continue
    if (nat < 0 || publics.nat[at] === nat) return at
  }
  return -1
}

/** Why a packet that leaves a port for the Internet may go another way: what was not read decides. */
export function reportUnreadExit(run: Run, port: number, component: Component): number {
  const { domains, ports } = run.fabric
  const domain = ports.domain[port]
  if (domains.mode[domain] === MODE.unread && identityOf(run, port) >= 0)
    return reportUnreadMode(run, domain)
  return reportUnreadPublic(run, port, component)
}

/** A public address, or a mapping to one, that was not read may be the port's. */
export function reportUnreadPublic(run: Run, port: number, component: Component): number {
  const { network, ports } = run.fabric
  const item = network.networkInterface?.[port]
  if (ports.state[port] === PORT_STATE.unread && item) {
    return reportMissing(run, 'instance', item, component, item.instanceId)
  }
  const gap = unreadIdentity(run, item ?? balancerAt(run.fabric, port))
  return report(run, 'query.input-missing', component, {
    missing: gap?.id === undefined ? (gap?.kind ?? 'publicAddress') : `${gap.kind} ${gap.id}`,
    call: gap?.call ?? describing('its public addresses'),
  })
}

/** The gap that leaves open by which public address an interface is known. */
function unreadIdentity(
  { fabric, index }: Run,
  near: NetworkInterface | LoadBalancer | undefined,
): Gap | undefined {
  if (!near) return undefined
  const { publicAddress, natGateway } = fabric.network
  const address = publicAddress?.find((one) => index.isDoubted('publicAddress', one))
  const gateway = natGateway?.find(
    (one) => one.vpcId === near.vpcId && index.isDoubted('natGateway', one),
  )
  return (
    index.lack('publicAddress', near) ??
    (address && index.gap('publicAddress', address, address.id)) ??
    (gateway && index.gap('natGateway', gateway, gateway.id)) ??
    index.lack('natGateway', near) ??
    index.gap('instance', near)
  )
}

/** Whether the VPC has an IPv4 gateway was not read. */
export function reportUnreadMode(run: Run, domain: number): number {
  const { domains, network } = run.fabric
  const vpc = network.vpc?.[domain]
  const doubted = network.internetGateway?.[domains.gateway4[domain]]?.id
  const component = run.show.domain(domain)
  return doubted === undefined
    ? reportLacking(run, 'internetGateway', vpc, component)
    : reportMissing(run, 'internetGateway', vpc, component, doubted)
}

/** Only with the semantic `ipv6.gateway` switched off. */
function ipv6Bypass(run: Run, domain: number, identity: number): number {
  const { judge, fabric } = run
  if (!isIpv6(run) || judge.lookUp(fabric.privateSpace) === 1) return -1
  return judge.lookUp(fabric.domains.subnetMap[domain]) >= 0 ? -1 : identity
}

/** Whether no gateway of a VPC carries the packet's destination to the Internet. */
export const isPrivateTo = ({ fabric, judge }: Run, domain: number): boolean =>
  judge.lookUp(fabric.privateSpace) === 1 || judge.lookUp(fabric.domains.ownMap[domain]) === 1
