import {
  type Guest,
  type HaVip,
  type Home,
  indexNetwork,
  type Instance,
  type InternetGateway,
  type NatGateway,
  type Network,
  type NetworkIndex,
  type NetworkInterface,
  type ResourceKind,
  type ResourceOf,
  type Subnet,
  type Vpc,
} from '#model'
import type { Absence } from '../plan.ts'
import { type GatewayAddresses, gatewaysOf } from './gateway-address.ts'
import { macOf } from './mac-address.ts'
import { type BalancerPlace, placeBalancers, type UnplacedBalancer } from './place-balancers.ts'
import { reasonOfAbsence } from './reason-of-absence.ts'

/** How a VPC meets the Internet (HELP IPv4 gateway). */
export type InternetMode = 'bypass' | 'gateway' | 'none'

/** A VPC and its router namespace. */
export interface VpcPlace {
  readonly vpc: Vpc
  readonly space: string
  readonly mode: InternetMode
  /** The activated IPv4 gateway. */
  readonly gateway4?: InternetGateway
  /** The enabled IPv6 gateway. */
  readonly gateway6?: InternetGateway
  readonly subnets: readonly SubnetPlace[]
}

/** A vSwitch: a bridge in the router of its VPC. */
export interface SubnetPlace extends GatewayAddresses {
  readonly subnet: Subnet
  readonly nth: number
  /** `s3`, in the router. */
  readonly device: string
  /** MAC address of the router in this vSwitch. */
  readonly mac: string
}

/** An interface and where its packets are. */
export interface NicPlace {
  readonly eni: NetworkInterface
  readonly nth: number
  readonly mac: string
  readonly vpc: VpcPlace
  readonly subnet: SubnetPlace
  readonly instance?: Instance
  /** Why it carries nothing; absent: it does. */
  readonly absentBecause?: Absence
  /** HaVips that it announces. */
  readonly haVips: readonly HaVip[]
}

/** An instance with the interfaces that carry packets, the primary one first. */
export interface GuestPlace {
  readonly instance: Instance
  readonly space: string
  readonly nics: readonly NicPlace[]
  /** What a collector saw. */
  readonly seen?: Guest
}

/** A NAT gateway that carries packets, and its namespace. */
export interface NatPlace {
  readonly gateway: NatGateway
  readonly nth: number
  readonly space: string
  readonly vpc: VpcPlace
  readonly subnet?: SubnetPlace
}

/** The parts of a network that the lab gives a place, looked up once. */
export interface Survey {
  readonly network: Network
  readonly vpcs: readonly VpcPlace[]
  readonly nics: readonly NicPlace[]
  readonly guests: readonly GuestPlace[]
  readonly nats: readonly NatPlace[]
  readonly balancers: readonly BalancerPlace[]
  readonly unplacedBalancers: readonly UnplacedBalancer[]
  /** A resource by a bare id read near another one; undefined where it is not listed. */
  readonly find: <K extends ResourceKind>(
    kind: K,
    id: string | undefined,
    near: Home,
  ) => ResourceOf<K> | undefined
  readonly vpcOf: (vpcId: string | undefined, near: Home) => VpcPlace | undefined
  readonly nicOf: (member: string | undefined, near: Home) => NicPlace | undefined
}

/** Gives every VPC, vSwitch, interface, instance and NAT gateway of Alibaba Cloud its place. */
export function surveyNetwork(network: Network): Survey {
  const index = indexNetwork(network)
  const find = finder(index)
  const subnets = numberSubnets(network)
  const vpcs = (network.vpc ?? []).map((vpc, nth) => placeVpc(network, find, subnets, vpc, nth))
  const byVpc = new Map(vpcs.map((place) => [place.vpc, place]))
  const vpcOf: Survey['vpcOf'] = (vpcId, near) => {
    const vpc = find('vpc', vpcId, near)
    return vpc && byVpc.get(vpc)
  }
  const nics = placeNics(network, find, vpcOf, subnets)
  const nicOf = memberFinder(find, nics)
  return {
    network,
    vpcs,
    nics,
    guests: placeGuests(network, find, nics),
    nats: placeNats(network, find, vpcOf, subnets),
    ...placeBalancers(network, vpcs, { find, vpcOf, nicOf }),
    find,
    vpcOf,
    nicOf,
  }
}

type Find = Survey['find']

function finder(index: NetworkIndex): Find {
  return (kind, id, near) => {
    const found = id === undefined ? undefined : index.get(kind, id, near)
    return found === 'ambiguous' ? undefined : found
  }
}

function numberSubnets(network: Network): ReadonlyMap<Subnet, SubnetPlace> {
  return new Map(
    (network.subnet ?? []).map((subnet, nth) => [
      subnet,
      { subnet, nth, device: `s${nth}`, mac: macOf('fe', nth), ...gatewaysOf(network, subnet) },
    ]),
  )
}

