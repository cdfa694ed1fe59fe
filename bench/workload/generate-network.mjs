import { populate } from './interfaces.mjs'
import { seededRandom } from './random.mjs'
import { ipv6GatewaysOf, natOf, peeringsOf, routeTableOf } from './routing.mjs'
import { groupsOf } from './security-groups.mjs'
import { networkAclOf, subnetsOf, vpcOf } from './vpc-plumbing.mjs'

/** @typedef {import('./interfaces.mjs').Place} Place */
/** @typedef {import('./sizes.mjs').Size} Size */
/** @typedef {import('./sizes.mjs').Workload} Workload */

/**
 * A network file as data (`hopwise.network/v1`), and where its interfaces are. The same arguments
 * give the same network.
 * @param {Size} size
 * @param {Workload} workload
 * @param {number} seed
 * @returns {{ readonly network: object, readonly places: readonly Place[] }}
 */
export function generateNetwork(size, workload, seed) {
  const random = seededRandom(seed)
  const vpcs = Array.from({ length: size.vpcs }, (_, vpc) => vpc)
  const securityGroup = vpcs.flatMap((vpc) => groupsOf(random, size, vpc))
  const { instances, interfaces, addresses, places } = populate(random, size, workload)
  const nats = vpcs.map(natOf)
  const network = {
    kind: 'hopwise.network/v1',
    vpc: vpcs.map(vpcOf),
    subnet: vpcs.flatMap((vpc) => subnetsOf(size, vpc)),
    instance: instances,
    networkInterface: interfaces,
    securityGroup,
    networkAcl: vpcs.map((vpc) => networkAclOf(size, vpc)),
    routeTable: vpcs.map((vpc) => routeTableOf(size, vpc)),
    publicAddress: [...addresses, ...nats.map(({ address }) => address)],
    natGateway: nats.map(({ gateway }) => gateway),
    internetGateway: vpcs.flatMap(ipv6GatewaysOf),
    peering: vpcs.flatMap((vpc) => peeringsOf(size, vpc)),
  }
  return { network, places }
}
