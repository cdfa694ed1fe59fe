import type { Network } from '#model'
import type { Fabric, FabricFinder, FabricFlags } from '../fabric.ts'
import type { SemanticSwitch } from '../semantic.ts'
import { compileExemptions } from './compile-acls.ts'
import { balancerTable, compileBalancers } from './compile-balancers.ts'
import { classicRegions, compileClassicTables } from './compile-classic.ts'
import { compileExits } from './compile-exits.ts'
import { compileTransits } from './compile-transits.ts'
import { compileDomains, compileGateways, compileIpv6Space } from './compile-domains.ts'
import { compileChains } from './compile-chains.ts'
import { compileGroups } from './compile-groups.ts'
import { compileGuests } from './compile-guests.ts'
import { compileInstances } from './compile-instances.ts'
import { compileLinks } from './compile-links.ts'
import { compileNats, markNatPorts } from './compile-nats.ts'
import { compileOutbounds } from './compile-outbounds.ts'
import { compileOwners } from './compile-owners.ts'
import { compilePorts, type PortColumns } from './compile-ports.ts'
import { compilePublics } from './compile-publics.ts'
import { compilePrivateSpace, compileServices } from './compile-services.ts'
import { compileSubnets } from './compile-subnets.ts'
import { compileSystems } from './compile-systems.ts'
import { compileTables } from './compile-tables.ts'
import { type Domains, type Subnets, UNREAD } from '../places.ts'
import { effectiveTables } from './effective-routes.ts'
import { RouteList } from './route-list.ts'
import { type Draft, type IdTables, startDraft } from './draft.ts'
import type { Feature, ProviderRules } from '../feature.ts'

/** Builds the fabric of a network of one provider, which must have passed `parse`. */
export function buildFabric(network: Network, rules: ProviderRules): Fabric {
  const draft = startDraft(network, rules)
  const classic = classicRegions(draft)
  const groups = compileGroups(draft)
  const columns = compilePorts(draft, groups, classic)
  const publics = compilePublics(draft, columns)
  const routes = new RouteList()
  const tables = rules.on('route.effective')
    ? effectiveTables(draft, columns, routes)
    : compileTables(draft, columns, routes)
  compileClassicTables(draft, columns, routes)
  const domains = compileDomains(draft, classic, tables)
  const subnets = compileSubnets(draft, tables)
  assignTables(draft, columns, subnets, domains)
  markNatPorts(draft, columns)
  const exits = compileExits(draft, tables)
  const transits = compileTransits(draft, columns, routes, exits)
  const guests = compileGuests(draft)
  const systems = compileSystems(draft)
  const places = {
    domains,
    subnets,
    ports: columns,
    instances: compileInstances(draft, columns, guests, systems),
    owners: compileOwners(draft, columns),
    groups: groups.finish(),
    chains: compileChains(draft, columns),
    routes: routes.columns(),
    publics,
    nats: compileNats(draft, publics),
    outbounds: compileOutbounds(draft, columns, publics),
    balancers: compileBalancers(draft, columns),
    links: compileLinks(draft),
    exits,
    transits,
    gateways: compileGateways(draft),
    services: compileServices(draft),
    guests: guests.list,
    systems: systems.list,
    privateSpace: compilePrivateSpace(draft),
    ipv6Space: compileIpv6Space(draft, domains),
    filterExempt: compileExemptions(draft),
  }
  return {
    network,
    line: draft.line,
    ranks: draft.line.starts4.length + draft.line.starts6.length,
    flags: {
      ...flagsOf(rules.on),
      publicsUnread: publicsUnread(network),
      identitiesUnread: identitiesUnread(network, domains.mappingUnread),
    },
    ...places,
    maps: draft.maps.build(),
    rules: draft.rules.build(),
    find: finderOf(draft.ids, columns),
  }
}

/** By which table each attachment point sends. */
function assignTables(
  draft: Draft,
  columns: PortColumns,
  subnets: Subnets,
  domains: Domains,
): void {
  for (let port = 0; port < columns.interfaces; port++) {
    columns.table[port] = columns.subnet[port] < 0 ? -2 : subnets.table[columns.subnet[port]]
  }
  for (let port = columns.plugs; port < columns.balancers; port++) {
    columns.table[port] = subnets.table[columns.subnet[port]] ?? UNREAD
  }
  for (let port = columns.balancers; port < columns.count; port++) {
    columns.table[port] = balancerTable(draft, columns, subnets, domains, port)
  }
}

