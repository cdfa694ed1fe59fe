import { parseAddress, parsePrefix, prefixContains } from '#net'
import type { Listener, LoadBalancer, Network } from '#model'
import { macOf } from './mac-address.ts'
import type { NicPlace, SubnetPlace, Survey, VpcPlace } from './survey.ts'

/** A load balancer whose inside is known, and its namespace. */
export interface BalancerPlace {
  readonly balancer: LoadBalancer
  readonly nth: number
  readonly space: string
  readonly vpc: VpcPlace
  readonly subnet: SubnetPlace
  readonly address: string
  /** MAC address in its vSwitch, and the one that marks what goes between it and its backends. */
  readonly mac: string
  readonly backMac: string
  /** Its running listeners, each port once. */
  readonly ports: readonly BalancedPort[]
}

/** A port that takes connections, and who gets them. */
export interface BalancedPort {
  readonly protocol: Listener['protocol']
  readonly port: number
  readonly backends: readonly PlacedBackend[]
}

/** An interface behind a port. */
export interface PlacedBackend {
  readonly nic: NicPlace
  /** Its primary private address (decision 0010, 5). */
  readonly address: string
  readonly port: number
}

/** A load balancer that is left out, or only half known, and why. */
export interface UnplacedBalancer {
  readonly balancer: LoadBalancer
  readonly reason: string
}

type Lookups = Pick<Survey, 'find' | 'vpcOf' | 'nicOf'>

/** Gives every load balancer whose inside was read its place (decision 0010). */
export function placeBalancers(
  { loadBalancer = [] }: Network,
  vpcs: readonly VpcPlace[],
  lookups: Lookups,
): Pick<Survey, 'balancers' | 'unplacedBalancers'> {
  const balancers: BalancerPlace[] = []
  const unplacedBalancers: UnplacedBalancer[] = []
  for (const [nth, balancer] of loadBalancer.entries()) {
    if (balancer.provider !== 'alibaba') continue
    const placed = placeOne(balancer, nth, vpcs, lookups)
    if (typeof placed !== 'string') balancers.push(placed)
    const reason = typeof placed === 'string' ? placed : reasonOfDoubt(placed, lookups)
    if (reason !== undefined) unplacedBalancers.push({ balancer, reason })
  }
  return { balancers, unplacedBalancers }
}

function placeOne(
  balancer: LoadBalancer,
  nth: number,
  vpcs: readonly VpcPlace[],
  lookups: Lookups,
): BalancerPlace | string {
  const { address, listeners } = balancer
  if (address === undefined || listeners === undefined) return 'its listeners were not read'
  const home = homeOf(balancer, address, vpcs, lookups)
  if (!home) return 'its vSwitch was not read'
  const place = { balancer, nth, space: `l${nth}`, address, ...home }
  const ports = portsOf(listeners).map((listener) => ({
    ...listener,
    backends: backendsOf(listener, place, lookups),
  }))
  return { ...place, mac: macOf('b0', nth), backMac: macOf('b1', nth), ports }
}

/** The vSwitch it names, or the one of its VPC that has its address. */
function homeOf(
  balancer: LoadBalancer,
  address: string,
  vpcs: readonly VpcPlace[],
  { find, vpcOf }: Lookups,
): Pick<BalancerPlace, 'vpc' | 'subnet'> | undefined {
  const { subnetId, vpcId } = balancer
  const named = find('subnet', subnetId, balancer)
  const own = vpcOf(vpcId, balancer)
  for (const vpc of vpcs) {
    const subnet = vpc.subnets.find((place) =>
      subnetId === undefined ? vpc === own && covers(place, address) : place.subnet === named,
    )
    if (subnet) return { vpc, subnet }
  }
  return undefined
}

function covers({ subnet }: SubnetPlace, address: string): boolean {
  const [prefix, parsed] = [parsePrefix(subnet.cidr), parseAddress(address)]
  return prefix !== undefined && parsed !== undefined && prefixContains(prefix, parsed)
}

/** Of several running listeners of one port, the first counts. */
function portsOf(listeners: readonly Listener[]): readonly Listener[] {
  const running = listeners.filter(({ state }) => state === 'running')
  const isFirst = ({ protocol, port }: Listener, nth: number): boolean =>
    running.findIndex((other) => other.protocol === protocol && other.port === port) === nth
  return running.filter(isFirst)
}

/** A weight of 0 gets no new connections. */
function backendsOf(
  { backends }: Listener,
  { balancer }: Pick<BalancerPlace, 'balancer'>,
  { nicOf }: Lookups,
): readonly PlacedBackend[] {
  return backends.flatMap(({ target, port, weight }) => {
    const nic = weight > 0 ? nicOf(target.id, balancer) : undefined
    const address = nic?.eni.addresses.at(0)
    return nic && address !== undefined ? [{ nic, address, port }] : []
  })
}

/** A backend that has no place here takes its branch along; the others still get connections. */
function reasonOfDoubt({ balancer }: BalancerPlace, { nicOf }: Lookups): string | undefined {
  for (const { backends } of portsOf(balancer.listeners ?? [])) {
    for (const { target, weight } of backends) {
      if (weight === 0) continue
      if (!nicOf(target.id, balancer)) return `its backend ${target.id} was not read`
    }
  }
  return undefined
}

/** Whether it takes connections at all; a state that was not read says nothing against it. */
export function isActive({ state = 'active' }: LoadBalancer): boolean {
  return state.toLowerCase() === 'active'
}
