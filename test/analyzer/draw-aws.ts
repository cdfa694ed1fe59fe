import { diceOf, type Dice, type Random } from '#conformance'
import { type Network, parseNetwork } from '#model'

const home = { provider: 'aws', account: '111122223333', region: 'eu-x-1' } as const
const zones = ['eu-x-1a', 'eu-x-1b'] as const
const nths = [1, 2, 3] as const

type Lists = Record<string, object[]>

/**
 * A random AWS network: three VPCs 10.n.0.0/16 with two subnets each, gateways, a transit gateway,
 * a peering, a VPN line and a load balancer, most things well and some not.
 */
export function drawAws(random: Random): Network {
  const dice = diceOf(random)
  const lists: Lists = {}
  const push = (kind: string, item: object): void => {
    lists[kind] = [...(lists[kind] ?? []), { ...home, ...item }]
  }
  for (const nth of nths) drawVpc(dice, push, nth)
  drawLinks(dice, push)
  drawBalancer(dice, push)
  if (dice.chance(0.3)) forget(dice, lists)
  const parsed = parseNetwork({ kind: 'hopwise.network/v1', ...lists })
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
  return parsed.network
}

/** One resource, or all of a kind, was not read, and the network says so. */
function forget(dice: Dice, lists: Lists): void {
  const kind = dice.pick([
    'internetGateway',
    'natGateway',
    'publicAddress',
    'routeTable',
    'networkAcl',
    'securityGroup',
    'peering',
    'transitRouter',
    'line',
    'networkInterface',
  ])
  const items = lists[kind] ?? []
  const [first] = items
  const whole = dice.chance(0.5)
  lists[kind] = whole ? [] : items.slice(1)
  const id = first && 'id' in first ? first.id : undefined
  const gap = { kind, provider: 'aws', call: `describe ${kind}` }
  lists.gaps = [whole || id === undefined ? gap : { ...gap, id }]
}

type Push = (kind: string, item: object) => void

function drawVpc(dice: Dice, push: Push, nth: number): void {
  const vpcId = `vpc-${nth}`
  push('vpc', { id: vpcId, cidrs: [`10.${nth}.0.0/16`], ipv6Cidrs: [`2600:${nth}::/56`] })
  if (dice.chance(0.8))
    push('internetGateway', {
      id: `igw-${nth}`,
      vpcId,
      kind: 'both',
      state: 'available',
      enabled: true,
    })
  if (dice.chance(0.4)) {
    const id = `eigw-${nth}`
    push('internetGateway', { id, vpcId, kind: 'egress-only', state: 'available', enabled: true })
  }
  for (const group of [1, 2]) push('securityGroup', drawGroup(dice, nth, group))
  push('networkAcl', drawAcl(dice, nth))
  for (const place of [0, 1]) drawSubnet(dice, push, nth, place)
  drawNat(dice, push, nth)
}

const anyOf = <T>(dice: Dice, items: readonly T[]): T => dice.pick(items)

const ranges = ['0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', '10.2.1.0/24', '198.51.100.0/24', '::/0']

function drawGroup(dice: Dice, nth: number, group: number): object {
  const id = `sg-${nth}-${group}`
  const rule = (direction: string, place: number): object => ({
    id: `${id}/${direction}/${place}`,
    direction,
    action: 'accept',
    priority: 1,
    protocol: anyOf(dice, ['all', 'all', 6, 17, 1]),
    ports: dice.chance(0.5) ? [] : [{ from: 80, to: anyOf(dice, [80, 443]) }],
    peer: dice.chance(0.3)
      ? { kind: 'group', groupId: `sg-${anyOf(dice, nths)}-${anyOf(dice, [1, 2])}` }
      : { kind: 'cidr', cidr: anyOf(dice, ranges) },
  })
  const open = dice.chance(0.6)
  const wide = { kind: 'cidr', cidr: '0.0.0.0/0' }
  const all = { action: 'accept', priority: 1, protocol: 'all', ports: [], peer: wide }
  const rules = [
    ...(open ? [{ ...all, id: `${id}/out`, direction: 'egress' }] : []),
    ...(open ? [{ ...all, id: `${id}/in`, direction: 'ingress' }] : []),
    rule('ingress', 1),
    rule('egress', 1),
    rule('ingress', 2),
  ]
  return { id, vpcId: `vpc-${nth}`, type: 'basic', intraGroup: 'drop', rules }
}

function drawAcl(dice: Dice, nth: number): object {
  const entry = (place: number): object => ({
    id: String(place),
    action: dice.chance(0.6) ? 'accept' : 'drop',
    protocol: anyOf(dice, ['all', 6, 17, 1]),
    ports: anyOf(dice, [
      { from: 0, to: 65535 },
      { from: 1024, to: 65535 },
      { from: 80, to: 80 },
    ]),
    peer: anyOf(dice, ranges),
  })
  const last = { id: '900', action: 'accept', protocol: 'all', ports: { from: 0, to: 65535 } }
  const list = (): object[] => [
    ...(dice.chance(0.3) ? [entry(1)] : []),
    ...(dice.chance(0.3) ? [entry(2)] : []),
    ...(dice.chance(0.85) ? [{ ...last, peer: '0.0.0.0/0' }] : []),
  ]
  return { id: `acl-${nth}`, vpcId: `vpc-${nth}`, ingress: list(), egress: list() }
}

