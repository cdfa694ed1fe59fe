const home = { provider: 'alibaba', account: '1001', region: 'cn-hangzhou' }
const inVpc = { ...home, vpcId: 'vpc-shop' }

const rule = (direction: 'ingress' | 'egress', id: string, port: number, cidr: string) => ({
  id,
  direction,
  action: 'accept',
  priority: 1,
  protocol: 6,
  ports: [{ from: port, to: port }],
  peer: { kind: 'cidr', cidr },
})

const host = (name: string, subnetId: string, address: string) => ({
  instance: {
    ...inVpc,
    id: `i-${name}-1`,
    name: `${name} one`,
    state: 'Running',
    network: 'vpc',
    os: 'linux',
  },
  networkInterface: {
    ...inVpc,
    id: `eni-${name}-1`,
    type: 'primary',
    state: 'InUse',
    subnetId,
    instanceId: `i-${name}-1`,
    addresses: [address],
    securityGroupIds: [`sg-${name}`],
  },
})

const hosts = [host('web', 'vsw-a', '10.0.1.10'), host('db', 'vsw-b', '10.0.2.20')]

/** Two hosts in one VPC: i-web-1 may reach i-db-1 on TCP 5432, and on 3306 it may not. */
export const exampleNetwork = {
  kind: 'hopwise.network/v1',
  vpc: [{ ...home, id: 'vpc-shop', name: 'shop', cidrs: ['10.0.0.0/16'] }],
  subnet: [
    { ...inVpc, id: 'vsw-a', cidr: '10.0.1.0/24', routeTableId: 'vtb-1' },
    { ...inVpc, id: 'vsw-b', cidr: '10.0.2.0/24', routeTableId: 'vtb-1' },
  ],
  instance: hosts.map(({ instance }) => instance),
  networkInterface: hosts.map(({ networkInterface }) => networkInterface),
  securityGroup: [
    { ...inVpc, id: 'sg-web', type: 'basic', intraGroup: 'accept', rules: [] },
    {
      ...inVpc,
      id: 'sg-db',
      name: 'db tier',
      type: 'basic',
      intraGroup: 'accept',
      rules: [rule('ingress', 'sgr-5432', 5432, '10.0.1.0/24')],
    },
  ],
  routeTable: [
    {
      ...inVpc,
      id: 'vtb-1',
      type: 'system',
      routes: [
        {
          id: 'rte-local',
          destination: '10.0.0.0/16',
          origin: 'system',
          state: 'Available',
          nextHops: [{ target: { kind: 'local' } }],
        },
      ],
    },
  ],
}
