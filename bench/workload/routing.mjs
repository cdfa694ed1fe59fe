import { owned } from './owned.mjs'
import { isDualStack, subnetId } from './vpc-plumbing.mjs'

/** @typedef {import('./sizes.mjs').Size} Size */

/**
 * The system table of a VPC: its vSwitches, the VPCs one and two steps away over peerings, a
 * black hole inside the next VPC's last vSwitch, and the NAT gateway for everything else.
 * @param {Size} size
 * @param {number} vpc
 */
export function routeTableOf(size, vpc) {
  const subnets = Array.from({ length: size.subnets }, (_, subnet) => `10.${vpc}.${subnet}.0/24`)
  const hole = `10.${(vpc + 1) % size.vpcs}.${size.subnets - 1}.32/27`
  const ipv6 = isDualStack(vpc)
    ? [route(vpc, '::/0', { kind: 'internetGateway', id: `ipv6gw-${vpc}` })]
    : []
  return {
    ...owned(`vtb-${vpc}`),
    vpcId: `vpc-${vpc}`,
    type: 'system',
    routes: [
      ...subnets.map((cidr) => route(vpc, cidr, { kind: 'local' }, 'system')),
      route(vpc, '100.64.0.0/10', { kind: 'local' }, 'system'),
      route(vpc, '0.0.0.0/0', { kind: 'natGateway', id: `ngw-${vpc}` }),
      ...neighbours(size, vpc).map((far) =>
        route(vpc, `10.${far}.0.0/16`, { kind: 'peering', id: peeringId(vpc, far) }),
      ),
      route(vpc, hole, { kind: 'blackhole' }),
      ...ipv6,
    ],
  }
}

/**
 * @param {number} vpc
 * @param {string} destination
 * @param {object} target
 * @param {'system' | 'custom'} [origin]
 */
function route(vpc, destination, target, origin = 'custom') {
  const id = `rte-${vpc}-${destination}`
  return { id, destination, origin, state: 'Available', nextHops: [{ target }] }
}

/**
 * One peering per pair of VPCs at most two steps apart, listed with the lower VPC.
 * @param {Size} size
 * @param {number} vpc
 */
export function peeringsOf(size, vpc) {
  return neighbours(size, vpc)
    .filter((far) => vpc < far)
    .map((far) => ({
      ...owned(peeringId(vpc, far)),
      requesterVpcId: `vpc-${vpc}`,
      accepterVpcId: `vpc-${far}`,
      state: 'Activated',
    }))
}

/**
 * VPCs one and two steps away on the ring.
 * @param {Size} size
 * @param {number} vpc
 */
function neighbours({ vpcs }, vpc) {
  const around = [1, 2, vpcs - 2, vpcs - 1].map((step) => (vpc + step) % vpcs)
  return [...new Set(around)].filter((far) => far !== vpc)
}

/**
 * @param {number} a
 * @param {number} b
 */
function peeringId(a, b) {
  return `pcc-${Math.min(a, b)}-${Math.max(a, b)}`
}

/**
 * A NAT gateway and the address that it translates every private source of its VPC to.
 * @param {number} vpc
 */
export function natOf(vpc) {
  const address = `198.51.100.${vpc}`
  const gateway = {
    ...owned(`ngw-${vpc}`),
    vpcId: `vpc-${vpc}`,
    subnetId: subnetId(vpc, 0),
    reach: 'internet',
    state: 'Available',
    snat: [
      { id: `snat-${vpc}`, state: 'Available', source: `10.${vpc}.0.0/16`, addresses: [address] },
    ],
    dnat: [],
  }
  const boundTo = { kind: 'natGateway', id: gateway.id }
  return { gateway, address: eip(`eip-nat-${vpc}`, address, boundTo) }
}

/**
 * An Elastic IP address in use.
 * @param {string} id
 * @param {string} address
 * @param {object} boundTo
 */
export function eip(id, address, boundTo) {
  return { ...owned(id), kind: 'eip', address, state: 'InUse', mode: 'nat', boundTo }
}

/** @param {number} vpc */
export function ipv6GatewaysOf(vpc) {
  if (!isDualStack(vpc)) return []
  const state = { kind: 'ipv6', vpcId: `vpc-${vpc}`, state: 'Available', enabled: true }
  return [{ ...owned(`ipv6gw-${vpc}`), ...state }]
}
