import type { LabPlan, Seat } from '#lab'
import type { LoadBalancer, Network } from '#model'
import { PROTOCOL } from '#net'
import type { ConcreteQuestion } from '../draw/concrete-question.ts'
import {
  type NamedService,
  namedServices,
  serviceKey,
  servicesOfBalancer,
  servicesOfDoor,
  servicesOfGroup,
  servicesOfGuest,
} from './named-service.ts'

/** Questions that a network raises by itself, and how they were come by. */
export interface UsualQuestions {
  readonly questions: readonly ConcreteQuestion[]
  /** How many there would be if nothing were left away. */
  readonly possible: number
  readonly senders: number
  readonly destinations: number
  /** What was asked for, ICMP left aside. */
  readonly services: readonly NamedService[]
  /** The service that no rule names: it meets the defaults. */
  readonly unnamed: NamedService
}

/** More would keep a person waiting for longer than a cup of tea takes. */
const MOST = 3000

/** The client's port of the first question; the next ones follow. */
const FIRST_PORT = 33_000

/**
 * Each instance to each address of every other one and of load balancers, to the hosts outside and back, on every service
 * that rules, DNAT entries and sockets name, on one that none names, and by ICMP. Where that is too
 * much, the services that the receiver's own rules name come first, and pairs are left out evenly.
 */
export function usualQuestions(network: Network, plan: LabPlan, most = MOST): UsualQuestions {
  const services = namedServices(network)
  const unnamed = unnamedService(services)
  const pairs = pairsOf(network, plan)
  const every = [...services, unnamed]
  const possible = pairs.length * (every.length + 1)
  const each = Math.max(1, Math.min(every.length + 1, Math.floor(most / Math.max(1, pairs.length))))
  const chosen = evenly(pairs, most)
  const questions = chosen
    .flatMap((pair, nth) => {
      const wanted = [...pair.services(), icmpFor(pair.to), ...turned(every, nth)]
      const distinct = new Map(wanted.map((service) => [serviceKey(service), service]))
      return [...distinct.values()].slice(0, each).map((service) => ({ pair, service }))
    })
    .map(({ pair: { from, to }, service: { protocol, port = 0 } }, nth) => ({
      from,
      to,
      protocol,
      sourcePort: FIRST_PORT + nth,
      destinationPort: port,
    }))
  const [senders, destinations] = [
    new Set(chosen.map(({ from }) => JSON.stringify(from))).size,
    new Set(chosen.map(({ to }) => to)).size,
  ]
  return { questions, possible, senders, destinations, services, unnamed }
}

/** Who asks whom, and what the one asked is known to offer. */
interface Pair {
  readonly from: ConcreteQuestion['from']
  readonly to: string
  readonly services: () => readonly NamedService[]
}

function pairsOf(network: Network, plan: LabPlan): readonly Pair[] {
  const senders = sendersOf(plan)
  const offers = remember((seat: Seat) => servicesAt(network, seat))
  const inside = senders.flatMap((sender) =>
    plan.seats.flatMap((seat) => {
      if (seat.instanceId !== undefined && seat.instanceId === sender.instanceId) return []
      const reachable = seat.addresses.filter((address) => sender.families.has(familyOf(address)))
      return reachable.map((to) => ({ from: sender.from, to, services: () => offers(seat) }))
    }),
  )
  const balanced = senders.flatMap(({ from }) =>
    (network.loadBalancer ?? []).flatMap((balancer) =>
      balancer.address === undefined || balancer.listeners === undefined
        ? []
        : [{ from, to: balancer.address, services: () => servicesOfBalancer(balancer) }],
    ),
  )
  const outwards = senders.flatMap(({ from, families }) =>
    plan.publicHosts
      .filter((host) => families.has(familyOf(host)))
      .map((to) => ({ from, to, services: () => [] })),
  )
  const doors = doorsOf(network, plan)
  const inwards = doors.flatMap(({ to, services }) => [
    ...plan.publicHosts
      .filter((host) => familyOf(host) === familyOf(to))
      .map((address) => ({ from: { kind: 'address', address } as const, to, services })),
    ...senders
      .filter(({ families }) => families.has(familyOf(to)))
      .map(({ from }) => ({ from, to, services })),
  ])
  const known = new Map<string, Pair>()
  for (const pair of [...inside, ...balanced, ...outwards, ...inwards]) {
    const key = `${JSON.stringify(pair.from)} ${pair.to}`
    if (!known.has(key)) known.set(key, pair)
  }
  return [...known.values()]
}

