import type { Guest, GuestRoute, Peering, RouterInterface } from '#model'
import { type GuestTables, HOP, type Instances, type Links, PORT_FLAG, type Service } from '../fabric.ts'
import type { Paint } from '../interval-map.ts'
import type { PortColumns } from './compile-ports.ts'
import { lengthOf, type RouteList } from './compile-routes.ts'
import { type Draft, knownRanges } from './draft.ts'

/** Semantics `peer.*`, `router-interface.*`: peerings first, then router interfaces. */
export function compileLinks(draft: Draft): Links {
  const peerings = draft.network.peering ?? []
  const routers = draft.network.routerInterface ?? []
  const ends = [
    ...peerings.map((item) => peeringEnds(draft, item)),
    ...routers.map((item) => routerEnds(draft, item)),
  ]
  return {
    kind: [...peerings.map(() => 'peering' as const), ...routers.map(() => 'routerInterface' as const)],
    position: Int32Array.from([...peerings.keys(), ...routers.keys()]),
    domainA: Int32Array.from(ends, (end) => end.a),
    domainB: Int32Array.from(ends, (end) => end.b),
    state: Uint8Array.from(ends, (end) => end.state),
  }
}

interface Ends {
  readonly a: number
  readonly b: number
  readonly state: number
}

function peeringEnds({ on, ids }: Draft, item: Peering): Ends {
  const a = ids.vpc.find(item.requesterVpcId, item)
  const b = ids.vpc.find(item.accepterVpcId, item)
  const carries = item.state === 'Activated' || !on('peer.activated')
  return { a, b, state: !carries ? 1 : a < 0 || b < 0 ? 3 : 0 }
}

function routerEnds(draft: Draft, item: RouterInterface): Ends {
  const opposite =
    item.oppositeId === undefined
      ? undefined
      : draft.network.routerInterface?.[draft.ids.routerInterface.find(item.oppositeId, item)]
  const a = item.vpcId === undefined ? -1 : draft.ids.vpc.find(item.vpcId, item)
  const far = item.oppositeVpcId ?? opposite?.vpcId
  const b = far === undefined ? -1 : draft.ids.vpc.find(far, item)
  const works = (end: RouterInterface | undefined): boolean => !end || (end.state === 'Active' && !end.locks?.length)
  if (draft.on('router-interface.active') && !(works(item) && works(opposite))) return { a, b, state: 1 }
  if (far === undefined) return { a, b, state: 2 }
  return { a, b, state: b < 0 ? 3 : 0 }
}

/** Instances with their ports, guest tables and ClassicLink. */
export function compileInstances(draft: Draft, columns: PortColumns, guests: GuestNumbers): Instances {
  const instances = draft.network.instance ?? []
  const order = portsByInstance(draft, columns, instances.length)
  return {
    ...order,
    guest: Int32Array.from(instances, (_, i) => guests.tables.get(i) ?? -1),
    forwarding: Uint8Array.from(instances, (_, i) => guests.forwarding.get(i) ?? 0),
    linkedDomain: Int32Array.from(instances, (item) =>
      item.classic?.linkedVpcId === undefined || !draft.on('classiclink.link')
        ? -1
        : draft.ids.vpc.find(item.classic.linkedVpcId, item),
    ),
  }
}

function portsByInstance(draft: Draft, columns: PortColumns, count: number): Pick<Instances, 'offsets' | 'ports'> {
  const offsets = new Int32Array(count + 1)
  for (const instance of columns.instance) if (instance >= 0) offsets[instance + 1]++
  for (let i = 1; i <= count; i++) offsets[i] += offsets[i - 1]
  const ports = new Int32Array(offsets[count])
  const fill = offsets.slice()
  for (const primary of [true, false]) {
    for (let port = 0; port < columns.count; port++) {
      const isPrimary = (columns.flags[port] & PORT_FLAG.primary) !== 0
      if (columns.instance[port] >= 0 && isPrimary === primary) ports[fill[columns.instance[port]]++] = port
    }
  }
  for (let i = 0; i < count; i++) {
    if (offsets[i + 1] - offsets[i] > 2) sortById(draft, ports.subarray(offsets[i] + 1, offsets[i + 1]))
  }
  return { offsets, ports }
}

function sortById({ network }: Draft, ports: Int32Array): void {
  const id = (port: number): string => network.networkInterface?.[port]?.id ?? ''
  const sorted = [...ports].sort((a, b) => (id(a) < id(b) ? -1 : 1))
  ports.set(sorted)
}

export interface GuestNumbers {
  readonly list: readonly GuestTables[]
  /** By instance number. */
  readonly tables: ReadonlyMap<number, number>
  readonly forwarding: ReadonlyMap<number, number>
}

/** Semantic `guest.policy-routing`: the kernel's tables as maps from ranks to ports. */
export function compileGuests(draft: Draft): GuestNumbers {
  const list: GuestTables[] = []
  const tables = new Map<number, number>()
  const forwarding = new Map<number, number>()
  for (const guest of draft.network.guests ?? []) {
    const instance = draft.ids.instance.find(guest.instanceId, guest)
    if (guest.ipForward !== undefined) forwarding.set(instance, guest.ipForward ? 1 : 2)
    if (!guest.routes || !draft.on('guest.policy-routing')) continue
    tables.set(instance, list.length)
    list.push(guestTables(draft, guest, guest.routes))
  }
  return { list, tables, forwarding }
}

