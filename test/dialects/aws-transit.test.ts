import { expect, test } from 'vitest'

import { readAws } from '#dialects'

import {
  answerOf,
  awsCapture,
  captureWith,
  elementsIn,
  gapLines,
  noteLines,
  place,
  readChanged,
  readWith,
} from './aws-capture.ts'

const whole = readAws(awsCapture).network
const routes = 'search-transit-gateway-routes.tgw-rtb-1'
const propagations = 'get-transit-gateway-route-table-propagations.tgw-rtb-1'

test('a transit gateway has attachments with their subnets and tables, and tables with their routes', () => {
  expect(whole.transitRouter).toEqual([
    {
      ...place,
      id: 'tgw-1',
      state: 'available',
      attachments: [
        {
          id: 'tgw-attach-vpn',
          kind: 'line',
          resourceId: 'vpn-2',
          state: 'available',
          tableId: 'tgw-rtb-1',
        },
        {
          id: 'tgw-attach-web',
          kind: 'vpc',
          resourceId: 'vpc-web',
          state: 'available',
          subnetIds: ['subnet-a'],
          tableId: 'tgw-rtb-1',
        },
      ],
      tables: [
        {
          id: 'tgw-rtb-1',
          routes: [
            { destination: '10.2.0.0/16', attachmentIds: ['tgw-attach-vpn'] },
            { destination: '10.5.0.0/16', attachmentIds: [] },
          ],
          propagations: ['tgw-attach-web'],
        },
      ],
    },
  ])
})

test('answers about tables that a script collected under one key are the same', () => {
  const id = { TransitGatewayRouteTableId: 'tgw-rtb-1' }
  const collected = {
    TransitGatewayStaticRoutes: [{ ...id, ...answerOf(routes) }],
    TransitGatewayPropagations: [{ ...id, ...answerOf(propagations) }],
  }
  const documents = captureWith({}, [routes, propagations])
  expect(readAws([...documents, { file: 'all.json', json: collected }])).toEqual({
    network: whole,
    notes: [],
  })
})

test('a table that a collection does not name has no routes of its own', () => {
  const collected = { TransitGatewayStaticRoutes: [], TransitGatewayPropagations: [] }
  const documents = captureWith({}, [routes, propagations])
  const result = readAws([...documents, { file: 'all.json', json: collected }])
  expect(gapLines(result)).toEqual([])
  expect(result.network.transitRouter?.[0]?.tables).toEqual([
    { id: 'tgw-rtb-1', routes: [], propagations: [] },
  ])
})

test.each([
  [
    routes,
    'ec2 search-transit-gateway-routes --transit-gateway-route-table-id tgw-rtb-1 --filters Name=type,Values=static',
  ],
  [
    propagations,
    'ec2 get-transit-gateway-route-table-propagations --transit-gateway-route-table-id tgw-rtb-1',
  ],
  [
    'describe-transit-gateway-attachments',
    'ec2 describe-transit-gateway-attachments --filters Name=transit-gateway-id,Values=tgw-1',
  ],
  [
    'describe-transit-gateway-route-tables',
    'ec2 describe-transit-gateway-route-tables --filters Name=transit-gateway-id,Values=tgw-1',
  ],
])('without %s the transit gateway is read in part', (name, call) => {
  expect(gapLines(readAws(captureWith({}, [name])))).toContain(`transitRouter tgw-1: ${call}`)
})

test('the subnets of an attachment are found by its interfaces where the call was not made', () => {
  const name = 'describe-transit-gateway-vpc-attachments'
  expect(readAws(captureWith({}, [name]))).toEqual({ network: whole, notes: [] })
  const result = readAws(captureWith({}, [name, 'describe-network-interfaces']))
  expect(gapLines(result)).toContain(
    'transitRouter tgw-1: ec2 describe-transit-gateway-vpc-attachments --transit-gateway-attachment-ids tgw-attach-web',
  )
})

test('a transit gateway of another account is what its attachments tell', () => {
  const removed = [
    'describe-transit-gateways',
    'describe-transit-gateway-route-tables',
    routes,
    propagations,
  ]
  const result = readAws(captureWith({}, removed))
  expect(result.network.transitRouter).toMatchObject([{ ...place, id: 'tgw-1' }])
  expect(result.network.transitRouter?.[0]?.attachments).toEqual(
    whole.transitRouter?.[0]?.attachments,
  )
  expect(result.network.transitRouter?.[0]).not.toHaveProperty('tables')
  expect(gapLines(result)).toContain(
    'transitRouter tgw-1: ec2 describe-transit-gateways --transit-gateway-ids tgw-1',
  )
})

test('a transit gateway that another account shares has the attachments our folder lists', () => {
  const shared = awsCapture
    .filter(({ file }) => /attachments/.test(file))
    .map(({ file, json }) => ({
      file: `accounts/999900001111/us-east-2/${file}`,
      json,
    }))
  const { network } = readAws(shared)
  expect(network.transitRouter).toMatchObject([{ ...place, id: 'tgw-1' }])
  expect(network.transitRouter?.[0]?.attachments).toHaveLength(2)
})

test('attachments of other types keep their place and are remarked on', () => {
  const result = readWith(
    'describe-transit-gateway-attachments',
    'TransitGatewayAttachments',
    'tgw-attach-vpn',
    { ResourceType: 'connect', ResourceId: 'tgw-attach-web' },
  )
  expect(noteLines(result)).toEqual(['warning transit-router.unsupported-attachment'])
  expect(result.network.transitRouter?.[0]?.attachments?.[0]?.kind).toBe('unsupported')
})

test('an association that is being made is none', () => {
  const result = readWith(
    'describe-transit-gateway-attachments',
    'TransitGatewayAttachments',
    'tgw-attach-vpn',
    { Association: { State: 'associating', TransitGatewayRouteTableId: 'tgw-rtb-1' } },
  )
  expect(result.network.transitRouter?.[0]?.attachments?.[0]).not.toHaveProperty('tableId')
})

test('a search that shows only some of the routes leaves the transit gateways open', () => {
  const result = readChanged(routes, (json) => {
    json['AdditionalRoutesAvailable'] = true
  })
  expect(noteLines(result)).toEqual(['warning listing.pages-missing'])
  expect(gapLines(result)).toEqual(['transitRouter *: ec2 search-transit-gateway-routes'])
})

test('a static route without a target is not understood', () => {
  const result = readChanged(routes, (json) => {
    delete elementsIn(json, 'Routes')[0]?.['TransitGatewayAttachments']
  })
  expect(noteLines(result)).toEqual(['error transit-router.unreadable'])
})
