import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseNetwork } from '#model'
import { largeNetworkText } from './large-network.ts'
import { edited, pointersOf, REMOVE, sampleNetwork } from './sample-network.ts'

test('a healthy network is accepted without a word, and is the very object that came in', () => {
  const input = sampleNetwork()
  const parsed = parseNetwork(input)
  expect(parsed.problems).toEqual([])
  expect(parsed.ok && parsed.network).toBe(input)
})

test('parsing changes nothing in what came in', () => {
  const input = sampleNetwork()
  parseNetwork(input)
  expect(input).toEqual(sampleNetwork())
})

test('a network of nothing but its kind is accepted', () => {
  expect(parseNetwork({ kind: 'hopwise.network/v1' })).toMatchObject({ ok: true, problems: [] })
})

test('the pointer to the published schema is no unknown field', () => {
  expect(parseNetwork(edited({ '/$schema': 'x' })).problems).toEqual([])
})

test('every problem of a file is reported at once, errors first, at its place in the file', () => {
  const { ok, problems } = parseNetwork(
    edited({
      '/vpc/0/colour': 'blue',
      '/vpc/1/cidrs': 'all of them',
      '/instance/1/state': 'Napping',
      '/networkInterface/0/addresses/0': '10.0.1.300',
      '/networkInterface/1/addresses/0': '10.0.1.20',
      '/securityGroup/1/rules/0/ports/0/from': -1,
      '/securityGroup/1/rules/1/peer/prefixListId': 'pl-gone',
      '/haVip/0/address': '10.0.1.100',
      '/publicAddress/1/state': 'InUse',
    }),
  )
  expect(ok).toBe(false)
  expect(problems.map(({ severity, pointer, code }) => `${severity} ${pointer} ${code}`)).toEqual([
    'error /vpc/1/cidrs wrong-type',
    'error /instance/1/state bad-state',
    'error /networkInterface/0/addresses/0 bad-address',
    'error /securityGroup/1/rules/0/ports/0/from port-range',
    'error /networkInterface/1/addresses/0 address-outside-subnet',
    'error /haVip/0/address address-outside-subnet',
    'warning /vpc/0/colour unknown-field',
    'warning /publicAddress/1/state attachment-state',
  ])
})

test('items behind a broken one keep their own places', () => {
  const { problems } = parseNetwork(
    edited({ '/subnet/0': 'gone', '/subnet/2/cidr': '10.8.0.0/24', '/subnet/1/vpcId': 'vpc-9' }),
  )
  const pointers = problems.map(({ pointer }) => pointer)
  expect(pointers).toEqual(
    expect.arrayContaining(['/subnet/0', '/subnet/1/vpcId', '/subnet/2/cidr']),
  )
})

test('a file may be mended in place and parsed again', () => {
  const input = sampleNetwork()
  const vpc = Reflect.get(Object(input), 'vpc')
  const removed = Reflect.get(Object(vpc), '1')
  Reflect.set(Object(vpc), 'length', 1)
  expect(parseNetwork(input).ok).toBe(false)
  Reflect.set(Object(vpc), '1', removed)
  expect(parseNetwork(input)).toMatchObject({ ok: true, problems: [] })
})

const nothings: readonly unknown[] = [
  undefined,
  null,
  true,
  'hopwise.network/v1',
  7,
  NaN,
  10n,
  [],
  [[[]]],
  () => 'network',
  Symbol('network'),
]

test.each(nothings.map((input) => [typeof input, input]))('a %s is no network', (_, input) => {
  expect(parseNetwork(input)).toMatchObject({
    ok: false,
    problems: [{ pointer: '', code: expect.stringMatching('wrong-type|missing-field') }],
  })
})

test('cyclic data is reported like any other', () => {
  const network = sampleNetwork()
  Reflect.set(Object(network), 'vpc', [network])
  Reflect.set(Object(network), 'self', network)
  const { ok, problems } = parseNetwork(network)
  expect(ok).toBe(false)
  expect(problems).toContainEqual(expect.objectContaining({ pointer: '/vpc/0/provider' }))
})

test('a hundred thousand arrays inside each other are no danger', () => {
  const deep: unknown = JSON.parse('['.repeat(1e5) + ']'.repeat(1e5))
  const edits = { '/vpc/0': deep, '/subnet/0/cidr': deep, '/instance/0/deep': deep, '/line': deep }
  expect(parseNetwork(edited(edits)).ok).toBe(false)
})

test('a __proto__ in a file is an unknown field and poisons nothing', () => {
  const text = JSON.stringify(sampleNetwork())
  const poisoned: unknown = JSON.parse(
    text
      .replace('{"provider"', '{"__proto__":{"provider":"x"},"provider"')
      .replace('{', '{"__proto__":{"ok":1},'),
  )
  const { ok, problems } = parseNetwork(poisoned)
  expect(ok).toBe(true)
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/__proto__', '/vpc/0/__proto__'])
  expect(Reflect.get({}, 'ok')).toBeUndefined()
})

test('a network without a prototype is a network', () => {
  const bare = Object.assign(Object.create(null), sampleNetwork())
  expect(parseNetwork(bare)).toMatchObject({ ok: true, problems: [] })
})

test('numbers beyond all bounds and strings beyond all length are refused in few words', () => {
  const { problems } = parseNetwork(
    edited({
      '/securityGroup/1/rules/0/priority': 1e308,
      '/securityGroup/1/rules/0/protocol': -1e308,
      '/vpc/0/cidrs/0': 'x'.repeat(1e6),
      '/instance/0/state': 'y'.repeat(1e6),
    }),
  )
  expect(problems).toHaveLength(4)
  for (const { message } of problems) expect(message.length).toBeLessThan(300)
})

