import type { Network } from '#model'

/** How large a generated network is. */
export interface Size {
  readonly interfaces: number
  readonly groups: number
  readonly rulesPerGroup: number
}

/**
 * A valid network as text, so that a test reads it as a user's file is read. Every 2,000
 * interfaces get a VPC of eight subnets, and each instance has one interface.
 */
export function largeNetworkText(size: Size): string {
  const vpcs = Math.ceil(size.interfaces / PER_VPC)
  const network = {
    kind: 'hopwise.network/v1',
    vpc: listOf(vpcs, makeVpc),
    subnet: listOf(vpcs * SUBNETS, makeSubnet),
    instance: listOf(size.interfaces, makeInstance),
    networkInterface: listOf(size.interfaces, (nth) => makeInterface(nth, size)),
    securityGroup: listOf(size.groups, (nth) => makeGroup(nth, size, vpcs)),
    routeTable: listOf(vpcs, makeTable),
  }
  return JSON.stringify(network satisfies Loosely<Network>)
}

/** A literal is not branded yet: it is the parser that brands. */
type Loosely<T> = { readonly [K in keyof T]: unknown }

const PER_VPC = 2_000
const SUBNETS = 8
const home = { provider: 'alibaba', account: '1234567890123456', region: 'cn-hangzhou' }

const listOf = <T>(length: number, make: (nth: number) => T) =>
  Array.from({ length }, (_, nth) => make(nth))

const padded = (nth: number) => String(nth).padStart(16, '0')
const vpcOf = (nth: number) => Math.floor(nth / PER_VPC)

function makeVpc(nth: number) {
  return { ...home, id: `vpc-${padded(nth)}`, name: `vpc ${nth}`, cidrs: ['10.0.0.0/8'] }
}

function makeSubnet(nth: number) {
  const vpc = Math.floor(nth / SUBNETS)
  const cidr = `10.${nth % SUBNETS}.0.0/16`
  return { ...home, id: `vsw-${padded(nth)}`, vpcId: `vpc-${padded(vpc)}`, cidr, zone: 'zone-a' }
}

function makeInstance(nth: number) {
  const vpcId = `vpc-${padded(vpcOf(nth))}`
  const id = `i-${padded(nth)}`
  return { ...home, id, name: `host-${nth}`, state: 'Running', network: 'vpc', vpcId, os: 'linux' }
}

function makeInterface(nth: number, { interfaces, groups }: Size) {
  const vpc = vpcOf(nth)
  const inVpc = nth % PER_VPC
  const subnet = inVpc % SUBNETS
  const host = Math.floor(inVpc / SUBNETS) + 1
  const vpcs = Math.ceil(interfaces / PER_VPC)
  const shared = Math.floor(groups / vpcs)
  return {
    ...home,
    id: `eni-${padded(nth)}`,
    name: `primary of host-${nth}`,
    type: 'primary',
    state: 'InUse',
    vpcId: `vpc-${padded(vpc)}`,
    subnetId: `vsw-${padded(vpc * SUBNETS + subnet)}`,
    instanceId: `i-${padded(nth)}`,
    addresses: [`10.${subnet}.${host >> 8}.${host & 255}`],
    // Group n belongs to VPC n modulo the number of VPCs.
    securityGroupIds: [0, 1].map(
      (more) => `sg-${padded(vpc + vpcs * ((nth + more * 7) % shared))}`,
    ),
    macAddress: '00:16:3e:00:00:01',
  }
}

function makeGroup(nth: number, { rulesPerGroup }: Size, vpcs: number) {
  return {
    ...home,
    id: `sg-${padded(nth)}`,
    name: `group ${nth}`,
    vpcId: `vpc-${padded(nth % vpcs)}`,
    type: 'basic',
    intraGroup: 'accept',
    rules: listOf(rulesPerGroup, (rule) => makeRule(nth, rule)),
  }
}

function makeRule(group: number, rule: number) {
  const port = 1_000 + rule
  return {
    id: `sgr-${group}-${rule}`,
    direction: rule % 2 === 0 ? 'ingress' : 'egress',
    action: rule % 5 === 0 ? 'drop' : 'accept',
    priority: 1 + rule,
    protocol: rule % 3 === 0 ? 'all' : 6,
    ports: [{ from: port, to: port }],
    peer:
      rule % 4 === 0
        ? { kind: 'group', groupId: `sg-${padded(group)}` }
        : { kind: 'cidr', cidr: `10.${rule}.0.0/16` },
    description: 'a rule that somebody once explained in a sentence of its own',
  }
}

function makeTable(nth: number) {
  const hop = { target: { kind: 'local' } }
  const route = { destination: '10.0.0.0/8', origin: 'system', state: 'Available', nextHops: [hop] }
  return {
    ...home,
    id: `vtb-${padded(nth)}`,
    vpcId: `vpc-${padded(nth)}`,
    type: 'system',
    routes: [{ id: `vtb-${nth}/local`, ...route }],
  }
}
