import { owned } from './owned.mjs'

/** @typedef {import('./sizes.mjs').Size} Size */

/** Every so many VPCs one is dual-stack, and every so many vSwitches one has a network ACL. */
const dualStackEvery = 4
const filteredEvery = 8

/** @param {number} vpc */
export function isDualStack(vpc) {
  return vpc % dualStackEvery === 0
}

/** @param {number} vpc */
export function vpcOf(vpc) {
  const ranges = { cidrs: [`10.${vpc}.0.0/16`] }
  const ipv6 = isDualStack(vpc) ? { ipv6Cidrs: [`2001:db8:${vpc.toString(16)}::/56`] } : {}
  return { ...owned(`vpc-${vpc}`), ...ranges, ...ipv6 }
}

/**
 * @param {Size} size
 * @param {number} vpc
 */
export function subnetsOf(size, vpc) {
  return Array.from({ length: size.subnets }, (_, subnet) => ({
    ...owned(subnetId(vpc, subnet)),
    vpcId: `vpc-${vpc}`,
    zone: `cn-hangzhou-${'bghi'[subnet % 4]}`,
    cidr: `10.${vpc}.${subnet}.0/24`,
    ...(isDualStack(vpc) ? { ipv6Cidr: `${ipv6Subnet(vpc, subnet)}/64` } : {}),
    routeTableId: `vtb-${vpc}`,
    ...(isFiltered(size, vpc, subnet) ? { networkAclId: `nacl-${vpc}` } : {}),
  }))
}

/**
 * @param {number} vpc
 * @param {number} subnet
 */
export function subnetId(vpc, subnet) {
  return `vsw-${vpc}-${subnet}`
}

/**
 * First address of a dual-stack vSwitch's IPv6 range.
 * @param {number} vpc
 * @param {number} subnet
 */
export function ipv6Subnet(vpc, subnet) {
  return `2001:db8:${vpc.toString(16)}:${subnet.toString(16)}::`
}

/**
 * @param {Size} size
 * @param {number} vpc
 * @param {number} subnet
 */
function isFiltered({ subnets }, vpc, subnet) {
  return (vpc * subnets + subnet) % filteredEvery === 3
}

/**
 * Shuts what nobody should use, and remote desktop from the next VPC: that one also drops the
 * replies to clients that happen to send from port 3389, as stateless filters do.
 * @param {Size} size
 * @param {number} vpc
 */
export function networkAclOf(size, vpc) {
  const next = `10.${(vpc + 1) % size.vpcs}.0.0/16`
  /** @param {'accept' | 'drop'} action @param {number} protocol @param {number} first @param {number} last @param {string} peer */
  const entry = (action, protocol, first, last, peer) => ({
    id: `nae-${vpc}-${first}-${protocol}`,
    action,
    protocol,
    ports: { from: first, to: last },
    peer,
  })
  return {
    ...owned(`nacl-${vpc}`),
    vpcId: `vpc-${vpc}`,
    ingress: [
      entry('drop', 6, 135, 139, '0.0.0.0/0'),
      entry('drop', 6, 3_389, 3_389, next),
      entry('accept', 6, 0, 65_535, '0.0.0.0/0'),
      entry('accept', 17, 0, 65_535, '0.0.0.0/0'),
    ],
    egress: [
      entry('drop', 6, 445, 445, '0.0.0.0/0'),
      entry('accept', 6, 0, 65_535, '0.0.0.0/0'),
      entry('accept', 17, 0, 65_535, '0.0.0.0/0'),
    ],
  }
}
