import type { ConcreteQuestion, MeasuredQuestion, Unmeasured, Verified } from '#conformance'
import { finding } from '#findings'
import type { ProbeOutcome } from '#lab'

import type { Verification } from '../../src/cli/lab/verification.ts'
import { blocked } from './sample-answers.ts'

const question: ConcreteQuestion = {
  from: { kind: 'instance', id: 'i-web-1' },
  to: '10.0.2.20',
  protocol: 6,
  sourcePort: 33_000,
  destinationPort: 3306,
}
const fromVpc: ConcreteQuestion = {
  ...question,
  from: { kind: 'address', address: '10.0.1.9', vpcId: 'vpc-shop' },
}
const sent = { local: '10.0.1.10', microseconds: 87.5 }
const icmp = { from: '10.0.2.20', type: 3, code: 3 }

const outcomes: readonly ProbeOutcome[] = [
  { kind: 'answered', ...sent, localPort: 33_000 },
  { kind: 'refused', by: 'reset', ...sent },
  { kind: 'refused', by: 'unreachable', icmp, ...sent },
  { kind: 'expired', hop: '10.0.1.1', ...sent },
  { kind: 'silent', ...sent },
  { kind: 'error', errno: 'EHOSTUNREACH', stage: 'wait', icmp },
  { kind: 'error', errno: 'ENETUNREACH', stage: 'connect' },
]

const table = { kind: 'routeTable', id: 'vtb-1' } as const
const reason = finding('instance.forwarding-opaque', {
  component: { kind: 'instance', id: 'i-fw' },
  leg: 'return',
  facts: { destination: '10.0.2.20' },
})

const reasons: readonly Unmeasured[] = [
  { kind: 'open', verdict: 'undetermined', code: reason.code, reason },
  { kind: 'open', verdict: 'settled' },
  { kind: 'left-out', id: 'i-old', reason: 'the classic network has no place in the lab yet' },
  { kind: 'other', words: 'the wire is cut' },
]

/** Every way to disagree, and every reason not to be measured. */
export const troubled: Verification = {
  source: 'network.json',
  results: [
    ...outcomes.map(disagreement),
    ...reasons.map((because): Verified => ({ kind: 'unmeasured', question: fromVpc, because })),
  ],
  passedOver: [
    {
      question: {
        id: 'q-1',
        from: 'i-wbe-1',
        to: 'internet',
        protocol: 47,
        sourcePort: 5000,
        scope: 'vpc-shop',
      },
      because: { kind: 'other', words: 'no packet stands for it' },
    },
    {
      question: { from: 'i-web-1', to: 'i-db-1', protocol: 'tcp', port: 22 },
      because: { kind: 'other', words: 'the same, of a port' },
    },
  ],
  usual: {
    questions: [question],
    possible: 12,
    senders: 2,
    destinations: 3,
    services: [{ protocol: 6, port: 3306 }, { protocol: 47 }],
    unnamed: { protocol: 6, port: 7 },
  },
  leftOut: [{ component: { kind: 'instance', id: 'i-old', name: 'old' }, reason: 'classic' }],
}

/** A verification of given questions, with nothing to tell. */
export const calm: Verification = {
  source: undefined,
  results: [],
  passedOver: [],
  usual: undefined,
  leftOut: [],
}

function disagreement(outcome: ProbeOutcome, nth: number): MeasuredQuestion {
  const told = { id: nth, outcome, steps: [], incomplete: false }
  const journey = { forward: [], return: [] }
  const blocker = { leg: 'forward', code: 'route.none', component: table, by: 'route' } as const
  const wire = outcome.kind === 'answered' ? 'reachable' : 'unreachable'
  return {
    kind: 'measured',
    question,
    answer: blocked,
    evidence: {
      told,
      journey,
      // Some leave no trace, and a blocker need not have a rule.
      ...(nth > 4 ? {} : { blocker: nth % 2 === 0 ? blocker : { ...blocker, rule: 'rte-1' } }),
    },
    comparison: {
      wire,
      verdict: wire === blocked.verdict,
      rule: false,
      firstRule: false,
      paperHops: ['forward i-web-1', 'forward i-db-1'],
      wireHops: ['forward i-web-1'],
    },
    compared: ['verdict', 'rule', 'stops'],
    disagrees: wire === 'reachable' ? ['verdict', 'stops'] : ['rule'],
  }
}
