import { expect, test } from 'vitest'
import type { Answer } from '#model'
import { home, type Sketch } from '#conformance'
import {
  addAcl,
  addBalancer,
  addEip,
  addNat,
  addRoute,
  admit,
  entry,
  setRules,
} from '../oracle/tiny-network.ts'
import { explain } from './ask-tiny.ts'

/** The ports that get through, as the answer puts them. */
const open = ({ parts = [] }: Answer): readonly (string | undefined)[] =>
  parts.filter(({ verdict }) => verdict === 'reachable').map(({ ports }) => ports)

function service(sketch: Sketch): void {
  const ports = [{ from: 400, to: 500 }]
  sketch.cloudService.push({ ...home, id: 'svc', cidrs: ['100.118.28.0/24'], ports })
}

/** Ports 70 to 90 of the NAT gateway lead to 8070 to 8090 of i-c, which shares its vSwitch. */
function doors(sketch: Sketch): void {
  addNat(sketch).dnat.push({
    id: 'dnat-1',
    state: 'Available',
    protocol: 'tcp',
    externalAddress: '47.1.0.1',
    externalPort: { from: 70, to: 90 },
    internalAddress: '10.1.2.11',
    internalPort: { from: 8070, to: 8090 },
  })
}

test('a part ends where the narrowest of two judges ends, whichever comes first', () => {
  const narrow = explain((sketch) => {
    service(sketch)
    addAcl(sketch, 'vsw-1', [entry('accept')], [entry('accept', 450, 480)])
  }, 'i-a > 100.118.28.5 tcp')
  expect(open(narrow)).toEqual(['450-480'])
  const wide = explain((sketch) => {
    service(sketch)
    addAcl(sketch, 'vsw-1', [entry('accept')], [entry('accept', 450, 600)])
  }, 'i-a > 100.118.28.5 tcp')
  expect(open(wide)).toEqual(['450-500'])
})

test.each([
  ['narrow one first', [450, 480], [400, 500]],
  ['wide one first', [400, 500], [450, 480]],
] as const)('a part ends where the narrowest of two lists ends: %s', (_order, first, second) => {
  const answer = explain((sketch) => {
    addAcl(sketch, 'vsw-1', [entry('accept')], [entry('accept', ...first)])
    addAcl(sketch, 'vsw-2', [entry('accept', ...second)], [entry('accept')])
  }, 'i-a > i-c tcp')
  expect(open(answer)).toEqual(['450-480'])
})

test('a part is told in the ports that were called, whatever NAT makes of them', () => {
  expect(open(explain(doors, '203.0.113.9 > 47.1.0.1 tcp'))).toEqual(['70-90'])
  const narrow = explain((sketch) => {
    doors(sketch)
    addAcl(sketch, 'vsw-2', [entry('accept', 8075, 8080)], [entry('accept')])
  }, '203.0.113.9 > 47.1.0.1 tcp')
  expect(open(narrow)).toEqual(['75-80'])
})

test('a part is told in the ports that were called, also between two places of the network', () => {
  const answer = explain((sketch) => {
    doors(sketch)
    const snat = { id: 'snat-2', state: 'Available', source: '10.2.0.0/16' } as const
    sketch.natGateway.push({
      ...sketch.natGateway[0],
      id: 'ngw-2',
      vpcId: 'vpc-2',
      subnetId: 'vsw-9',
      snat: [{ ...snat, addresses: ['47.1.0.9'] }],
      dnat: [],
    })
    addEip(sketch, '47.1.0.9', { kind: 'natGateway', id: 'ngw-2' })
    addRoute(sketch, 'rtb-2', '0.0.0.0/0', { kind: 'natGateway', id: 'ngw-2' })
    addAcl(sketch, 'vsw-2', [entry('accept', 8075, 8080)], [entry('accept')])
  }, 'i-z > 47.1.0.1 tcp')
  expect(open(answer)).toEqual(['75-80'])
})

/** What gets through, by the client's side of it. */
const from = ({ parts = [] }: Answer): readonly (readonly (string | undefined)[])[] =>
  parts
    .filter(({ verdict }) => verdict === 'reachable')
    .map(({ source, sourcePorts }) => [source, sourcePorts])

test('clients are told apart by the range that a rule admits', () => {
  const answer = explain((sketch) => {
    addEip(sketch, '47.1.0.8', { kind: 'instance', id: 'i-a' })
    setRules(sketch, 'sg-1', admit('some', '203.0.113.0/24'))
  }, 'internet > 47.1.0.8 tcp 80')
  expect(answer.verdict).toBe('partial')
  expect(from(answer)).toEqual([['203.0.113.0/24', '1024-65535']])
})

test('clients are told apart by the source ports that a rule admits', () => {
  const answer = explain((sketch) => {
    setRules(sketch, 'sg-1', {
      ...admit('some'),
      protocol: 6,
      sourcePorts: [{ from: 2000, to: 3000 }],
    })
  }, 'i-a > i-c tcp 80')
  expect(from(answer)).toEqual([[undefined, '2000-3000']])
})

/** As many single ports are refused, each by an entry of its own. */
const refusing = (count: number) => (sketch: Sketch) =>
  addAcl(
    sketch,
    'vsw-2',
    [
      ...Array.from({ length: count }, (_, nth) => entry('drop', 100 + 2 * nth, 100 + 2 * nth)),
      entry('accept'),
    ],
    [entry('accept')],
  )

test('every part that is refused has its reason, up to a limit that the answer names', () => {
  const blockers = ({ findings }: Answer) =>
    findings.filter(({ code }) => code === 'acl.ingress.deny').length
  const some = explain(refusing(20), 'i-a > i-c tcp')
  expect(blockers(some)).toBe(20)
  expect(some.findings.map(({ code }) => code)).not.toContain('query.parts-untold')
  const many = explain(refusing(80), 'i-a > i-c tcp')
  expect(blockers(many)).toBe(64)
  expect(many.findings).toContainEqual(
    expect.objectContaining({
      code: 'query.parts-untold',
      effect: 'warns',
      facts: { explained: '64', parts: '161' },
    }),
  )
})

test('ports that get through by rules of their own share what they take for granted', () => {
  const open = explain((sketch) => {
    const ports = Array.from({ length: 40 }, (_, nth) => ({
      from: nth * 1600 + 1,
      to: nth === 39 ? 65_535 : (nth + 1) * 1600,
    }))
    const rules = ports.map((range, nth) => ({
      ...admit(`in-${nth}`),
      protocol: 6,
      ports: [range],
    }))
    setRules(sketch, 'sg-1', ...rules)
  }, 'i-a > i-b tcp')
  expect(open.verdict).toBe('reachable')
  expect(open.findings).toEqual([])
  expect(open.assumptions.map(({ facts }) => facts.service)).toEqual(['TCP 1-65535'])
})

test('what any branch or part that gets through takes for granted is said once', () => {
  const both = explain((sketch) => addBalancer(sketch, 'a', 'b'), 'i-c > 10.1.2.100 tcp 80')
  const said = both.assumptions.map(({ code, component }) => `${code} ${component.id}`)
  expect(both.verdict).toBe('reachable')
  expect(said).toContain('assume.guest-accepts i-a')
  expect(said).toContain('assume.guest-accepts i-b')
  expect(new Set(said).size).toBe(said.length)
})
