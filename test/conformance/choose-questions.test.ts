import { describe, expect, test } from 'vitest'

import { createAnalyzer } from '#analyzer'
import { type ConcreteQuestion, emptyCoverage } from '#conformance'
import { compileFabric } from '#fabric'
import { parseNetwork } from '#model'
import {
  type Candidate,
  candidateOf,
  chooseQuestions,
} from '../../src/conformance/choose-questions.ts'
import { exampleNetwork } from '../cli/example-network.ts'

const parsed = parseNetwork(exampleNetwork)
if (!parsed.ok) throw new Error('the example is no network')
const network = parsed.network
const analyzer = createAnalyzer(compileFabric(network))

describe('the questions that are probed', () => {
  test('are open and blocked in turn, as long as there are both', () => {
    const chosen = chooseQuestions([...asked(5432, 20), ...asked(1, 20)], 20, emptyCoverage())
    expect(chosen).toHaveLength(20)
    expect(chosen.filter(({ answer }) => answer.verdict === 'reachable')).toHaveLength(10)
  })

  test('say what alone stops a packet, and count it', () => {
    const coverage = emptyCoverage()
    const [blocked] = chooseQuestions(asked(1, 3), 3, coverage)
    expect(blocked?.blocker).toMatch(/^(?:forward|return) /)
    expect([...coverage.blockers]).toEqual([[blocked?.blocker, 3]])
    expect(chooseQuestions(asked(5432, 1), 1, coverage)[0]?.blocker).toBeUndefined()
  })
})

/** As many packets from the web server to the database. */
function asked(destinationPort: number, count: number): readonly Candidate[] {
  return Array.from({ length: count }, (_, nth) => {
    const sourcePort = 40_000 + nth
    const question: ConcreteQuestion = {
      from: { kind: 'instance', id: 'i-web-1' },
      to: '10.0.2.20',
      protocol: 6,
      sourcePort,
      destinationPort,
    }
    const answer = analyzer.ask({
      from: 'i-web-1',
      to: '10.0.2.20',
      protocol: 6,
      port: destinationPort,
      sourcePort,
    })
    if ('error' in answer) throw new Error(answer.error.message)
    return candidateOf(network, question, answer)
  })
}
