import { expect, test } from 'vitest'

import { readAws } from '#dialects'

import {
  awsCapture,
  captureWith,
  elementsIn,
  gapLines,
  noteLines,
  readChanged,
  readWith,
} from './aws-capture.ts'
import type { Json } from './amend-capture.ts'

/** The routes the table of VPC vpc-data has, with these entries instead of its own. */
function routesOf(...entries: readonly Json[]) {
  const result = readWith('describe-route-tables', 'RouteTables', 'rtb-data', { Routes: entries })
  const table = result.network.routeTable?.find(({ id }) => id === 'rtb-data')
  return { result, routes: table?.routes ?? [] }
}

const to = (destination: string, fields: Json): Json => ({
  DestinationCidrBlock: destination,
  Origin: 'CreateRoute',
  State: 'active',
  ...fields,
})

test('tables are the main one of a VPC, those of subnets and those of gateways', () => {
  const { routeTable, subnet, internetGateway } = readAws(awsCapture).network
  expect(routeTable?.map(({ id, type }) => [id, type])).toEqual([
    ['rtb-data', 'system'],
    ['rtb-edge', 'gateway'],
    ['rtb-main', 'system'],
    ['rtb-public', 'custom'],
  ])
  expect(subnet?.map(({ id, routeTableId }) => [id, routeTableId])).toEqual([
    ['subnet-a', 'rtb-public'],
    ['subnet-b', undefined],
    ['subnet-d', undefined],
  ])
  expect(internetGateway?.find(({ id }) => id === 'igw-1')?.routeTableId).toBe('rtb-edge')
})

test.each<[Json, object]>([
  [{ GatewayId: 'local' }, { kind: 'local' }],
  [{ GatewayId: 'igw-1' }, { kind: 'internetGateway', id: 'igw-1' }],
  [{ GatewayId: 'vgw-1' }, { kind: 'vpnGateway', id: 'vgw-1' }],
  [{ GatewayId: 'vpce-1' }, { kind: 'endpoint', id: 'vpce-1' }],
  [{ EgressOnlyInternetGatewayId: 'eigw-1' }, { kind: 'internetGateway', id: 'eigw-1' }],
  [{ NatGatewayId: 'nat-1' }, { kind: 'natGateway', id: 'nat-1' }],
  [{ VpcPeeringConnectionId: 'pcx-1' }, { kind: 'peering', id: 'pcx-1' }],
  [{ TransitGatewayId: 'tgw-1' }, { kind: 'transitRouter', id: 'tgw-1' }],
  [{ NetworkInterfaceId: 'eni-1' }, { kind: 'networkInterface', id: 'eni-1' }],
  [{ InstanceId: 'i-1' }, { kind: 'instance', id: 'i-1' }],
  [
    { InstanceId: 'i-1', NetworkInterfaceId: 'eni-1' },
    { kind: 'networkInterface', id: 'eni-1' },
  ],
  [{ LocalGatewayId: 'lgw-1' }, { kind: 'unsupported', id: 'lgw-1', word: 'LocalGatewayId' }],
  [{ CarrierGatewayId: 'cagw-1' }, { kind: 'unsupported', id: 'cagw-1', word: 'CarrierGatewayId' }],
  [
    { CoreNetworkArn: 'arn:aws:x' },
    { kind: 'unsupported', id: 'arn:aws:x', word: 'CoreNetworkArn' },
  ],
])('a route with %j leads there', (fields, target) => {
  const { routes } = routesOf(to('10.7.0.0/16', fields))
  expect(routes.map(({ nextHops }) => nextHops)).toEqual([[{ target }]])
})

test('a target that the model does not have is a remark', () => {
  expect(noteLines(routesOf(to('10.7.0.0/16', { LocalGatewayId: 'lgw-1' })).result)).toEqual([
    'warning route.unsupported-target',
  ])
})

test('a route without any target makes its table one that was not read', () => {
  const { result } = routesOf(to('10.7.0.0/16', {}))
  expect(noteLines(result)).toEqual(['error route-table.unreadable'])
  expect(gapLines(result)).toEqual([
    'routeTable rtb-data: ec2 describe-route-tables --route-table-ids rtb-data',
  ])
})

