import type { ConcreteQuestion } from './brute-force.ts'
import { emptySketch, home } from '#conformance'
import type { Sketch } from '#conformance'

type Item<List extends keyof Sketch> = Sketch[List] extends (infer Each)[] ? Each : never
export type Rule = Item<'securityGroup'>['rules'][number]
type Entry = Item<'networkAcl'>['ingress'][number]
type Hop = Item<'routeTable'>['routes'][number]['nextHops'][number]
type Target = Hop['target']
type Balancer = Item<'loadBalancer'>
type Listener = NonNullable<Balancer['listeners']>[number]
type Backend = Listener['backends'][number]

/**
 * Two VPCs without a link, one interface an instance, everything admitted:
 * vpc-1 10.1.0.0/16 (and 2408:4000:1::/56) with vsw-1 10.1.1.0/24 (eni-a .11, eni-b .12) and vsw-2
 * 10.1.2.0/24 (eni-c .11); vpc-2 10.2.0.0/16 with vsw-9 10.2.1.0/24 (eni-z .11). Instances are
 * i-a and so on, groups sg-1 and sg-2 (basic, no intra-group acceptance), tables rtb-1 and rtb-2.
 */
export function tinySketch(): Sketch {
  const sketch = emptySketch()
  addVpc(sketch, '1', '10.1.0.0/16')
  addVpc(sketch, '2', '10.2.0.0/16')
  addSubnet(sketch, 'vsw-1', 'vpc-1', '10.1.1.0/24')
  addSubnet(sketch, 'vsw-2', 'vpc-1', '10.1.2.0/24')
  addSubnet(sketch, 'vsw-9', 'vpc-2', '10.2.1.0/24')
  addInstance(sketch, 'a', 'vsw-1', '10.1.1.11')
  addInstance(sketch, 'b', 'vsw-1', '10.1.1.12')
  addInstance(sketch, 'c', 'vsw-2', '10.1.2.11')
  addInstance(sketch, 'z', 'vsw-9', '10.2.1.11')
  return sketch
}

function addVpc(sketch: Sketch, nth: string, cidr: string): void {
  const vpcId = `vpc-${nth}`
  const ipv6Cidrs = [`2408:4000:${nth}::/56`]
  sketch.vpc.push({ ...home, id: vpcId, cidrs: [cidr], ipv6Cidrs })
  sketch.routeTable.push({ ...home, id: `rtb-${nth}`, vpcId, type: 'system', routes: [] })
  const rules = [admit('in'), admit('in6', '::/0')]
  const common = { ...home, vpcId, type: 'basic', intraGroup: 'drop' } as const
  sketch.securityGroup.push({ ...common, id: `sg-${nth}`, rules })
}

export function addSubnet(sketch: Sketch, id: string, vpcId: string, cidr: string): void {
  sketch.subnet.push({ ...home, id, vpcId, cidr })
}

/** An instance `i-…` with a primary interface `eni-…`. */
export function addInstance(sketch: Sketch, name: string, subnetId: string, address: string): void {
  const { vpcId } = find(sketch.subnet, subnetId)
  const id = `i-${name}`
  sketch.instance.push({ ...home, id, vpcId, network: 'vpc', state: 'Running' })
  addInterface(sketch, name, subnetId, address, name)
  find(sketch.networkInterface, `eni-${name}`).type = 'primary'
}

/** A secondary interface `eni-…` of the instance `i-owner`. */
export function addInterface(
  sketch: Sketch,
  name: string,
  subnetId: string,
  address: string,
  owner: string,
): void {
  const { vpcId } = find(sketch.subnet, subnetId)
  sketch.networkInterface.push({
    ...home,
    id: `eni-${name}`,
    type: 'secondary',
    state: 'InUse',
    vpcId,
    subnetId,
    instanceId: `i-${owner}`,
    addresses: [address],
    securityGroupIds: [`sg-${vpcId.slice(4)}`],
  })
}

/** A classic instance `i-…`, linked to a VPC if one is named, its group `sg-classic` open. */
export function addClassic(
  sketch: Sketch,
  name: string,
  classic: { intranetAddress: string; publicAddress?: string; linkedVpcId?: string },
): void {
  const securityGroupIds = ['sg-classic']
  if (!sketch.securityGroup.some(({ id }) => id === 'sg-classic')) {
    const common = { ...home, id: 'sg-classic', type: 'basic', intraGroup: 'drop' } as const
    sketch.securityGroup.push({ ...common, rules: [{ ...admit('in'), nic: 'intranet' }] })
  }
  const state = 'Running'
  const attached = { ...classic, securityGroupIds }
  sketch.instance.push({ ...home, id: `i-${name}`, network: 'classic', state, classic: attached })
}

