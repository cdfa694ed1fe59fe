import { parseAddress, parsePrefix, prefixContains } from '#net'
import type { Component, Guest, GuestRoute } from '#model'
import { isIpv6 } from '../nft-text.ts'
import type { SpaceDraft } from '../plan-draft.ts'
import { gatewayOf, ROUTER6 } from './gateway-address.ts'
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
    const via = nextHop(space, nic, device, route.destination, route.via)
    const metric = route.metric === undefined ? '' : ` metric ${route.metric}`
    const table = route.table ?? MAIN_TABLE
    const of: Component = { kind: 'networkInterface', id: nic.eni.id }
    // Two routes that differ in nothing but their device: the first one counts.
    lay(
      `route append ${route.destination} ${via}dev ${device}${onlink(via)} table ${table}${metric}`,
      of,
    )
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

function onlink(via: string): string {
  return via === '' || isIpv6(via) ? '' : ' onlink'
}

/**
 * In a vSwitch packets go where their destination is, not where a MAC address says: whatever
 * gateway a guest names, the router takes the packet. What lies outside the vSwitch needs one.
 */
function nextHop(
  space: SpaceDraft,
  nic: NicPlace,
  device: string,
  destination: string,
  via: string | undefined,
): string {
  const ipv6 = isIpv6(destination)
  const gateway = ipv6 ? ROUTER6 : gatewayOf(nic.subnet)
  if (via === undefined) return isNear(nic, destination) ? '' : `via ${gateway} `
  if (via === gateway) return `via ${via} `
  space.ip(`neigh replace ${via} lladdr ${nic.subnet.mac} dev ${device} nud permanent`, {
    kind: 'networkInterface',
    id: nic.eni.id,
  })
  return `via ${via} `
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
