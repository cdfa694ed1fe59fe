import { type Fabric, mapValue } from '#fabric'
import { type Gap, indexNetwork, type Subnet } from '#model'

/** A subnet that has addresses in use of which the input does not say whose they are. */
export interface UnreadHolder {
  readonly subnet: Subnet
  readonly gap: Gap
}

/** Why an address that no listed resource has may be somebody's all the same; undefined: it is not. */
export function unreadHolder(
  fabric: Fabric,
  domain: number,
  rank: number,
): UnreadHolder | undefined {
  if (domain < 0 || rank < 0) return undefined
  const { network, domains } = fabric
  const subnet = network.subnet?.[mapValue(fabric, domains.subnetMap[domain], rank)]
  const gap = subnet && indexNetwork(network).gap('addressUse', subnet, subnet.id)
  return gap && { subnet, gap }
}
