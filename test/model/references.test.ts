import { expect, test } from 'vitest'
import { parseNetwork } from '#model'
import { edited } from './sample-network.ts'
import type { Edits } from './sample-network.ts'

const home = { provider: 'alibaba', account: '1001', region: 'cn-hangzhou' }
const boundary = { ...home, id: 'b-1', vpcId: 'nowhere' }
const nowhere = 'nowhere'
const inVpc = { ...boundary, vpcId: 'vpc-1' }
const attached = (kind: 'vpc' | 'line') => {
  const attachment = {
    id: 'att-1',
    kind,
    resourceId: 'vpc-1',
    state: 'available',
    subnetIds: ['vsw-b'],
  }
  return { '/transitRouter': [{ ...inVpc, attachments: [attachment] }] }
}
const backend = () => ({ target: { kind: 'instance', id: 'i-db' }, port: 80, weight: 1 })
const fronted = () => ({
  '/loadBalancer': [
    {
      ...inVpc,
      frontends: [{ address: '10.0.2.60', subnetId: 'vsw-b', networkInterfaceId: 'eni-db' }],
      securityGroupIds: ['sg-db'],
      listeners: [{ protocol: 'tcp', port: 80, state: 'running', backends: [backend()] }],
    },
  ],
})

interface Reference {
  readonly severity: 'error' | 'warning'
  readonly pointer: string
  readonly more?: Edits
}

/** Every place that refers to something: how bad it is when nothing is there. */
const references: readonly Reference[] = [
  { severity: 'error', pointer: '/subnet/0/vpcId' },
  { severity: 'error', pointer: '/subnet/0/routeTableId' },
  { severity: 'error', pointer: '/subnet/0/networkAclId' },
  { severity: 'error', pointer: '/instance/0/vpcId' },
  { severity: 'error', pointer: '/instance/2/classic/securityGroupIds/0' },
  { severity: 'error', pointer: '/instance/2/classic/linkedVpcId' },
  { severity: 'error', pointer: '/networkInterface/0/vpcId' },
  { severity: 'error', pointer: '/networkInterface/0/subnetId' },
  { severity: 'error', pointer: '/networkInterface/0/instanceId' },
  { severity: 'error', pointer: '/networkInterface/0/securityGroupIds/0' },
  { severity: 'error', pointer: '/securityGroup/0/vpcId' },
  { severity: 'warning', pointer: '/securityGroup/1/rules/0/peer/groupId' },
  { severity: 'error', pointer: '/securityGroup/1/rules/1/peer/prefixListId' },
  { severity: 'error', pointer: '/networkAcl/0/vpcId' },
  { severity: 'error', pointer: '/routeTable/0/vpcId' },
  { severity: 'warning', pointer: '/routeTable/0/routes/1/nextHops/0/target/id' },
  { severity: 'warning', pointer: '/publicAddress/0/boundTo/id' },
  { severity: 'error', pointer: '/natGateway/0/vpcId' },
  { severity: 'error', pointer: '/natGateway/0/subnetId' },
  { severity: 'warning', pointer: '/natGateway/0/snat/0/sourceSubnetId' },
  { severity: 'warning', pointer: '/natGateway/0/snat/0/sourceNetworkInterfaceId' },
  { severity: 'error', pointer: '/internetGateway/0/vpcId' },
  { severity: 'error', pointer: '/internetGateway/0/routeTableId' },
  { severity: 'warning', pointer: '/peering/0/requesterVpcId' },
  { severity: 'warning', pointer: '/peering/0/accepterVpcId' },
  { severity: 'error', pointer: '/routerInterface/0/vpcId' },
  { severity: 'warning', pointer: '/routerInterface/0/oppositeId' },
  { severity: 'warning', pointer: '/routerInterface/0/oppositeVpcId' },
  { severity: 'error', pointer: '/haVip/0/subnetId' },
  { severity: 'error', pointer: '/haVip/0/members/1' },
  { severity: 'error', pointer: '/haVip/0/master' },
  { severity: 'error', pointer: '/cloudService/1/vpcId' },
  { severity: 'warning', pointer: '/vpnGateway/0/vpcId' },
  { severity: 'error', pointer: '/guests/0/instanceId' },
  { severity: 'warning', pointer: '/guests/0/routes/0/networkInterfaceId' },
  {
    severity: 'warning',
    pointer: '/transitRouter/0/vpcId',
    more: { '/transitRouter': [boundary] },
  },
  { severity: 'warning', pointer: '/line/0/vpcId', more: { '/line': [boundary] } },
  { severity: 'warning', pointer: '/loadBalancer/0/vpcId', more: { '/loadBalancer': [boundary] } },
  { severity: 'warning', pointer: '/endpoint/0/vpcId', more: { '/endpoint': [boundary] } },
  { severity: 'warning', pointer: '/bastion/0/vpcId', more: { '/bastion': [boundary] } },
  {
    severity: 'warning',
    pointer: '/applicationGateway/0/vpcId',
    more: { '/applicationGateway': [boundary] },
  },
  { severity: 'warning', pointer: '/scaleSet/0/vpcId', more: { '/scaleSet': [boundary] } },
  {
    severity: 'warning',
    pointer: '/networkInterface/0/serves/id',
    more: { '/networkInterface/0/serves': { kind: 'endpoint', id: 'ep-1' } },
  },
  {
    severity: 'warning',
    pointer: '/natGateway/0/addresses/0/networkInterfaceId',
    more: { '/natGateway/0/addresses': [{ privateAddress: '10.0.2.60' }] },
  },
  {
    severity: 'warning',
    pointer: '/transitRouter/0/attachments/0/resourceId',
    more: attached('vpc'),
  },
  {
    severity: 'warning',
    pointer: '/transitRouter/0/attachments/0/resourceId',
    more: attached('line'),
  },
  {
    severity: 'warning',
    pointer: '/transitRouter/0/attachments/0/subnetIds/0',
    more: attached('vpc'),
  },
  ...(['vpnGateway', 'line'] as const).map((kind) => ({
    severity: 'warning' as const,
    pointer: '/line/0/attachedTo/id',
    more: { '/line': [{ ...inVpc, attachedTo: { kind, id: 'x-1' } }] },
  })),
  { severity: 'error', pointer: '/loadBalancer/0/frontends/0/subnetId', more: fronted() },
  { severity: 'error', pointer: '/loadBalancer/0/frontends/0/networkInterfaceId', more: fronted() },
  { severity: 'error', pointer: '/loadBalancer/0/securityGroupIds/0', more: fronted() },
  {
    severity: 'error',
    pointer: '/loadBalancer/0/listeners/0/backends/0/target/id',
    more: fronted(),
  },
  {
    severity: 'warning',
    pointer: '/endpoint/0/prefixListId',
    more: { '/endpoint': [{ ...inVpc }] },
  },
  {
    severity: 'warning',
    pointer: '/endpoint/0/networkInterfaceIds/0',
    more: { '/endpoint': [{ ...inVpc, networkInterfaceIds: ['eni-db'] }] },
  },
]