const MAIN_TABLE = 254

function guestTables(draft: Draft, guest: Guest, routes: readonly GuestRoute[]): GuestTables {
  const mapOf = new Map<number, number>()
  const table = (number: number): number => {
    const known = mapOf.get(number)
    if (known !== undefined) return known
    const map = draft.maps.add(guestPaints(draft, guest, routes, number))
    mapOf.set(number, map)
    return map
  }
  const rules = guest.rules ?? [{ priority: 32766, table: MAIN_TABLE }]
  return {
    rules: [...rules]
      .sort((a, b) => a.priority - b.priority)
      .map((rule) => ({
        map: table(rule.table),
        ...(rule.from === undefined ? {} : { from: draft.range(rule.from) }),
      })),
  }
}

/** Painted so that the longest prefix, then the lowest metric, then the first listed stays on top. */
function guestPaints(draft: Draft, guest: Guest, routes: readonly GuestRoute[], table: number): Paint[] {
  const classic = draft.network.instance?.[draft.ids.instance.find(guest.instanceId, guest)]?.network === 'classic'
  return routes
    .filter((route) => (route.table ?? MAIN_TABLE) === table)
    .reverse()
    .sort((a, b) => lengthOf(a.destination) - lengthOf(b.destination) || (b.metric ?? 0) - (a.metric ?? 0))
    .map((route) => ({
      ...draft.range(route.destination),
      // A classic guest has no network interface of this model; that a route exists is all that counts.
      value: classic ? 0 : draft.ids.networkInterface.find(route.networkInterfaceId, guest),
    }))
}

/** Tables of classic NICs: the region, the linked VPC, and everything public. */
export function compileClassicTables(draft: Draft, columns: PortColumns, routes: RouteList): void {
  columns.classic.forEach((position, i) => {
    const intranet = columns.interfaces + 2 * i
    columns.table[intranet] = intranetTable(draft, columns, routes, position, intranet)
    const outside = routes.imply('Internet', { kind: HOP.internet, target: -1 })
    columns.table[intranet + 1] = draft.maps.add([{ ...draft.range('0.0.0.0/0'), value: outside }])
  })
}

function intranetTable(draft: Draft, columns: PortColumns, routes: RouteList, position: number, port: number): number {
  const item = draft.network.instance?.[position]
  const vpcId = draft.on('classiclink.link') ? item?.classic?.linkedVpcId : undefined
  const vpc = item && vpcId !== undefined ? draft.ids.vpc.find(vpcId, item) : -1
  const services = routes.imply(`${knownRanges.services} local`, { kind: HOP.service, target: -1 })
  const paints: Paint[] = [{ ...draft.range(knownRanges.services), value: services }]
  if (vpc >= 0) paints.push(...linkPaints(draft, routes, vpc))
  const local = routes.imply('classic network', { kind: HOP.local, target: -1 })
  for (let other = columns.interfaces; other < columns.count; other += 2) {
    const address = columns.address4[other]
    if (columns.domain[other] === columns.domain[port]) paints.push({ low: address, high: address, value: local })
  }
  return draft.maps.add(paints)
}

/** Semantics `classiclink.*` seen from the classic side. */
function linkPaints(draft: Draft, routes: RouteList, vpc: number): Paint[] {
  const item = draft.network.vpc?.[vpc]
  if (!item) return []
  const through = routes.imply('ClassicLink', { kind: HOP.fromClassic, target: vpc })
  const outside = routes.imply('ClassicLink', { kind: HOP.refuse, target: 2 })
  const [primary, ...others] = item.cidrs
  const beyond = draft.on('classiclink.primary-cidr') ? outside : through
  const paints = others.map((cidr): Paint => ({ ...draft.range(cidr), value: beyond }))
  if (primary !== undefined) paints.push({ ...draft.range(primary), value: through })
  return paints
}

/** Ranges of services a VPC reaches at 100.64.0.0/10, the provider's own among them. */
export function compileServices(draft: Draft): Service[] {
  const own = knownRanges.exempt.map((cidr) => ({ range: draft.range(cidr), domain: -1, ports: [], position: -1 }))
  const named = (draft.network.cloudService ?? []).flatMap((item, position) =>
    item.cidrs.map((cidr) => ({
      range: draft.range(cidr),
      domain: item.vpcId === undefined ? -1 : draft.ids.vpc.find(item.vpcId, item),
      region: item.region,
      ports: item.ports ?? [],
      position,
    })),
  )
  return [...named, ...own]
}

/** Ranges no route to the Internet carries. */
export function compilePrivateSpace(draft: Draft): number {
  const ranges = [...knownRanges.rfc1918, knownRanges.services, ...knownRanges.ipv6Private]
  return draft.maps.add(ranges.map((cidr) => ({ ...draft.range(cidr), value: 1 })))
}
