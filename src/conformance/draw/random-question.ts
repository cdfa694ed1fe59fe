import type { Network, NetworkInterface } from '#model'
import type { ConcreteQuestion } from './concrete-question.ts'
import { diceOf } from './dice.ts'
import type { Dice, Random } from './dice.ts'
import { favouritePorts } from './sketch-filters.ts'

/** One packet between places that matter in this network: owners, strangers, services, nobody. */
export function randomQuestion(network: Network, random: Random): ConcreteQuestion {
  const dice = diceOf(random)
  const asked = atListener(network, dice, drawQuestion(network, dice))
  const doors = (network.natGateway ?? []).flatMap(({ dnat }) => dnat)
  if (doors.length === 0 || !dice.chance(0.1)) return asked
  const { externalAddress, externalPort, protocol, internalAddress, id } = dice.pick(doors)
  if (protocol === 'any' && dice.chance(0.5)) {
    const vpcId = network.natGateway?.find(({ dnat }) => dnat.some((door) => door.id === id))?.vpcId
    const from = { kind: 'address', address: internalAddress } as const
    return { ...asked, from: vpcId ? { ...from, vpcId } : from, to: dice.pick(outsideHosts) }
  }
  const destinationPort = (externalPort?.from ?? 80) + dice.pick([0, 0, 3])
  return {
    ...asked,
    to: externalAddress,
    destinationPort,
    protocol: protocol === 'udp' ? 17 : 6,
  }
}

/** What is sent to a load balancer calls one of its listeners as a rule. */
function atListener(network: Network, dice: Dice, asked: ConcreteQuestion): ConcreteQuestion {
  const { loadBalancer = [], publicAddress = [] } = network
  const bound = publicAddress.find(({ address }) => address === asked.to)?.boundTo?.id
  const { listeners = [] } =
    loadBalancer.find(({ id, address }) => id === bound || address === asked.to) ?? {}
  if (listeners.length === 0 || !dice.chance(0.9)) return asked
  const { protocol, port } = dice.pick(listeners)
  return { ...asked, protocol: protocol === 'tcp' ? 6 : 17, destinationPort: port }
}

function drawQuestion(network: Network, dice: Dice): ConcreteQuestion {
  const ipv6 = dice.chance(0.1)
  const start = ipv6 ? startOverIpv6(network, dice) : startOf(network, dice)
  const to = ipv6 ? endOverIpv6(network, dice) : endOf(network, dice, start)
  return {
    from: start.from,
    to,
    protocol: dice.weighted([
      [65, 6],
      [13, 17],
      [12, ipv6 ? 58 : 1],
      [6, 47],
      [4, ipv6 ? 1 : 58],
    ]),
    sourcePort: dice.weighted([
      [17, 40000],
      [1, 1024],
      [1, 65535],
      [1, 32768],
    ]),
    destinationPort: dice.chance(0.9) ? dice.pick(favouritePorts) : dice.pick([1, 1023, 51000]),
  }
}

interface Start {
  readonly from: ConcreteQuestion['from']
  /** Absent: outside every VPC. */
  readonly vpcId?: string
  readonly outside?: boolean
}

const outsideHosts = [
  '203.0.113.9',
  '203.0.113.9',
  '203.0.113.77',
  '8.8.8.8',
  '40.0.0.8',
  '30.1.1.200',
]
const outsideHosts6 = ['2001:db8:ffff::9', '2001:db8::7']

function startOf(network: Network, dice: Dice): Start {
  const { instance = [], haVip = [] } = network
  const classic = instance.filter((item) => item.classic)
  const kind = dice.weighted([
    [8, 'instance'],
    [5, 'networkInterface'],
    [6, 'address'],
    [4, 'outside'],
    [classic.length > 0 ? 3 : 0, 'classic'],
    [haVip.length > 0 ? 1 : 0, 'haVip'],
  ])
  if (kind === 'outside') {
    return { from: { kind: 'address', address: dice.pick(outsideHosts) }, outside: true }
  }
  if (kind === 'haVip') return startAtHaVip(network, dice)
  if (kind === 'classic') return startAtClassic(network, dice)
  const eni = pickInterface(network.networkInterface ?? [], dice)
  const { vpcId } = eni
  if (kind === 'networkInterface') return { from: { kind, id: eni.id }, vpcId }
  if (kind === 'instance' && eni.instanceId !== undefined) {
    return { from: { kind, id: eni.instanceId }, vpcId }
  }
  return { from: { kind: 'address', address: seenAddress(network, eni, dice), vpcId }, vpcId }
}