function drawSubnet(dice: Dice, push: Push, nth: number, place: number): void {
  const id = `subnet-${nth}-${place}`
  const vpcId = `vpc-${nth}`
  const networkAclId = `acl-${nth}`
  const routeTableId = `rtb-${nth}-${place}`
  const range = { cidr: `10.${nth}.${place}.0/24`, ipv6Cidr: `2600:${nth}:0:${place}::/64` }
  push('subnet', { id, vpcId, zone: zones[place], ...range, networkAclId, routeTableId })
  push('routeTable', { id: routeTableId, vpcId, type: 'custom', routes: drawRoutes(dice, nth) })
  for (const host of [1, 2]) drawInstance(dice, push, nth, place, host)
}

function drawRoutes(dice: Dice, nth: number): object[] {
  const route = (destination: string, target: object): object => ({
    id: destination,
    destination,
    origin: 'custom',
    state: 'Available',
    nextHops: [{ target }],
  })
  const outward = [
    { kind: 'internetGateway', id: `igw-${nth}` },
    { kind: 'internetGateway', id: `igw-${nth}` },
    { kind: 'natGateway', id: `nat-${nth}` },
    { kind: 'natGateway', id: `nat-${nth}` },
    { kind: 'transitRouter', id: 'tgw-1' },
    { kind: 'vpnGateway', id: 'vgw-1' },
    { kind: 'networkInterface', id: `eni-${nth}-1-1` },
    { kind: 'blackhole' },
  ]
  const across = [
    { kind: 'transitRouter', id: 'tgw-1' },
    { kind: 'transitRouter', id: 'tgw-1' },
    { kind: 'peering', id: 'pcx-1' },
    { kind: 'natGateway', id: `nat-${nth}` },
  ]
  const six = [`igw-${nth}`, `eigw-${nth}`].map((id) => ({ kind: 'internetGateway', id }))
  return [
    route(`10.${nth}.0.0/16`, { kind: 'local' }),
    route(`2600:${nth}::/56`, { kind: 'local' }),
    route('0.0.0.0/0', anyOf(dice, outward)),
    ...(dice.chance(0.6) ? [route('::/0', anyOf(dice, six))] : []),
    ...nths
      .filter((other) => other !== nth && dice.chance(0.8))
      .map((other) => route(`10.${other}.0.0/16`, anyOf(dice, across))),
    ...(dice.chance(0.3) ? [route('172.20.0.0/16', { kind: 'vpnGateway', id: 'vgw-1' })] : []),
  ]
}

function drawInstance(dice: Dice, push: Push, nth: number, place: number, host: number): void {
  const name = `${nth}-${place}-${host}`
  const vpcId = `vpc-${nth}`
  const state = dice.chance(0.95) ? 'Running' : 'Stopped'
  push('instance', { id: `i-${name}`, state, network: 'vpc', vpcId })
  push('networkInterface', {
    id: `eni-${name}`,
    type: 'primary',
    state: 'InUse',
    vpcId,
    subnetId: `subnet-${nth}-${place}`,
    instanceId: `i-${name}`,
    addresses: [`10.${nth}.${place}.${10 + host}`],
    ...(dice.chance(0.5) && {
      ipv6Addresses: [{ address: `2600:${nth}:0:${place}::${host}`, internet: 'both' }],
    }),
    securityGroupIds: dice.chance(0.5) ? [`sg-${nth}-1`] : [`sg-${nth}-1`, `sg-${nth}-2`],
    sourceDestCheck: dice.chance(0.6),
  })
  if (dice.chance(0.5)) drawAddress(push, `203.0.113.${nth * 10 + place * 4 + host}`, `eni-${name}`)
}

function drawAddress(push: Push, address: string, id: string, kind = 'networkInterface'): void {
  const bound = { kind: 'eip', mode: 'nat', state: 'InUse', boundTo: { kind, id } }
  push('publicAddress', { id: `eip-${address}`, address, ...bound })
}

function drawNat(dice: Dice, push: Push, nth: number): void {
  const place = anyOf(dice, [0, 1])
  const subnetId = `subnet-${nth}-${place}`
  const privateAddress = `10.${nth}.${place}.200`
  const id = `nat-${nth}`
  const eni = `eni-nat-${nth}`
  const isPublic = dice.chance(0.7)
  const publicAddress = `203.0.113.${100 + nth}`
  push('networkInterface', {
    id: eni,
    type: 'secondary',
    state: 'InUse',
    vpcId: `vpc-${nth}`,
    subnetId,
    addresses: [privateAddress],
    securityGroupIds: [],
    sourceDestCheck: false,
    serves: { kind: 'natGateway', id },
  })
  const own = { privateAddress, networkInterfaceId: eni }
  push('natGateway', {
    id,
    vpcId: `vpc-${nth}`,
    subnetId,
    snat: [],
    dnat: [],
    reach: isPublic ? 'internet' : 'intranet',
    state: dice.chance(0.95) ? 'Available' : 'failed',
    addresses: [isPublic ? { ...own, publicAddress } : own],
  })
  if (isPublic) drawAddress(push, publicAddress, id, 'natGateway')
}

