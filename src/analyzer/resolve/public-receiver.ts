import { PUBLIC, publicOf, rankFamily, rankOf } from '#fabric'
import type { Component, DnatEntry, Gap, Question } from '#model'
import { addressIn } from './family.ts'
import type { Family, Ground } from './ground.ts'
import type { Settlement } from './question-resolution.ts'
import { receiver, type Receivers } from './receiver.ts'

/** Called from the Internet, a resource is known by a public address of one of its ports. */
export function publicReceiver(
  ground: Ground,
  own: Int32Array | readonly number[],
  family: Family,
  component: Component,
  question: Question,
): Receivers | Settlement {
  const { fabric } = ground
  for (const port of own) {
    const [rank] = publicRanks(ground, port, family)
    if (rank !== undefined) return receiver(fabric, rank, port)
  }
  const [first = -1] = own
  const inside = addressIn(ground, first, family)
  // An address of its own that was not read would be called before any DNAT entry.
  const open = family === 4 && fabric.domains.publicsUnread[fabric.ports.domain[first]] === 1
  const ways = open ? [] : own
  for (const port of ways) {
    const domain = fabric.ports.domain[port]
    const way = wayTo(ground, fabric.ports.address4[port], question, domain)
    if (way) return receiver(fabric, way.rank, port, way.portOffset)
  }
  const interfaces = [...own].flatMap((port) => fabric.network.networkInterface?.[port] ?? [])
  const way = boundWayTo(ground, [component.id, ...interfaces.map(({ id }) => id)])
  if (way && family === 4) return receiver(fabric, way.rank, first)
  return noWayIn(ground, component, inside, family, first)
}

/** The receiver behind whichever public address leads to a private one; `port` is its owner or -1. */
export function behindPublicAddress(
  ground: Ground,
  inside: number,
  component: Component,
  question: Question,
  port = -1,
): Receivers | Settlement {
  const domain = port < 0 ? -1 : ground.fabric.ports.domain[port]
  const way = wayTo(ground, inside, question, domain) ?? boundWayTo(ground, [component.id])
  if (!way) return noWayIn(ground, component, inside, rankFamily(ground.fabric.line, inside), port)
  return receiver(ground.fabric, way.rank, port, way.portOffset)
}

/** The public addresses of a port's own, as ranks. */
export function publicRanks({ fabric }: Ground, port: number, family: Family): readonly number[] {
  const { publics, ports, line } = fabric
  const ranks: number[] = []
  for (let at = ports.publicHead[port]; at >= 0; at = publics.next[at]) {
    const rank = publics.rank[at]
    if (at < publics.addresses && rankFamily(line, rank) === family) ranks.push(rank)
  }
  return ranks
}

/** A public address that leads inside, and how far the port it is called by is from the asked one. */
interface Way {
  readonly rank: number
  readonly portOffset: number
}

/** By a bound EIP, then by a DNAT entry, that leads to an address of a domain (-1: of any). */
function wayTo(
  ground: Ground,
  inside: number,
  question: Question,
  domain: number,
): Way | undefined {
  const { publics, ports } = ground.fabric
  for (let at = 0; at < publics.addresses; at++) {
    if (publics.kind[at] !== PUBLIC.port || publics.inside[at] !== inside) continue
    if (domain >= 0 && ports.domain[publics.port[at]] !== domain) continue
    return { rank: publics.rank[at], portOffset: 0 }
  }
  return dnatWayTo(ground, inside, question, domain)
}

/** An EIP that is bound to the thing itself, where what stands behind it was not read: the walk says so. */
function boundWayTo({ fabric }: Ground, ids: readonly string[]): Way | undefined {
  const { publics, network } = fabric
  const at = publics.kind.findIndex(
    (kind, row) =>
      kind === PUBLIC.unread &&
      ids.includes(network.publicAddress?.[publics.resource[row]]?.boundTo?.id ?? ''),
  )
  return at < 0 ? undefined : { rank: publics.rank[at], portOffset: 0 }
}

