import { expect, test } from 'vitest'
import type { Sketch } from '#conformance'
import {
  addBalancer,
  addGuest,
  addRoute,
  addSubnet,
  addTable,
  addInstance,
  addEip,
  addNat,
  entry,
  addAcl,
  find,
  firstListener,
  setRules,
} from '../oracle/tiny-network.ts'
import { complaint, explain, path, reasons } from './ask-tiny.ts'

test('the load balancer is a stop of both legs, and says what it made of the packet', () => {
  const answer = explain(moved, 'i-a > lb-1 tcp 80')
  expect(answer).toMatchObject({ verdict: 'reachable', to: { kind: 'loadBalancer', id: 'lb-1' } })
  expect(answer.hops.map(({ leg, at }) => `${leg} ${at.id}`)).toEqual([
    'forward i-a',
    'forward lb-1',
    'forward i-b',
    'return i-b',
    'return lb-1',
    'return i-a',
  ])
  const packets = answer.hops.flatMap(({ stages }) => stages.flatMap(({ packet }) => packet ?? []))
  expect(packets).toEqual(['10.1.1.11 → 10.1.1.12:8080', '10.1.2.100:80 → 10.1.1.11'])
})

test('what every failing backend needs is told, and how many of them fail', () => {
  const answer = explain((s) => {
    addBalancer(s, 'b', 'c', 'a')
    find(s.instance, 'i-c').state = 'Stopped'
  }, 'i-a > lb-1 tcp 80')
  expect(answer.verdict).toBe('partial')
  expect(reasons(answer)).toEqual([
    'instance.not-running forward i-c',
    'guest.martian-source forward i-a',
    'lb.backends-partial  lb-1',
  ])
  expect(answer.findings.at(-1)?.facts).toEqual({ failing: '2', branches: '3' })
})

test('behind a load balancer that is stopped the other blockers of both legs are told too', () => {
  const answer = explain((s) => {
    const balancer = addBalancer(s, 'c')
    balancer.state = 'inactive'
    firstListener(balancer).state = 'stopped'
    setRules(s, 'sg-1')
    addAcl(s, 'vsw-2', [entry('accept')], [])
  }, 'i-a > lb-1 tcp 80')
  expect(answer.verdict).toBe('unreachable')
  expect(reasons(answer)).toEqual([
    'lb.bad-state forward lb-1',
    'lb.no-listener forward lb-1',
    'sg.ingress.no-match forward sg-1',
    'acl.return.egress.deny return acl-2',
    'sg.intra-group-isolated forward sg-1',
  ])
})

test('from the Internet, a load balancer is called by its EIP or by a DNAT entry', () => {
  const byEip = explain((s) => {
    addBalancer(s, 'b')
    addEip(s, '47.1.0.8', { kind: 'loadBalancer', id: 'lb-1' })
  }, '203.0.113.9 > lb-1 tcp 80')
  expect(byEip).toMatchObject({ verdict: 'reachable', to: { id: 'lb-1' } })
  expect(path(byEip)).toContain('return lb-1: translate continue, route continue')
  const byDnat = explain(withDnat, '203.0.113.9 > lb-1 tcp 80')
  expect(byDnat.verdict).toBe('reachable')
  expect(byDnat.hops.map(({ at }) => at.id)).toContain('ngw-1')
  const byNothing = explain(moved, 'internet > lb-1 tcp 80')
  expect(reasons(byNothing)).toEqual(['igw.no-public-mapping.ingress  lb-1'])
})

test('no connection starts at a load balancer', () => {
  const { code, message } = complaint(moved, 'lb-1 > i-a tcp 80')
  expect(code).toBe('question.not-a-source')
  expect(message).toMatch(/^No connection starts at lb-1: /)
})

test('an address of which the inside was not read is not analysed', () => {
  const answer = explain((s) => delete addBalancer(s, 'b').listeners, 'i-a > lb-1 tcp 80')
  expect(answer.verdict).toBe('undetermined')
  expect(reasons(answer)).toEqual(['lb.not-analysed forward lb-1'])
})

