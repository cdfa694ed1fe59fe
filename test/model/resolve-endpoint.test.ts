import { expect, test } from 'vitest'
import { indexNetwork, parseNetwork, resolveEndpoint } from '#model'
import type { Resolution, ResolveOptions } from '#model'
import { edited } from './sample-network.ts'
import type { Edits } from './sample-network.ts'

const home = { provider: 'alibaba', account: '1001', region: 'cn-hangzhou' }

function resolve(text: string, options: ResolveOptions = {}, edits: Edits = {}): Resolution {
  const parsed = parseNetwork(edited(edits))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return resolveEndpoint(indexNetwork(parsed.network), text, options)
}

const far = {
  ...home,
  vpcId: 'vpc-2',
  id: 'eni-far',
  type: 'secondary',
  state: 'Available',
  subnetId: 'vsw-far',
  addresses: ['10.9.1.5'],
  securityGroupIds: ['sg-far'],
}
/** A second VPC of the same ranges, whose interface has the address of the database. */
const twin: Edits = {
  '/vpc/1/cidrs': ['10.0.0.0/16', '10.9.0.0/16'],
  '/subnet/2/cidr': '10.0.2.0/24',
  '/networkInterface/-': { ...far, addresses: ['10.0.2.20'] },
}

test.each(['internet', 'Internet', 'INTERNET'])('%s is the Internet', (text) => {
  expect(resolve(text)).toEqual({ kind: 'internet' })
})

test.each([
  ['i-web', { kind: 'instance', instance: { id: 'i-web' } }],
  ['eni-web', { kind: 'networkInterface', networkInterface: { id: 'eni-web' } }],
  ['havip-1', { kind: 'haVip', haVip: { id: 'havip-1' } }],
  ['oss', { kind: 'cloudService', cloudService: { id: 'oss' } }],
  ['vpn-1', { kind: 'boundary', resourceKind: 'vpnGateway', boundary: { id: 'vpn-1' } }],
  ['eip-web', { kind: 'address', realm: 'public', address: '203.0.113.10' }],
])('the id %s is resolved', (id, expected) => {
  expect(resolve(id)).toMatchObject(expected)
})

test.each([
  ['old', { kind: 'instance', instance: { id: 'i-old' } }],
  ['object storage', { kind: 'cloudService' }],
  ['office', { kind: 'boundary', resourceKind: 'vpnGateway' }],
  ['front door', { kind: 'address', owner: { publicAddress: { id: 'eip-web' } } }],
])('the unique name "%s" is resolved', (name, expected) => {
  expect(resolve(name)).toMatchObject(expected)
})

const balancer = { ...home, id: 'lb-1', name: 'entry', vpcId: 'vpc-1', subnetId: 'vsw-b' }

test.each(['lb-1', 'entry', '10.0.2.60'])('%s is the address of a load balancer', (text) => {
  const edits = { '/loadBalancer': [{ ...balancer, address: '10.0.2.60' }] }
  const owner = { kind: 'loadBalancer', loadBalancer: { id: 'lb-1' } }
  const expected = { kind: 'address', realm: 'vpc', address: '10.0.2.60', vpc: { id: 'vpc-1' } }
  expect(resolve(text, {}, edits)).toMatchObject({ ...expected, owner })
})

test('a load balancer of which no address was read is a boundary', () => {
  const edits = { '/loadBalancer': [balancer] }
  expect(resolve('lb-1', {}, edits)).toMatchObject({ kind: 'boundary' })
})

test('the name of a load balancer means nothing in another VPC', () => {
  const edits = { '/loadBalancer': [{ ...balancer, address: '10.0.2.60' }] }
  expect(resolve('entry', { scope: 'vpc-2' }, edits)).toMatchObject({ kind: 'not-found' })
})

test('an instance and its own interface may share a name, which is then the instance', () => {
  expect(resolve('web')).toMatchObject({ kind: 'instance', instance: { id: 'i-web' } })
})

test('a name of several things is ambiguous, and says which', () => {
  const answer = resolve('db')
  expect(answer).toMatchObject({
    kind: 'ambiguous',
    count: 2,
    candidates: [{ instance: { id: 'i-db' } }, { haVip: { id: 'havip-1' } }],
  })
})

test('the scope decides between namesakes of two VPCs', () => {
  const edits = { '/networkInterface/-': { ...far, name: 'old' } }
  expect(resolve('old', {}, edits)).toMatchObject({ kind: 'ambiguous' })
  expect(resolve('old', { scope: 'vpc-1' }, edits)).toMatchObject({ kind: 'instance' })
  expect(resolve('web', { scope: 'vpc-2' }, edits)).toMatchObject({ kind: 'not-found' })
  expect(resolve('db', { scope: 'vpc-2' }, edits)).toMatchObject({ kind: 'not-found' })
})

