import { owned } from './owned.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./sizes.mjs').Size} Size */

const tcp = 6
const udp = 17

/**
 * One basic group per twenty interfaces of a VPC, four at least, ten rules each.
 * @param {Random} random
 * @param {Size} size
 * @param {number} vpc
 */
export function groupsOf(random, size, vpc) {
  const count = groupCount(size)
  return Array.from({ length: count }, (_, group) => ({
    ...owned(groupId(vpc, group)),
    vpcId: `vpc-${vpc}`,
    type: 'basic',
    intraGroup: 'accept',
    rules: rulesOf(random, size, vpc, group),
  }))
}

/** @param {Size} size */
export function groupCount({ subnets, interfaces }) {
  return Math.max(4, Math.round((subnets * interfaces) / 20))
}

/**
 * @param {number} vpc
 * @param {number} group
 */
export function groupId(vpc, group) {
  return `sg-${vpc}-${group}`
}

/**
 * One to three different groups of a VPC.
 * @param {Random} random
 * @param {Size} size
 * @param {number} vpc
 */
export function drawGroups(random, size, vpc) {
  const wanted = 1 + random.draw(3)
  const drawn = new Set()
  while (drawn.size < wanted) drawn.add(random.draw(groupCount(size)))
  return [...drawn].map((group) => groupId(vpc, group))
}

/**
 * Eight inbound and two outbound: what web, database and batch machines open and shut, with
 * ranges and groups as peers, and priorities that let a drop stand before or behind an accept.
 * @param {Random} random
 * @param {Size} size
 * @param {number} vpc
 * @param {number} group
 */
function rulesOf(random, size, vpc, group) {
  const here = `10.${vpc}.0.0/16`
  const next = `10.${(vpc + 1) % size.vpcs}.0.0/16`
  const someSubnet = () => `10.${random.draw(size.vpcs)}.${random.draw(size.subnets)}.0`
  const batch = 8_000 + random.draw(50)
  const sliver = `10.${vpc}.${random.draw(size.subnets)}.${random.draw(8) * 32}/27`
  const friends = { kind: 'group', groupId: groupId(vpc, random.draw(groupCount(size))) }
  const drafts = [
    rule('ingress', 'drop', 1, tcp, 23, from('0.0.0.0/0')),
    rule('ingress', random.happens(0.5) ? 'drop' : 'accept', 5, tcp, 6_379, from(sliver)),
    rule('ingress', 'accept', 10, tcp, 22, from(`${someSubnet()}/24`)),
    rule('ingress', 'accept', 15, tcp, 3_306, friends),
    rule('ingress', 'accept', 20, tcp, 80, from(random.happens(0.5) ? '0.0.0.0/0' : here)),
    rule('ingress', 'accept', 20, tcp, 443, from('10.0.0.0/8')),
    rule('ingress', 'accept', 20, udp, 53, from('10.0.0.0/8')),
    rule('ingress', 'accept', 30, tcp, batch, from(`${someSubnet()}/25`), batch + random.draw(50)),
    rule('egress', 'drop', 10, tcp, 25, from('0.0.0.0/0')),
    rule('egress', random.happens(0.3) ? 'drop' : 'accept', 10, tcp, 3_306, from(next)),
  ]
  return drafts.map((draft, place) => ({ id: `sgr-${vpc}-${group}-${place}`, ...draft }))
}

/** @param {string} cidr */
function from(cidr) {
  return { kind: 'cidr', cidr }
}

/**
 * @param {'ingress' | 'egress'} direction
 * @param {'accept' | 'drop'} action
 * @param {number} priority
 * @param {number} protocol
 * @param {number} port
 * @param {object} peer
 * @param {number} [last] of the ports
 */
function rule(direction, action, priority, protocol, port, peer, last = port) {
  return { direction, action, priority, protocol, ports: [{ from: port, to: last }], peer }
}