/** Rarely one that carries nothing: those questions are soon answered. */
function pickInterface(enis: readonly NetworkInterface[], dice: Dice): NetworkInterface {
  const eni = dice.pick(enis)
  return eni.state === 'InUse' || dice.chance(0.25) ? eni : dice.pick(enis)
}

/** An address that somebody answers to: not the one that a cut-through EIP has replaced. */
function seenAddress(network: Network, eni: NetworkInterface, dice: Dice): string {
  const eip = network.publicAddress?.find(
    ({ mode, boundTo }) => mode === 'cut-through' && boundTo?.id === eni.id,
  )
  return eip?.address ?? dice.pick(eni.addresses)
}

function startAtHaVip({ haVip = [], subnet = [] }: Network, dice: Dice): Start {
  const { address, subnetId } = dice.pick(haVip)
  const vpcId = subnet.find(({ id }) => id === subnetId)?.vpcId
  return vpcId === undefined
    ? { from: { kind: 'address', address } }
    : { from: { kind: 'address', address, vpcId }, vpcId }
}

function startAtClassic({ instance = [] }: Network, dice: Dice): Start {
  const { id, classic } = dice.pick(instance.filter((item) => item.classic))
  const at = classic?.linkedVpcId === undefined ? {} : { vpcId: classic.linkedVpcId }
  const byAddress = classic && dice.chance(0.4)
  return byAddress
    ? { from: { kind: 'address', address: classic.intranetAddress }, ...at }
    : { from: { kind: 'instance', id }, ...at }
}

function endOf(network: Network, dice: Dice, { vpcId, outside = false }: Start): string {
  const { instance = [], haVip = [], publicAddress = [], networkInterface = [] } = network
  const balanced = (network.loadBalancer ?? []).flatMap(({ address }) => address ?? [])
  const near = networkInterface.filter((eni) => eni.vpcId === vpcId)
  const far = networkInterface.filter((eni) => eni.vpcId !== vpcId)
  const classic = instance.flatMap((item) => item.classic ?? [])
  const within = !outside
  const rarely = within ? 1 : 0.1
  const addressOf = (enis: readonly NetworkInterface[]) =>
    dice.pick(pickInterface(enis, dice).addresses)
  const ends: readonly (readonly [number, () => string])[] = [
    [near.length > 0 ? 7 : 0, () => addressOf(near)],
    [far.length > 0 ? 7 * rarely : 0, () => addressOf(far)],
    [publicAddress.length > 0 ? (within ? 4 : 14) : 0, () => dice.pick(publicAddress).address],
    [within ? 4 : 1, () => dice.pick(outsideHosts)],
    [haVip.length > 0 ? 1.5 * rarely : 0, () => dice.pick(haVip).address],
    [balanced.length > 0 ? 3 * rarely : 0, () => dice.pick(balanced)],
    [classic.length > 0 ? 2 * rarely : 0, () => dice.pick(classic).intranetAddress],
    [classic.length > 0 ? 1 : 0, () => dice.pick(classic).publicAddress ?? '8.8.8.8'],
    [
      rarely,
      () =>
        dice.pick(['100.100.2.136', '100.100.100.200', '100.118.28.5', '100.64.9.3', '100.99.0.1']),
    ],
    [1.5 * rarely, () => dice.pick(['172.31.9.9', '172.31.9.9', '10.1.1.250', '10.77.0.1'])],
  ]
  return dice.weighted(ends)()
}

function startOverIpv6(network: Network, dice: Dice): Start {
  const able = (network.networkInterface ?? []).filter((eni) => eni.ipv6Addresses)
  if (able.length === 0 || dice.chance(0.2)) {
    return { from: { kind: 'address', address: dice.pick(outsideHosts6) } }
  }
  const { id, vpcId, ipv6Addresses = [], instanceId } = dice.pick(able)
  const [first] = ipv6Addresses
  const kind = dice.pick(['instance', 'networkInterface', 'address'] as const)
  if (kind === 'instance' && instanceId !== undefined)
    return { from: { kind, id: instanceId }, vpcId }
  if (kind === 'address') return { from: { kind, address: first.address, vpcId }, vpcId }
  return { from: { kind: 'networkInterface', id }, vpcId }
}

function endOverIpv6({ networkInterface = [] }: Network, dice: Dice): string {
  const addresses = networkInterface.flatMap(({ ipv6Addresses = [] }) => ipv6Addresses)
  if (addresses.length === 0 || dice.chance(0.2)) {
    return dice.pick([...outsideHosts6, ...outsideHosts6, '2408:4000:1:1::fff', 'fd00::1'])
  }
  return dice.pick(addresses).address
}
