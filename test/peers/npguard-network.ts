import type { Home, Network, NetworkInterface, PublicAddress, Subnet, Vpc } from '#model'
import { parseNetwork } from '#model'
import { analyzers, keep, readJson, readSnapshot } from './suites.ts'

/**
 * What np-guard supposes where its collector read no route tables (suites/README.md,
 * `internetHeuristic`): a subnet with MapPublicIpOnLaunch in a VPC with an Internet gateway leads to
 * the Internet, and whatever is in it has a public address. Everything else stays inside its VPC.
 * No importer does so: it is this peer's guess, met here alone.
 */
function withHeuristic(network: Network, isPublic: (subnetId: string) => boolean): Network {
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

function tablesOf(network: Network, vpc: Vpc): readonly object[] {
  const local = vpc.cidrs.map((cidr) => routeTo(cidr, { kind: 'local' }))
  const main = {
    ...homeOf(vpc),
    id: `main-${vpc.id}`,
    vpcId: vpc.id,
    type: 'system',
    routes: local,
  }
  const gateway = gatewayOf(network, vpc.id)
  if (gateway === undefined) return [main]
  const out = routeTo('0.0.0.0/0', { kind: 'internetGateway', id: gateway })
  return [main, { ...main, id: `public-${vpc.id}`, type: 'custom', routes: [...local, out] }]
}

const routeTo = (destination: string, target: object): object => ({
  id: destination,
  destination,
  origin: 'custom',
  state: 'Available',
  nextHops: [{ target }],
})

const homeOf = ({ provider, account, region }: Home): Home => ({ provider, account, region })

const hasPublic = (addresses: readonly PublicAddress[], eni: NetworkInterface): boolean =>
  addresses.some(
    ({ boundTo }) => boundTo && (boundTo.id === eni.id || boundTo.id === eni.instanceId),
  )

const supposedAddress = (eni: NetworkInterface, nth: number): object => ({
  ...homeOf(eni),
  id: `supposed-${eni.id}`,
  kind: 'natPublicIp',
  state: 'InUse',
  mode: 'nat',
  address: `192.0.2.${nth + 1}`,
  boundTo: { kind: 'networkInterface', id: eni.id, privateAddress: eni.addresses[0] },
})

const suite = 'aws-npguard'

/** A snapshot of the suite with its guess. */
export const npguardNetwork = keep((path: string): Network => {
  const json: { readonly subnets: readonly CollectedSubnet[] } = readJson(suite, path)
  const open = json.subnets.filter((one) => one.MapPublicIpOnLaunch).map((one) => one.SubnetId)
  return withHeuristic(readSnapshot(suite, path), (id) => open.includes(id))
})

/** An analyzer of that. */
export const npguardAnalyzer = analyzers(npguardNetwork)

interface CollectedSubnet {
  readonly SubnetId: string
  readonly MapPublicIpOnLaunch: boolean
}
