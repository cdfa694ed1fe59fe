import { diceOf, type Dice, type Random } from '#conformance'
import { type Network, parseNetwork } from '#model'

const home = { provider: 'azure', account: 'sub-1', region: 'westeurope' } as const
const nths = [1, 2, 3] as const

type Lists = Record<string, object[]>
type Push = (kind: string, item: object) => void

/**
 * A random Azure network: a hub 10.1.0.0/16 with an appliance and a gateway, two spokes 10.2 and
 * 10.3 with two subnets each, filters of every kind, ways out, load balancers, private endpoints.
 */
export function drawAzure(random: Random): Network {
  const dice = diceOf(random)
  const lists: Lists = {}
  const push: Push = (kind, item) => {
    lists[kind] = [...(lists[kind] ?? []), { ...home, ...item }]
  }
  for (const nth of nths) drawVnet(dice, push, nth)
  drawPeerings(dice, push)
  drawGateway(dice, push)
  drawBalancers(dice, push)
  push('prefixList', { id: 'Storage', cidrs: ['198.51.100.0/26'] })
  if (dice.chance(0.3)) forget(dice, lists)
  const parsed = parseNetwork({ kind: 'hopwise.network/v1', ...lists })
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
  return parsed.network
}

const forgettable = [
  'securityGroup',
  'routeTable',
  'publicAddress',
  'natGateway',
  'peering',
  'vpnGateway',
  'line',
  'loadBalancer',
  'prefixList',
  'endpoint',
  'networkInterface',
] as const

/** The same network of which one resource, or all of a kind, was not read, as it says itself. */
export function forgetful(network: Network, random: Random): Network {
  const lists = JSON.parse(JSON.stringify(network))
  forget(diceOf(random), lists)
  const parsed = parseNetwork(lists)
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
  return parsed.network
}

function forget(dice: Dice, lists: Lists): void {
  const kind = dice.pick(forgettable)
  const items = lists[kind] ?? []
  const lost = items.length === 0 ? undefined : dice.pick(items)
  const whole = dice.chance(0.3)
  // A resource may also stand in the file, and be in doubt.
  const kept = dice.chance(0.2) ? items : items.filter((item) => item !== lost)
  lists[kind] = whole ? [] : kept
  const id = lost && 'id' in lost ? lost.id : undefined
  const gap = { kind, provider: 'azure', call: `az show ${kind}` }
  lists.gaps = [whole || id === undefined ? gap : { ...gap, id }]
}

function drawVnet(dice: Dice, push: Push, nth: number): void {
  const managed = dice.chance(0.3)
  push('vpc', {
    id: `vnet-${nth}`,
    cidrs: [`10.${nth}.0.0/16`],
    ...(managed && { adminGroupIds: dice.chance(0.5) ? ['admin-1'] : ['admin-1', 'admin-2'] }),
  })
  if (nth === 1)
    for (const id of ['admin-1', 'admin-2']) push('securityGroup', drawGroup(dice, id, 'admin'))
  for (const group of [1, 2])
    push('securityGroup', drawGroup(dice, `nsg-${nth}-${group}`, 'network'))
  push('securityGroup', { id: `asg-${nth}`, type: 'application', intraGroup: 'drop', rules: [] })
  push('routeTable', drawTable(dice, nth))
  if (dice.chance(0.5)) {
    const id = `nat-${nth}`
    const gateway = { id, vpcId: `vnet-${nth}`, reach: 'internet', state: 'Available' }
    push('natGateway', { ...gateway, snat: [], dnat: [] })
    drawAddress(push, `203.0.113.${100 + nth}`, id, 'natGateway')
  }
  for (const place of [0, 1]) drawSubnet(dice, push, nth, place)
}

const sides = [
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.1.0.0/16',
  '10.2.1.0/24',
  '10.2.0.11/32',
  '198.51.100.0/24',
]
const tags = [
  'VirtualNetwork',
  'VirtualNetwork',
  'Internet',
  'AzureLoadBalancer',
  'AzurePlatformDNS',
]

function drawSide(dice: Dice): object {
  if (dice.chance(0.4)) return { kind: 'serviceTag', tag: dice.pick(tags) }
  if (dice.chance(0.2)) return { kind: 'group', groupId: `asg-${dice.pick(nths)}` }
  if (dice.chance(0.15)) return { kind: 'prefixList', prefixListId: 'Storage' }
  return { kind: 'cidr', cidr: dice.pick(sides) }
}