test('whether an address answers an echo is not known, though its inside is', () => {
  const answer = explain(moved, 'i-a > lb-1 icmp')
  expect(answer.verdict).toBe('undetermined')
  expect(reasons(answer)).toEqual(['lb.echo-not-analysed forward lb-1'])
})

test('one without an address lacks what would tell it', () => {
  const withoutAddress = (s: Sketch) => delete addBalancer(s, 'b').address
  const answer = explain(withoutAddress, 'i-a > lb-1 tcp 80')
  expect(answer.verdict).toBe('undetermined')
  expect(answer.findings).toMatchObject([
    { code: 'query.input-missing', facts: { missing: 'address of loadBalancer lb-1' } },
  ])
  expect(complaint(withoutAddress, 'lb-1 > i-a tcp 80').code).toBe('question.not-a-source')
})

test('beyond the limit of branches the answer is open and says so', () => {
  const answer = explain((s) => {
    const names = Array.from({ length: 65 }, (_, nth) => `n${nth}`)
    for (const [nth, name] of names.entries()) addInstance(s, name, 'vsw-1', `10.1.1.${100 + nth}`)
    addBalancer(s, ...names)
    find(s.instance, 'i-n3').state = 'Stopped'
  }, 'i-a > lb-1 tcp 80')
  expect(answer.verdict).toBe('undetermined')
  expect(reasons(answer)).toEqual([
    'instance.not-running forward i-n3',
    'query.branches-cut  question',
    'lb.backends-partial  lb-1',
  ])
  expect(answer.findings.at(-1)?.facts).toEqual({ failing: '1', branches: '64' })
})

test('of all ports, those with a listener get through', () => {
  const { verdict, parts } = explain(moved, 'i-a > lb-1 tcp -')
  expect(verdict).toBe('partial')
  expect(parts?.map((part) => [part.verdict, part.ports])).toEqual([
    ['unreachable', expect.anything()],
    ['reachable', expect.anything()],
  ])
})

/** The listener for 80 leads to port 8080. */
function moved(sketch: Sketch): void {
  firstListener(addBalancer(sketch, 'b')).backends[0].port = 8080
}

function withDnat(sketch: Sketch): void {
  moved(sketch)
  addNat(sketch).dnat.push({
    id: 'dnat-1',
    state: 'Available',
    protocol: 'tcp',
    externalAddress: '47.1.0.1',
    externalPort: { from: 8000, to: 8000 },
    internalAddress: '10.1.2.100',
    internalPort: { from: 80, to: 80 },
  })
}

test('a fault on one of two ways to a load balancer is none of its backends', () => {
  const answer = explain((s) => {
    const target = (name: string) => ({ target: { kind: 'instance', id: `i-${name}` } }) as const
    addSubnet(s, 'vsw-3', 'vpc-1', '10.1.3.0/24')
    for (const [name, address] of [['r1', '10.1.3.21'] as const, ['r2', '10.1.3.22'] as const]) {
      addInstance(s, name, 'vsw-3', address)
      addGuest(s, name, { ipForward: true })
    }
    addTable(s, 'rtb-x', 'vsw-1')
    addRoute(s, 'rtb-x', '10.1.2.0/24', target('r1').target)
    find(s.routeTable, 'rtb-x').routes[0].nextHops.push(target('r2'))
    addBalancer(s, 'c')
    find(s.instance, 'i-r2').state = 'Stopped'
  }, 'i-a > lb-1 tcp 80')
  expect(answer.verdict).toBe('partial')
  expect(reasons(answer)).toEqual([
    'route.next-hop-down forward rtb-x',
    'route.ecmp-partial  question',
  ])
})

test('the order of backends changes nothing in what is found', () => {
  const found = (...names: readonly string[]) =>
    reasons(
      explain((s) => {
        addInstance(s, 'd', 'vsw-2', '10.1.2.12')
        addBalancer(s, ...names)
        addAcl(s, 'vsw-2', [entry('accept')], [entry('accept', 2001, 65535)])
        find(s.instance, 'i-d').state = 'Stopped'
      }, 'i-a > lb-1 tcp 80'),
    ).toSorted()
  expect(found('b', 'd')).toEqual(found('d', 'b'))
})
