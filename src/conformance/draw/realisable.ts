import type { HaVip, NatGateway, Network, PublicAddress } from '#model'

/**
 * The same network without what the lab has no place for: such parts would only take questions
 * away. What is left out by the lab for other reasons stays, and is left out of the comparison.
 */
export function realisable(network: Network): Network {
  const { publicAddress = [], haVip = [], natGateway = [] } = network
  return {
    ...network,
    publicAddress: withoutDoubles(network, publicAddress),
    haVip: haVip.map((item) => withoutFarMaster(network, item)),
    natGateway: natGateway.map((item) => withoutDoubleEntries(network, item)),
  }
}

/** One public address for each private one, and none that the guest would have to choose among. */
function withoutDoubles(
  network: Network,
  items: readonly PublicAddress[],
): readonly PublicAddress[] {
  const taken = new Set<string>()
  return items.filter(({ mode, boundTo }) => {
    if (mode === 'multi-visible') return false
    if (boundTo?.kind === 'loadBalancer' && !isKnownBalancer(network, boundTo.id)) return false
    if (!boundTo || boundTo.kind === 'natGateway') return true
    const key = keyOf(network, boundTo)
    if (taken.has(key)) return false
    taken.add(key)
    return true
  })
}

/** Of the others nobody knows what they do with a packet (decision 0010). */
function isKnownBalancer({ loadBalancer = [] }: Network, wanted: string): boolean {
  return loadBalancer.some(
    ({ id, address, listeners }) =>
      id === wanted && address !== undefined && listeners !== undefined,
  )
}

function keyOf(
  { networkInterface = [], haVip = [] }: Network,
  { kind, id, privateAddress }: NonNullable<PublicAddress['boundTo']>,
): string {
  if (kind === 'loadBalancer') return id
  if (kind === 'haVip') return haVip.find((item) => item.id === id)?.address ?? id
  const eni = networkInterface.find((item) =>
    kind === 'networkInterface'
      ? item.id === id
      : item.instanceId === id && item.type === 'primary',
  )
  return `${eni?.id ?? id} ${privateAddress ?? eni?.addresses[0] ?? ''}`
}

/** An instance with an EIP takes part in no DNAT (HELP Internet NAT gateway). */
function withoutDoubleEntries(network: Network, item: NatGateway): NatGateway {
  const { publicAddress = [], networkInterface = [], haVip = [] } = network
  const named = new Set(publicAddress.map(({ boundTo }) => boundTo?.id))
  const own = (address: string): boolean =>
    networkInterface.some(
      ({ id, instanceId, vpcId, addresses }) =>
        vpcId === item.vpcId &&
        addresses.some((one) => one === address) &&
        (named.has(id) || named.has(instanceId)),
    ) || haVip.some(({ id, address: floating }) => floating === address && named.has(id))
  return { ...item, dnat: item.dnat.filter(({ internalAddress }) => !own(internalAddress)) }
}

function withoutFarMaster({ networkInterface = [] }: Network, item: HaVip): HaVip {
  const { master, ...rest } = item
  const near = networkInterface.some(
    ({ id, instanceId, type, subnetId }) =>
      subnetId === item.subnetId &&
      (id === master || (instanceId === master && type === 'primary')),
  )
  return near ? item : rest
}
