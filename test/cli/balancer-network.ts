import { exampleNetwork } from './example-network.ts'

const home = { provider: 'alibaba', account: '1001', region: 'cn-hangzhou' }
const inVpc = { ...home, vpcId: 'vpc-shop' }
const inTwin = { ...home, vpcId: 'vpc-twin' }
const [web, database] = exampleNetwork.networkInterface
const [vpc] = exampleNetwork.vpc
const [front, back] = exampleNetwork.subnet

const eip = (
  id: string,
  address: string,
  boundTo?: { readonly kind: string; readonly id: string },
) => ({
  ...home,
  id,
  kind: 'eip',
  address,
  state: boundTo ? 'InUse' : 'Available',
  mode: 'nat',
  ...(boundTo ? { boundTo } : {}),
})

const listener = { protocol: 'tcp', port: 443, state: 'running' }
const backend = { target: { kind: 'instance', id: 'i-db-1' }, port: 5432, weight: 1 }

/**
 * The example with a load balancer in front of i-db-1, EIPs for it and for i-web-1, and a second VPC
 * where i-twin has an address of i-web-1, and an interface that carries nothing that of i-db-1.
 */
export const balancerNetwork = {
  ...exampleNetwork,
  vpc: [
    { ...vpc, ipv6Cidrs: ['2001:db8::/56'] },
    { ...home, id: 'vpc-twin', cidrs: ['10.0.0.0/16'] },
  ],
  subnet: [
    { ...front, ipv6Cidr: '2001:db8::/64' },
    back,
    { ...inTwin, id: 'vsw-twin-a', cidr: '10.0.1.0/24' },
    { ...inTwin, id: 'vsw-twin-b', cidr: '10.0.2.0/24' },
  ],
  instance: [
    ...exampleNetwork.instance,
    { ...inTwin, id: 'i-twin', state: 'Running', network: 'vpc', os: 'linux' },
  ],
  networkInterface: [
    { ...web, addresses: ['10.0.1.10', '10.0.1.11'], ipv6Addresses: [{ address: '2001:db8::10' }] },
    database,
    {
      ...inTwin,
      id: 'eni-twin',
      type: 'primary',
      state: 'InUse',
      subnetId: 'vsw-twin-a',
      instanceId: 'i-twin',
      addresses: ['10.0.1.11'],
      securityGroupIds: [],
    },
    {
      ...inTwin,
      id: 'eni-idle',
      type: 'secondary',
      state: 'Available',
      subnetId: 'vsw-twin-b',
      addresses: ['10.0.2.20'],
      securityGroupIds: [],
    },
  ],
  routeTable: [
    ...exampleNetwork.routeTable,
    { ...inTwin, id: 'vtb-twin', type: 'system', routes: [] },
  ],
  publicAddress: [
    eip('eip-web', '203.0.113.10', { kind: 'instance', id: 'i-web-1' }),
    eip('eip-shop', '203.0.113.60', { kind: 'loadBalancer', id: 'lb-shop' }),
    eip('eip-free', '203.0.113.61'),
  ],
  loadBalancer: [
    {
      ...inVpc,
      id: 'lb-shop',
      subnetId: 'vsw-a',
      address: '10.0.1.60',
      state: 'Active',
      listeners: [
        { ...listener, backends: [backend] },
        { ...listener, protocol: 'udp', port: 53, state: 'stopped', backends: [backend] },
      ],
    },
  ],
}