/** A rule that admits everything from one range. */
export function admit(id: string, cidr = '0.0.0.0/0'): Rule {
  const peer = { kind: 'cidr', cidr } as const
  const open = { action: 'accept', priority: 100, protocol: 'all', ports: [] } as const
  return { id, direction: 'ingress', ...open, ports: [], peer }
}

/** Replaces the rules of a group. */
export function setRules(sketch: Sketch, groupId: string, ...rules: readonly Rule[]): void {
  find(sketch.securityGroup, groupId).rules = [...rules]
}

/** Gives a vSwitch an ACL `acl-…` of its own; `accept tcp 80` of one range is one entry. */
export function addAcl(
  sketch: Sketch,
  subnetId: string,
  ingress: readonly Entry[],
  egress: readonly Entry[],
): void {
  const { vpcId } = find(sketch.subnet, subnetId)
  const id = `acl-${subnetId.slice(4)}`
  find(sketch.subnet, subnetId).networkAclId = id
  sketch.networkAcl.push({ ...home, id, vpcId, ingress: [...ingress], egress: [...egress] })
}

export function entry(
  action: Entry['action'],
  from = 0,
  to = 65535,
  peer = '0.0.0.0/0',
  protocol: Entry['protocol'] = 'all',
): Entry {
  return { id: `${action}-${from}`, action, protocol, ports: { from, to }, peer }
}

/** A table of vpc-1 for one vSwitch, without routes. */
export function addTable(
  sketch: Sketch,
  id: string,
  subnetId?: string,
  type: 'custom' | 'gateway' = 'custom',
): void {
  sketch.routeTable.push({ ...home, id, vpcId: 'vpc-1', type, routes: [] })
  if (subnetId !== undefined) find(sketch.subnet, subnetId).routeTableId = id
}

/** A route with one next hop `kind id`, or with several hops. */
export function addRoute(
  sketch: Sketch,
  tableId: string,
  destination: string,
  ...hops: readonly (Target | Hop)[]
): void {
  find(sketch.routeTable, tableId).routes.push({
    id: `${tableId}/${destination}`,
    destination,
    origin: 'custom',
    state: 'Available',
    nextHops: hops.map((hop) => ('target' in hop ? hop : { target: hop })),
  })
}

/** An EIP that is in use. */
export function addEip(
  sketch: Sketch,
  address: string,
  boundTo: Item<'publicAddress'>['boundTo'],
  mode: Item<'publicAddress'>['mode'] = 'nat',
): void {
  const common = { ...home, id: `eip-${sketch.publicAddress.length + 1}`, kind: 'eip' } as const
  const bound = boundTo ? { boundTo } : {}
  sketch.publicAddress.push({ ...common, address, mode, state: 'InUse', ...bound })
}

/** NAT gateway ngw-1 in vsw-2 with EIP 47.1.0.1 and an SNAT entry for vpc-1; a default route to it. */
export function addNat(sketch: Sketch): Item<'natGateway'> {
  addEip(sketch, '47.1.0.1', { kind: 'natGateway', id: 'ngw-1' })
  const snat = { id: 'snat-1', state: 'Available', source: '10.1.0.0/16' } as const
  const gateway: Item<'natGateway'> = {
    ...home,
    id: 'ngw-1',
    vpcId: 'vpc-1',
    subnetId: 'vsw-2',
    reach: 'internet',
    state: 'Available',
    snat: [{ ...snat, addresses: ['47.1.0.1'] }],
    dnat: [],
  }
  sketch.natGateway.push(gateway)
  addRoute(sketch, 'rtb-1', '0.0.0.0/0', { kind: 'natGateway', id: 'ngw-1' })
  return gateway
}

/** An activated gateway of vpc-1, `igw-4` or `igw-6`. */
export function addGateway(sketch: Sketch, kind: 'ipv4' | 'ipv6'): Item<'internetGateway'> {
  const id = `igw-${kind === 'ipv4' ? 4 : 6}`
  const state = 'Available'
  const gateway: Item<'internetGateway'> = {
    ...home,
    id,
    kind,
    vpcId: 'vpc-1',
    state,
    enabled: true,
  }
  sketch.internetGateway.push(gateway)
  return gateway
}

