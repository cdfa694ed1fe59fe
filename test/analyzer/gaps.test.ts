import { describe, expect, test } from 'vitest'
import { gapKinds, networkFormat, parseNetwork } from '#model'
import { leaveGap } from '#conformance'
import {
  addBalancer,
  addClassic,
  addGuest,
  addInterface,
  find,
  tinySketch,
} from '../oracle/tiny-network.ts'
import { explain, nothing } from './ask-tiny.ts'
import { type GapCase, gapCases } from './gap-cases.ts'

const decisive = gapKinds.flatMap((kind) => {
  const cases = gapCases[kind]
  return cases === 'open' ? [] : [{ kind, cases }]
})
const open = gapKinds.filter((kind) => gapCases[kind] === 'open')

describe.each(decisive)('a gap of $kind leaves the verdict open', ({ kind, cases }) => {
  test.each(cases)('where $about', ({ change, asked, id, before, missing }) => {
    expect(verdictBefore(change, asked)).toBe(before)
    const answer = explain((sketch) => {
      change(sketch)
      leaveGap(sketch, kind, id)
    }, asked)
    expect(answer.verdict).toBe('undetermined')
    const told = answer.findings.map(({ facts }) => facts.missing ?? facts.subnet)
    expect(told).toContain(missing)
    expect(answer.findings.map(({ facts }) => facts.call)).toContain(`Describe ${kind}`)
  })
})

function verdictBefore(change: GapCase['change'], asked: string): GapCase['before'] {
  const sketch = tinySketch()
  change(sketch)
  const { ok } = parseNetwork({ kind: networkFormat, ...sketch })
  return ok ? explain(change, asked).verdict : 'invalid'
}

test.each(open)('a gap of %s changes nothing: what it would say is open or outside', (kind) => {
  const plain = explain(nothing, 'i-a > i-c tcp 80')
  const answer = explain((sketch) => leaveGap(sketch, kind), 'i-a > i-c tcp 80')
  expect(answer.verdict).toBe(plain.verdict)
})

test('a load balancer gets no reply by another interface, and not by one in doubt either', () => {
  const answer = explain((sketch) => {
    addBalancer(sketch, 'b')
    addInterface(sketch, 'b2', 'vsw-1', '10.1.1.22', 'b')
    addGuest(sketch, 'b', { routes: [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-b2' }] })
    leaveGap(sketch, 'networkInterface', 'eni-b2')
  }, 'i-c > 10.1.2.100 tcp 80')
  expect(answer.verdict).toBe('unreachable')
  expect(answer.findings.map(({ code }) => code)).toContain('lb.return-bypass')
})

test('ClassicLink may reach a vSwitch that was not read where it lies in the primary range', () => {
  const answer = explain((sketch) => {
    sketch.vpc[0].cidrs = ['192.168.0.0/16']
    find(sketch.subnet, 'vsw-2').cidr = '192.168.2.0/24'
    find(sketch.networkInterface, 'eni-c').addresses = ['192.168.2.11']
    sketch.subnet = sketch.subnet.filter(({ id }) => id !== 'vsw-1')
    const unplaced = sketch.networkInterface.filter(({ subnetId }) => subnetId === 'vsw-1')
    unplaced.forEach((eni, nth) => (eni.addresses = [`192.168.1.${nth + 10}`]))
    addInterface(sketch, 'a2', 'vsw-2', '192.168.2.44', 'a')
    addGuest(sketch, 'a', { routes: [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-a2' }] })
    addClassic(sketch, 'k', { intranetAddress: '10.200.0.1', linkedVpcId: 'vpc-1' })
    leaveGap(sketch, 'subnet')
  }, 'i-k > eni-a tcp 80')
  expect(answer.verdict).toBe('undetermined')
  expect(answer.findings.map(({ code }) => code)).not.toContain('classiclink.outside-primary')
})
