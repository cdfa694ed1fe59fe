import type { Home, Instance, LoadBalancer, Network, NetworkInterface } from '#model'
import type { AddressLine } from './address-line.ts'
import type { Balancers } from './balancers.ts'
import type { Chains } from './chains.ts'
import type { IntervalMaps } from './interval-map.ts'
import type { GuestSystem } from './guest-system.ts'
import type { Domains, Groups, Instances, Owners, Ports, Subnets } from './places.ts'
import type { RuleTable } from './rule-table.ts'
import type { Nats, Outbounds, Publics } from './translations.ts'
import type { Exits, Gateways, GuestTables, Links, Routes, Service, Transits } from './ways.ts'

/**
 * A network as a packet sees it: integers in flat arrays, provider semantics already applied.
 * Columns are indexed by the number of the thing they describe; -1 means none throughout.
 * Provider rooms build it, the analyzer walks it.
 */
export interface Fabric {
  readonly network: Network
  readonly line: AddressLine
  readonly ranks: number
  readonly flags: FabricFlags
  readonly maps: IntervalMaps
  readonly rules: RuleTable
  readonly domains: Domains
  readonly subnets: Subnets
  readonly ports: Ports
  readonly instances: Instances
  readonly owners: Owners
  readonly groups: Groups
  readonly chains: Chains
  readonly routes: Routes
  readonly publics: Publics
  readonly nats: Nats
  readonly outbounds: Outbounds
  readonly balancers: Balancers
  readonly links: Links
  readonly exits: Exits
  readonly transits: Transits
  readonly gateways: Gateways
  readonly services: readonly Service[]
  readonly guests: readonly GuestTables[]
  readonly systems: readonly GuestSystem[]
  /** Map of ranks that no route to the Internet carries (1) and the rest. */
  readonly privateSpace: number
  /** Map of public IPv6 ranks to `IPV6_SPACE`: whose an address is that no listed interface has. */
  readonly ipv6Space: number
  /** Map of ranks whose traffic stateless filters let pass (1). */
  readonly filterExempt: number
  readonly find: FabricFinder
}

/** How the provider treats packets where no table can say it. */
export interface FabricFlags {
  /** Replies pass interfaces that the connection passed before. */
  readonly groupsStateful: boolean
  /** Groups are asked one after another (`Chains`), not together. */
  readonly groupsInChain: boolean
  readonly aclStateful: boolean
  readonly aclDefaultAccept: boolean
  readonly aclSameSubnetExempt: boolean
  readonly aclCutThroughExempt: boolean
  readonly intraGroupFirst: boolean
  readonly groupPeerAcrossDomains: boolean
  readonly groupPeerPublic: boolean
  readonly ingressDefaultAccept: boolean
  readonly nextHopAlive: boolean
  readonly relayFiltered: boolean
  readonly guestConnected: boolean
  readonly guestForwarding: boolean
  /** A guest takes a packet for any address of its own, whichever port it comes in by. */
  readonly guestAnyPort: boolean
  /** A guest drops what comes in over IPv4 with an address of its own as the source. */
  readonly guestDropsMartians: boolean
  /** What a guest starts over IPv4 is routed a second time, with the source of its first way. */
  readonly guestSecondLookup: boolean
  readonly classicGuestRoute: boolean
  readonly linksTransitive: boolean
  readonly routersTransitive: boolean
  readonly mappedProtocolsOnly: boolean
  readonly mappedOneAddress: boolean
  readonly natProtocolsOnly: boolean
  readonly natOwnAddressFirst: boolean
  readonly natSnatNeeded: boolean
  readonly natHairpin: boolean
  readonly natOwnTable: boolean
  readonly natReturnThrough: boolean
  /** Lists judge what reaches and leaves the interface of a NAT gateway. */
  readonly natFiltered: boolean
  /** No list of its own vSwitch judges what a load balancer gets and sends. */
  readonly balancerUnfiltered: boolean
  /** A gateway route table does not redirect what comes for the EIP of a load balancer. */
  readonly balancerPastGateway: boolean
  /** The list of the backend's vSwitch judges what is between the two. */
  readonly balancerFiltered: boolean
  /** The list of the load balancer's own subnet judges that, too. */
  readonly balancerOwnList: boolean
  /** Between a backend and its load balancer no route is asked. */
  readonly balancerReturnDirect: boolean
  /** A backend's answer takes the route table of its own subnet, with its load balancer's address. */
  readonly balancerReturnRouted: boolean
  /** Only by the interface that took the request does a reply find its load balancer. */
  readonly balancerSameInterface: boolean
  readonly gatewayNeedsPublic: boolean
  readonly ipv6Gateway: boolean
  /** Some public address may not have been read: a listed port may have one that is not listed. */
  readonly publicsUnread: boolean
  /** Some port may have a public identity that was not read: an address, or a DNAT IP mapping. */
  readonly identitiesUnread: boolean
  /** Protocol and destination port that never leave for the Internet; -1 for none. */
  readonly blockedProtocol: number
  readonly blockedPort: number
}

/** From ids to numbers. */
export interface FabricFinder {
  port(item: NetworkInterface): number
  /** Ports of an instance by its number. */
  instance(item: Instance): number
  /** Port that stands for a load balancer. */
  balancer(item: LoadBalancer): number
  vpc(id: string, near: Home): number
}
