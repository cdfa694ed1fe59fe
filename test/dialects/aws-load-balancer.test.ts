import { expect, test } from 'vitest'

import { readAws } from '#dialects'

import {
  answerOf,
  awsCapture,
  balancerArn,
  captureWith,
  elementsIn,
  gapLines,
  groupArn,
  noteLines,
  place,
  readChanged,
  readWith,
} from './aws-capture.ts'
import type { Json } from './amend-capture.ts'

const whole = readAws(awsCapture).network
const backends = [
  { target: { kind: 'address', id: '10.0.1.10' }, port: 8080, weight: 1, health: 'healthy' },
  { target: { kind: 'address', id: '10.1.1.10' }, port: 80, weight: 0 },
]

test('a network load balancer has an address a zone, and listeners with their targets', () => {
  const listener = { state: 'running', backends, keepsClient: true }
  expect(whole.loadBalancer).toEqual([
    {
      ...place,
      id: balancerArn,
      name: 'front',
      vpcId: 'vpc-web',
      state: 'active',
      frontends: [{ address: '10.0.1.30', subnetId: 'subnet-a', networkInterfaceId: 'eni-lb' }],
      crossZone: true,
      listeners: [
        { protocol: 'tcp', port: 53, ...listener },
        { protocol: 'udp', port: 53, ...listener },
        { protocol: 'tcp', port: 443, ...listener },
      ],
    },
  ])
})

test('addresses that the owner chose are printed with the zone', () => {
  const zones = [
    { SubnetId: 'subnet-a', LoadBalancerAddresses: [{ PrivateIPv4Address: '10.0.1.31' }] },
  ]
  const name = 'describe-load-balancers'
  const chosen = readWith(name, 'LoadBalancers', balancerArn, { AvailabilityZones: zones })
  expect(chosen.network.loadBalancer?.[0]?.frontends?.map(({ address }) => address)).toEqual([
    '10.0.1.30',
    '10.0.1.31',
  ])
  const lost = readWith(name, 'LoadBalancers', balancerArn, {
    AvailabilityZones: [{ SubnetId: 'subnet-b' }],
  })
  expect(noteLines(lost)).toEqual(['warning load-balancer.no-address'])
  expect(gapLines(lost)).toEqual([
    `loadBalancer ${balancerArn}: ec2 describe-network-interfaces --filters "Name=description,Values=ELB net/front/50dc6c495c0c9188"`,
  ])
})

test.each([
  ['describe-listeners', `elbv2 describe-listeners --load-balancer-arn ${balancerArn}`],
  [
    'describe-load-balancer-attributes',
    `elbv2 describe-load-balancer-attributes --load-balancer-arn ${balancerArn}`,
  ],
  ['describe-target-groups', `elbv2 describe-target-groups --target-group-arns ${groupArn}`],
  ['describe-target-health', `elbv2 describe-target-health --target-group-arn ${groupArn}`],
])('without %s the load balancer is read in part', (name, call) => {
  expect(gapLines(readAws(captureWith({}, [name])))).toEqual([
    `loadBalancer ${balancerArn}: ${call}`,
  ])
})

test('a network load balancer stays in its zones unless it says otherwise', () => {
  const { network } = readChanged('describe-load-balancer-attributes', (json) => {
    json['Attributes'] = []
  })
  expect(network.loadBalancer?.[0]?.crossZone).toBe(false)
})

test('a target group may cross zones on its own', () => {
  const { network } = readChanged('describe-target-group-attributes', (json) => {
    json['Attributes'] = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'false' }]
  })
  expect(network.loadBalancer?.[0]?.crossZone).toBe(false)
})

test.each([
  ['instance', 'TCP', true],
  ['instance', 'UDP', true],
  ['ip', 'TCP', false],
  ['ip', 'TLS', false],
  ['ip', 'UDP', true],
  ['ip', 'TCP_UDP', true],
])('targets of type %s over %s see the client by default: %s', (type, protocol, keeps) => {
  const fields = { TargetType: type, Protocol: protocol }
  const unchanged = readWith('describe-target-groups', 'TargetGroups', groupArn, fields)
  expect(unchanged.network.loadBalancer?.[0]?.listeners?.[0]?.keepsClient).toBe(true)
  const groups = [{ TargetGroupArn: groupArn, Port: 80, ...fields }]
  const usual = readAws(
    captureWith({ 'describe-target-groups': { TargetGroups: groups } }, [
      'describe-target-group-attributes',
    ]),
  )
  expect(usual.network.loadBalancer?.[0]?.listeners?.[0]?.keepsClient).toBe(keeps)
  expect(noteLines(usual)).toContain('info target-group.usual-client')
})

