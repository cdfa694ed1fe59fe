import { describe, expect, test } from 'vitest'
import { createAnalyzer } from '#analyzer'
import { seededRandom } from '#conformance'
import { compileFabric } from '#fabric'
import { type Network, parseNetwork, type Verdict } from '#model'
import { together } from '../../src/analyzer/decide-boxes.ts'
import { drawAws } from './draw-aws.ts'

describe('a load balancer with several addresses', () => {
  test('stands for all of them where it is named', () => {
    const seen = new Set<Verdict>()
    for (let seed = 1; seed <= 60; seed++) {
      const verdict = verdictsOf(drawAws(seededRandom(seed)))
      for (const from of ['i-1-0-2', 'i-1-1-1', 'i-2-0-1']) {
        const each = ['10.1.0.250', '10.1.1.250'].map((to) => verdict(from, to))
        seen.add(together(each))
        expect([seed, from, verdict(from, 'lb-1')]).toEqual([seed, from, together(each)])
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(['reachable', 'unreachable']))
  })

  test('has no way in from the Internet without a public address', () => {
    const network = drawAws(seededRandom(1))
    const answer = createAnalyzer(compileFabric(network)).ask({
      from: 'internet',
      to: 'lb-1',
      protocol: 'tcp',
      port: 443,
    })
    expect(answer).toMatchObject({
      verdict: 'unreachable',
      findings: [{ code: 'igw.no-public-mapping.ingress' }],
    })
  })

  test('hands packets to nobody where a backend is no address', () => {
    const drawn = drawAws(seededRandom(1))
    const [balancer] = drawn.loadBalancer ?? []
    const backends = [{ target: { kind: 'address', id: 'nonsense' }, port: 80, weight: 1 }]
    const listeners = [{ protocol: 'tcp', port: 443, state: 'running', backends }]
    const parsed = parseNetwork({ ...drawn, loadBalancer: [{ ...balancer, listeners }] })
    if (!parsed.ok) throw new Error(parsed.problems[0]?.message)
    expect(verdictsOf(parsed.network)('i-1-0-2', '10.1.0.250')).toBe('unreachable')
  })
})

function verdictsOf(network: Network): (from: string, to: string) => Verdict {
  const analyzer = createAnalyzer(compileFabric(network))
  return (from, to) => {
    const answer = analyzer.ask({ from, to, protocol: 'tcp', port: 443, sourcePort: 40000 })
    if (!('verdict' in answer)) throw new Error(answer.error.message)
    return answer.verdict
  }
}
