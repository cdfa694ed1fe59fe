import { expect, test } from 'vitest'

import { readAws } from '#dialects'

import {
  answerOf,
  awsCapture,
  balancerArn,
  captureWith,
  elementsIn,
  eni,
  gapLines,
  noteLines,
  place,
  readChanged,
  readWith,
} from './aws-capture.ts'
import type { Json } from './amend-capture.ts'

const whole = readAws(awsCapture).network
const find = (id: string, network = whole) =>
  network.networkInterface?.find((each) => each.id === id)

test('an interface has its addresses, the primary one first, its groups and its check', () => {
  expect(find('eni-web')).toEqual({
    ...place,
    id: 'eni-web',
    type: 'primary',
    state: 'InUse',
    vpcId: 'vpc-web',
    subnetId: 'subnet-a',
    instanceId: 'i-web',
    addresses: ['10.0.1.10', '10.0.1.11'],
    ipv6Addresses: [{ address: '2600:1f16:1:1::10', internet: 'both' }],
    securityGroupIds: ['sg-web'],
    sourceDestCheck: true,
    macAddress: '06:00:00:00:00:01',
  })
  expect(find('eni-fw')).toMatchObject({ type: 'primary', sourceDestCheck: false })
  expect(find('eni-fw1')).toMatchObject({ type: 'secondary', instanceId: 'i-fw' })
  expect(find('eni-free')).toMatchObject({ type: 'secondary', state: 'Available' })
  expect(find('eni-free')).not.toHaveProperty('serves')
})

test('an interface in use by no instance says whom it serves', () => {
  const serves = ['eni-nat', 'eni-lb', 'eni-s3', 'eni-tgw', 'eni-rds'].map((id) => find(id)?.serves)
  expect(serves).toEqual([
    { kind: 'natGateway', id: 'nat-1', word: 'nat_gateway' },
    { kind: 'loadBalancer', id: balancerArn, word: 'network_load_balancer' },
    { kind: 'endpoint', id: 'vpce-ssm', word: 'vpc_endpoint' },
    { kind: 'transitRouter', id: 'tgw-1', word: 'transit_gateway' },
    { kind: 'service', word: 'RDSNetworkInterface' },
  ])
})

test('what an interface serves is told by its description too, and missed where it is not listed', () => {
  const rest = [
    'describe-nat-gateways',
    'describe-load-balancers',
    'describe-vpc-endpoints',
    'describe-listeners',
    'describe-load-balancer-attributes',
  ]
  const result = readAws(captureWith({}, rest))
  expect(find('eni-nat', result.network)?.serves?.id).toBe('nat-1')
  expect(find('eni-lb', result.network)?.serves?.id).toBe(balancerArn)
  expect(find('eni-s3', result.network)?.serves?.id).toBe('vpce-ssm')
  expect(gapLines(result)).toEqual([
    'endpoint vpce-s3: ec2 describe-vpc-endpoints --vpc-endpoint-ids vpce-s3',
    'endpoint vpce-ssm: ec2 describe-vpc-endpoints --vpc-endpoint-ids vpce-ssm',
    `loadBalancer ${balancerArn}: elbv2 describe-load-balancers --load-balancer-arns ${balancerArn}`,
    'natGateway *: ec2 describe-nat-gateways',
    'natGateway nat-1: ec2 describe-nat-gateways --nat-gateway-ids nat-1',
  ])
})

/** The capture whose instances list their interfaces, which no call of their own does. */
function listedByInstances(): Json {
  const json = answerOf('describe-instances')
  const enis = elementsIn(answerOf('describe-network-interfaces'), 'NetworkInterfaces')
  const ofInstance = (id: unknown) =>
    enis.flatMap((each) => {
      const attachment = each['Attachment']
      const text = JSON.stringify(attachment ?? null)
      if (!text.includes(`"${String(id)}"`)) return []
      return [{ ...each, Attachment: { DeviceIndex: text.includes('"DeviceIndex":0') ? 0 : 1 } }]
    })
  for (const reservation of elementsIn(json, 'Reservations')) {
    for (const instance of elementsIn(reservation, 'Instances')) {
      instance['NetworkInterfaces'] = ofInstance(instance['InstanceId'])
    }
  }
  return json
}

test('interfaces that instances list are the same, and joined with those of their own call', () => {
  const both = readAws(captureWith({ 'describe-instances': listedByInstances() }))
  expect(both).toEqual({ network: whole, notes: [] })
  const alone = readAws(
    captureWith({ 'describe-instances': listedByInstances() }, ['describe-network-interfaces']),
  )
  for (const id of ['eni-web', 'eni-fw', 'eni-fw1', 'eni-db']) {
    expect(find(id, alone.network)).toEqual(find(id))
  }
  expect(gapLines(alone)).toContain('networkInterface *: ec2 describe-network-interfaces')
})

test('instances that stand in no reservation are the same', () => {
  const reservations = elementsIn(answerOf('describe-instances'), 'Reservations')
  const flat = reservations.flatMap((each) => elementsIn(each, 'Instances'))
  for (const json of [{ Reservations: flat }, { Instances: flat }]) {
    expect(readAws(captureWith({ 'describe-instances': json }))).toEqual({
      network: whole,
      notes: [],
    })
  }
})

