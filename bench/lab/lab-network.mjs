import { parseNetwork } from '#model'
import { owned } from '../workload/owned.mjs'
import { seededRandom } from '../workload/random.mjs'

/** @typedef {import('../workload/random.mjs').Random} Random */

const subnets = 4
const groups = 10
const rulesEach = 20
/** The cloud keeps the first addresses of a vSwitch. */
const firstHost = 4
const seed = 20_251
const tcp = 6

/**
 * The network of the lab's aims: one VPC of four vSwitches, ten security groups of twenty rules,
 * instances with one interface each in one of the groups. Two of a hundred have an EIP.
 * @param {number} instances
 * @throws when the door of the model refuses what was made
 */
export function labNetwork(instances) {
  const random = seededRandom(seed)
  const all = Array.from({ length: instances }, (_, nth) => nth)
  const parsed = parseNetwork({
    kind: 'hopwise.network/v1',
    vpc: [{ ...owned('vpc'), cidrs: ['10.0.0.0/16'] }],
    subnet: Array.from({ length: subnets }, (_, nth) => subnet(nth)),
    routeTable: [routeTable()],
    securityGroup: Array.from({ length: groups }, (_, nth) => group(random, nth)),
    instance: all.map(instance),
    networkInterface: all.map(networkInterface),
    publicAddress: all.filter((nth) => nth % 50 === 0).map(publicAddress),
  })
  const [problem] = parsed.problems
  if (!parsed.ok || problem) throw new Error(`the network is refused: ${problem?.message}`)
  return parsed.network
}

/** @param {number} nth */
function subnet(nth) {
  const place = { vpcId: 'vpc', zone: 'cn-hangzhou-b', routeTableId: 'vtb' }
  return { ...owned(`vsw-${nth}`), ...place, cidr: `10.0.${nth}.0/24` }
}

function routeTable() {
  const routes = Array.from({ length: subnets }, (_, nth) => ({
    id: `rte-${nth}`,
    destination: `10.0.${nth}.0/24`,
    origin: 'system',
    state: 'Available',
    nextHops: [{ target: { kind: 'local' } }],
  }))
  return { ...owned('vtb'), vpcId: 'vpc', type: 'system', routes }
}

/**
 * @param {Random} random
 * @param {number} nth
 */
function group(random, nth) {
  const rules = Array.from({ length: rulesEach }, (_, place) => {
    const port = 1 + random.draw(9_000)
    return {
      id: `sgr-${nth}-${place}`,
      direction: place % 4 === 3 ? 'egress' : 'ingress',
      action: random.happens(0.3) ? 'drop' : 'accept',
      priority: 1 + random.draw(100),
      protocol: tcp,
      ports: [{ from: port, to: port + random.draw(50) }],
      peer: random.happens(0.2)
        ? { kind: 'group', groupId: `sg-${random.draw(groups)}` }
        : { kind: 'cidr', cidr: `10.0.${random.draw(subnets)}.${32 * random.draw(8)}/27` },
    }
  })
  return { ...owned(`sg-${nth}`), vpcId: 'vpc', type: 'basic', intraGroup: 'accept', rules }
}

/** @param {number} nth */
function instance(nth) {
  const state = { state: 'Running', network: 'vpc', vpcId: 'vpc', os: 'linux' }
  return { ...owned(`i-${nth}`), name: `worker ${nth}`, ...state }
}

/** @param {number} nth */
function networkInterface(nth) {
  return {
    ...owned(`eni-${nth}`),
    type: 'primary',
    state: 'InUse',
    vpcId: 'vpc',
    subnetId: `vsw-${nth % subnets}`,
    instanceId: `i-${nth}`,
    addresses: [`10.0.${nth % subnets}.${firstHost + Math.floor(nth / subnets)}`],
    securityGroupIds: [`sg-${nth % groups}`],
  }
}

/** @param {number} nth */
function publicAddress(nth) {
  const boundTo = { kind: 'networkInterface', id: `eni-${nth}` }
  const address = `47.96.${nth >> 8}.${nth & 255}`
  return { ...owned(`eip-${nth}`), kind: 'eip', address, state: 'InUse', mode: 'nat', boundTo }
}