function drawGroup(dice: Dice, id: string, type: string): object {
  const manager = type === 'admin'
  const rule = (_: unknown, nth: number): object => {
    const accept = dice.chance(manager ? 0.5 : 0.6)
    return {
      id: `${id}/${nth}`,
      direction: dice.pick(['ingress', 'egress']),
      action: accept ? 'accept' : 'drop',
      priority: 100 + nth,
      protocol: dice.pick(['all', 6, 6, 17, 1]),
      ports: dice.chance(0.5) ? [] : [{ from: 80, to: dice.pick([80, 443]) }],
      peer: dice.chance(0.2)
        ? { kind: 'anyOf', peers: [drawSide(dice), drawSide(dice)] }
        : drawSide(dice),
      ...(dice.chance(0.3) && { own: [drawSide(dice)] }),
      ...(dice.chance(0.1) && { sourcePorts: [{ from: 1024, to: 65_535 }] }),
      ...(manager && accept && dice.chance(0.5) && { final: true }),
    }
  }
  const own = Array.from({ length: dice.whole(0, 3) }, rule)
  return { id, type, intraGroup: 'drop', rules: manager ? own : [...own, ...defaults(id)] }
}

const everybody = {
  kind: 'anyOf',
  peers: ['0.0.0.0/0', '::/0'].map((cidr) => ({ kind: 'cidr', cidr })),
}
const tag = (name: string): object => ({ kind: 'serviceTag', tag: name })

/** The six default rules of a network security group. */
function defaults(group: string): readonly object[] {
  const vnet = tag('VirtualNetwork')
  const rule = (name: string, priority: number, action: string, peer: object, own?: object[]) => ({
    id: `${group}/${name}`,
    direction: name.startsWith('in') ? 'ingress' : 'egress',
    priority,
    action,
    peer,
    protocol: 'all',
    ports: [],
    ...(own && { own }),
  })
  return [
    rule('in-vnet', 65_000, 'accept', vnet, [vnet]),
    rule('in-lb', 65_001, 'accept', tag('AzureLoadBalancer')),
    rule('in-deny', 65_500, 'drop', everybody),
    rule('out-vnet', 65_000, 'accept', vnet, [vnet]),
    rule('out-net', 65_001, 'accept', tag('Internet')),
    rule('out-deny', 65_500, 'drop', everybody),
  ]
}

function drawTable(dice: Dice, nth: number): object {
  const target = (): object =>
    dice.pick([
      { kind: 'address', address: '10.1.0.4' },
      { kind: 'address', address: '10.1.0.4' },
      { kind: 'address', address: '10.1.1.250' },
      { kind: 'blackhole' },
      { kind: 'internet' },
      { kind: 'gateway' },
      { kind: 'local' },
    ])
  const destinations = ['0.0.0.0/0', '10.2.0.0/16', '10.3.0.0/16', '10.0.0.0/8', '10.2.1.12/32']
  return {
    id: `rt-${nth}`,
    type: 'custom',
    ...(dice.chance(0.3) && { takesGatewayRoutes: false }),
    routes: destinations
      .filter(() => dice.chance(0.35))
      .map((destination) => ({
        id: `rt-${nth}/${destination}`,
        destination,
        origin: 'custom',
        state: 'Available',
        nextHops: [{ target: target() }],
      })),
  }
}

function drawSubnet(dice: Dice, push: Push, nth: number, place: number): void {
  const id = `subnet-${nth}-${place}`
  push('subnet', {
    id,
    vpcId: `vnet-${nth}`,
    cidr: `10.${nth}.${place}.0/24`,
    ...(dice.chance(0.6) && { routeTableId: `rt-${nth}` }),
    ...(dice.chance(0.6) && { securityGroupId: `nsg-${nth}-1` }),
    ...(dice.chance(0.3) && { defaultOutboundAccess: false }),
    ...(dice.chance(0.3) && { serviceEndpoints: ['Storage'] }),
    ...(dice.chance(0.4) && {
      endpointPolicies: { securityGroup: dice.chance(0.5), routeTable: dice.chance(0.5) },
    }),
  })
  for (const host of [1, 2]) drawHost(dice, push, nth, place, host)
  if (place === 1 && dice.chance(0.7)) drawEndpoint(dice, push, nth)
}

function drawHost(dice: Dice, push: Push, nth: number, place: number, host: number): void {
  const id = `${nth}-${place}-${host}`
  const vpcId = `vnet-${nth}`
  const appliance = nth === 1 && place === 0 && host === 1
  const address = appliance ? '10.1.0.4' : `10.${nth}.${place}.${10 + host}`
  const state = dice.chance(0.95) ? 'Running' : 'Stopped'
  push('instance', { id: `vm-${id}`, state, network: 'vpc', vpcId })
  push('networkInterface', {
    id: `nic-${id}`,
    type: 'primary',
    state: 'InUse',
    vpcId,
    subnetId: `subnet-${nth}-${place}`,
    instanceId: `vm-${id}`,
    addresses: [address],
    securityGroupIds: [
      ...(dice.chance(0.5) ? [`nsg-${nth}-2`] : []),
      ...(dice.chance(0.5) ? [`asg-${nth}`] : []),
    ],
    sourceDestCheck: !(appliance && dice.chance(0.9)),
  })
  if (appliance && dice.chance(0.8))
    push('guests', { instanceId: `vm-${id}`, collectedAt: '2026-01-01T00:00:00Z', ipForward: true })
  if (host === 1 && dice.chance(0.4))
    drawAddress(push, `203.0.113.${10 * nth + place}`, `nic-${id}`, 'networkInterface')
}