test('a getter that answers differently each time is found out', () => {
  let asked = 0
  const network = edited({})
  Object.defineProperty(Reflect.get(Object(network), 'vpc'), '0', {
    enumerable: true,
    get: () =>
      asked++ < 1 ? { provider: 'alibaba', account: '', region: '', id: 'vpc-1', cidrs: [] } : null,
  })
  expect(parseNetwork(network).ok).toBe(false)
})

test('a proxy that refuses everything is unreadable', () => {
  const refuse = () => {
    throw new Error('no')
  }
  const proxy = new Proxy(
    {},
    { get: refuse, ownKeys: refuse, has: refuse, getOwnPropertyDescriptor: refuse },
  )
  expect(parseNetwork(proxy)).toMatchObject({ ok: false, problems: [{ code: 'unreadable' }] })
})

test('random JSON is never accepted as a network and never throws', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (input) => {
      expect(parseNetwork(input).ok).toBe(false)
    }),
  )
})

test('random JSON in place of any array never throws', () => {
  const lists = Object.keys(Object(sampleNetwork()))
  fc.assert(
    fc.property(fc.constantFrom(...lists), fc.jsonValue(), (list, value) => {
      expect(() => parseNetwork(edited({ [`/${list}`]: value }))).not.toThrow()
    }),
  )
})

const pointers = pointersOf(sampleNetwork())

/** Every optional field of the sample; whole arrays aside, whose absence means none. */
const optional = [
  '/capturedAt',
  '/cloudService/n/name',
  '/cloudService/n/ports',
  '/cloudService/n/vpcId',
  '/gaps/n/id',
  '/guests/n/ipForward',
  '/guests/n/routes',
  '/guests/n/routes/n/via',
  '/guests/n/rules',
  '/haVip/n/master',
  '/haVip/n/name',
  '/instance/n/classic',
  '/instance/n/classic/linkedVpcId',
  '/instance/n/classic/publicAddress',
  '/instance/n/name',
  '/instance/n/os',
  '/instance/n/vpcId',
  '/natGateway/n/dnat/n/externalPort',
  '/natGateway/n/dnat/n/internalPort',
  '/natGateway/n/snat/n/sourceSubnetId',
  '/natGateway/n/subnetId',
  '/networkInterface/n/instanceId',
  '/networkInterface/n/ipv6Addresses',
  '/networkInterface/n/ipv6Addresses/n/internet',
  '/networkInterface/n/name',
  '/publicAddress/n/boundTo',
  '/publicAddress/n/boundTo/privateAddress',
  '/publicAddress/n/name',
  '/routeTable/n/routes/n/nextHops/n/enabled',
  '/routeTable/n/routes/n/nextHops/n/weight',
  '/routerInterface/n/oppositeVpcId',
  '/routerInterface/n/vpcId',
  '/securityGroup/n/rules/n/local',
  '/securityGroup/n/rules/n/sourcePorts',
  '/securityGroup/n/vpcId',
  '/subnet/n/ipv6Cidr',
  '/subnet/n/networkAclId',
  '/subnet/n/routeTableId',
  '/subnet/n/zone',
  '/vpc/n/ipv6Cidrs',
  '/vpc/n/name',
  '/vpnGateway/n/name',
  '/vpnGateway/n/vpcId',
]

test('a field that is taken away is missed at its place, unless it is optional', () => {
  const unmissed = pointers.filter((pointer) => {
    const { problems } = parseNetwork(edited({ [pointer]: REMOVE }))
    return !problems.some(
      (problem) => problem.code === 'missing-field' && problem.pointer === pointer,
    )
  })
  const fields = unmissed
    .filter((pointer) => pointer === '/capturedAt' || pointer.split('/').length > 2)
    .map((pointer) => pointer.replaceAll(/\/[0-9]+/g, '/n'))
  expect([...new Set(fields)].sort()).toEqual(optional)
})

test('a value of another type is reported at its place', () => {
  // A protocol may be a word or a number, so there another type can be right.
  const strict = pointers.filter((pointer) => !pointer.endsWith('/protocol'))
  fc.assert(
    fc.property(fc.constantFrom(...strict), fc.jsonValue(), (pointer, value) => {
      fc.pre(typeName(value) !== typeName(valueAt(sampleNetwork(), pointer)))
      const { ok, problems } = parseNetwork(edited({ [pointer]: value }))
      expect(ok).toBe(false)
      expect(problems[0].pointer.startsWith(pointer)).toBe(true)
    }),
  )
})

test('no two edits together make it throw', () => {
  const edit = fc.tuple(fc.constantFrom(...pointers), fc.oneof(fc.jsonValue(), fc.constant(REMOVE)))
  fc.assert(
    fc.property(edit, edit, ([first, value], [second, other]) => {
      // The second place may lie inside what the first edit replaced.
      fc.pre(!second.startsWith(first))
      const { ok, problems } = parseNetwork(edited({ [first]: value, [second]: other }))
      expect(ok).toBe(problems.every(({ severity }) => severity === 'warning'))
    }),
  )
})

test('a hundred thousand interfaces and fifty thousand rules are parsed within a second or so', () => {
  const size = { interfaces: 100_000, groups: 5_000, rulesPerGroup: 10 }
  const input: unknown = JSON.parse(largeNetworkText(size))
  const start = process.cpuUsage()
  const { ok, problems } = parseNetwork(input)
  const { user, system } = process.cpuUsage(start)
  expect({ ok, problems }).toEqual({ ok: true, problems: [] })
  // Of the processor, not of the clock, which neighbours slow down: 0.5 s, and some for a slow day.
  expect((user + system) / 1_000).toBeLessThan(4_000)
})

function valueAt(root: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1)
  return steps.reduce<unknown>((node, step) => Reflect.get(Object(node), step), root)
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
