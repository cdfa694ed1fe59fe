import { eip } from '../workload/routing.mjs'
import { owned } from '../workload/owned.mjs'

/** @typedef {import('./kit.mjs').Topology} Topology */
/** @typedef {import('./kit.mjs').Vpc} Vpc */
/** @typedef {import('./kit.mjs').Rule} Rule */
/** @typedef {import('./kit.mjs').Route} Route */

/**
 * The kit's topology as a network file: what its loader writes into OVN's northbound database, in
 * Alibaba Cloud's words. Group rules keep their order (the lower number first, of two equal ones
 * the drop), and each VPC has a NAT gateway for everything that neither a peering nor an EIP
 * carries.
 * @param {Topology} topology
 */
export function translate(topology) {
  const { vpcs, vswitches, enis, sgs } = topology
  const vpcOfSwitch = new Map(vswitches.map(({ id, vpc }) => [id, vpc]))
  const interfaces = enis.map((eni) => ({ ...eni, vpc: vpcOfSwitch.get(eni.vsw) ?? '' }))
  const nats = vpcs.map((vpc) => natOf(topology, vpc))
  return {
    kind: 'hopwise.network/v1',
    vpc: vpcs.map(({ id, cidr }) => ({ ...owned(id), cidrs: [cidr] })),
    subnet: vswitches.map(({ id, vpc, cidr, rt }) => ({
      ...owned(id),
      vpcId: vpc,
      zone: 'cn-hangzhou-b',
      cidr,
      routeTableId: rt,
    })),
    instance: interfaces.map(({ id, vpc }) => ({
      ...owned(instanceId(id)),
      state: 'Running',
      network: 'vpc',
      vpcId: vpc,
      os: 'linux',
    })),
    networkInterface: interfaces.map(({ id, vpc, vsw, ip, sgs: groups }) => ({
      ...owned(id),
      type: 'primary',
      state: 'InUse',
      vpcId: vpc,
      subnetId: vsw,
      instanceId: instanceId(id),
      addresses: [ip],
      securityGroupIds: groups,
    })),
    securityGroup: sgs.map(({ id, vpc, rules }) => ({
      ...owned(id),
      vpcId: vpc,
      type: 'basic',
      intraGroup: 'drop',
      rules: [...rules.map(ruleOf), membersMeet(id)],
    })),
    routeTable: vpcs.map((vpc) => tableOf(topology, vpc)),
    publicAddress: [
      ...enis.flatMap(({ id, eip: address }) =>
        address === undefined ? [] : [eip(`eip-${id}`, address, { kind: 'networkInterface', id })],
      ),
      ...nats.map(({ address }) => address),
    ],
    natGateway: nats.map(({ gateway }) => gateway),
    peering: peeringsOf(topology),
  }
}

/** @param {string} eni */
const instanceId = (eni) => `i-${eni}`

const protocols = new Map([
  ['tcp', 6],
  ['udp', 17],
])

/** @param {Rule} rule */
function ruleOf({ id, dir, prio, policy, proto, lo, hi, cidr, sg }) {
  return {
    id,
    direction: dir === 'in' ? 'ingress' : 'egress',
    action: policy,
    priority: prio,
    protocol: protocols.get(proto),
    ports: [{ from: lo, to: hi }],
    peer: sg === undefined ? { kind: 'cidr', cidr } : { kind: 'group', groupId: sg },
  }
}

/**
 * Members of a group may meet where no rule says otherwise. The policy of a group itself would come
 * before every rule (semantic `sg.intra-group-first`), the kit's acceptance comes after them all.
 * @param {string} groupId
 */
function membersMeet(groupId) {
  return {
    id: `${groupId}_intra`,
    direction: 'ingress',
    action: 'accept',
    priority: 100,
    protocol: 'all',
    ports: [],
    peer: { kind: 'group', groupId },
  }
}

/**
 * The routes of the kit, and those of the system that every table has.
 * @param {Topology} topology
 * @param {Vpc} vpc
 */
function tableOf({ vswitches, routeTables }, vpc) {
  const own = vswitches.filter((one) => one.vpc === vpc.id)
  const listed = routeTables.find(({ id }) => id === vpc.rt)?.routes ?? []
  return {
    ...owned(vpc.rt),
    vpcId: vpc.id,
    type: 'system',
    routes: [
      ...own.map(({ cidr }) => routeRow(vpc, cidr, 'system', { kind: 'local' })),
      ...listed.map((route) => routeRow(vpc, route.cidr, 'custom', targetOf(vpc, route))),
    ],
  }
}

/**
 * @param {Vpc} vpc
 * @param {string} destination
 * @param {'system' | 'custom'} origin
 * @param {object} target
 */
function routeRow({ id }, destination, origin, target) {
  const nextHops = [{ target }]
  return { id: `rte-${id}-${destination}`, destination, origin, state: 'Available', nextHops }
}

/**
 * @param {Vpc} vpc
 * @param {Route} route
 */
function targetOf({ id }, { type, target }) {
  switch (type) {
    case 'nat':
      return { kind: 'natGateway', id: natId(id) }
    case 'peering':
      return { kind: 'peering', id: peeringId(id, target ?? '') }
    case 'blackhole':
      return { kind: 'blackhole' }
  }
}

/** @param {string} vpc */
const natId = (vpc) => `ngw-${vpc}`

/**
 * @param {string} a
 * @param {string} b
 */
const peeringId = (a, b) => `pcc-${[a, b].sort().join('-')}`

/**
 * Each pair that a route of either side names, once.
 * @param {Topology} topology
 */
function peeringsOf({ vpcs, routeTables }) {
  const pairs = new Map()
  for (const { rt, id } of vpcs) {
    for (const { target } of routeTables.find((table) => table.id === rt)?.routes ?? []) {
      if (target === null || target === id) continue
      const [requesterVpcId, accepterVpcId] = [id, target].sort()
      const ends = { requesterVpcId, accepterVpcId, state: 'Activated' }
      pairs.set(peeringId(id, target), ends)
    }
  }
  return [...pairs].map(([id, ends]) => ({ ...owned(id), ...ends }))
}

/**
 * A NAT gateway and the address that it gives every source of its VPC.
 * @param {Topology} topology
 * @param {Vpc} vpc
 */
function natOf({ vswitches }, { id, cidr, natIp }) {
  const gateway = {
    ...owned(natId(id)),
    vpcId: id,
    subnetId: vswitches.find(({ vpc }) => vpc === id)?.id,
    reach: 'internet',
    state: 'Available',
    snat: [{ id: `snat-${id}`, state: 'Available', source: cidr, addresses: [natIp] }],
    dnat: [],
  }
  const boundTo = { kind: 'natGateway', id: gateway.id }
  return { gateway, address: eip(`eip-${natId(id)}`, natIp, boundTo) }
}
