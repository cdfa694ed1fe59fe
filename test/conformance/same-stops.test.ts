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
const backend = (kind: string, id: string) => ({ target: { kind, id }, port: 80, weight: 1 })
const parsed = parseNetwork({
  kind: 'hopwise.network/v1',
  vpc: [{ ...home, id: 'vpc-1', cidrs: ['10.0.0.0/16'] }],
  subnet: [{ ...home, id: 'vsw-1', vpcId: 'vpc-1', cidr: '10.0.0.0/24' }],
  instance: ['i-b', 'i-c', 'i-d'].map((id) => ({
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
  ],
  loadBalancer: [
    {
      ...home,
      id: 'lb-1',
      subnetId: 'vsw-1',
      address: '10.0.0.9',
      listeners: [
        {
          protocol: 'tcp',
          port: 80,
          state: 'running',
          backends: [backend('networkInterface', 'eni-b'), backend('instance', 'i-c')],
        },
      ],
    },
  ],
})

const through = (name: string) => [
  'forward i-a',
  'forward lb-1',
  `forward ${name}`,
  `return ${name}`,
  'return lb-1',
  'return i-a',
]

describe('the stops of one packet on paper and on the wire', () => {
  const same = (paper: readonly string[], wire: readonly string[]): boolean => {
    if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '))
    return areSameStops(parsed.network, paper, wire)
  }

  test('may name two backends of one load balancer', () => {
    expect(same(through('i-b'), through('i-b'))).toBe(true)
    expect(same(through('i-b'), through('i-c'))).toBe(true)
  })

  test('name no instance that is not behind it, and none elsewhere', () => {
    expect(same(through('i-b'), through('i-d'))).toBe(false)
    expect(same(['forward i-a', 'forward i-b'], ['forward i-a', 'forward i-c'])).toBe(false)
    expect(same(through('i-b'), through('i-b').slice(1))).toBe(false)
  })
})
