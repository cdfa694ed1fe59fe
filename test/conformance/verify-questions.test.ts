import { describe, expect, test } from 'vitest'

import { createAnalyzer } from '#analyzer'
import {
  namedServices,
  narrowQuestion,
  outsideHosts,
  portsOf,
  toNetwork,
  usualQuestions,
} from '#conformance'
import { compileFabric } from '#fabric'
import { compilePlan } from '#lab'
import { parseNetwork } from '#model'
import type { Network, Question } from '#model'

import { batches } from '../../src/conformance/verify/batch-questions.ts'
import { greSession } from '../../src/conformance/verify/gre-session.ts'
import { addAcl, entry, tinySketch } from '../oracle/tiny-network.ts'
import { exampleNetwork } from '../cli/example-network.ts'

const network = read(exampleNetwork)
const hosts = outsideHosts(network)
const plan = compilePlan(network, { publicHosts: hosts })

describe('the questions that a network raises', () => {
  test('are those of every pair on every named service, on one that none names, and ICMP', () => {
    const { questions, possible, unnamed } = usualQuestions(network, plan)
    expect(namedServices(network)).toEqual([{ protocol: 6, port: 5432 }])
    expect(unnamed).toEqual({ protocol: 6, port: 7 })
    // Two instances to each other and to one host outside, by three services.
    expect(questions).toHaveLength(12)
    expect(possible).toBe(12)
    expect(new Set(questions.map(({ sourcePort }) => sourcePort)).size).toBe(12)
    expect(questions[0]).toEqual({
      from: { kind: 'instance', id: 'i-web-1' },
      to: '10.0.2.20',
      protocol: 6,
      sourcePort: 33_000,
      destinationPort: 5432,
    })
  })

  test('are cut down evenly, what the receiver’s own rules name first', () => {
    const { questions, possible } = usualQuestions(network, plan, 4)
    expect(possible).toBe(12)
    expect(questions).toHaveLength(4)
    expect(questions.find(({ to }) => to === '10.0.2.20')).toMatchObject({ destinationPort: 5432 })
    expect(usualQuestions(network, plan, 2).questions).toHaveLength(2)
  })
})

describe('the questions that a load balancer raises', () => {
  const balancer = {
    provider: 'alibaba',
    account: '1',
    region: 'cn-hangzhou',
    id: 'lb-1',
    vpcId: 'vpc-shop',
    address: '10.0.1.100',
  }
  const target = { kind: 'instance', id: 'i-db-1' }
  const backends = [{ target, port: 8080, weight: 100 }]
  const listeners = [{ protocol: 'tcp', port: 80, state: 'running', backends }]

  test('are those of everybody on what its listeners name, and of its backends', () => {
    const balanced = read({ ...exampleNetwork, loadBalancer: [{ ...balancer, listeners }] })
    expect(namedServices(balanced)).toContainEqual({ protocol: 6, port: 8080 })
    const { questions } = usualQuestions(balanced, compilePlan(balanced))
    const asked = questions.filter(({ to }) => to === balancer.address)
    expect(asked.filter(({ destinationPort }) => destinationPort === 80)).toHaveLength(2)
    expect(portsOf(balanced, [{ question: { ...asked[0], destinationPort: 80 } }])).toEqual([
      { protocol: 'tcp', port: 80 },
      { protocol: 'tcp', port: 8080 },
    ])
  })

  test('are none where its listeners were not read', () => {
    const unread = read({ ...exampleNetwork, loadBalancer: [balancer] })
    const { questions } = usualQuestions(unread, compilePlan(unread))
    expect(questions.filter(({ to }) => to === balancer.address)).toEqual([])
  })
})

describe('the hosts outside', () => {
  test('are one of each outside range that a rule names, and a stranger', () => {
    const peers = ['198.51.100.0/24', '203.0.113.7/32', '10.9.0.0/16', '0.0.0.0/0']
    const [first] = network.securityGroup ?? []
    const rules = peers.map((cidr, nth) => ({
      id: `sgr-${nth}`,
      direction: 'ingress',
      action: 'accept',
      priority: 1,
      protocol: 6,
      ports: [],
      peer: { kind: 'cidr', cidr },
    }))
    const named = read({ ...exampleNetwork, securityGroup: [{ ...first, rules }, group(1)] })
    expect(outsideHosts(named)).toEqual(['198.51.100.1', '203.0.113.7', '192.0.2.77'])
  })
})

