import fc from 'fast-check'
import { expect, test } from 'vitest'

import { readAws } from '#dialects'
import type { SourceDocument } from '#dialects'
import { parseNetwork } from '#model'

import {
  answerOf,
  awsCapture,
  captureWith,
  elementsIn,
  gapLines,
  noteLines,
  place,
  readOnly,
} from './aws-capture.ts'

const whole = readAws(awsCapture)

test('a complete capture has no notes, no gaps and no problems', () => {
  expect(whole.notes).toEqual([])
  expect(whole.network.gaps).toBeUndefined()
  expect(parseNetwork(whole.network)).toEqual({ ok: true, network: whole.network, problems: [] })
})

test('written and read again it is the same network', () => {
  const text = JSON.stringify(whole.network)
  const parsed = parseNetwork(JSON.parse(text))
  expect(parsed).toEqual({ ok: true, network: whole.network, problems: [] })
})

test.each([
  ['describe-vpcs', 'vpc'],
  ['describe-subnets', 'subnet'],
  ['describe-instances', 'instance'],
  ['describe-network-interfaces', 'networkInterface'],
  ['describe-security-groups', 'securityGroup'],
  ['describe-network-acls', 'networkAcl'],
  ['describe-network-acls', 'networkAclAssociation'],
  ['describe-route-tables', 'routeTable'],
  ['describe-nat-gateways', 'natGateway'],
  ['describe-internet-gateways', 'internetGateway'],
  ['describe-egress-only-internet-gateways', 'ipv6Internet'],
])('without %s a gap of kind %s names it, and the rest is a sound network', (name, kind) => {
  const result = readAws(captureWith({}, [name]))
  expect(result.network.gaps).toContainEqual({
    kind,
    provider: 'aws',
    region: place.region,
    call: `aws ec2 ${name} --region us-east-2`,
  })
  expect(parseNetwork(result.network)).toMatchObject({ ok: true })
})

test.each([
  [
    'describe-vpc-peering-connections',
    'peering pcx-1: ec2 describe-vpc-peering-connections --vpc-peering-connection-ids pcx-1',
  ],
  [
    'describe-transit-gateways',
    'transitRouter tgw-1: ec2 describe-transit-gateways --transit-gateway-ids tgw-1',
  ],
  ['describe-vpn-gateways', 'vpnGateway vgw-1: ec2 describe-vpn-gateways --vpn-gateway-ids vgw-1'],
  [
    'describe-vpc-endpoints',
    'endpoint vpce-s3: ec2 describe-vpc-endpoints --vpc-endpoint-ids vpce-s3',
  ],
  ['describe-vpn-connections', 'line *: ec2 describe-vpn-connections'],
  [
    'describe-vpn-connections',
    'line vpn-2: ec2 describe-vpn-connections --vpn-connection-ids vpn-2',
  ],
  ['describe-virtual-interfaces', 'line *: directconnect describe-virtual-interfaces'],
  [
    'describe-load-balancers',
    'loadBalancer arn:aws:elasticloadbalancing:us-east-2:111122223333:loadbalancer/net/front/50dc6c495c0c9188: elbv2 describe-load-balancers --load-balancer-arns arn:aws:elasticloadbalancing:us-east-2:111122223333:loadbalancer/net/front/50dc6c495c0c9188',
  ],
])('without %s what is named is missed by its id', (name, gap) => {
  const result = readAws(captureWith({}, [name]))
  expect(gapLines(result)).toContain(gap)
  expect(parseNetwork(result.network)).toMatchObject({ ok: true })
})

test('without both calls that print them, public addresses are missed', () => {
  const removed = ['describe-addresses', 'describe-network-interfaces']
  expect(gapLines(readAws(captureWith({}, removed)))).toContain(
    'publicAddress *: ec2 describe-addresses',
  )
})