test.each(references)('a $severity comes of a reference to nowhere at $pointer', (reference) => {
  const { severity, pointer, more } = reference
  const { problems } = parseNetwork(edited({ ...more, [pointer]: nowhere }))
  const dangling = problems.filter(({ code }) => code === 'dangling-reference')
  expect(dangling).toEqual([expect.objectContaining({ severity, pointer, found: '"nowhere"' })])
})

const kinds = [
  'vpc',
  'subnet',
  'routeTable',
  'networkAcl',
  'instance',
  'networkInterface',
  'securityGroup',
  'prefixList',
  'natGateway',
  'routerInterface',
  'endpoint',
  'line',
  'transitRouter',
  'vpnGateway',
]

test.each(references)(
  'a gap excuses what $pointer says, by id and by kind',
  ({ pointer, more }) => {
    const gaps = (id: object) =>
      kinds.map((kind) => ({ kind, provider: 'alibaba', call: 'Describe', ...id }))
    for (const id of [{ id: nowhere }, {}]) {
      const { problems } = parseNetwork(edited({ ...more, [pointer]: nowhere, '/gaps': gaps(id) }))
      expect(problems.filter(({ code }) => code === 'dangling-reference')).toEqual([])
    }
  },
)

test('a gap of another provider or for another id excuses nothing', () => {
  const gaps = [
    { kind: 'subnet', provider: 'aws', call: 'x' },
    { kind: 'subnet', provider: 'alibaba', id: 'vsw-other', call: 'x' },
    { kind: 'vpc', provider: 'alibaba', call: 'x' },
  ]
  const edits = { '/networkInterface/0/subnetId': nowhere, '/gaps': gaps }
  expect(parseNetwork(edited(edits)).problems).toMatchObject([{ code: 'dangling-reference' }])
})

test('what is only broken is not missing as well', () => {
  const { problems } = parseNetwork(edited({ '/subnet/0/cidr': 'wide' }))
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/subnet/0/cidr'])
})

test('what has lost its id might be what a reference means', () => {
  const { problems } = parseNetwork(edited({ '/subnet/0/id': 7 }))
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/subnet/0/id'])
})

test('an array that is none, or an unreadable gap, accuses no reference', () => {
  for (const edits of [
    { '/subnet': 'none' },
    { '/gaps/0': 7, '/networkInterface/0/vpcId': nowhere },
  ]) {
    const codes = parseNetwork(edited(edits)).problems.map(({ code }) => code)
    expect(codes).not.toContain('dangling-reference')
  }
})

test('an id of the same account and region comes before its namesakes', () => {
  const there = { ...home, region: 'cn-beijing' }
  const vpc = { ...there, id: 'vpc-1', cidrs: ['10.0.0.0/8'] }
  const table = { ...there, id: 'vtb-b', vpcId: 'vpc-1', type: 'system', routes: [] }
  // Were the namesakes confused, one of the two VPCs would have two system tables.
  expect(parseNetwork(edited({ '/vpc/-': vpc, '/routeTable/-': table })).problems).toEqual([])
})
