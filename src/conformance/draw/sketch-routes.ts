import { given, home, interfacesOf, subnetsOf } from './sketch.ts'
import type { Drawing, Sketch } from './sketch.ts'

type Vpc = Sketch['vpc'][number]
type Route = Sketch['routeTable'][number]['routes'][number]
type Hop = Route['nextHops'][number]
type Target = Hop['target']

/** Peerings and router interfaces between the VPCs, and what leads out of the model. */
export function drawLinks({ dice, sketch }: Drawing): void {
  for (const one of sketch.vpc) {
    for (const other of sketch.vpc) {
      if (one.id >= other.id || !dice.chance(0.92)) continue
      const pair = `${one.id.slice(4)}-${other.id.slice(4)}`
      if (dice.chance(0.4)) {
        sketch.peering.push({
          ...home,
          id: `pcc-${pair}`,
          requesterVpcId: one.id,
          accepterVpcId: other.id,
          state: dice.chance(0.9) ? 'Activated' : 'Rejected',
        })
      } else {
        for (const nth of ['1', '2', '3'])
          addRouterInterfaces({ dice, sketch }, `${pair}-${nth}`, one, other)
      }
    }
  }
  const [{ id: vpcId }] = sketch.vpc
  sketch.vpnGateway.push({ ...home, id: 'vpn-1', vpcId })
  sketch.line.push({ ...home, id: 'vbr-1' })
  sketch.transitRouter.push({ ...home, id: 'tr-1' })
  sketch.loadBalancer.push({ ...home, id: 'lb-1', vpcId })
  const common = { ...home, state: 'Active' }
  sketch.routerInterface.push({ ...common, id: 'ri-out', vpcId, oppositeId: 'ri-vbr' })
  sketch.routerInterface.push({ ...common, id: 'ri-vbr', oppositeId: 'ri-out' })
  sketch.peering.push({
    ...home,
    id: 'pcc-foreign',
    requesterVpcId: vpcId,
    accepterVpcId: 'vpc-elsewhere',
    state: 'Activated',
  })
}

function addRouterInterfaces({ dice, sketch }: Drawing, pair: string, one: Vpc, other: Vpc): void {
  const state = dice.chance(0.85) ? 'Active' : 'Inactive'
  const [a, b] = [`ri-${pair}-a`, `ri-${pair}-b`]
  const near = { ...home, id: a, vpcId: one.id, oppositeId: b, oppositeVpcId: other.id, state }
  const far = { ...home, id: b, vpcId: other.id, oppositeId: a, oppositeVpcId: one.id }
  const locked = given(dice.chance(0.04), { locks: ['financial'] })
  sketch.routerInterface.push(near, { ...far, state: 'Active', ...locked })
}

/** System, custom and gateway tables of every VPC. */
export function drawTables(drawing: Drawing): void {
  const { dice, sketch } = drawing
  for (const vpc of sketch.vpc) {
    const nth = vpc.id.slice(4)
    const customs = Array.from(
      { length: dice.whole(0, 2) },
      (_, place) => `rtb-${nth}-${place + 1}`,
    )
    addTable(drawing, vpc, `rtb-${nth}-0`, 'system')
    for (const id of customs) addTable(drawing, vpc, id, 'custom')
    for (const subnet of subnetsOf(sketch, vpc.id)) {
      if (customs.length > 0 && dice.chance(0.5)) subnet.routeTableId = dice.pick(customs)
    }
    drawGatewayTable(drawing, vpc)
    routeNatToGateway(drawing, vpc)
  }
}

