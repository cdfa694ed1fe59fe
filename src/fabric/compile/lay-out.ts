import { type Guest, type Network, peersIn } from '#model'
import { type AddressLine, AddressLineBuilder } from '../address-line.ts'
import type { KnownRanges } from '../feature.ts'
import { type GuestFilter, stretchesOf } from '../guest-filter.ts'

/** Every address that rules, routes, owners or firewalls of guests can tell from its neighbours. */
export function layOut(
  network: Network,
  filters: ReadonlyMap<Guest, GuestFilter>,
  known: KnownRanges,
): AddressLine {
  const builder = new AddressLineBuilder()
  for (const cidr of cidrsOf(network, known)) builder.cidr(cidr)
  for (const item of network.networkInterface ?? []) {
    for (const address of item.addresses) builder.address(address)
    for (const { address } of item.ipv6Addresses ?? []) builder.address(address)
  }
  for (const item of network.publicAddress ?? []) builder.address(item.address)
  for (const { sockets = [] } of network.guests ?? []) {
    for (const { address } of sockets) builder.address(address)
  }
  for (const filter of filters.values()) {
    for (const { family, low, high } of stretchesOf(filter)) builder.range(family, low, high)
  }
  return builder.build()
}

function* cidrsOf(network: Network, known: KnownRanges): Generator<string> {
  yield* known.private4
  yield* known.exempt
  yield* known.private6
  yield* [known.services, known.classicCovered, '0.0.0.0/0', '::/0']
  for (const vpc of network.vpc ?? [])
    yield* [...vpc.cidrs, ...(vpc.ipv6Cidrs ?? []), ...(vpc.userCidrs ?? [])]
  for (const subnet of network.subnet ?? []) {
    yield* [subnet.cidr, ...(subnet.moreCidrs ?? [])]
    if (subnet.ipv6Cidr) yield subnet.ipv6Cidr
  }
  for (const group of network.securityGroup ?? []) {
    for (const rule of group.rules) {
      for (const one of [...peersIn(rule.peer), ...(rule.own ?? [])])
        if (one.kind === 'cidr') yield one.cidr
      if (rule.local) yield rule.local
    }
  }
  for (const list of network.prefixList ?? []) yield* list.cidrs
  for (const acl of network.networkAcl ?? []) {
    for (const entry of [...acl.ingress, ...acl.egress]) yield entry.peer
  }
  for (const table of network.routeTable ?? [])
    for (const { destination, nextHops } of table.routes) {
      yield destination
      for (const { target } of nextHops) if (target.kind === 'address') yield target.address
    }
  yield* translatedOf(network)
  for (const { routes = [] } of network.line ?? []) yield* routes
  for (const { tables = [] } of network.transitRouter ?? [])
    for (const { routes } of tables) for (const { destination } of routes) yield destination
  for (const guest of network.guests ?? []) {
    for (const route of guest.routes ?? []) yield route.destination
    for (const rule of guest.rules ?? []) if (rule.from) yield rule.from
  }
}

function* translatedOf(network: Network): Generator<string> {
  for (const nat of network.natGateway ?? []) {
    for (const entry of nat.snat) yield* [entry.source, ...entry.addresses]
    for (const entry of nat.dnat) yield* [entry.externalAddress, entry.internalAddress]
  }
  for (const item of network.publicAddress ?? []) {
    if (item.boundTo?.privateAddress) yield item.boundTo.privateAddress
  }
  for (const { address } of network.haVip ?? []) yield address
  for (const { address } of network.loadBalancer ?? []) if (address) yield address
  for (const { frontends = [] } of network.loadBalancer ?? [])
    for (const { address } of frontends) yield address
  for (const { cidrs } of network.cloudService ?? []) yield* cidrs
  for (const { classic } of network.instance ?? []) {
    if (classic) yield classic.intranetAddress
    if (classic?.publicAddress) yield classic.publicAddress
  }
}