function drawLinks(dice: Dice, push: Push): void {
  const state = dice.chance(0.9) ? 'Activated' : 'pending-acceptance'
  push('peering', { id: 'pcx-1', requesterVpcId: 'vpc-1', accepterVpcId: 'vpc-2', state })
  push('vpnGateway', { id: 'vgw-1', vpcId: 'vpc-1', state: 'available' })
  const attachedTo = { kind: 'vpnGateway', id: 'vgw-1' }
  const routes = ['172.20.0.0/16']
  const routesComplete = dice.chance(0.5)
  push('line', { id: 'vpn-1', medium: 'vpn', attachedTo, routes, routesComplete })
  const behind = { kind: 'transitRouter', id: 'tgw-1' }
  push('line', {
    id: 'vpn-2',
    medium: 'vpn',
    attachedTo: behind,
    routes: ['172.21.0.0/16'],
    routesComplete,
  })
  push('transitRouter', drawRouter(dice))
}

function drawRouter(dice: Dice): object {
  const table = (): object => (dice.chance(0.9) ? { tableId: anyOf(dice, ['rt-1', 'rt-2']) } : {})
  const state = (): string => (dice.chance(0.95) ? 'available' : 'rejected')
  const vpcs = nths
    .filter(() => dice.chance(0.85))
    .map((nth) => ({
      id: `att-${nth}`,
      kind: 'vpc',
      resourceId: `vpc-${nth}`,
      state: state(),
      ...table(),
      ...(dice.chance(0.9) && {
        subnetIds: [0, 1]
          .filter((place) => place === 0 || dice.chance(0.6))
          .map((place) => `subnet-${nth}-${place}`),
      }),
    }))
  const line = { id: 'att-9', kind: 'line', resourceId: 'vpn-2', state: state(), ...table() }
  const ids = [...vpcs, line].map(({ id }) => id)
  const tables = ['rt-1', 'rt-2'].map((id) => ({
    id,
    routes: [
      ...(dice.chance(0.3) ? [{ destination: '10.2.0.0/16', attachmentIds: [] }] : []),
      ...(dice.chance(0.3)
        ? [{ destination: '0.0.0.0/0', attachmentIds: [anyOf(dice, ids)] }]
        : []),
    ],
    propagations: ids.filter(() => dice.chance(0.75)),
  }))
  return { id: 'tgw-1', state: 'available', attachments: [...vpcs, line], tables }
}

function drawBalancer(dice: Dice, push: Push): void {
  const fronts = [0, 1].map((place) => ({
    address: `10.1.${place}.250`,
    subnetId: `subnet-1-${place}`,
  }))
  const backend = (id: string): object => ({
    target: dice.chance(0.5)
      ? { kind: 'instance', id: `i-${id}` }
      : { kind: 'networkInterface', id: `eni-${id}` },
    port: 80,
    weight: 1,
    ...(dice.chance(0.3) && { health: anyOf(dice, ['healthy', 'unhealthy']) }),
  })
  push('loadBalancer', {
    id: 'lb-1',
    vpcId: 'vpc-1',
    state: 'active',
    frontends: fronts,
    crossZone: dice.chance(0.5),
    ...(dice.chance(0.4) && { securityGroupIds: ['sg-1-2'] }),
    listeners: [
      {
        protocol: 'tcp',
        port: 443,
        state: 'running',
        keepsClient: dice.chance(0.6),
        backends: [backend('1-0-1'), backend('1-1-2')],
      },
    ],
  })
}

const ends = [
  ...nths.flatMap((nth) =>
    [0, 1].flatMap((place) => [1, 2].map((host) => `i-${nth}-${place}-${host}`)),
  ),
  ...nths.map((nth) => `10.${nth}.1.12`),
]

/** A question that the network may be asked. */
export function drawQuestion(random: Random) {
  const dice = diceOf(random)
  const protocol = anyOf(dice, ['tcp', 'tcp', 'tcp', 'udp', 'icmp', 'any'] as const)
  const port = protocol === 'tcp' || protocol === 'udp' ? { port: anyOf(dice, [80, 443, 53]) } : {}
  const from = anyOf(dice, [...ends, ...ends, 'internet', '198.51.100.7', 'vgw-1', 'vpn-2'])
  const places = [
    'internet',
    '198.51.100.7',
    '10.1.0.250',
    '10.1.1.250',
    '203.0.113.11',
    '172.20.0.5',
  ]
  const to = anyOf(dice, [
    ...ends,
    ...ends,
    ...places,
    '172.21.0.5',
    'lb-1',
    '10.2.0.200',
    '2600:2:0:1::1',
  ])
  const source = dice.chance(0.7) ? { sourcePort: 40000 } : {}
  return { from, to, protocol, ...port, ...(port.port === undefined ? {} : source) }
}