function addTable(drawing: Drawing, vpc: Vpc, id: string, type: 'system' | 'custom'): void {
  const { dice, sketch } = drawing
  const routes = new Map<string, Route>()
  const add = (destination: string, nextHops: Hop[], origin: Route['origin'] = 'custom') => {
    const state = dice.chance(0.96) ? 'Available' : dice.pick(['Pending', 'Deleting'] as const)
    const route: Route = { id: `${id}/${destination}`, destination, origin, state, nextHops }
    if (!routes.has(destination)) routes.set(destination, route)
  }
  if (dice.chance(0.3)) {
    for (const { cidr } of subnetsOf(sketch, vpc.id))
      add(cidr, [{ target: { kind: 'local' } }], 'system')
  }
  for (const { cidr } of subnetsOf(sketch, vpc.id)) {
    if (type === 'custom' && dice.chance(0.15)) add(cidr, [{ target: relayTarget(drawing, vpc) }])
  }
  if (dice.chance(0.9)) add('0.0.0.0/0', defaultHops(drawing, vpc))
  for (const other of sketch.vpc) {
    if (other.id !== vpc.id && dice.chance(0.9)) {
      for (const destination of rangesToward(drawing, other))
        add(destination, linkHops(drawing, vpc, other))
    }
  }
  if (dice.chance(0.5)) add('172.31.0.0/16', [{ target: outwardTarget(drawing, vpc) }])
  if (dice.chance(0.12)) add('203.0.113.0/24', [{ target: oddTarget(drawing, vpc) }])
  if (dice.chance(0.05)) add('40.0.0.0/8', [{ target: relayTarget(drawing, vpc) }])
  const gateway = sketch.internetGateway.find(
    ({ kind, vpcId }) => kind === 'ipv6' && vpcId === vpc.id,
  )
  if (gateway && dice.chance(0.85)) {
    add('::/0', [{ target: { kind: 'internetGateway', id: gateway.id } }])
  }
  sketch.routeTable.push({ ...home, id, vpcId: vpc.id, type, routes: [...routes.values()] })
}

/** What a table writes for another VPC: its range, a vSwitch of it, its IPv6 range. */
function rangesToward({ dice, sketch }: Drawing, other: Vpc): readonly string[] {
  const subnet = dice.pick(subnetsOf(sketch, other.id)).cidr
  const ipv6 = dice.chance(0.6) ? (other.ipv6Cidrs ?? []) : []
  return [...(dice.chance(0.95) ? other.cidrs : []), ...(dice.chance(0.3) ? [subnet] : []), ...ipv6]
}

function linkHops({ dice, sketch }: Drawing, vpc: Vpc, other: Vpc): Hop[] {
  const peering = sketch.peering.find(
    ({ requesterVpcId: a, accepterVpcId: b }) =>
      (a === vpc.id && b === other.id) || (b === vpc.id && a === other.id),
  )
  const ends = sketch.routerInterface.filter(
    ({ vpcId, oppositeVpcId }) => vpcId === vpc.id && oppositeVpcId === other.id,
  )
  if (ends.length > 0) return weighedHops({ dice, sketch }, ends)
  const target: Target = peering
    ? { kind: 'peering', id: peering.id }
    : dice.weighted<Target>([
        [2, { kind: 'transitRouter', id: 'tr-1' }],
        [1, { kind: 'peering', id: 'pcc-gone' }],
        [1, { kind: 'blackhole' }],
        [2, { kind: 'vpnGateway', id: 'vpn-1' }],
      ])
  return [{ target }]
}

/** One end, two equal ones, active and standby, or one switched off. */
function weighedHops({ dice }: Drawing, ends: Sketch['routerInterface']): Hop[] {
  const hops = ends.map(({ id }): Hop => ({ target: { kind: 'routerInterface', id } }))
  const [first, second] = hops
  return dice.weighted<Hop[]>([
    [2, [first]],
    [5, [first, second]],
    [
      2,
      [
        { ...first, weight: 100 },
        { ...second, weight: 0 },
      ],
    ],
    [
      1,
      [
        { ...first, weight: 100, enabled: false },
        { ...second, weight: 0 },
      ],
    ],
    [1, [{ ...first, enabled: false }]],
    [2, hops],
  ])
}

function defaultHops(drawing: Drawing, vpc: Vpc): Hop[] {
  const { dice, sketch } = drawing
  const nats = sketch.natGateway.filter(({ vpcId }) => vpcId === vpc.id)
  const gateway = sketch.internetGateway.find(
    ({ kind, vpcId }) => kind === 'ipv4' && vpcId === vpc.id,
  )
  const relay = relayTarget(drawing, vpc)
  return dice.weighted<Hop[]>([
    [nats.length > 0 ? 6 : 0, [{ target: { kind: 'natGateway', id: nats.at(-1)?.id ?? '' } }]],
    [gateway ? 8 : 0, [{ target: { kind: 'internetGateway', id: gateway?.id ?? '' } }]],
    [2, [{ target: relay }]],
    [2, [{ target: relay }, { target: relayTarget(drawing, vpc) }]],
    [1, [{ target: outwardTarget(drawing, vpc) }]],
    [1, [{ target: oddTarget(drawing, vpc) }]],
  ])
}