function drawEndpoint(dice: Dice, push: Push, nth: number): void {
  const id = `pe-${nth}`
  const vpcId = `vnet-${nth}`
  const state = dice.chance(0.9) ? 'Approved' : 'Pending'
  push('endpoint', { id, vpcId, type: 'interface', state, networkInterfaceIds: [`nic-pe-${nth}`] })
  push('networkInterface', {
    id: `nic-pe-${nth}`,
    type: 'primary',
    state: 'InUse',
    vpcId,
    subnetId: `subnet-${nth}-1`,
    addresses: [`10.${nth}.1.40`],
    securityGroupIds: [],
    serves: { kind: 'endpoint', id },
  })
}

function drawAddress(push: Push, address: string, id: string, kind: string): void {
  const boundTo = { kind, id }
  push('publicAddress', {
    id: `pip-${address}`,
    kind: 'eip',
    mode: 'nat',
    state: 'InUse',
    address,
    boundTo,
    closed: address.endsWith('0'),
  })
}

function drawPeerings(dice: Dice, push: Push): void {
  const side = (gateway: object): object => ({
    access: dice.chance(0.95),
    forwarded: dice.chance(0.6),
    ...gateway,
  })
  for (const far of [2, 3]) {
    const uses = dice.chance(0.5)
    push('peering', {
      id: `peer-1-${far}`,
      requesterVpcId: 'vnet-1',
      accepterVpcId: `vnet-${far}`,
      state: dice.chance(0.9) ? 'Activated' : 'Disconnected',
      sides: {
        requester: side({ lendsGateway: dice.chance(0.8), usesGateway: false }),
        accepter: side({ lendsGateway: false, usesGateway: uses }),
      },
    })
  }
}

function drawGateway(dice: Dice, push: Push): void {
  push('vpnGateway', { id: 'vgw-1', vpcId: 'vnet-1', state: 'Succeeded' })
  push('line', {
    id: 'conn-1',
    medium: 'vpn',
    attachedTo: { kind: 'vpnGateway', id: 'vgw-1' },
    routes: ['172.20.0.0/16', '10.2.1.0/25'],
    routesComplete: dice.chance(0.8),
  })
}

function drawBalancers(dice: Dice, push: Push): void {
  const backends = ['nic-2-0-1', 'nic-2-1-2'].map((id) => ({ kind: 'networkInterface', id }))
  const listener = {
    protocol: 'tcp',
    port: 443,
    state: 'running',
    keepsClient: true,
    backends: backends.map((target) => ({ target, port: 80, weight: 1 })),
  }
  push('loadBalancer', {
    id: 'lb-in',
    vpcId: 'vnet-2',
    state: 'active',
    subnetId: 'subnet-2-0',
    address: '10.2.0.250',
    listeners: [listener],
  })
  push('loadBalancer', {
    id: 'lb-out',
    vpcId: 'vnet-2',
    state: 'active',
    listeners: [listener],
    ...(dice.chance(0.6) && { outbound: backends }),
  })
  drawAddress(push, '203.0.113.200', 'lb-out', 'loadBalancer')
  push('loadBalancer', {
    id: 'lb-nva',
    vpcId: 'vnet-1',
    state: 'active',
    subnetId: 'subnet-1-1',
    address: '10.1.1.250',
    listeners: [],
    everyPort: [{ kind: 'networkInterface', id: 'nic-1-0-1' }],
  })
}

const ends = nths.flatMap((nth) =>
  [0, 1].flatMap((place) => [1, 2].map((host) => `vm-${nth}-${place}-${host}`)),
)

/** A question that the network may be asked. */
export function drawAzureQuestion(random: Random) {
  const dice = diceOf(random)
  const protocol = dice.pick(['tcp', 'tcp', 'tcp', 'udp', 'icmp', 'any'] as const)
  const port = protocol === 'tcp' || protocol === 'udp' ? { port: dice.pick([80, 443, 53]) } : {}
  const strangers = ['internet', '198.51.100.7', '198.51.100.200', 'vgw-1', 'conn-1']
  const from = dice.pick([...ends, ...ends, ...strangers])
  const places = ['203.0.113.10', '203.0.113.20', '203.0.113.200', '172.20.0.5', '10.2.0.250']
  const more = ['10.1.1.40', '10.2.1.40', '168.63.129.16', '169.254.169.254', '10.9.0.4', 'lb-in']
  const to = dice.pick([...ends, ...ends, ...ends, ...strangers.slice(0, 4), ...places, ...more])
  const source = dice.chance(0.7) ? { sourcePort: 40000 } : {}
  return { from, to, protocol, ...port, ...(port.port === undefined ? {} : source) }
}