/** Apart from the compiler, so that the draft's builders are not kept alive with the fabric. */
const finderOf = (ids: IdTables, columns: PortColumns): FabricFinder => ({
  port: rememberTwo(
    (item) => frontPort(columns, item.id) ?? ids.networkInterface.find(item.id, item),
  ),
  instance: rememberTwo((item) => ids.instance.find(item.id, item)),
  balancer: (item) =>
    columns.balancers + columns.balancerPlaces.findIndex((place) => place.item === item),
  vpc: (id, near) => ids.vpc.find(id, near),
})

/** A load balancer answers at its interfaces. */
function frontPort({ balancerPlaces, balancers }: PortColumns, id: string): number | undefined {
  const front = balancerPlaces.findIndex(({ networkInterfaceId }) => networkInterfaceId === id)
  return front < 0 ? undefined : balancers + front
}

/** A question asks for the numbers of its two ends several times over. */
function rememberTwo<T extends object>(find: (item: T) => number): (item: T) => number {
  let last: T | undefined
  let before: T | undefined
  let lastNumber = -1
  let numberBefore = -1
  return (item) => {
    if (item === last) return lastNumber
    if (item === before) return numberBefore
    before = last
    numberBefore = lastNumber
    last = item
    lastNumber = find(item)
    return lastNumber
  }
}

/** One that is not listed may be anybody's; and of one in doubt, address and holder may be others. */
const publicsUnread = ({ gaps = [] }: Network): boolean =>
  gaps.some(({ kind, id }) => kind === 'publicAddress' || (kind === 'instance' && id === undefined))

/** An instance that was not read may have a public address of its own. */
const identitiesUnread = (network: Network, mappingUnread: Uint8Array): boolean =>
  publicsUnread(network) ||
  mappingUnread.includes(1) ||
  (network.gaps ?? []).some(({ kind }) => kind === 'instance')

const SMTP = { protocol: 6, port: 25 }

function flagsOf(
  on: SemanticSwitch<Feature>,
): Omit<FabricFlags, 'publicsUnread' | 'identitiesUnread'> {
  return {
    groupsStateful: on('sg.stateful'),
    groupsInChain: on('sg.chain'),
    aclStateful: !on('acl.stateless'),
    aclDefaultAccept: !on('acl.default-drop'),
    aclSameSubnetExempt: on('acl.same-subnet-exempt'),
    aclCutThroughExempt: on('acl.cut-through-exempt'),
    intraGroupFirst: on('sg.intra-group-first'),
    groupPeerAcrossDomains: !on('sg.group-peer-same-vpc'),
    groupPeerPublic: !on('sg.group-peer-private'),
    ingressDefaultAccept: !on('sg.ingress-drop'),
    nextHopAlive: on('route.next-hop-alive'),
    relayFiltered: on('route.relay-filtered'),
    guestConnected: on('guest.connected-interface'),
    guestForwarding: on('guest.forwarding'),
    guestAnyPort: on('guest.any-interface'),
    guestDropsMartians: on('guest.martian-source'),
    guestSecondLookup: on('guest.second-lookup'),
    classicGuestRoute: on('classiclink.guest-route'),
    linksTransitive: !on('peer.not-transitive'),
    routersTransitive: !on('router-interface.not-transitive'),
    mappedProtocolsOnly: on('eip.protocols'),
    mappedOneAddress: on('eip.one-private-address'),
    natProtocolsOnly: on('nat.protocols'),
    natOwnAddressFirst: on('nat.own-address-first'),
    natSnatNeeded: on('nat.snat-needed'),
    natHairpin: !on('nat.no-hairpin'),
    natOwnTable: on('nat.own-table'),
    natReturnThrough: on('nat.return-through'),
    natFiltered: on('nat.own-acl'),
    balancerUnfiltered: on('lb.no-acl'),
    balancerPastGateway: on('lb.past-gateway-table'),
    balancerFiltered: on('lb.backend-acl'),
    balancerOwnList: on('lb.own-acl'),
    balancerReturnDirect: on('lb.return-direct'),
    balancerReturnRouted: on('lb.return-routed'),
    balancerSameInterface: on('lb.return-interface'),
    gatewayNeedsPublic: on('internet.gateway-needs-public'),
    ipv6Gateway: on('ipv6.gateway'),
    blockedProtocol: on('sg.tcp-25') ? SMTP.protocol : -1,
    blockedPort: on('sg.tcp-25') ? SMTP.port : -1,
  }
}