test('an id needs no scope, unless two accounts share it', () => {
  expect(resolve('i-web', { scope: 'vpc-2' })).toMatchObject({ kind: 'instance' })
  const shared = { '/vpnGateway/-': { ...home, account: '2002', id: 'vpn-1', vpcId: 'vpc-2' } }
  expect(resolve('vpn-1', {}, shared)).toMatchObject({ kind: 'ambiguous', count: 2 })
  expect(resolve('vpn-1', { scope: 'vpc-2' }, shared)).toMatchObject({
    kind: 'boundary',
    boundary: { account: '2002' },
  })
})

test('an id comes before a name', () => {
  const edits = { '/instance/1/name': 'i-web' }
  expect(resolve('i-web', {}, edits)).toMatchObject({ instance: { id: 'i-web' } })
})

test.each([
  ['10.0.1.11', { realm: 'vpc', vpc: { id: 'vpc-1' }, owner: { kind: 'networkInterface' } }],
  ['10.0.2.100', { realm: 'vpc', owner: { kind: 'haVip', haVip: { id: 'havip-1' } } }],
  ['2001:DB8:1:0:0:0:0:10', { realm: 'vpc', address: '2001:db8:1::10', owner: {} }],
  ['10.31.0.7', { realm: 'classic', owner: { id: 'i-old' } }],
  ['203.0.113.7', { realm: 'public', owner: { kind: 'instance', instance: { id: 'i-old' } } }],
  ['203.0.113.11', { realm: 'public', owner: { kind: 'publicAddress' } }],
])('the address %s is resolved to its owner', (text, expected) => {
  expect(resolve(text)).toMatchObject({ kind: 'address', ...expected })
})

test.each([
  ['8.8.8.8', { realm: 'public', address: '8.8.8.8' }],
  ['2606:4700::0:1', { realm: 'public', address: '2606:4700::1' }],
  ['10.0.77.1', { realm: 'vpc', address: '10.0.77.1', vpc: { id: 'vpc-1' } }],
  ['10.9.0.1', { realm: 'vpc', vpc: { id: 'vpc-2' } }],
  ['10.0.2.200', { realm: 'vpc', owner: { cloudService: { id: 'rds-1' } } }],
  ['100.118.3.4', { realm: 'provider', service: { id: 'oss' } }],
  ['100.100.2.136', { realm: 'provider', address: '100.100.2.136' }],
  ['169.254.169.254', { realm: 'provider' }],
])('the address %s, which nobody has, still means something', (text, expected) => {
  expect(resolve(text)).toMatchObject({ kind: 'address', ...expected })
})

test('an address without an owner says so by having none', () => {
  for (const text of ['8.8.8.8', '10.0.77.1']) expect(resolve(text)).not.toHaveProperty('owner')
  expect(resolve('169.254.169.254')).not.toHaveProperty('service')
})

test('a private address outside every VPC means nothing, and in a scope something beyond it', () => {
  expect(resolve('192.168.7.7')).toMatchObject({ kind: 'not-found' })
  expect(resolve('192.168.7.7', { scope: 'vpc-1' })).toEqual({
    kind: 'address',
    realm: 'beyond',
    address: '192.168.7.7',
    vpc: expect.objectContaining({ id: 'vpc-1' }),
  })
  expect(resolve('fd00::1')).toMatchObject({ kind: 'not-found' })
})

test('the same private address in two VPCs is ambiguous until a scope is given', () => {
  expect(resolve('10.0.2.20', {}, twin)).toMatchObject({
    kind: 'ambiguous',
    count: 2,
    candidates: [
      { vpc: { id: 'vpc-1' }, owner: { networkInterface: { id: 'eni-db' } } },
      { vpc: { id: 'vpc-2' }, owner: { networkInterface: { id: 'eni-far' } } },
    ],
  })
  for (const scope of ['vpc-1', 'vpc-2']) {
    expect(resolve('10.0.2.20', { scope }, twin)).toMatchObject({
      realm: 'vpc',
      vpc: { id: scope },
    })
  }
})

test('an address that nobody has, in the ranges of two VPCs, is ambiguous until a scope is given', () => {
  expect(resolve('10.0.99.1', {}, twin)).toMatchObject({ kind: 'ambiguous', count: 2 })
  expect(resolve('10.0.99.1', { scope: 'vpc-2' }, twin)).toMatchObject({ vpc: { id: 'vpc-2' } })
})

test('a scope sees its own ranges before what others have at that address', () => {
  // vpc-2 holds 10.0.0.0/16 too, but nobody in it has the web host's address.
  const answer = resolve('10.0.1.10', { scope: 'vpc-2' }, twin)
  expect(answer).toMatchObject({ kind: 'address', realm: 'vpc', vpc: { id: 'vpc-2' } })
  expect(answer).not.toHaveProperty('owner')
})

