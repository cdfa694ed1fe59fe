import { expect, test } from 'vitest'
import { indexNetwork, parseNetwork, resourceKinds, sharesHome } from '#model'
import type { Network } from '#model'
import { edited } from './sample-network.ts'
import type { Edits } from './sample-network.ts'

const home = { provider: 'alibaba', account: '1001', region: 'cn-hangzhou' } as const
const beijing = { ...home, region: 'cn-beijing' }
const stranger = { ...home, account: '2002' }
const aws = { provider: 'aws', account: '1001', region: 'cn-hangzhou' } as const
const vpcAt = (place: object, id: string) => ({ ...place, id, cidrs: ['10.0.0.0/8'] })

function networkWith(edits: Edits): Network {
  const parsed = parseNetwork(edited(edits))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.network
}

test('a resource is found by kind and id', () => {
  const index = indexNetwork(networkWith({}))
  expect(index.get('subnet', 'vsw-a', home)).toMatchObject({ cidr: '10.0.1.0/24' })
  expect(index.get('subnet', 'vpc-1', home)).toBeUndefined()
  expect(index.get('bastion', 'vpc-1', home)).toBeUndefined()
})

test('every kind is listed in file order, and an absent one is empty', () => {
  const network = networkWith({})
  const index = indexNetwork(network)
  for (const kind of resourceKinds) expect(index.all(kind)).toEqual(network[kind] ?? [])
  expect(index.all('vpc').map(({ id }) => id)).toEqual(['vpc-1', 'vpc-2'])
  expect(index.all('bastion')).toEqual([])
})

test('a bare id means the neighbour, then the only one of the provider, and is else ambiguous', () => {
  const index = indexNetwork(
    networkWith({
      '/vpc/-': vpcAt(beijing, 'vpc-1'),
      '/vpc/3': vpcAt(aws, 'vpc-1'),
      '/vpc/4': vpcAt(aws, 'vpc-2'),
    }),
  )
  expect(index.get('vpc', 'vpc-1', home)).toMatchObject(home)
  expect(index.get('vpc', 'vpc-1', beijing)).toMatchObject(beijing)
  expect(index.get('vpc', 'vpc-1', stranger)).toBe('ambiguous')
  expect(index.get('vpc', 'vpc-1', { ...aws, account: '2002' })).toMatchObject(aws)
  expect(index.get('vpc', 'vpc-2', stranger)).toMatchObject(home)
  expect(index.get('vpc', 'vpc-2', { ...aws, region: 'x' })).toMatchObject(aws)
})

test('a lone resource is never lent to another provider', () => {
  const index = indexNetwork(networkWith({}))
  expect(index.get('vpc', 'vpc-2', aws)).toBeUndefined()
})

test('all resources with an id are listed, wherever they live', () => {
  const index = indexNetwork(networkWith({ '/vpc/-': vpcAt(aws, 'vpc-1') }))
  expect(index.having('vpc', 'vpc-1').map(({ provider }) => provider)).toEqual(['alibaba', 'aws'])
  expect(index.having('vpc', 'vpc-2')).toHaveLength(1)
  expect(index.having('vpc', 'vpc-3')).toEqual([])
  expect([index.idCount('vpc'), index.all('vpc').length]).toEqual([2, 3])
})

test('a gap for the very id comes before one for the kind, and each only near its place', () => {
  const gaps = [
    { kind: 'subnet', provider: 'alibaba', call: 'every' },
    { kind: 'subnet', provider: 'alibaba', id: 'vsw-9', call: 'one' },
    { kind: 'vpc', provider: 'alibaba', account: '1001', call: 'account' },
    { kind: 'instance', provider: 'alibaba', region: 'cn-beijing', call: 'region' },
    { kind: 'line', provider: 'alibaba', id: 'line-1', call: 'line' },
  ]
  const { gap } = indexNetwork(networkWith({ '/gaps': gaps }))
  expect(gap('subnet', home, 'vsw-9')?.call).toBe('one')
  expect(gap('subnet', home, 'vsw-8')?.call).toBe('every')
  expect(gap('subnet', home)?.call).toBe('every')
  expect(gap('subnet', aws, 'vsw-9')).toBeUndefined()
  expect(gap('vpc', home)?.call).toBe('account')
  expect(gap('vpc', stranger)).toBeUndefined()
  expect(gap('instance', home)).toBeUndefined()
  expect(gap('instance', beijing, 'i-1')?.call).toBe('region')
  expect(gap('line', home, 'line-1')?.call).toBe('line')
  expect(gap('line', home)).toBeUndefined()
  expect(gap('ipv6Internet', home)).toBeUndefined()
})

test('a network is indexed once', () => {
  const network = networkWith({})
  expect(indexNetwork(network)).toBe(indexNetwork(network))
  expect(indexNetwork(network)).not.toBe(indexNetwork(networkWith({})))
})

test('a home is shared only when provider, account and region are', () => {
  expect(sharesHome(home, { ...home })).toBe(true)
  for (const other of [beijing, stranger, aws]) expect(sharesHome(home, other)).toBe(false)
})