test('origins are the system, the owner and what was learnt', () => {
  const { routes } = routesOf(
    to('10.1.0.0/16', { GatewayId: 'local', Origin: 'CreateRouteTable' }),
    to('10.2.0.0/16', { GatewayId: 'vgw-1', Origin: 'EnableVgwRoutePropagation' }),
    to('10.3.0.0/16', { GatewayId: 'vgw-1' }),
  )
  expect(routes.map(({ origin }) => origin)).toEqual(['system', 'dynamic', 'custom'])
})

test('a black hole stays one whatever its target was', () => {
  const { result, routes } = routesOf(
    to('10.7.0.0/16', { NatGatewayId: 'nat-9', State: 'blackhole' }),
  )
  expect(routes[0]?.nextHops).toEqual([{ target: { kind: 'blackhole' } }])
  expect(noteLines(result)).toEqual(['info route.blackhole'])
  expect(gapLines(result)).toEqual([])
})

test('of two routes to one destination the static one counts before the learnt one', () => {
  const learnt = to('10.7.0.0/16', { GatewayId: 'vgw-1', Origin: 'EnableVgwRoutePropagation' })
  const fixed = to('10.7.0.0/16', { NatGatewayId: 'nat-1' })
  for (const entries of [
    [learnt, fixed],
    [fixed, learnt],
  ]) {
    const { result, routes } = routesOf(...entries)
    expect(routes.map(({ nextHops }) => nextHops[0]?.target)).toEqual([
      { kind: 'natGateway', id: 'nat-1' },
    ])
    expect(noteLines(result)).toEqual([])
  }
})

test('two static routes to one destination contradict each other', () => {
  const { result } = routesOf(
    to('10.7.0.0/16', { NatGatewayId: 'nat-1' }),
    to('10.7.0.0/16', { GatewayId: 'igw-1' }),
  )
  expect(noteLines(result)).toEqual(['error route-table.unreadable'])
})

test('a route to a prefix list is one route for each of its ranges', () => {
  const main = readAws(awsCapture).network.routeTable?.find(({ id }) => id === 'rtb-main')
  const ways = main?.routes.filter(({ nextHops }) =>
    nextHops.some(({ target }) => 'id' in target && target.id === 'vpce-s3'),
  )
  expect(ways?.map(({ id }) => id)).toEqual(['rtb-main/3.5.128.0/22', 'rtb-main/52.219.80.0/20'])
})

test('a route to a prefix list that was not read is a gap that names the call', () => {
  expect(gapLines(readAws(captureWith({}, ['describe-prefix-lists'])))).toEqual([
    'routeTable rtb-main: ec2 get-managed-prefix-list-entries --prefix-list-id pl-63a5400a',
  ])
  const own = readAws(captureWith({}, ['get-managed-prefix-list-entries.pl-own']))
  expect(gapLines(own)).toEqual([
    'prefixList pl-own: ec2 get-managed-prefix-list-entries --prefix-list-id pl-own',
  ])
})

test('a subnet without a table, in a VPC whose main table is not listed, is a gap', () => {
  const result = readChanged('describe-route-tables', (json) => {
    json['RouteTables'] = elementsIn(json, 'RouteTables').filter(
      (table) => table['RouteTableId'] !== 'rtb-data',
    )
  })
  expect(gapLines(result)).toEqual([
    'routeTable *: ec2 describe-route-tables --filters Name=vpc-id,Values=vpc-data',
  ])
})

test('a subnet that two tables claim is in doubt, and so are the tables', () => {
  const result = readWith('describe-route-tables', 'RouteTables', 'rtb-main', {
    Associations: [{ Main: true }, { Main: false, SubnetId: 'subnet-a' }],
  })
  expect(noteLines(result)).toEqual([
    'warning resource.contradiction',
    'warning resource.contradiction',
  ])
  expect(gapLines(result)).toEqual([
    'routeTable rtb-main: ec2 describe-route-tables --route-table-ids rtb-main',
    'routeTable rtb-public: ec2 describe-route-tables --route-table-ids rtb-public',
    'subnet subnet-a: ec2 describe-subnets --subnet-ids subnet-a',
  ])
})

test('an association that ended does not count', () => {
  const result = readWith('describe-route-tables', 'RouteTables', 'rtb-public', {
    Associations: [{ SubnetId: 'subnet-a', AssociationState: { State: 'disassociated' } }],
  })
  expect(result.network.subnet?.[0]).not.toHaveProperty('routeTableId')
})
