import { parseAddress, parsePrefix, prefixContains } from '#net'
import { type Component, type Guest, type GuestRoute, metricOf } from '#model'
import { isIpv6 } from '../nft-text.ts'
import type { SpaceDraft } from '../plan-draft.ts'
import { ROUTER6 } from './gateway-address.ts'
import type { GuestPlace, NicPlace } from './survey.ts'

const MAIN_TABLE = 254
const LOCAL_TABLE = 255

/** The tables and rules of a guest that was seen, and no others. */
export function laySeenRoutes(
  space: SpaceDraft,
  { nics }: GuestPlace,
  { routes = [], rules }: Guest,
  devices: readonly string[],
): void {
  layLostDevice(space)
  // Routes by two interfaces that are gone are one route here, and no table has a route twice.
  const laid = new Set<string>()
  const lay = (text: string, of: Component): void => {
    if (!laid.has(text)) space.ip(text, of)
    laid.add(text)
  }
  for (const route of routes) {
    const nth = nics.findIndex(({ eni }) => eni.id === route.networkInterfaceId)
    const [nic, device] = [nics[nth], devices[nth]]
    if (!nic || device === undefined) {
      lay(lostRoute(route), { kind: 'networkInterface', id: route.networkInterfaceId })
      continue
    }
    const of: Component = { kind: 'networkInterface', id: nic.eni.id }
    const number = hasEqual(routes, route) ? nth + 1 : undefined
    const way = wayOf(space, { nic, device, number }, route)
    const metric = route.metric === undefined ? '' : ` metric ${route.metric}`
    const table = route.table ?? MAIN_TABLE
    lay(`route append ${route.destination} ${way} table ${table}${metric}`, of)
  }
  if (!rules) return
  space.ip('rule del pref 32766')
  space.ip('rule del pref 32767')
  space.ip6('rule del pref 32766')
  for (const { priority, from, table } of rules) {
    // The table of a guest's own addresses comes first in every namespace.
    if (table === LOCAL_TABLE) continue
    const source = from === undefined ? '' : ` from ${from}`
    const text = `rule add pref ${priority}${source} lookup ${table}`
    if (from === undefined || !isIpv6(from)) space.ip(text)
    if (from === undefined || isIpv6(from)) space.ip6(text)
  }
}

/** What a guest still sends by is not always what the cloud still carries (S1 §4.1). */
const LOST_DEVICE = 'lost'

function layLostDevice(space: SpaceDraft): void {
  space.ip(`link add ${LOST_DEVICE} type bridge`)
  space.ip(`link set ${LOST_DEVICE} addrgenmode none arp off up`)
}

function lostRoute({ destination, metric, table }: GuestRoute): string {
  const order = metric === undefined ? '' : ` metric ${metric}`
  return `route append ${destination} dev ${LOST_DEVICE} table ${table ?? MAIN_TABLE}${order}`
}

interface Way {
  readonly nic: NicPlace
  readonly device: string
  /** Of the next hop object that keeps the route apart from others. */
  readonly number: number | undefined
}

/** Whether there is a route that differs in its interface only. */
function hasEqual(routes: readonly GuestRoute[], route: GuestRoute): boolean {
  const keyOf = (one: GuestRoute) =>
    `${one.destination} ${one.table ?? MAIN_TABLE} ${metricOf(one)}`
  return routes.some(
    (other) =>
      other.networkInterfaceId !== route.networkInterfaceId && keyOf(other) === keyOf(route),
  )
}

/**
 * By a device, and the gateway that the route names or, outside the vSwitch, has to have. To the
 * kernel equal IPv6 routes by several gateways are one that shares its traffic: one that names no
 * gateway is by a next hop object, which stays a route of its own.
 */
function wayOf(space: SpaceDraft, { nic, device, number }: Way, route: GuestRoute): string {
  const { destination, via } = route
  const ipv6 = isIpv6(destination)
  const gateway = ipv6 ? ROUTER6 : nic.subnet.gateway
  if (via === undefined) {
    if (isNear(nic, destination)) return `dev ${device}`
    if (!ipv6) return `via ${gateway} dev ${device} onlink`
    if (number === undefined) return `via ${gateway} dev ${device}`
    space.ip(`nexthop replace id ${number} via ${gateway} dev ${device}`)
    return `nhid ${number}`
  }
  if (via !== gateway) {
    // Packets go where their destination is, not where a MAC address says: the router takes them.
    space.ip(`neigh replace ${via} lladdr ${nic.subnet.mac} dev ${device} nud permanent`, {
      kind: 'networkInterface',
      id: nic.eni.id,
    })
  }
  return `via ${via} dev ${device}${ipv6 ? '' : ' onlink'}`
}

function isNear({ subnet: { subnet } }: NicPlace, destination: string): boolean {
  const [text = ''] = destination.split('/')
  const address = parseAddress(text)
  const ranges = [subnet.cidr, ...(subnet.ipv6Cidr === undefined ? [] : [subnet.ipv6Cidr])]
  return ranges.some((range) => {
    const prefix = parsePrefix(range)
    const narrow = Number(destination.split('/')[1] ?? 128) >= (prefix?.length ?? 0)
    return (
      prefix !== undefined && address !== undefined && narrow && prefixContains(prefix, address)
    )
  })
}