test('any part of the capture is a sound network, and says less of what it lacks', () => {
  const some = fc.subarray([...awsCapture], { minLength: 1 })
  fc.assert(
    fc.property(some, (documents) => {
      const { network, notes } = readAws(documents)
      expect(parseNetwork(network)).toMatchObject({ ok: true })
      expect(notes.filter(({ severity }) => severity === 'error')).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('the order of the documents makes no difference', () => {
  const { length } = awsCapture
  const shuffled = fc.shuffledSubarray([...awsCapture], { minLength: length, maxLength: length })
  fc.assert(
    fc.property(shuffled, (documents) => {
      expect(readAws(documents)).toEqual(whole)
    }),
    { numRuns: 25 },
  )
})

test('documents that are there twice make no difference', () => {
  const copies = awsCapture.map(({ file, json }) => ({ file: `copy/${file}`, json }))
  expect(readAws([...awsCapture, ...copies])).toEqual(whole)
})

/** A listing cut into one page an element. */
function paged(name: string, key: string): readonly SourceDocument[] {
  const items = elementsIn(answerOf(name), key)
  return items.map((item, page) => {
    const token = page === items.length - 1 ? {} : { NextToken: `t${page}` }
    return { file: `aws/${name}.${page}.json`, json: { [key]: [item], ...token } }
  })
}

test('how lists are cut into pages makes no difference', () => {
  const lists = [
    ['describe-network-interfaces', 'NetworkInterfaces'],
    ['describe-security-groups', 'SecurityGroups'],
    ['describe-route-tables', 'RouteTables'],
    ['describe-instances', 'Reservations'],
  ] as const
  const rest = captureWith(
    {},
    lists.map(([name]) => name),
  )
  const pages = lists.flatMap(([name, key]) => paged(name, key))
  expect(readAws([...pages.toReversed(), ...rest])).toEqual(whole)
})

test('a listing whose last page is missing is a gap', () => {
  const pages = paged('describe-security-groups', 'SecurityGroups').slice(0, 1)
  const result = readAws([...captureWith({}, ['describe-security-groups']), ...pages])
  expect(noteLines(result)).toEqual(['warning listing.pages-missing'])
  expect(gapLines(result)).toContain('securityGroup *: ec2 describe-security-groups')
})

test('an answer about one owner takes it from its own word, its file name, or the only candidate', () => {
  const name = 'get-managed-prefix-list-entries.pl-own'
  const { Entries } = answerOf(name)
  const rest = captureWith({}, [name])
  for (const document of [
    { file: 'entries.json', json: { Entries, PrefixListId: 'pl-own' } },
    { file: 'pl-own/entries.json', json: { Entries } },
  ]) {
    expect(readAws([...rest, document])).toEqual(whole)
  }
  const nameless = readAws([...rest, { file: 'entries.json', json: { Entries } }])
  expect(noteLines(nameless)).toEqual(['warning listing.no-owner'])
  const lone = captureWith({ 'describe-managed-prefix-lists': { ManagedPrefixLists: [] } }, [
    name,
    'describe-prefix-lists',
  ])
  const list = { ManagedPrefixLists: [{ PrefixListId: 'pl-own', PrefixListName: 'offices' }] }
  const only = readAws([
    ...lone,
    { file: 'list.json', json: list },
    { file: 'entries.json', json: { Entries } },
  ])
  expect(only.network.prefixList?.map(({ id }) => id)).toEqual(['pl-own'])
})

test('elements without an id are said, and open their kind', () => {
  const result = readOnly({
    Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/8' }, { CidrBlock: 'x' }, 7],
  })
  expect(noteLines(result)).toEqual(['error record.no-id', 'error record.no-id'])
  expect(gapLines(result)).toContain('vpc *: ec2 describe-vpcs')
})

test('lists that no call of the table has are noted once each', () => {
  const result = readOnly(
    { Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/8' }], Volumes: [{}] },
    { Volumes: [] },
    { KeyPairs: [] },
    { DBInstances: [{ DBInstanceIdentifier: 'db-1' }] },
    { answer: 42 },
  )
  expect(result.notes.map(({ code, file, pointer }) => [code, file, pointer])).toEqual([
    ['listing.unknown', '0.json', '/Volumes'],
    ['listing.unknown', '2.json', '/KeyPairs'],
    ['listing.not-needed', '3.json', '/DBInstances'],
    ['answer.unrecognised', '4.json', ''],
  ])
})