function dnatWayTo(
  { fabric }: Ground,
  inside: number,
  question: Question,
  domain: number,
): Way | undefined {
  const { network, line, nats } = fabric
  // An entry on an address that no EIP of the input has cannot be called.
  const isListed = ({ externalAddress }: DnatEntry): boolean =>
    publicOf(fabric, rankOf(line, externalAddress) ?? -1) >= 0
  for (const [nat, { dnat }] of (network.natGateway ?? []).entries()) {
    if (domain >= 0 && nats.domain[nat] !== domain) continue
    const entry = dnat.find(
      (item) =>
        leadsToPort(item, question.port) &&
        rankOf(line, item.internalAddress) === inside &&
        isListed(item),
    )
    if (!entry) continue
    const rank = rankOf(line, entry.externalAddress) ?? -1
    return { rank, portOffset: question.port === undefined ? 0 : offsetOf(entry) }
  }
  return undefined
}

function offsetOf({ protocol, externalPort, internalPort }: DnatEntry): number {
  if (protocol === 'any' || !externalPort || !internalPort) return 0
  return externalPort.from - internalPort.from
}

/** A question about a port of the resource is about the entry that leads to it. */
function leadsToPort({ protocol, internalPort }: DnatEntry, port: number | undefined): boolean {
  if (protocol === 'any' || port === undefined || !internalPort) return true
  return internalPort.from <= port && port <= internalPort.to
}

/** Nothing leads in; or what would was not read. */
function noWayIn(
  ground: Ground,
  component: Component,
  inside: number,
  family: Family,
  port: number,
): Settlement {
  const gap = unreadWayIn(ground, family, port)
  if (gap) {
    const missing = gap.id === undefined ? gap.kind : `${gap.kind} ${gap.id}`
    const facts = { missing, call: gap.call }
    return { kind: 'settled', code: 'query.input-missing', component, facts }
  }
  const address = inside < 0 ? component.id : ground.show.address(inside)
  return { kind: 'settled', code: 'igw.no-public-mapping.ingress', component, facts: { address } }
}

/** What was not read near a port and may lead to it: an address, an entry of a NAT gateway. */
function unreadWayIn(ground: Ground, family: Family, port: number): Gap | undefined {
  const { fabric, index } = ground
  const { network, ports, domains } = fabric
  const near = network.networkInterface?.[port] ?? network.instance?.[ports.instance[port]]
  const all = network.gaps ?? []
  if (!near) return all.find(({ kind }) => kinds[family].includes(kind))
  if (family === 6) return index.gap('ipv6Internet', near)
  const doubted = network.publicAddress?.find((item) => index.isDoubted('publicAddress', item))
  const address = index.lack('publicAddress', near) ?? index.gap('instance', near)
  const entry = domains.mappingUnread[ports.domain[port]] ? unreadNat(ground, port) : undefined
  // A public address of an interface that was not read may be this instance's.
  const bound = network.publicAddress?.some(
    ({ boundTo, ...home }) =>
      boundTo?.kind === 'networkInterface' &&
      index.get('networkInterface', boundTo.id, home) === undefined,
  )
  const stray = bound ? index.lack('networkInterface', near) : undefined
  const open = doubted && index.gap('publicAddress', doubted, doubted.id)
  return address ?? open ?? stray ?? entry
}

const kinds: Readonly<Record<Family, readonly Gap['kind'][]>> = {
  4: ['publicAddress', 'natGateway', 'instance'],
  6: ['ipv6Internet'],
}

/** The gap of a NAT gateway of the port's VPC, or of one that is not listed. */
function unreadNat({ fabric, index }: Ground, port: number): Gap | undefined {
  const { network, ports } = fabric
  const vpc = network.vpc?.[ports.domain[port]]
  const own = network.natGateway?.find(
    (item) => item.vpcId === vpc?.id && index.isDoubted('natGateway', item),
  )
  if (own) return index.gap('natGateway', own, own.id)
  return vpc && index.lack('natGateway', vpc)
}
