import { expect, test } from 'vitest'

import { readAws, recognise } from '#dialects'
import type { SourceDocument } from '#dialects'

import { awsCapture, gapLines, noteLines, readOnly } from './aws-capture.ts'
import type { Json } from './amend-capture.ts'

const vpc = (id: string, more: Json = {}): Json => ({
  VpcId: id,
  CidrBlock: '10.0.0.0/16',
  ...more,
})
const read = (...documents: readonly SourceDocument[]) => readAws(documents).network

/** Account and region of each VPC. */
function places(...documents: readonly SourceDocument[]) {
  return read(...documents).vpc?.map(({ id, account, region }) => [id, account, region])
}

test('folders say account and region', () => {
  const json = (id: string) => ({ Vpcs: [vpc(id)] })
  expect(
    places(
      { file: 'x/accounts/111122223333/us-east-2/Vpcs.json', json: json('vpc-1') },
      { file: 'x/accounts/444455556666/eu-west-1/Vpcs.json', json: json('vpc-2') },
    ),
  ).toEqual([
    ['vpc-1', '111122223333', 'us-east-2'],
    ['vpc-2', '444455556666', 'eu-west-1'],
  ])
  expect(places({ file: 'aws/111122223333/vpcs.us-gov-west-1.json', json: json('vpc-1') })).toEqual(
    [['vpc-1', '111122223333', 'us-gov-west-1']],
  )
})

test('owners, ARNs and zones say them, wherever the file lies', () => {
  const json = {
    Vpcs: [vpc('vpc-1', { OwnerId: '111122223333' })],
    Subnets: [
      {
        SubnetId: 'subnet-1',
        VpcId: 'vpc-1',
        CidrBlock: '10.0.0.0/24',
        AvailabilityZone: 'us-west-2-lax-1a',
        OwnerId: '111122223333',
      },
    ],
    LoadBalancers: [
      {
        LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:444455556666:loadbalancer/app/x/1',
        Type: 'application',
      },
    ],
  }
  const network = read({ file: 'aws.json', json })
  expect(network.vpc?.[0]).toMatchObject({ account: '111122223333', region: 'us-west-2' })
  expect(network.loadBalancer?.[0]).toMatchObject({ account: '444455556666', region: 'eu-west-1' })
})

test('what says nothing is where the rest is, or unknown', () => {
  const near = readOnly(
    { Vpcs: [vpc('vpc-1')] },
    { NatGateways: [{ NatGatewayId: 'nat-1', VpcId: 'vpc-1', State: 'available' }] },
    { CustomerGateways: [] },
  )
  expect(near.network.natGateway?.[0]).toMatchObject({ account: 'unknown', region: 'unknown' })
  const gaps = near.network.gaps ?? []
  expect(gaps.every((gap) => !('region' in gap) && !gap.call.includes('--region'))).toBe(true)
})

test('a listing that could be of any of several regions proves nothing', () => {
  const zone = (id: string, name: string) => ({
    SubnetId: id,
    VpcId: `vpc-${id}`,
    CidrBlock: '10.0.0.0/24',
    AvailabilityZone: name,
  })
  const result = readOnly(
    { Subnets: [zone('s1', 'us-east-2a'), zone('s2', 'eu-west-1a')] },
    { NatGateways: [] },
  )
  expect(noteLines(result)).toContain('warning listing.no-region')
  expect(gapLines(result)).toEqual(
    expect.arrayContaining([
      'natGateway *: ec2 describe-nat-gateways',
      'natGateway *: ec2 describe-nat-gateways --region eu-west-1',
    ]),
  )
})

const whole = readAws(awsCapture)

test('one object with the lists of all calls is the same as a file for each', () => {
  const answers = awsCapture.filter(
    ({ file }) => !/Attributes|\.(pl|tgw)-|health|attributes/.test(file),
  )
  const rest = awsCapture.filter((document) => !answers.includes(document))
  const json = Object.assign({}, ...answers.map((document) => document.json))
  expect(readAws([{ file: 'all.json', json }, ...rest])).toEqual(whole)
})

test("a collector's object in snake case is the same", () => {
  const snake = (key: string) => key.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
  const plain = [
    'describe-vpcs',
    'describe-subnets',
    'describe-security-groups',
    'describe-network-acls',
    'describe-internet-gateways',
  ]
  const mine = awsCapture.filter(({ file }) => plain.some((name) => file === `aws/${name}.json`))
  const lists = Object.assign({}, ...mine.map(({ json }) => json))
  const json = {
    collector_version: '0.14.0',
    provider: 'aws',
    ...Object.fromEntries(Object.entries(lists).map(([key, value]) => [snake(key), value])),
    transit_gateways: [],
  }
  expect(recognise(json)).toBe('aws')
  const documents = awsCapture.filter((document) => !mine.includes(document))
  expect(readAws([...documents, { file: 'collected.json', json }])).toEqual(whole)
})

test('answers keyed by account, region and call, and pages in a list, are the same', () => {
  const byCall = Object.fromEntries(awsCapture.map(({ file, json }) => [file.slice(4, -5), [json]]))
  const json = { '111122223333': { 'us-east-2': byCall } }
  const { network, notes } = readAws([{ file: 'all.json', json }])
  expect(notes).toEqual([])
  expect(network).toEqual(whole.network)
})

test('what AWS prints is recognised by its content, and what others print is not', () => {
  for (const { json } of awsCapture) expect(recognise(json)).toBe('aws')
  const others: readonly unknown[] = [
    { Vpcs: { Vpc: [] } },
    { RequestId: 'r', Vpcs: { Vpc: [{ VpcId: 'vpc-1' }] } },
    { kind: 'hopwise.network/v1', vpc: [] },
    { value: [{ id: '/subscriptions/1', type: 'Microsoft.Network/virtualNetworks' }] },
    { properties: { subnets: [], securityRules: [] } },
    { subnets: [] },
    { Attributes: [{ Key: 'a', Value: 'b' }] },
    { Routes: [] },
    [],
    'Vpcs',
  ]
  expect(others.filter((json) => recognise(json) === 'aws')).toEqual([])
})
