import { describe, expect, test } from 'vitest'

import { parseNetwork } from '#model'
import { areSameStops } from '../../src/conformance/same-stops.ts'

const home = { provider: 'alibaba', account: '1', region: 'cn-test' }
const eni = (id: string, instanceId: string, address: string) => ({
  ...home,
  id,
  type: 'primary',
  state: 'InUse',
  vpcId: 'vpc-1',
  subnetId: 'vsw-1',
  instanceId,
  addresses: [address],
  securityGroupIds: [],
})
const backend = (kind: string, id: string, weight = 1) => ({
  target: { kind, id },
  port: 80,
  weight,
})
const listener = (protocol: string, port: number, ...backends: readonly unknown[]) => ({
  protocol,
  port,
  state: 'running',
  backends,
})
const parsed = parseNetwork({
  kind: 'hopwise.network/v1',
  vpc: [{ ...home, id: 'vpc-1', cidrs: ['10.0.0.0/16'] }],
  subnet: [{ ...home, id: 'vsw-1', vpcId: 'vpc-1', cidr: '10.0.0.0/24' }],
  instance: ['i-b', 'i-c', 'i-d', 'i-e'].map((id) => ({
    ...home,
    id,
    vpcId: 'vpc-1',
    network: 'vpc',
    state: 'Running',
  })),
  networkInterface: [
    eni('eni-b', 'i-b', '10.0.0.2'),
    eni('eni-c', 'i-c', '10.0.0.3'),
    eni('eni-d', 'i-d', '10.0.0.4'),
    eni('eni-e', 'i-e', '10.0.0.5'),
  ],
  loadBalancer: [
    {
      ...home,
      id: 'lb-1',
      subnetId: 'vsw-1',
      address: '10.0.0.9',
      listeners: [
        listener(
          'tcp',
          80,
          backend('networkInterface', 'eni-b'),
          backend('instance', 'i-c'),
          backend('instance', 'i-e', 0),
        ),
        listener('tcp', 81, backend('instance', 'i-b'), backend('instance', 'i-d')),
        listener('udp', 80, backend('instance', 'i-c'), backend('instance', 'i-d')),
        {
          ...listener('tcp', 82, backend('instance', 'i-b'), backend('instance', 'i-c')),
          state: 'stopped',
        },
      ],
    },
  ],
  natGateway: [
    {
      ...home,
      id: 'ngw-1',
      vpcId: 'vpc-1',
      subnetId: 'vsw-1',
      state: 'Available',
      reach: 'internet',
      snat: [],
      dnat: [],
    },
  ],
})

/** By the load balancer to one backend, and back from it or another one. */
const through = (name: string, back = name) => [
  'forward i-a',
  'forward lb-1',
  `forward ${name}`,
  `return ${back}`,
  'return lb-1',
  'return i-a',
]

/** The same behind a NAT gateway. */
const translated = (name: string) => [
  'forward ngw-1',
  ...through(name).slice(1, -1),
  'return ngw-1',
]

describe('the stops of one packet on paper and on the wire', () => {
  const same = (
    paper: readonly string[],
    wire: readonly string[],
    port = 80,
    protocol = 'tcp',
  ): boolean => {
    if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '))
    return areSameStops(parsed.network, { protocol, port }, paper, wire)
  }

  test('may name two backends of one listener', () => {
    expect(same(through('i-b'), through('i-b'))).toBe(true)
    expect(same(through('i-b'), through('i-c'))).toBe(true)
    expect(same(through('i-b'), through('i-d'), 81)).toBe(true)
    expect(same(through('i-d'), through('i-c'), 80, 'udp')).toBe(true)
  })

  test('name no instance that is not behind it, and none elsewhere', () => {
    expect(same(['forward i-a', 'forward i-b'], ['forward i-a', 'forward i-c'])).toBe(false)
    expect(same(through('i-b'), through('i-b').slice(1))).toBe(false)
    expect(same(through('i-b'), through('i-a'))).toBe(false)
  })

  test('name no backend of another port, protocol or stopped listener', () => {
    expect(same(through('i-b'), through('i-d'))).toBe(false)
    expect(same(through('i-b'), through('i-c'), 81)).toBe(false)
    expect(same(through('i-b'), through('i-c'), 80, 'udp')).toBe(false)
    expect(same(through('i-b'), through('i-c'), 82)).toBe(false)
  })

  test('name no backend that has a weight of 0', () => {
    expect(same(through('i-b'), through('i-e'))).toBe(false)
    expect(same(through('i-e'), through('i-b'))).toBe(false)
  })

  test('name one backend for both legs', () => {
    expect(same(through('i-b'), through('i-b', 'i-c'))).toBe(false)
    expect(same(through('i-b'), through('i-c', 'i-b'))).toBe(false)
    expect(same(through('i-b'), through('i-c', 'i-d'))).toBe(false)
  })

  test('may be those of any port behind a NAT gateway, but of one listener', () => {
    expect(same(translated('i-b'), translated('i-c'), 8000)).toBe(true)
    expect(same(translated('i-b'), translated('i-d'), 8000)).toBe(true)
    expect(same(translated('i-c'), translated('i-d'), 8000)).toBe(false)
  })
})
