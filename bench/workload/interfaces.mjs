import { owned } from './owned.mjs'
import { eip } from './routing.mjs'
import { drawGroups } from './security-groups.mjs'
import { ipv6Subnet, isDualStack, subnetId } from './vpc-plumbing.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./sizes.mjs').Size} Size */
/** @typedef {import('./sizes.mjs').Workload} Workload */

/**
 * Where an interface is, for those who draw questions.
 * @typedef {object} Place
 * @property {string} id
 * @property {number} vpc
 * @property {number} subnet
 * @property {string} [eip] its public address
 */

/** Neighbours that share their groups in the realistic workload. */
const run = 10
const eipShare = 0.1
/** In a dual-stack VPC every so many interfaces one has an IPv6 address. */
const ipv6Every = 5
/** The cloud keeps the first addresses of a vSwitch. */
const firstHost = 4

/**
 * Running instances with one interface each, and the Elastic IP addresses of a tenth of them.
 * @param {Random} random
 * @param {Size} size
 * @param {Workload} workload
 */
export function populate(random, size, workload) {
  const filled = {
    /** @type {object[]} */ instances: [],
    /** @type {object[]} */ interfaces: [],
    /** @type {object[]} */ addresses: [],
    /** @type {Place[]} */ places: [],
  }
  /** @type {string[]} */
  let groups = []
  for (let vpc = 0; vpc < size.vpcs; vpc++) {
    for (let subnet = 0; subnet < size.subnets; subnet++) {
      for (let at = 0; at < size.interfaces; at++) {
        if (workload === 'adversarial' || at % run === 0) groups = drawGroups(random, size, vpc)
        const place = { id: `eni-${vpc}-${subnet}-${at}`, vpc, subnet }
        filled.instances.push(instance(place, at))
        filled.interfaces.push(networkInterface(place, at, groups))
        filled.places.push(random.happens(eipShare) ? withEip(place, filled.addresses) : place)
      }
    }
  }
  return filled
}

/**
 * @param {Place} place
 * @param {number} at
 */
function instance({ vpc, subnet }, at) {
  return {
    ...owned(`i-${vpc}-${subnet}-${at}`),
    name: `worker ${vpc}/${subnet}/${at}`,
    state: 'Running',
    network: 'vpc',
    vpcId: `vpc-${vpc}`,
    os: 'linux',
  }
}

/**
 * @param {Place} place
 * @param {number} at
 * @param {readonly string[]} groups
 */
function networkInterface({ id, vpc, subnet }, at, groups) {
  const host = firstHost + at
  const hasIpv6 = isDualStack(vpc) && at % ipv6Every === 0
  const address = `${ipv6Subnet(vpc, subnet)}${host.toString(16)}`
  const internet = at % (2 * ipv6Every) === 0 ? 'both' : 'none'
  return {
    ...owned(id),
    type: 'primary',
    state: 'InUse',
    vpcId: `vpc-${vpc}`,
    subnetId: subnetId(vpc, subnet),
    instanceId: `i-${vpc}-${subnet}-${at}`,
    addresses: [`10.${vpc}.${subnet}.${host}`],
    ...(hasIpv6 ? { ipv6Addresses: [{ address, internet }] } : {}),
    securityGroupIds: groups,
  }
}

/**
 * Adds the next free address of 198.18.0.0/16, a range that is set aside for benchmarks (RFC 2544).
 * @param {Place} place
 * @param {object[]} addresses
 * @returns {Place}
 */
function withEip(place, addresses) {
  const number = addresses.length
  const address = `198.18.${number >> 8}.${number & 255}`
  const boundTo = { kind: 'networkInterface', id: place.id }
  addresses.push(eip(`eip-${number}`, address, boundTo))
  return { ...place, eip: address }
}
