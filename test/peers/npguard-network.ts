import type { Network, NetworkInterface, PublicAddress, Subnet, Vpc } from '#model'
import { parseNetwork } from '#model'

/**
 * What np-guard supposes where its collector read no route tables (suites/README.md,
 * `internetHeuristic`): a subnet with MapPublicIpOnLaunch in a VPC with an Internet gateway leads to
 * the Internet, and whatever is in it has a public address. Everything else stays inside its VPC.
 * No importer does so: it is this peer's guess, met here alone.
 */
export function withHeuristic(network: Network, isPublic: (subnetId: string) => boolean): Network {
  const { vpc = [], subnet = [], networkInterface = [], publicAddress = [] } = network
  const supposed: object = {
    ...network,
    subnet: subnet.map((one) =>
      leadsOut(network, one, isPublic) ? { ...one, routeTableId: `public-${one.vpcId}` } : one,
    ),
    routeTable: vpc.flatMap((one) => tablesOf(network, one)),
    publicAddress: [
      ...publicAddress,
      ...networkInterface.flatMap((eni, nth) => {
        const own = subnet.find(({ id }) => id === eni.subnetId)
        const isOut = own !== undefined && leadsOut(network, own, isPublic)
        return isOut && !hasPublic(publicAddress, eni) ? [supposedAddress(eni, nth)] : []
      }),
    ],
    gaps: [],
  }
  const parsed = parseNetwork(supposed)
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message)
  return parsed.network
}

const gatewayOf = ({ internetGateway = [] }: Network, vpcId: string): string | undefined =>
  internetGateway.find((one) => one.vpcId === vpcId)?.id

const leadsOut = (
  network: Network,
  { id, vpcId }: Subnet,
  isPublic: (subnetId: string) => boolean,
): boolean => isPublic(id) && gatewayOf(network, vpcId) !== undefined

function tablesOf(network: Network, { id: vpcId, cidrs, ...home }: Vpc): readonly object[] {
  const common = { provider: home.provider, account: home.account, region: home.region, vpcId }
  const local = cidrs.map((destination) => ({
    ...{ id: `local-${destination}`, destination, origin: 'system', state: 'Available' },
    nextHops: [{ target: { kind: 'local' } }],
  }))
  const gateway = gatewayOf(network, vpcId)
  const out = {
    ...{ id: 'out', destination: '0.0.0.0/0', origin: 'custom', state: 'Available' },
    nextHops: [{ target: { kind: 'internetGateway', id: gateway } }],
  }
  const main = { ...common, id: `main-${vpcId}`, type: 'system', routes: local }
  const open = { ...common, id: `public-${vpcId}`, type: 'custom', routes: [...local, out] }
  return gateway === undefined ? [main] : [main, open]
}

const hasPublic = (addresses: readonly PublicAddress[], eni: NetworkInterface): boolean =>
  addresses.some(
    ({ boundTo }) => boundTo && (boundTo.id === eni.id || boundTo.id === eni.instanceId),
  )

const supposedAddress = (eni: NetworkInterface, nth: number): object => ({
  ...{ provider: eni.provider, account: eni.account, region: eni.region },
  ...{ id: `supposed-${eni.id}`, kind: 'natPublicIp', state: 'InUse', mode: 'nat' },
  address: `192.0.2.${nth + 1}`,
  boundTo: { kind: 'networkInterface', id: eni.id, privateAddress: eni.addresses[0] },
})