describe('a question of a person', () => {
  test.each([
    ['one port is one packet', { port: 5432 }, [5432]],
    ['every port is asked by those that rules name', {}, [5432]],
  ])('%s', (_what, more, ports) => {
    const narrowed = narrow({ from: 'i-web-1', to: 'i-db-1', protocol: 'tcp', ...more })
    expect(narrowed).toEqual({
      kind: 'packets',
      packets: ports.map((destinationPort) => ({
        from: { kind: 'instance', id: 'i-web-1' },
        to: '10.0.2.20',
        protocol: 6,
        destinationPort,
      })),
    })
  })

  test('keeps the client’s port if it names one', () => {
    const narrowed = narrow({
      from: '10.0.1.10',
      to: '10.0.2.20',
      protocol: 'udp',
      port: 53,
      sourcePort: 4000,
    })
    expect(narrowed).toMatchObject({
      packets: [
        { from: { kind: 'address', address: '10.0.1.10', vpcId: 'vpc-shop' }, sourcePort: 4000 },
      ],
    })
  })

  test('about the Internet is asked of the hosts outside', () => {
    const narrowed = narrow({ from: 'i-web-1', to: 'internet', protocol: 'icmp' })
    expect(narrowed).toMatchObject({ packets: hosts.map((to) => ({ to, protocol: 1 })) })
  })

  test('that cannot be asked says why, and one that needs no packet by which finding', () => {
    expect(narrow({ from: 'i-nobody', to: 'i-db-1', protocol: 'tcp' })).toMatchObject({
      kind: 'unaskable',
    })
    expect(narrow({ from: 'i-web-1', to: '10.0.1.10', protocol: 'tcp' })).toEqual({
      kind: 'settled',
      code: 'query.same-endpoint',
      verdict: 'undetermined',
    })
  })
})

test('flows of one batch differ in the port of their client', () => {
  const ask = (sourcePort: number) => ({
    ask: { space: 'i0', locals: [], protocol: 'tcp' as const, destination: 'x', sourcePort },
  })
  const cut = [...batches([ask(1), ask(1), ask(2), ask(3)], 2)]
  expect(cut.map((batch) => batch.map((item) => item.ask.sourcePort))).toEqual([
    [1, 2],
    [1, 3],
  ])
})

test('GRE between two machines is one session in both directions, by whichever address', () => {
  const session = (id: string, to: string): string =>
    greSession(network, plan, {
      from: { kind: 'instance', id },
      to,
      protocol: 47,
      sourcePort: 0,
      destinationPort: 0,
    })
  expect(session('i-web-1', '10.0.2.20')).toBe(session('i-db-1', '10.0.1.10'))
  expect(session('i-web-1', '10.0.2.20')).not.toBe(session('i-web-1', '192.0.2.77'))
})

test('a question whose client ports differ in their fate is asked by one of each', () => {
  const sketch = tinySketch()
  addAcl(sketch, 'vsw-1', [entry('accept', 1024, 32_767)], [entry('accept')])
  const asked = { from: 'i-a', to: '10.1.2.11', protocol: 'tcp', port: 80 } as const
  const ports = (question: Question) => {
    const narrowed = narrow(question, toNetwork(sketch))
    return narrowed.kind === 'packets' ? narrowed.packets.map(({ sourcePort }) => sourcePort) : []
  }
  expect(ports(asked)).toEqual([16_895, 49_151])
  expect(ports({ ...asked, sourcePort: 40_000 })).toEqual([40_000])
})

function narrow(question: Question, of = network) {
  const fabric = compileFabric(of)
  const ground = {
    fabric,
    analyzer: createAnalyzer(fabric),
    hosts,
    services: namedServices(of),
  }
  return narrowQuestion(ground, question)
}

function group(at: number): object {
  return exampleNetwork.securityGroup[at] ?? {}
}

function read(json: object): Network {
  const parsed = parseNetwork(json)
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '))
  return parsed.network
}
