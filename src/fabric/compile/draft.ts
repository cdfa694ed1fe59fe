import { type Guest, indexNetwork, type Network, type NetworkIndex } from '#model'
import { type AddressLine, rangeOf, rankOf, type RankRange } from '../address-line.ts'
import { type GuestFilter, readGuestFilter } from '../guest-filter.ts'
import { layOut } from './lay-out.ts'
import type { ProviderRules } from '../feature.ts'
import { IdTable } from '../id-table.ts'
import { NumberedIds } from './numbered-ids.ts'
import { IntervalMapsBuilder } from '../interval-map.ts'
import { RuleTableBuilder } from '../rule-table.ts'

/** What every step of the compilation shares: the input, the address line, and the tables so far. */
export interface Draft extends ProviderRules {
  readonly network: Network
  readonly line: AddressLine
  readonly maps: IntervalMapsBuilder
  readonly rules: RuleTableBuilder
  readonly ids: IdTables
  /** Instances, those among them that only their interfaces name. */
  readonly instances: NumberedIds
  /** Security groups, those among them that only interfaces and rules name. */
  readonly securityGroups: NumberedIds
  /** The firewalls of guests, where they were seen and are in force. */
  readonly filters: ReadonlyMap<Guest, GuestFilter>
  /** What was not read. */
  readonly index: NetworkIndex
  /** Rank of an address that the network mentions. */
  rank(address: string): number
  /** Ranks of a prefix that the network mentions. */
  range(cidr: string): RankRange
}

export interface IdTables {
  readonly vpc: IdTable
  readonly subnet: IdTable
  readonly instance: IdTable
  readonly networkInterface: IdTable
  readonly securityGroup: IdTable
  readonly networkAcl: IdTable
  readonly routeTable: IdTable
  readonly natGateway: IdTable
  readonly internetGateway: IdTable
  readonly peering: IdTable
  readonly routerInterface: IdTable
  readonly haVip: IdTable
  readonly prefixList: IdTable
  readonly publicAddress: IdTable
  readonly loadBalancer: IdTable
}

export function startDraft(network: Network, { on, known }: ProviderRules): Draft {
  const filters = on('guest.firewall') ? filtersOf(network) : new Map<Guest, GuestFilter>()
  const line = layOut(network, filters, known)
  const ids = idTables(network)
  return {
    network,
    on,
    known,
    line,
    maps: new IntervalMapsBuilder(),
    rules: new RuleTableBuilder(),
    ids,
    instances: new NumberedIds(ids.instance, network.instance?.length ?? 0),
    securityGroups: new NumberedIds(ids.securityGroup, network.securityGroup?.length ?? 0),
    filters,
    index: indexNetwork(network),
    rank: (address) => required(rankOf(line, address), address),
    range: (cidr) => required(rangeOf(line, cidr), cidr),
  }
}

const filtersOf = ({ guests = [] }: Network): ReadonlyMap<Guest, GuestFilter> =>
  new Map(
    guests.flatMap((guest) =>
      guest.firewall ? [[guest, readGuestFilter(guest.firewall)] as const] : [],
    ),
  )

const idTables = (network: Network): IdTables => ({
  vpc: new IdTable(network.vpc ?? []),
  subnet: new IdTable(network.subnet ?? []),
  instance: new IdTable(network.instance ?? []),
  networkInterface: new IdTable(network.networkInterface ?? []),
  securityGroup: new IdTable(network.securityGroup ?? []),
  networkAcl: new IdTable(network.networkAcl ?? []),
  routeTable: new IdTable(network.routeTable ?? []),
  natGateway: new IdTable(network.natGateway ?? []),
  internetGateway: new IdTable(network.internetGateway ?? []),
  peering: new IdTable(network.peering ?? []),
  routerInterface: new IdTable(network.routerInterface ?? []),
  haVip: new IdTable(network.haVip ?? []),
  prefixList: new IdTable(network.prefixList ?? []),
  publicAddress: new IdTable(network.publicAddress ?? []),
  loadBalancer: new IdTable(network.loadBalancer ?? []),
})

function required<T>(value: T | undefined, text: string): T {
  if (value === undefined) throw new Error(`address ${text} was not accepted by parse`)
  return value
}