/** The backends that one target becomes. */
function targetOf(target: Json, state: string) {
  const result = readChanged('describe-target-health', (json) => {
    json['TargetHealthDescriptions'] = [{ Target: target, TargetHealth: { State: state } }]
  })
  return { result, backends: result.network.loadBalancer?.[0]?.listeners?.[0]?.backends }
}

test('a target is an instance or an address, and as healthy as it is said to be', () => {
  expect(targetOf({ Id: 'i-web', Port: 22 }, 'unhealthy').backends).toEqual([
    { target: { kind: 'instance', id: 'i-web' }, port: 22, weight: 1, health: 'unhealthy' },
  ])
  expect(targetOf({ Id: '2600:1f16:1:1::10', Port: 22 }, 'initial').backends).toEqual([
    { target: { kind: 'address', id: '2600:1f16:1:1::10' }, port: 22, weight: 1 },
  ])
})

test('an application load balancer as target has no place in the model', () => {
  const { result } = targetOf({ Id: balancerArn.replace('/net/', '/app/'), Port: 80 }, 'healthy')
  expect(noteLines(result)).toContain('error load-balancer.unreadable')
  expect(gapLines(result)).toEqual([
    `loadBalancer ${balancerArn}: elbv2 describe-target-health --target-group-arn ${groupArn}`,
  ])
})

test.each(['application', 'gateway'])(
  'the inside of a load balancer of type %s is not read',
  (type) => {
    const result = readWith('describe-load-balancers', 'LoadBalancers', balancerArn, {
      Type: type,
      SecurityGroups: ['sg-web'],
    })
    expect(noteLines(result)).toEqual(['info load-balancer.not-analysed'])
    expect(result.network.loadBalancer).toEqual([
      {
        ...place,
        id: balancerArn,
        name: 'front',
        vpcId: 'vpc-web',
        state: 'active',
        securityGroupIds: ['sg-web'],
      },
    ])
  },
)

test('a classic load balancer has the ARN that its interfaces lead to', () => {
  const json = {
    LoadBalancerDescriptions: [
      {
        LoadBalancerName: 'old',
        DNSName: 'old-1.us-east-2.elb.amazonaws.com',
        VPCId: 'vpc-web',
        SecurityGroups: ['sg-web'],
      },
    ],
  }
  const { network } = readAws([...awsCapture, { file: 'elb.json', json }])
  expect(network.loadBalancer?.[1]).toMatchObject({
    id: 'arn:aws:elasticloadbalancing:us-east-2:111122223333:loadbalancer/old',
    name: 'old',
    vpcId: 'vpc-web',
  })
})

test('attributes and health without an ARN are those of whom the file name or nobody else names', () => {
  const names = [
    'describe-load-balancer-attributes',
    'describe-target-group-attributes',
    'describe-target-health',
  ]
  const bare = names.map((name) => {
    const { LoadBalancerArn: _, TargetGroupArn: __, ...json } = answerOf(name)
    return { name, json }
  })
  const rest = captureWith({}, names)
  const alone = bare.map(({ name, json }) => ({ file: `${name}.json`, json }))
  expect(readAws([...rest, ...alone])).toEqual({ network: whole, notes: [] })
  const other = groupArn.replace('web/73e2d6bc24d8a067', 'mail/0123456789abcdef')
  const groups = [...elementsIn(answerOf('describe-target-groups'), 'TargetGroups')]
  const two = captureWith(
    {
      'describe-target-groups': {
        TargetGroups: [...groups, { ...groups[0], TargetGroupArn: other }],
      },
    },
    names,
  )
  for (const part of ['73e2d6bc24d8a067', 'web']) {
    const files = bare.map(({ name, json }) => ({ file: `${name}.${part}.json`, json }))
    expect(readAws([...two, ...files])).toEqual({ network: whole, notes: [] })
  }
})