test('a scope sees public addresses as everybody does', () => {
  expect(resolve('203.0.113.10', { scope: 'vpc-2' })).toMatchObject({
    owner: { kind: 'publicAddress' },
  })
  expect(resolve('8.8.8.8', { scope: 'vpc-2' })).toMatchObject({ realm: 'public' })
  expect(resolve('100.118.0.1', { scope: 'vpc-2' })).toMatchObject({ realm: 'provider' })
})

test('the private address of another VPC is beyond the scope', () => {
  expect(resolve('10.0.1.10', { scope: 'vpc-2' })).toMatchObject({ realm: 'beyond' })
})

test('a public-looking range of a VPC makes its addresses ambiguous until a scope is given', () => {
  const edits = { '/vpc/1/cidrs': ['10.9.0.0/16', '9.0.0.0/16'] }
  expect(resolve('9.0.1.1', {}, edits)).toMatchObject({
    kind: 'ambiguous',
    candidates: [{ realm: 'vpc' }, { realm: 'public' }],
  })
  expect(resolve('9.0.1.1', { scope: 'vpc-2' }, edits)).toMatchObject({ realm: 'vpc' })
  expect(resolve('9.0.1.1', { scope: 'vpc-1' }, edits)).toMatchObject({ realm: 'public' })
})

test('an interface whose VPC was not read keeps the key of that VPC', () => {
  const edits = {
    '/networkInterface/-': {
      ...far,
      vpcId: 'vpc-unread',
      subnetId: 'vsw-unread',
      addresses: ['10.200.0.5'],
      securityGroupIds: [],
    },
    '/gaps/-': { kind: 'subnet', provider: 'alibaba', call: 'DescribeVSwitches' },
  }
  expect(resolve('10.200.0.5', {}, edits)).toMatchObject({
    realm: 'vpc',
    vpc: { ...home, id: 'vpc-unread' },
    owner: { networkInterface: { id: 'eni-far' } },
  })
})

test('a mistyped id or name gets the nearest, at most three', () => {
  expect(resolve('i-wbe')).toEqual({
    kind: 'not-found',
    near: ['i-web'],
    gaps: expect.anything(),
  })
  expect(resolve('Object Storag')).toMatchObject({ near: ['object storage'] })
  expect(resolve('eip-wed')).toMatchObject({ near: ['eip-web'] })
  expect(resolve('something else entirely')).toMatchObject({ kind: 'not-found', near: [] })
  expect(resolve('i-wbe', { suggest: false })).toMatchObject({ kind: 'not-found', near: [] })
  expect(resolve('')).toMatchObject({ kind: 'not-found' })
})

test('what was not found names the kinds of endpoint that were not read', () => {
  const gaps = [
    { kind: 'instance', provider: 'alibaba', call: 'DescribeInstances' },
    { kind: 'routeTable', provider: 'alibaba', call: 'DescribeRouteTableList' },
    { kind: 'haVip', provider: 'alibaba', id: 'havip-7', call: 'DescribeHaVips' },
  ]
  expect(resolve('i-7', { suggest: false }, { '/gaps': gaps })).toEqual({
    kind: 'not-found',
    near: [],
    gaps: [expect.objectContaining({ kind: 'instance' })],
  })
  expect(resolve('havip-7', {}, { '/gaps': gaps })).toMatchObject({
    kind: 'unread',
    gap: { call: 'DescribeHaVips' },
  })
})

test.each([
  ['vpc-1', 'vpc'],
  ['vsw-a', 'subnet'],
  ['sg-web', 'securityGroup'],
  ['ngw-1', 'natGateway'],
])('%s exists, but no packet starts or ends there', (id, resourceKind) => {
  expect(resolve(id)).toEqual({ kind: 'not-an-endpoint', resourceKind, id })
})

test('a scope that is no VPC is said to be none, with what was probably meant', () => {
  expect(resolve('i-web', { scope: 'vpc-11' })).toEqual({
    kind: 'unknown-scope',
    near: ['vpc-1', 'vpc-2'],
  })
  expect(resolve('i-web', { scope: 'vpc-unread' })).toMatchObject({
    kind: 'unread',
    gap: { id: 'vpc-unread' },
  })
  const namesake = {
    '/vpc/-': { ...home, account: '2002', id: 'vpc-1', cidrs: ['10.0.0.0/8'] },
    '/gaps/-': { kind: 'routeTable', provider: 'alibaba', call: 'x' },
  }
  expect(resolve('i-web', { scope: 'vpc-1' }, namesake)).toEqual({
    kind: 'unknown-scope',
    near: [],
  })
})

test('a crowd of candidates is counted and the first of them shown', () => {
  const crowd = Array.from({ length: 50 }, (_, nth) => ({ ...home, id: `b-${nth}`, name: 'crowd' }))
  const answer = resolve('crowd', {}, { '/bastion': crowd })
  expect(answer).toMatchObject({ kind: 'ambiguous', count: 50 })
  expect(answer.kind === 'ambiguous' && answer.candidates).toHaveLength(20)
})
