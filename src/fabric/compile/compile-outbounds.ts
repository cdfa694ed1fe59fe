import type { LoadBalancer, NetworkInterface, Subnet } from '#model'
import { type OutboundWay, type Outbounds, PUBLIC, type Publics } from '../translations.ts'
import { serverPort } from './appliances.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'

/** Feature `internet.outbound`: what takes connections to the Internet that start at a port. */
export function compileOutbounds(draft: Draft, columns: PortColumns, publics: Publics): Outbounds {
  const of = new Int32Array(columns.count).fill(-1)
  if (!draft.on('internet.outbound')) return { of, ways: [] }
  const ways = new WayList()
  const balanced = balancedPorts(draft, columns)
  const all = draft.network.networkInterface ?? []
  all.forEach((item, port) => {
    const subnet = draft.network.subnet?.[columns.subnet[port]]
    const way =
      gatewayWay(draft, publics, subnet) ??
      balancerWay(draft, publics, balanced.get(port)) ??
      unreadWay(draft, item, subnet) ??
      defaultWay(draft, item, subnet)
    of[port] = way ? ways.intern(way) : -1
  })
  return { of, ways: ways.list }
}

class WayList {
  readonly list: OutboundWay[] = []
  private readonly numbers = new Map<string, number>()

  intern(way: OutboundWay): number {
    const key = `${way.kind} ${way.position} ${way.first}`
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    this.numbers.set(key, this.list.push(way) - 1)
    return this.list.length - 1
  }
}

/** Semantic `azure.outbound.nat-gateway`. */
function gatewayWay(
  draft: Draft,
  publics: Publics,
  subnet: Subnet | undefined,
): OutboundWay | undefined {
  if (subnet?.natGatewayId === undefined || !draft.on('azure.outbound.nat-gateway'))
    return undefined
  const position = draft.ids.natGateway.find(subnet.natGatewayId, subnet)
  const item = draft.network.natGateway?.[position]
  if (!item || draft.index.isDoubted('natGateway', item)) return { ...unread, first: true }
  const rows = rowsOf(
    publics,
    ({ kind, nat }, at) => kind[at] === PUBLIC.nat && nat[at] === position,
  )
  const maybe = rows.length === 0 && draft.index.lack('publicAddress', item) !== undefined
  if (maybe) return { ...unread, first: true }
  if (rows.length === 0 && !item.publicPrefixes?.length) return undefined
  // Of a range, it is not known which address of it a connection gets.
  const drawn = item.publicPrefixes?.length ? Int32Array.of() : rows
  const portedOnly = draft.on('azure.outbound.ports')
  return { kind: 'natGateway', first: true, position, publics: drawn, portedOnly }
}

/** What takes it, if anything does, was not read. */
const unread: OutboundWay = {
  kind: 'unread',
  first: false,
  position: -1,
  publics: Int32Array.of(),
  portedOnly: false,
}

/** Semantic `azure.outbound.balancer`. */
function balancerWay(
  draft: Draft,
  publics: Publics,
  position: number | undefined,
): OutboundWay | undefined {
  if (position === undefined || !draft.on('azure.outbound.balancer')) return undefined
  const own = draft.network.loadBalancer?.[position]
  const addresses = (draft.network.publicAddress ?? []).flatMap(({ boundTo, address }) =>
    boundTo?.kind === 'loadBalancer' && boundTo.id === own?.id ? [draft.rank(address)] : [],
  )
  const rows = rowsOf(publics, ({ rank }, at) => addresses.includes(rank[at]))
  if (rows.length === 0) return undefined
  const portedOnly = draft.on('azure.outbound.ports')
  return { kind: 'loadBalancer', first: false, position, publics: rows, portedOnly }
}

/** A load balancer that was not read may serve the interface; a service may be past all ways. */
function unreadWay(
  { index, network, ids, on }: Draft,
  item: NetworkInterface,
  subnet: Subnet | undefined,
): OutboundWay | undefined {
  const open =
    index.lack('loadBalancer', item) !== undefined ||
    network.loadBalancer?.some((one) => index.isDoubted('loadBalancer', one)) === true
  const services = on('azure.route.service-endpoint') ? (subnet?.serviceEndpoints ?? []) : []
  const closed = subnet?.defaultOutboundAccess === false
  const unlisted =
    closed &&
    services.some((id) => {
      const list = network.prefixList?.[ids.prefixList.find(id, item)]
      return !list || index.isDoubted('prefixList', list)
    })
  return (open && on('azure.outbound.balancer')) || unlisted ? unread : undefined
}

/** Semantic `azure.outbound.default`: an address that nobody is told. */
function defaultWay(
  { on }: Draft,
  { serves }: NetworkInterface,
  subnet: Subnet | undefined,
): OutboundWay | undefined {
  const allowed = subnet?.defaultOutboundAccess !== false && serves === undefined
  if (!allowed || !on('azure.outbound.default')) return undefined
  return {
    kind: 'default',
    first: false,
    position: -1,
    publics: Int32Array.of(),
    portedOnly: false,
  }
}

/** Ports whose connections a load balancer takes out, with its position. */
function balancedPorts(draft: Draft, columns: PortColumns): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  draft.network.loadBalancer?.forEach((item: LoadBalancer, position) => {
    for (const target of item.outbound ?? []) {
      const port = serverPort(draft, columns, target, item)
      if (port >= 0 && !found.has(port)) found.set(port, position)
    }
  })
  return found
}

function rowsOf(publics: Publics, wanted: (publics: Publics, at: number) => boolean): Int32Array {
  const rows: number[] = []
  for (let at = 0; at < publics.addresses; at++) if (wanted(publics, at)) rows.push(at)
  return Int32Array.from(rows)
}
