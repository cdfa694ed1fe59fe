import { expect, test } from 'vitest'

import { readAlibaba } from '#dialects'
import type { SourceDocument } from '#dialects'

import { noteLines } from './amend-capture.ts'

const vpcs = (fields: object = {}, around: object = {}): unknown => ({
  RequestId: 'r',
  ...around,
  Vpcs: { Vpc: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/8', Status: 'Available', ...fields }] },
})
const vSwitches = (fields: object): unknown => ({
  RequestId: 'r',
  VSwitches: {
    VSwitch: [{ VSwitchId: 'vsw-1', VpcId: 'vpc-1', CidrBlock: '10.1.0.0/16', ...fields }],
  },
})
const placeOf = (...documents: SourceDocument[]) => {
  const [vpc] = readAlibaba(documents).network.vpc ?? []
  return [vpc?.account, vpc?.region]
}

test('the region is taken from the resource, its answer, the folder, a zone, in this order', () => {
  const file = 'accounts/1234567890123456/cn-beijing/vpcs.json'
  const own = vpcs({ RegionId: 'cn-shenzhen' }, { RegionId: 'cn-chengdu' })
  expect(placeOf({ file, json: own })).toEqual(['1234567890123456', 'cn-shenzhen'])
  expect(placeOf({ file, json: vpcs({}, { RegionId: 'cn-chengdu' }) })).toEqual([
    '1234567890123456',
    'cn-chengdu',
  ])
  expect(placeOf({ file, json: vpcs() })).toEqual(['1234567890123456', 'cn-beijing'])
  expect(placeOf({ file: 'eu-central-1/vpcs.json', json: vpcs() })).toEqual([
    'unknown',
    'eu-central-1',
  ])
  expect(placeOf({ file: 'vpcs.json', json: vpcs() })).toEqual(['unknown', 'unknown'])
})

test('a vSwitch in a zone tells where its VPC is', () => {
  const zoned = (ZoneId: string) =>
    placeOf({ file: 'a.json', json: vpcs() }, { file: 'b.json', json: vSwitches({ ZoneId }) })[1]
  expect(zoned('cn-hangzhou-b')).toBe('cn-hangzhou')
  expect(zoned('us-west-1a')).toBe('us-west-1')
  expect(zoned('cn-shanghai-finance-1b')).toBe('cn-shanghai-finance-1')
  expect(zoned('nowhere')).toBe('unknown')
})

test('the account is taken from the owner, the folder, or the only one in the input', () => {
  const folder = 'accounts/ops-team/cn-beijing/vpcs.json'
  expect(placeOf({ file: folder, json: vpcs({ OwnerId: '1111222233334444' }) })[0]).toBe(
    '1111222233334444',
  )
  expect(placeOf({ file: folder, json: vpcs() })[0]).toBe('ops-team')
  expect(
    placeOf(
      { file: 'a.json', json: vpcs() },
      { file: 'b.json', json: vSwitches({ OwnerId: 1111222233334444 }) },
    )[0],
  ).toBe('1111222233334444')
})

test('an account id that lost digits as a number is not taken, and that is said', () => {
  const rounded = Number('253460731706911258')
  const documents = [{ file: 'a.json', json: vpcs({ OwnerId: rounded }) }]
  expect(placeOf(...documents)[0]).toBe('unknown')
  expect(noteLines(readAlibaba(documents))).toEqual(['warning record.inexact-owner'])
})

test('two regions are kept apart, and so is what each of them was asked for', () => {
  const { network } = readAlibaba([
    { file: 'cn-beijing/vpcs.json', json: vpcs() },
    { file: 'cn-shanghai/vpcs.json', json: vpcs({ VpcId: 'vpc-2' }) },
    {
      file: 'cn-shanghai/nat.json',
      json: { RequestId: 'r', NatGateways: { NatGateway: [] }, TotalCount: 0 },
    },
  ])
  expect(network.vpc?.map(({ id, region }) => [id, region])).toEqual([
    ['vpc-1', 'cn-beijing'],
    ['vpc-2', 'cn-shanghai'],
  ])
  const nat = network.gaps?.filter(({ kind }) => kind === 'natGateway')
  expect(nat).toEqual([
    {
      kind: 'natGateway',
      provider: 'alibaba',
      region: 'cn-beijing',
      call: 'aliyun vpc DescribeNatGateways --RegionId cn-beijing',
    },
  ])
})

test('an empty list that names no region proves nothing where there are several', () => {
  const result = readAlibaba([
    { file: 'one.json', json: vpcs({ RegionId: 'cn-beijing' }) },
    { file: 'two.json', json: vpcs({ VpcId: 'vpc-2', RegionId: 'cn-shanghai' }) },
    { file: 'nat.json', json: { RequestId: 'r', NatGateways: { NatGateway: [] }, TotalCount: 0 } },
  ])
  expect(noteLines(result)).toContain('warning listing.no-region')
  expect(result.network.gaps?.filter(({ kind }) => kind === 'natGateway')).toHaveLength(2)
})

test('what another account shares is listed by neither', () => {
  const { network } = readAlibaba([
    {
      file: 'accounts/1111222233334444/cn-beijing/vpcs.json',
      json: vpcs({ OwnerId: '5555666677778888' }),
    },
    {
      file: 'accounts/1111222233334444/cn-beijing/nat.json',
      json: { RequestId: 'r', NatGateways: { NatGateway: [] } },
    },
  ])
  expect(network.gaps?.filter(({ kind }) => kind === 'natGateway')).toEqual([
    {
      kind: 'natGateway',
      provider: 'alibaba',
      account: '5555666677778888',
      region: 'cn-beijing',
      call: 'aliyun vpc DescribeNatGateways --RegionId cn-beijing',
    },
  ])
})