test.each([
  ['pending', 'Pending'],
  ['running', 'Running'],
  ['stopping', 'Stopping'],
  ['shutting-down', 'Stopping'],
  ['stopped', 'Stopped'],
])('an instance that is %s is %s', (word, state) => {
  const { network } = readChanged('describe-instances', (json) => {
    Object.assign(elementsIn(elementsIn(json, 'Reservations')[0] ?? {}, 'Instances')[0] ?? {}, {
      State: { Name: word },
    })
  })
  expect(network.instance?.find(({ id }) => id === 'i-web')).toEqual({
    ...place,
    id: 'i-web',
    name: 'web',
    state,
    network: 'vpc',
    vpcId: 'vpc-web',
    zone: 'us-east-2a',
    os: 'linux',
  })
})

test('a terminated instance is gone, and so are interfaces that are still listed for it', () => {
  const result = readChanged('describe-instances', (json) => {
    Object.assign(elementsIn(elementsIn(json, 'Reservations')[1] ?? {}, 'Instances')[0] ?? {}, {
      State: { Name: 'terminated' },
    })
  })
  expect(noteLines(result)).toEqual(['info instance.terminated'])
  expect(result.network.instance?.map(({ id }) => id)).toEqual(['i-fw', 'i-web'])
  expect(find('eni-db', result.network)).toBeUndefined()
})

test('an instance without a primary interface is missed', () => {
  const result = readChanged('describe-network-interfaces', (json) => {
    json['NetworkInterfaces'] = elementsIn(json, 'NetworkInterfaces').filter(
      (each) => each['NetworkInterfaceId'] !== 'eni-db',
    )
  })
  expect(gapLines(result)).toContain(
    'instance i-db: ec2 describe-network-interfaces --filters Name=attachment.instance-id,Values=i-db',
  )
})

test('an interface of an instance checks sources and destinations unless it says otherwise', () => {
  const { network } = readWith('describe-network-interfaces', 'NetworkInterfaces', 'eni-fw', {
    SourceDestCheck: null,
  })
  expect(find('eni-fw', network)?.sourceDestCheck).toBe(true)
})

test('assigned prefixes are sixteen addresses, or open the question who has an address', () => {
  const result = readWith('describe-network-interfaces', 'NetworkInterfaces', 'eni-free', {
    Ipv4Prefixes: [{ Ipv4Prefix: '10.0.2.80/28' }],
    Ipv6Prefixes: [{ Ipv6Prefix: '2600:1f16:1:2::/80' }],
  })
  const addresses = find('eni-free', result.network)?.addresses ?? []
  expect([addresses[0], addresses[1], addresses.at(-1), addresses.length]).toEqual([
    '10.0.2.70',
    '10.0.2.80',
    '10.0.2.95',
    17,
  ])
  expect(noteLines(result)).toEqual(['warning network-interface.prefix'])
  expect(gapLines(result)).toEqual([
    'addressUse subnet-b: ec2 describe-network-interfaces --network-interface-ids eni-free',
  ])
})

test('two answers that differ about an interface put it in doubt', () => {
  const other = { NetworkInterfaces: [eni('eni-free', 'subnet-b', '10.0.2.71')] }
  const result = readAws([...awsCapture, { file: 'later.json', json: other }])
  expect(noteLines(result)).toEqual([
    'warning resource.contradiction',
    'warning resource.contradiction',
  ])
  expect(gapLines(result)).toEqual([
    'networkInterface *: ec2 describe-network-interfaces --network-interface-ids eni-free',
    'networkInterface eni-free: ec2 describe-network-interfaces --network-interface-ids eni-free',
  ])
})

test('public addresses are elastic ones, bound or not, and those that come with an instance', () => {
  expect(
    whole.publicAddress?.map(({ id, kind, address, state, boundTo }) => ({
      id,
      kind,
      address,
      state,
      boundTo,
    })),
  ).toEqual([
    {
      id: '3.1.1.1',
      kind: 'natPublicIp',
      address: '3.1.1.1',
      state: 'InUse',
      boundTo: { kind: 'networkInterface', id: 'eni-web', privateAddress: '10.0.1.10' },
    },
    {
      id: 'eipalloc-db',
      kind: 'eip',
      address: '3.1.1.3',
      state: 'InUse',
      boundTo: { kind: 'networkInterface', id: 'eni-db', privateAddress: '10.1.1.10' },
    },
    {
      id: 'eipalloc-free',
      kind: 'eip',
      address: '3.1.1.4',
      state: 'Available',
      boundTo: undefined,
    },
    {
      id: 'eipalloc-nat',
      kind: 'eip',
      address: '3.1.1.2',
      state: 'InUse',
      boundTo: { kind: 'natGateway', id: 'nat-1' },
    },
  ])
})

test('without their listing, interfaces and gateways print the public addresses in use', () => {
  const result = readAws(captureWith({}, ['describe-addresses']))
  expect(gapLines(result)).toEqual([])
  expect(result.network.publicAddress?.map(({ id, kind }) => [id, kind])).toEqual([
    ['3.1.1.1', 'natPublicIp'],
    ['eipalloc-nat', 'eip'],
  ])
})