interface Sender {
  readonly from: ConcreteQuestion['from']
  readonly instanceId: string
  readonly families: ReadonlySet<4 | 6>
}

/** Every instance that carries packets, and each of its further interfaces. */
function sendersOf({ seats }: LabPlan): readonly Sender[] {
  const able = seats.filter(({ at }) => at)
  return able.flatMap(({ instanceId, interfaceId, addresses }, nth) => {
    if (instanceId === undefined) return []
    const own = able.filter((seat) => seat.instanceId === instanceId)
    const first = able.findIndex((seat) => seat.instanceId === instanceId) === nth
    const whole: Sender = {
      from: { kind: 'instance', id: instanceId },
      instanceId,
      families: familiesOf(own.flatMap((seat) => seat.addresses)),
    }
    if (first) return [whole]
    const from = { kind: 'networkInterface', id: interfaceId } as const
    return [{ from, instanceId, families: familiesOf(addresses) }]
  })
}

/** Addresses at which the Internet finds something of the network. */
function doorsOf(network: Network, plan: LabPlan): readonly Omit<Pair, 'from'>[] {
  const ipv6 = plan.seats.flatMap((seat) =>
    seat.addresses
      .filter((address) => familyOf(address) === 6)
      .map((to) => ({ to, services: () => servicesAt(network, seat) })),
  )
  const ipv4 = (network.publicAddress ?? []).map(({ address, boundTo }) => {
    const seat = plan.seats.find(
      ({ interfaceId, instanceId }) => boundTo?.id === interfaceId || boundTo?.id === instanceId,
    )
    const balancer = (network.loadBalancer ?? []).find(({ id }) => boundTo?.id === id)
    return { to: address, services: () => servicesAtDoor(network, address, seat, balancer) }
  })
  return [...ipv4, ...ipv6]
}

function servicesAtDoor(
  network: Network,
  address: string,
  seat: Seat | undefined,
  balancer: LoadBalancer | undefined,
): readonly NamedService[] {
  if (seat) return servicesAt(network, seat)
  return balancer ? servicesOfBalancer(balancer) : servicesOfDoor(network, address)
}

function servicesAt(network: Network, { interfaceId, instanceId }: Seat): readonly NamedService[] {
  const eni = (network.networkInterface ?? []).find(({ id }) => id === interfaceId)
  const groups = eni?.securityGroupIds ?? []
  const sockets = instanceId === undefined ? [] : servicesOfGuest(network, instanceId)
  return [...groups.flatMap((id) => servicesOfGroup(network, id)), ...sockets]
}

/** A service that no rule names: TCP, on one of the ports that nobody writes into a rule. */
function unnamedService(services: readonly NamedService[]): NamedService {
  const taken = new Set(services.map(serviceKey))
  const free = [7, 9, 13, 17, 19].map((port) => ({ protocol: PROTOCOL.tcp, port }))
  return free.find((service) => !taken.has(serviceKey(service))) ?? free[0]
}

function icmpFor(to: string): NamedService {
  return { protocol: familyOf(to) === 6 ? PROTOCOL.icmpv6 : PROTOCOL.icmp }
}

function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4
}

function familiesOf(addresses: readonly string[]): ReadonlySet<4 | 6> {
  return new Set(addresses.map(familyOf))
}

/** The same list from another beginning, so that each pair leaves away something else. */
function turned<T>(items: readonly T[], by: number): readonly T[] {
  const at = items.length === 0 ? 0 : by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

function evenly<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items
  return Array.from(
    { length: most },
    (_none, nth) => items[Math.floor((nth * items.length) / most)],
  )
}

function remember<K, V>(of: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return (key) => {
    const found = known.get(key) ?? of(key)
    known.set(key, found)
    return found
  }
}