/** Peering pcc-1 of the two VPCs with a route on each side. */
export function addPeering(sketch: Sketch, state = 'Activated'): void {
  const ends = { requesterVpcId: 'vpc-1', accepterVpcId: 'vpc-2' }
  sketch.peering.push({ ...home, id: 'pcc-1', ...ends, state })
  addRoute(sketch, 'rtb-1', '10.2.0.0/16', { kind: 'peering', id: 'pcc-1' })
  addRoute(sketch, 'rtb-2', '10.1.0.0/16', { kind: 'peering', id: 'pcc-1' })
}

/** Router interfaces ri-1 (vpc-1) and ri-2 (vpc-2), without routes. */
export function addRouterInterfaces(sketch: Sketch): void {
  const common = { ...home, state: 'Active' }
  sketch.routerInterface.push(
    { ...common, id: 'ri-1', vpcId: 'vpc-1', oppositeId: 'ri-2', oppositeVpcId: 'vpc-2' },
    { ...common, id: 'ri-2', vpcId: 'vpc-2', oppositeId: 'ri-1', oppositeVpcId: 'vpc-1' },
  )
}

/** What a collector saw in `i-…`. */
export function addGuest(
  sketch: Sketch,
  name: string,
  facts: Omit<Item<'guests'>, 'instanceId' | 'provider' | 'account' | 'region'>,
): void {
  sketch.guests.push({ ...home, instanceId: `i-${name}`, ...facts })
}

/** lb-1 in vsw-2 at 10.1.2.100, with a listener for TCP 80 and these instances behind it. */
export function addBalancer(sketch: Sketch, ...names: readonly string[]): Balancer {
  const backends = names.map((name): Backend => ({
    target: { kind: 'instance', id: `i-${name}` },
    port: 80,
    weight: 100,
  }))
  const place = { vpcId: 'vpc-1', subnetId: 'vsw-2', address: '10.1.2.100' }
  const listeners = [{ protocol: 'tcp', port: 80, state: 'running', backends } as const]
  sketch.loadBalancer.push({
    ...home,
    id: 'lb-1',
    ...place,
    state: 'active',
    listeners: [...listeners],
  })
  return find(sketch.loadBalancer, 'lb-1')
}

export function firstListener({ listeners = [] }: Balancer): Listener {
  return listeners[0]
}

export function addHaVip(sketch: Sketch, master?: string): void {
  const common = { ...home, id: 'havip-1', subnetId: 'vsw-2', address: '10.1.2.200' }
  sketch.haVip.push({ ...common, members: ['i-c'], ...(master === undefined ? {} : { master }) })
}

/** Gives `eni-…` an IPv6 address in its vSwitch, which gets a range. */
export function addIpv6(
  sketch: Sketch,
  name: string,
  address: string,
  internet?: 'none' | 'egress-only' | 'both',
): void {
  const eni = find(sketch.networkInterface, `eni-${name}`)
  find(sketch.subnet, eni.subnetId).ipv6Cidr = address.replace(/::.*/, '::/64')
  eni.ipv6Addresses = [{ address, ...(internet === undefined ? {} : { internet }) }]
}

/** One item by its id, which has to be there. */
export function find<T extends { readonly id: string }>(items: readonly T[], id: string): T {
  const item = items.find((item) => item.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}

const protocols = new Map([
  ['tcp', 6],
  ['udp', 17],
  ['icmp', 1],
  ['gre', 47],
  ['icmp6', 58],
])

/** `eni-a > 10.1.1.12 tcp 80`; a private address as source is followed by `@` and its VPC. */
export function ask(text: string): ConcreteQuestion {
  const [source, , to, word, port = '0'] = text.split(' ')
  const [name, vpcId] = source.split('@')
  return {
    from: /^(?:eni|i)-/.test(name)
      ? { kind: name.startsWith('i-') ? 'instance' : 'networkInterface', id: name }
      : { kind: 'address', address: name, ...(vpcId === undefined ? {} : { vpcId }) },
    to,
    protocol: protocols.get(word) ?? 0,
    sourcePort: 40000,
    destinationPort: Number(port),
  }
}
