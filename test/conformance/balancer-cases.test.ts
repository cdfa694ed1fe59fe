import { expect, test } from 'vitest'

import { createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import type { Answer } from '#model'
import { balancerCases } from '../lab/balancer-cases.ts'
import { networkOf } from '../lab/balancer-network.ts'
import { ask } from '../oracle/tiny-network.ts'
import { pairQuestion } from '../../src/conformance/pair-question.ts'

/** What the lab shows with packets (`test/proof/lab-balancer.test.ts`), on paper. */
test.each(balancerCases)('on paper too, point $point of decision 0010: $title', (item) => {
  const analyzer = createAnalyzer(compileFabric(networkOf(item.change)))
  for (const [text, expected] of Object.entries(item.expect)) {
    const pair = pairQuestion(ask(text), 40_000)
    if (!pair) throw new Error(`${text} is no packet`)
    const answer = analyzer.ask(pair.paper)
    if ('error' in answer) throw new Error(answer.error.message)
    expect(`${text}: ${saidOf(answer, expected)}`).toBe(`${text}: ${expected}`)
  }
})

/** The expectation where the answer bears it out, else the answer in the same words. */
function saidOf({ verdict, findings, hops }: Answer, expected: string): string {
  const blockers = findings
    .filter(({ effect }) => effect === 'blocks')
    .map(({ leg = 'forward', code }) => `${leg} ${code.replace('.return.', '.')}`)
  const [leg, code] = expected.split(' ')
  if (verdict === 'reachable' && !isBlocked(expected)) return expected
  if (verdict === 'unreachable' && blockers[0] === `${leg} ${code}`) return expected
  // The lab has to do something with an echo, and with a state that nobody read; the paper need not.
  const open = findings.some((one) => one.effect === 'undecides' && one.component.id === 'lb-1')
  if (verdict === 'undetermined' && open) return expected
  return `${verdict} ${blockers.join(', ')} ${hops.map(({ at }) => at.id).join(' ')}`
}

const isBlocked = (expected: string): boolean => /^(?:forward|return) [a-z-]+\./.test(expected)
