/**
 * A small healthy network with at least one resource of every kind that has references: one VPC of
 * two subnets with a web and a database host behind a NAT gateway, and one classic-network host.
 */
export function sampleNetwork(): Json {
  // Not structuredClone, which would keep what the literals below share.
  const copy: Json = JSON.parse(JSON.stringify(sample))
  return copy
}

/** Data as JSON.parse gives it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** In `edited`: takes a field away. */
export const REMOVE = Symbol('remove')

/** Edits by JSON pointer. The place behind the last item of an array, `/-`, appends (RFC 6901). */
export type Edits = Readonly<Record<string, unknown>>

/** The sample with edits, applied in order. */
export function edited(edits: Edits): unknown {
  const network = sampleNetwork()
  for (const [pointer, value] of Object.entries(edits)) edit(network, pointer, value)
  return network
}

/** The JSON pointer of every value below the root. */
export function pointersOf(value: unknown, base = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const pointer = `${base}/${key}`
    return [pointer, ...pointersOf(inner, pointer)]
  })
}

function edit(root: unknown, pointer: string, value: unknown): void {
  const steps = pointer.split('/').slice(1).map(unescape)
  const last = steps.pop() ?? ''
  const parent = steps.reduce<unknown>((node, step) => Reflect.get(Object(node), step), root)
  if (typeof parent !== 'object' || parent === null) throw new Error(`no place ${pointer}`)
  if (Array.isArray(parent) && last === '-') parent.push(value)
  else if (value === REMOVE) Reflect.deleteProperty(parent, last)
  else
    Object.defineProperty(parent, last, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
}

function unescape(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

const home = { provider: 'alibaba', account: '1001', region: 'cn-hangzhou' }
const inVpc = { ...home, vpcId: 'vpc-1' }
const everyPort = { from: 0, to: 65_535 }

const accept = {
  action: 'accept',
  priority: 1,
  protocol: 6,
  ports: [{ from: 3306, to: 3306 }],
}

const web = {
  ...inVpc,
  id: 'eni-web',
  name: 'web',
  type: 'primary',
  state: 'InUse',
  subnetId: 'vsw-a',
  instanceId: 'i-web',
  addresses: ['10.0.1.10', '10.0.1.11'],
  ipv6Addresses: [{ address: '2001:db8:1::10', internet: 'both' }],
  securityGroupIds: ['sg-web'],
}

const database = {
  ...inVpc,
  id: 'eni-db',
  type: 'primary',
  state: 'InUse',
  subnetId: 'vsw-b',
  instanceId: 'i-db',
  addresses: ['10.0.2.20'],
  securityGroupIds: ['sg-db'],
}

const sample: Json = {
  kind: 'hopwise.network/v1',
  capturedAt: '2026-11-21T01:31:28Z',
  vpc: [
    { ...home, id: 'vpc-1', name: 'shop', cidrs: ['10.0.0.0/16'], ipv6Cidrs: ['2001:db8:1::/56'] },
    { ...home, id: 'vpc-2', cidrs: ['10.9.0.0/16'] },
  ],
  subnet: [
    {
      ...inVpc,
      id: 'vsw-a',
      zone: 'zone-a',
      cidr: '10.0.1.0/24',
      ipv6Cidr: '2001:db8:1::/64',
      routeTableId: 'vtb-1',
      networkAclId: 'nacl-1',
    },
    { ...inVpc, id: 'vsw-b', cidr: '10.0.2.0/24' },
    { ...home, vpcId: 'vpc-2', id: 'vsw-far', cidr: '10.9.1.0/24' },
  ],
  instance: [
    { ...inVpc, id: 'i-web', name: 'web', state: 'Running', network: 'vpc', os: 'linux' },
    { ...inVpc, id: 'i-db', name: 'db', state: 'Stopped', network: 'vpc' },
    {
      ...home,
      id: 'i-old',
      name: 'old',
      state: 'Running',
      network: 'classic',
      classic: {
        intranetAddress: '10.31.0.7',
        publicAddress: '203.0.113.7',
        securityGroupIds: ['sg-old'],
        linkedVpcId: 'vpc-1',
      },
    },
  ],
  networkInterface: [web, database],
  securityGroup: [
    { ...inVpc, id: 'sg-web', type: 'basic', intraGroup: 'accept', rules: [] },
    {
      ...inVpc,
      id: 'sg-db',
      type: 'basic',
      intraGroup: 'drop',
      rules: [
        { ...accept, id: 'r-1', direction: 'ingress', peer: { kind: 'group', groupId: 'sg-web' } },
        {
          ...accept,
          id: 'r-2',
          direction: 'ingress',
          peer: { kind: 'prefixList', prefixListId: 'pl-1' },
        },
        {
          ...accept,
          id: 'r-3',
          direction: 'egress',
          protocol: 'all',
          ports: [],
          sourcePorts: [everyPort],
          peer: { kind: 'cidr', cidr: '0.0.0.0/0' },
          local: '10.0.2.20',
        },
      ],
    },
    { ...home, id: 'sg-old', type: 'basic', intraGroup: 'accept', rules: [] },
    { ...inVpc, id: 'sg-big', type: 'enterprise', intraGroup: 'drop', rules: [] },
    { ...home, vpcId: 'vpc-2', id: 'sg-far', type: 'basic', intraGroup: 'accept', rules: [] },
  ],
  networkAcl: [
    {
      ...inVpc,
      id: 'nacl-1',
      ingress: [
        { id: 'in-1', action: 'accept', protocol: 'all', ports: everyPort, peer: '0.0.0.0/0' },
      ],
      egress: [],
    },
  ],
  routeTable: [
    {
      ...inVpc,
      id: 'vtb-1',
      type: 'system',
      routes: [
        {
          id: 'local',
          destination: '10.0.0.0/16',
          origin: 'system',
          state: 'Available',
          nextHops: [{ target: { kind: 'local' } }],
        },
        {
          id: 'out',
          destination: '0.0.0.0/0',
          origin: 'custom',
          state: 'Available',
          nextHops: [{ target: { kind: 'natGateway', id: 'ngw-1' }, weight: 100, enabled: true }],
        },
        {
          id: 'odd',
          destination: '192.0.2.0/24',
          origin: 'custom',
          state: 'Available',
          nextHops: [{ target: { kind: 'unsupported', id: 'x-1', word: 'Teleport' } }],
        },
      ],
    },
    { ...home, vpcId: 'vpc-2', id: 'vtb-2', type: 'system', routes: [] },
  ],
  publicAddress: [
    {
      ...home,
      id: 'eip-web',
      name: 'front door',
      kind: 'eip',
      address: '203.0.113.10',
      state: 'InUse',
      mode: 'nat',
      boundTo: { kind: 'networkInterface', id: 'eni-web', privateAddress: '10.0.1.10' },
    },
    {
      ...home,
      id: 'eip-free',
      kind: 'eip',
      address: '203.0.113.11',
      state: 'Available',
      mode: 'nat',
    },
  ],
  natGateway: [
    {
      ...inVpc,
      id: 'ngw-1',
      subnetId: 'vsw-a',
      reach: 'internet',
      state: 'Available',
      snat: [
        {
          id: 'snat-1',
          state: 'Available',
          source: '10.0.2.0/24',
          sourceSubnetId: 'vsw-b',
          addresses: ['203.0.113.12'],
        },
      ],
      dnat: [
        {
          id: 'dnat-1',
          state: 'Available',
          protocol: 'tcp',
          externalAddress: '203.0.113.12',
          externalPort: { from: 443, to: 443 },
          internalAddress: '10.0.1.10',
          internalPort: { from: 8443, to: 8443 },
        },
      ],
    },
  ],
  internetGateway: [{ ...inVpc, id: 'ipv6gw-1', kind: 'ipv6', state: 'Available', enabled: true }],
  peering: [
    { ...home, id: 'pcc-1', requesterVpcId: 'vpc-1', accepterVpcId: 'vpc-2', state: 'Activated' },
  ],
  routerInterface: [{ ...inVpc, id: 'ri-1', state: 'Active', oppositeVpcId: 'vpc-2' }],
  vpnGateway: [{ ...inVpc, id: 'vpn-1', name: 'office' }],
  prefixList: [{ ...home, id: 'pl-1', cidrs: ['192.0.2.0/24', '198.51.100.7'] }],
  haVip: [
    {
      ...home,
      id: 'havip-1',
      name: 'db',
      subnetId: 'vsw-b',
      address: '10.0.2.100',
      members: ['eni-db', 'i-db'],
      master: 'eni-db',
    },
  ],
  cloudService: [
    { ...home, id: 'oss', name: 'object storage', cidrs: ['100.118.0.0/16'] },
    { ...inVpc, id: 'rds-1', cidrs: ['10.0.2.200'], ports: [{ from: 3306, to: 3306 }] },
  ],
  guests: [
    {
      ...home,
      instanceId: 'i-web',
      ipForward: false,
      routes: [{ destination: '0.0.0.0/0', via: '10.0.1.253', networkInterfaceId: 'eni-web' }],
      rules: [{ priority: 0, table: 255 }],
    },
  ],
  gaps: [
    { kind: 'transitRouter', provider: 'alibaba', call: 'ListTransitRouters' },
    { kind: 'vpc', provider: 'alibaba', id: 'vpc-unread', call: 'DescribeVpcs' },
  ],
}