function placeVpc(
  network: Network,
  find: Find,
  subnets: ReadonlyMap<Subnet, SubnetPlace>,
  vpc: Vpc,
  nth: number,
): VpcPlace {
  const own = (network.internetGateway ?? []).filter(
    (gateway) => find('vpc', gateway.vpcId, gateway) === vpc && gateway.enabled,
  )
  const gateway4 = own.find(({ kind }) => kind === 'ipv4')
  const gateway6 = own.find(({ kind }) => kind === 'ipv6')
  const mode = vpc.internetAccess === 'none' ? 'none' : gateway4 ? 'gateway' : 'bypass'
  return {
    vpc,
    space: `v${nth}`,
    mode,
    ...(gateway4 ? { gateway4 } : {}),
    ...(gateway6 ? { gateway6 } : {}),
    subnets: [...subnets.values()].filter(
      ({ subnet }) => find('vpc', subnet.vpcId, subnet) === vpc,
    ),
  }
}

function placeNics(
  network: Network,
  find: Find,
  vpcOf: Survey['vpcOf'],
  subnets: ReadonlyMap<Subnet, SubnetPlace>,
): NicPlace[] {
  const announced = announcedBy(network, find)
  return (network.networkInterface ?? []).flatMap((eni, nth) => {
    const vpc = vpcOf(eni.vpcId, eni)
    const listed = find('subnet', eni.subnetId, eni)
    const subnet = listed && subnets.get(listed)
    if (!vpc || !subnet) return []
    const instance = find('instance', eni.instanceId, eni)
    const absentBecause = reasonOfAbsence(eni, instance)
    return [
      {
        eni,
        nth,
        mac: macOf('00', nth),
        vpc,
        subnet,
        haVips: announced.get(eni) ?? [],
        ...(instance ? { instance } : {}),
        ...(absentBecause === undefined ? {} : { absentBecause }),
      },
    ]
  })
}

/** HaVips by the interface of the member that announces them (HELP high-availability virtual IP). */
function announcedBy(network: Network, find: Find): ReadonlyMap<NetworkInterface, HaVip[]> {
  const announced = new Map<NetworkInterface, HaVip[]>()
  for (const haVip of network.haVip ?? []) {
    const master = memberInterface(network, find, haVip.master, haVip)
    if (master) announced.set(master, [...(announced.get(master) ?? []), haVip])
  }
  return announced
}

/** The interface a member means: itself, or the primary one of an instance. */
function memberInterface(
  network: Network,
  find: Find,
  member: string | undefined,
  near: Home,
): NetworkInterface | undefined {
  const direct = find('networkInterface', member, near)
  if (direct) return direct
  const instance = find('instance', member, near)
  return (network.networkInterface ?? []).find(
    (eni) =>
      eni.type === 'primary' && instance && find('instance', eni.instanceId, eni) === instance,
  )
}

function memberFinder(find: Find, nics: readonly NicPlace[]): Survey['nicOf'] {
  const byEni = new Map(nics.map((nic) => [nic.eni, nic]))
  const primaries = new Map(
    nics.filter(({ eni }) => eni.type === 'primary').map((nic) => [nic.instance, nic]),
  )
  return (member, near) => {
    const eni = find('networkInterface', member, near)
    if (eni) return byEni.get(eni)
    const instance = find('instance', member, near)
    return instance && primaries.get(instance)
  }
}

function placeGuests(network: Network, find: Find, nics: readonly NicPlace[]): GuestPlace[] {
  const byInstance = new Map<Instance, NicPlace[]>()
  for (const nic of nics) {
    if (!nic.instance || nic.absentBecause !== undefined) continue
    byInstance.set(nic.instance, [...(byInstance.get(nic.instance) ?? []), nic])
  }
  const seen = new Map(
    (network.guests ?? []).map((guest) => [find('instance', guest.instanceId, guest), guest]),
  )
  return [...byInstance].map(([instance, own], nth) => {
    const guest = seen.get(instance)
    return {
      instance,
      space: `i${nth}`,
      nics: own.toSorted(primaryFirst),
      ...(guest ? { seen: guest } : {}),
    }
  })
}

/** The order in which a guest tries its interfaces: the primary one, then by id (decision 0004). */
function primaryFirst({ eni: a }: NicPlace, { eni: b }: NicPlace): number {
  if (a.type !== b.type) return a.type === 'primary' ? -1 : 1
  return a.id < b.id ? -1 : 1
}

function placeNats(
  network: Network,
  find: Find,
  vpcOf: Survey['vpcOf'],
  subnets: ReadonlyMap<Subnet, SubnetPlace>,
): NatPlace[] {
  return (network.natGateway ?? []).flatMap((gateway, nth) => {
    const vpc = vpcOf(gateway.vpcId, gateway)
    if (!vpc || gateway.reach !== 'internet') return []
    const listed = find('subnet', gateway.subnetId, gateway)
    const subnet = listed && subnets.get(listed)
    return [{ gateway, nth, space: `n${nth}`, vpc, ...(subnet ? { subnet } : {}) }]
  })
}