/** An instance, interface or HaVip of the VPC, its firewall as a rule. */
function relayTarget({ dice, sketch }: Drawing, vpc: Vpc): Target {
  const eni = dice.pick(interfacesOf(sketch, vpc.id))
  const haVips = sketch.haVip.filter(({ id }) => id.startsWith(`havip-${vpc.id.slice(4)}-`))
  const firewall = sketch.instance.find(({ vpcId }) => vpcId === vpc.id)?.id ?? ''
  return dice.weighted<Target>([
    [4, { kind: 'instance', id: firewall }],
    [2, { kind: 'instance', id: eni.instanceId ?? firewall }],
    [2, { kind: 'networkInterface', id: eni.id }],
    [haVips.length > 0 ? 2 : 0, { kind: 'haVip', id: haVips[0]?.id ?? '' }],
  ])
}

/** What leads out of the model, or to something it does not analyse. */
function outwardTarget({ dice, sketch }: Drawing, vpc: Vpc): Target {
  const first = sketch.vpc[0].id === vpc.id
  return dice.weighted<Target>([
    [3, { kind: 'vpnGateway', id: 'vpn-1' }],
    [1, { kind: 'line', id: 'vbr-1' }],
    [first ? 3 : 0, { kind: 'routerInterface', id: 'ri-out' }],
    [0.5, { kind: 'transitRouter', id: 'tr-1' }],
    [0.5, { kind: 'unsupported', id: 'gw-1', word: 'Ecr' }],
  ])
}

/** Next hops that lose packets. */
function oddTarget({ dice, sketch }: Drawing, vpc: Vpc): Target {
  const elsewhere = dice.pick(sketch.networkInterface).id
  return dice.pick<Target>([
    { kind: 'blackhole' },
    { kind: 'natGateway', id: 'ngw-gone' },
    { kind: 'instance', id: 'i-gone' },
    { kind: 'networkInterface', id: elsewhere },
    {
      kind: 'internetGateway',
      id: dice.pick(sketch.internetGateway.map(({ id }) => id).concat('igw-gone')),
    },
    { kind: 'peering', id: sketch.vpc[0].id === vpc.id ? 'pcc-foreign' : 'pcc-gone' },
  ])
}

/** A gateway table that steers some vSwitches through an interface. */
function drawGatewayTable({ dice, sketch }: Drawing, vpc: Vpc): void {
  const gateway = sketch.internetGateway.find(
    ({ kind, vpcId }) => kind === 'ipv4' && vpcId === vpc.id,
  )
  if (!gateway || !dice.chance(0.5)) return
  const id = `rtb-${vpc.id.slice(4)}-gw`
  gateway.routeTableId = id
  const routes = subnetsOf(sketch, vpc.id).map(({ cidr }): Route => {
    const eni = dice.pick(interfacesOf(sketch, vpc.id))
    const target = dice.weighted<Target>([
      [2, { kind: 'local' }],
      [1, { kind: 'networkInterface', id: eni.id }],
      [1, { kind: 'instance', id: eni.instanceId ?? 'i-gone' }],
    ])
    const state = dice.chance(0.95) ? 'Available' : 'Pending'
    return {
      id: `${id}/${cidr}`,
      destination: cidr,
      origin: 'custom',
      state,
      nextHops: [{ target }],
    }
  })
  sketch.routeTable.push({ ...home, id, vpcId: vpc.id, type: 'gateway', routes })
}

/** In gateway mode a careful owner gives NAT gateways a vSwitch with a route to the gateway. */
function routeNatToGateway({ dice, sketch }: Drawing, vpc: Vpc): void {
  const gateway = sketch.internetGateway.find(
    ({ kind, vpcId, enabled }) => kind === 'ipv4' && vpcId === vpc.id && enabled,
  )
  const nat = sketch.natGateway.find(({ vpcId }) => vpcId === vpc.id)
  const subnet = sketch.subnet.find(({ id }) => id === nat?.subnetId)
  if (!gateway || !subnet || !dice.chance(0.8)) return
  const id = `rtb-${vpc.id.slice(4)}-nat`
  const before = subnet.routeTableId ?? `rtb-${vpc.id.slice(4)}-0`
  const routes = sketch.routeTable
    .filter((table) => table.id === before)
    .flatMap((table) => table.routes)
  const destination = '0.0.0.0/0'
  const route: Route = {
    id: `${id}/${destination}`,
    destination,
    origin: 'custom',
    state: 'Available',
    nextHops: [{ target: { kind: 'internetGateway', id: gateway.id } }],
  }
  const kept = routes.filter((other) => other.destination !== destination)
  sketch.routeTable.push({ ...home, id, vpcId: vpc.id, type: 'custom', routes: [...kept, route] })
  subnet.routeTableId = id
}
