import { given, home, interfacesOf, nextPublicAddress, subnetsOf } from './sketch.ts'
import type { Drawing, Sketch } from './sketch.ts'
import { favouritePorts } from './sketch-filters.ts'

type PublicAddress = Sketch['publicAddress'][number]
type Binding = NonNullable<PublicAddress['boundTo']>

/** One more public address; its state is healthy as a rule. */
export function addPublicAddress(
  { dice, sketch }: Drawing,
  boundTo: Binding | undefined,
  mode: PublicAddress['mode'] = 'nat',
  kind: PublicAddress['kind'] = 'eip',
): string {
  const address = nextPublicAddress(sketch)
  const healthy = dice.chance(0.93)
  const odd = dice.pick(['Associating', 'Unassociating'] as const)
  sketch.publicAddress.push({
    ...home,
    id: `eip-${sketch.publicAddress.length + 1}`,
    kind,
    address,
    mode,
    state: !boundTo ? 'Available' : healthy ? 'InUse' : odd,
    ...(boundTo === undefined ? {} : { boundTo }),
    ...given(dice.chance(0.03), { locks: ['financial'] }),
  })
  return address
}

/** Public addresses of instances, interfaces and HaVips, and some that lead nowhere. */
export function drawPublicAddresses(drawing: Drawing): void {
  const { dice, sketch } = drawing
  for (const { id, network } of sketch.instance) {
    if (network !== 'vpc' || !dice.chance(0.35)) continue
    const bound = { kind: 'instance', id } as const
    addPublicAddress(drawing, bound, 'nat', dice.chance(0.4) ? 'natPublicIp' : 'eip')
  }
  for (const eni of sketch.networkInterface) drawInterfaceAddress(drawing, eni)
  for (const { id } of sketch.haVip) {
    if (dice.chance(0.35)) addPublicAddress(drawing, { kind: 'haVip', id })
  }
  if (dice.chance(0.5)) addPublicAddress(drawing, undefined)
  if (dice.chance(0.4)) addPublicAddress(drawing, { kind: 'loadBalancer', id: 'lb-1' })
}

function drawInterfaceAddress(
  drawing: Drawing,
  { id, type, addresses, instanceId }: Sketch['networkInterface'][number],
): void {
  const { dice } = drawing
  if (type === 'secondary' && instanceId !== undefined && addresses.length === 1) {
    if (dice.chance(0.15)) {
      addPublicAddress(drawing, { kind: 'networkInterface', id }, 'cut-through')
      return
    }
  }
  if (!dice.chance(0.1)) return
  const privateAddress = dice.pick(addresses)
  const bound = { kind: 'networkInterface', id, ...given(dice.chance(0.8), { privateAddress }) }
  addPublicAddress(drawing, { ...bound, kind: 'networkInterface' }, dice.pick(modes))
}

const modes = ['nat', 'nat', 'nat', 'multi-visible'] as const

/** IPv4 gateways in some VPCs, IPv6 gateways where there is IPv6. */
export function drawGateways({ dice, sketch }: Drawing): void {
  for (const { id, ipv6Cidrs, internetAccess } of sketch.vpc) {
    const nth = id.slice(4)
    const state = 'Available'
    if (internetAccess !== 'none' && dice.chance(0.4)) {
      const enabled = dice.chance(0.85)
      sketch.internetGateway.push({
        ...home,
        id: `ipv4gw-${nth}`,
        kind: 'ipv4',
        vpcId: id,
        state,
        enabled,
      })
    }
    if (ipv6Cidrs && dice.chance(0.85)) {
      const enabled = dice.chance(0.95)
      sketch.internetGateway.push({
        ...home,
        id: `ipv6gw-${nth}`,
        kind: 'ipv6',
        vpcId: id,
        state,
        enabled,
      })
    }
  }
}

/** NAT gateways with their EIPs, SNAT and DNAT entries. */
export function drawNatGateways(drawing: Drawing): void {
  const { dice, sketch } = drawing
  for (const { id } of sketch.vpc) {
    for (let nth = 1; nth <= 2 && dice.chance(nth === 1 ? 0.75 : 0.3); nth++) {
      drawNatGateway(drawing, id, `ngw-${id.slice(4)}-${nth}`)
    }
  }
}

function drawNatGateway(drawing: Drawing, vpcId: string, id: string): void {
  const { dice, sketch } = drawing
  const bound = { kind: 'natGateway', id } as const
  const eips = Array.from({ length: dice.whole(1, 2) }, () => addPublicAddress(drawing, bound))
  sketch.natGateway.push({
    ...home,
    id,
    vpcId,
    subnetId: dice.pick(subnetsOf(sketch, vpcId)).id,
    reach: dice.chance(0.96) ? 'internet' : 'intranet',
    state: dice.chance(0.94) ? 'Available' : 'Creating',
    ...given(dice.chance(0.03), { locks: ['financial'] }),
    snat: drawSnat(drawing, vpcId, id, eips),
    dnat: drawDnat(drawing, vpcId, id, eips),
  })
}

type NatGateway = Sketch['natGateway'][number]

function drawSnat(
  { dice, sketch }: Drawing,
  vpcId: string,
  id: string,
  eips: readonly string[],
): NatGateway['snat'] {
  const vpc = sketch.vpc.filter((item) => item.id === vpcId).flatMap(({ cidrs }) => cidrs)
  const subnets = dice.some(subnetsOf(sketch, vpcId), 0.4)
  const enis = dice.some(interfacesOf(sketch, vpcId), 0.1)
  const entry = (source: string, nth: number) => ({
    id: `snat-${id}-${nth}`,
    state: dice.chance(0.95) ? ('Available' as const) : ('Pending' as const),
    source,
    addresses: dice.chance(0.06) ? ['47.100.9.9'] : dice.some(eips, 0.75),
  })
  return [
    ...(dice.chance(0.65) ? vpc : []).map((cidr, nth) => entry(cidr, nth)),
    ...subnets.map((subnet, nth) => ({
      ...entry(subnet.cidr, 10 + nth),
      sourceSubnetId: subnet.id,
    })),
    ...enis.map((eni, nth) => ({
      ...entry(`${eni.addresses[0]}/32`, 20 + nth),
      sourceNetworkInterfaceId: eni.id,
    })),
  ]
}

function drawDnat(
  drawing: Drawing,
  vpcId: string,
  id: string,
  eips: readonly string[],
): NatGateway['dnat'] {
  const { dice, sketch } = drawing
  const enis = interfacesOf(sketch, vpcId)
  const state = () => (dice.chance(0.95) ? ('Available' as const) : ('Pending' as const))
  const ported = Array.from({ length: dice.whole(0, 4) }, (_, nth) => {
    const port = dice.pick(favouritePorts)
    const width = dice.chance(0.25) ? 20 : 0
    const inside = dice.chance(0.5) ? port : 8080
    return {
      id: `dnat-${id}-${nth}`,
      state: state(),
      protocol: dice.pick(['tcp', 'tcp', 'udp'] as const),
      externalAddress: dice.pick(eips),
      externalPort: { from: port, to: port + width },
      internalAddress: dice.pick(dice.pick(enis).addresses),
      internalPort: { from: inside, to: inside + width },
    }
  })
  if (!dice.chance(0.45)) return ported
  const mapped = {
    id: `dnat-${id}-any`,
    state: state(),
    protocol: 'any' as const,
    externalAddress: addPublicAddress(drawing, { kind: 'natGateway', id }),
    internalAddress: dice.pick(dice.pick(enis).addresses),
  }
  return [...ported, mapped]
}
