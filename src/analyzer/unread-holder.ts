import { type Fabric, mapValue } from '#fabric'
import { type Component, type Gap, indexNetwork, type NetworkIndex, type Vpc } from '#model'

/** What was not read, of which the input says that it may have an address. */
export interface UnreadHolder {
  readonly gap: Gap
  /** The vSwitch that has more addresses in use than are listed, or the VPC. */
  readonly component: Component
}

/** Why an address of a VPC that nothing listed has may be somebody's all the same; undefined: it is not. */
export function unreadHolder(
  fabric: Fabric,
  domain: number,
  rank: number,
): UnreadHolder | undefined {
  const { network, domains } = fabric
  const vpc = network.vpc?.[domain]
  if (!vpc) return undefined
  const index = indexNetwork(network)
  const component: Component = { kind: 'vpc', id: vpc.id }
  const owner = ownerGap(index, vpc)
  if (domains.ownersUnread[domain] && owner) return { gap: owner, component }
  const at = rank < 0 ? -1 : mapValue(fabric, domains.subnetMap[domain], rank)
  const subnet = network.subnet?.[at]
  const gap = subnet
    ? (index.gap('addressUse', subnet, subnet.id) ??
      index.lack('cloudService', subnet) ??
      index.lack('loadBalancer', subnet))
    : index.lack('subnet', vpc)
  const inside: Component = subnet ? { kind: 'subnet', id: subnet.id } : component
  return gap && { gap, component: inside }
}

const ownerGap = (index: NetworkIndex, vpc: Vpc): Gap | undefined =>
  index.lack('networkInterface', vpc) ??
  index.lack('haVip', vpc) ??
  index.lack('subnet', vpc) ??
  strayBalancer(index)

/** A load balancer of which only its address was read may be of any VPC. */
function strayBalancer(index: NetworkIndex): Gap | undefined {
  const stray = index
    .all('loadBalancer')
    .find(
      ({ address, vpcId, subnetId }) =>
        address !== undefined && vpcId === undefined && subnetId === undefined,
    )
  return stray && index.gap('loadBalancer', stray, stray.id)
}
