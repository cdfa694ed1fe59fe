import type { Dice } from './dice.ts'
import { favouritePorts } from './sketch-filters.ts'
import { drawFirewall } from './sketch-firewall.ts'
import { given, home, nextPublicAddress } from './sketch.ts'
import type { Drawing, Sketch } from './sketch.ts'

/** One to three classic instances, most of them linked to the first VPC. */
export function drawClassic({ dice, sketch }: Drawing): void {
  for (const nth of ['1', '2']) {
    sketch.securityGroup.push({
      ...home,
      id: `sg-classic-${nth}`,
      type: 'basic',
      intraGroup: dice.chance(0.6) ? 'accept' : 'drop',
      rules: [],
    })
  }
  const count = dice.whole(1, 3)
  for (let nth = 1; nth <= count; nth++) {
    const linkedVpcId = sketch.vpc[0].id
    sketch.instance.push({
      ...home,
      id: `i-classic-${nth}`,
      network: 'classic',
      state: dice.chance(0.95) ? 'Running' : 'Stopped',
      classic: {
        intranetAddress: `10.200.0.${nth}`,
        ...given(dice.chance(0.7), { publicAddress: nextPublicAddress(sketch) }),
        securityGroupIds: [dice.pick(['sg-classic-1', 'sg-classic-2'])],
        ...given(dice.chance(0.75), { linkedVpcId }),
      },
    })
  }
}

type Instance = Sketch['instance'][number]
type GuestRoute = NonNullable<Sketch['guests'][number]['routes']>[number]

/** What a collector saw in some of the instances; in relays more often. */
export function drawGuests(drawing: Drawing): void {
  const { dice, sketch } = drawing
  const hops = sketch.routeTable.flatMap(({ routes }) => routes.flatMap(({ nextHops }) => nextHops))
  const named = new Set(hops.map(({ target }) => ('id' in target ? target.id : '')))
  for (const instance of sketch.instance) {
    const own = sketch.networkInterface.filter(({ instanceId }) => instanceId === instance.id)
    const isRelay = named.has(instance.id) || own.some(({ id }) => named.has(id))
    if (!dice.chance(isRelay ? 0.85 : instance.classic ? 0.6 : 0.25)) continue
    const seesRoutes = dice.chance(0.5)
    const routes = instance.classic ? classicRoutes(drawing) : vpcRoutes(drawing, own)
    sketch.guests.push({
      ...home,
      instanceId: instance.id,
      ...given(dice.chance(0.92), { ipForward: dice.chance(isRelay ? 0.88 : 0.3) }),
      ...given(seesRoutes, { routes }),
      ...given(seesRoutes && dice.chance(0.5), { rules: rulesOf(drawing, instance, own) }),
      ...drawInside(drawing, own),
    })
  }
}

/** Devices, firewall and sockets, each in a part of the guests. */
function drawInside(
  drawing: Drawing,
  own: Sketch['networkInterface'],
): Pick<Sketch['guests'][number], 'devices' | 'firewall' | 'sockets'> {
  const { dice } = drawing
  const names = own.length > 0 ? own.map((_, nth) => `eth${nth}`) : ['eth0']
  const filters = ['off', 'strict', 'loose'] as const
  const devices = own.map(({ id: networkInterfaceId }, nth) => ({
    name: names[nth],
    networkInterfaceId,
    ...given(dice.chance(0.6), { reversePathFilter: dice.pick(filters) }),
  }))
  return {
    ...given(own.length > 0 && dice.chance(0.6), { devices }),
    ...(dice.chance(0.35) && { firewall: drawFirewall(drawing, names) }),
    ...(dice.chance(0.35) && { sockets: drawSockets(dice, own) }),
  }
}

/** Most ports are open to everybody, some on one address only, some on none. */
function drawSockets(
  dice: Dice,
  own: Sketch['networkInterface'],
): NonNullable<Sketch['guests'][number]['sockets']> {
  const addresses = own.flatMap((eni) => [...eni.addresses.slice(0, 1), ...ipv6Of(eni)])
  return (['tcp', 'udp'] as const).flatMap((protocol) =>
    favouritePorts.flatMap((port) =>
      dice
        .weighted<readonly string[]>([
          [5, ['0.0.0.0', '::']],
          [1, ['0.0.0.0']],
          [1, ['::']],
          [addresses.length > 0 ? 1.5 : 0, addresses.length > 0 ? [dice.pick(addresses)] : []],
          [0.7, ['127.0.0.1', '::1']],
          [1.3, []],
        ])
        .map((address) => ({ protocol, address, port })),
    ),
  )
}

const ipv6Of = ({ ipv6Addresses = [] }: Sketch['networkInterface'][number]): readonly string[] =>
  ipv6Addresses.slice(0, 1).map(({ address }) => address)

function classicRoutes({ dice, sketch }: Drawing): GuestRoute[] {
  const networkInterfaceId = sketch.networkInterface[0].id
  const destinations = dice.some(['10.0.0.0/8', '192.168.0.0/16', '172.16.0.0/12'], 0.6)
  return destinations.map((destination) => ({ destination, networkInterfaceId }))
}

/** Connected routes and a default by the primary interface; a table 1001 for the last one. */
function vpcRoutes({ dice, sketch }: Drawing, own: Sketch['networkInterface']): GuestRoute[] {
  const connected = own.flatMap(({ id, subnetId }) => {
    const subnet = sketch.subnet.find((item) => item.id === subnetId)
    const ranges = subnet ? [subnet.cidr, ...(subnet.ipv6Cidr ? [subnet.ipv6Cidr] : [])] : []
    return ranges.map((destination) => ({ destination, networkInterfaceId: id, metric: 0 }))
  })
  const defaults = own.flatMap(({ id, type }) => {
    const metric = type === 'primary' ? 100 : 200
    const both = ['0.0.0.0/0', '::/0']
    return both.map((destination) => ({ destination, networkInterfaceId: id, metric }))
  })
  const last = own.at(-1)
  const extra = last
    ? ['0.0.0.0/0', '::/0'].map((destination) => ({
        destination,
        networkInterfaceId: last.id,
        table: 1001,
      }))
    : []
  const kept = dice.chance(0.88) ? defaults : []
  return [...connected, ...kept, ...(dice.chance(0.7) ? extra : [])]
}

function rulesOf({ dice }: Drawing, { id }: Instance, own: Sketch['networkInterface']) {
  const last = own.at(-1)
  const from = last ? `${last.addresses[0]}/32` : undefined
  const policy = { priority: 100, ...given(from !== undefined, { from }), table: 1001 }
  const main = { priority: 32766, table: 254 }
  const withPolicy = from !== undefined && (dice.chance(0.85) || id === '')
  return withPolicy ? [policy, main, { priority: 32767, table: 253 }] : [main]
}

/** Services of the region and of one VPC. */
export function drawServices({ dice, sketch }: Drawing): void {
  sketch.cloudService.push({
    ...home,
    id: 'oss',
    cidrs: ['100.118.28.0/24'],
    ports: [{ from: 443, to: 443 }],
  })
  if (dice.chance(0.5)) {
    const { id: vpcId } = dice.pick(sketch.vpc)
    sketch.cloudService.push({ ...home, id: 'rds', cidrs: ['100.64.9.0/28'], vpcId })
  }
}
