import {
  type Blocker,
  compilePlan,
  journeyReader,
  type Lab,
  offersFor,
  placeQuestion,
  type ProbeProtocol,
  readEvidence,
  stopsOf,
} from '#lab'
import type { Network } from '#model'
import { portsOf } from '#conformance'
import { ask } from '../oracle/tiny-network.ts'

/** What real packets say, in one line: `answered`, or what stopped them. */
export interface WireAnswer {
  readonly outcome: string
  /** `forward lb.no-listener loadBalancer lb-1`; absent: nothing did. */
  readonly blocker?: string
  /** `forward lb-1`, in order, each once where it follows itself. */
  readonly stops: readonly string[]
  /** Rules of load balancers that were met. */
  readonly balanced: readonly string[]
}

/** Outside hosts of these tests. */
const publicHosts = ['203.0.113.9', '203.0.113.10']

/** Makes a network real and sends one packet for each question of `ask`. The lab is empty afterwards. */
export async function askWire(
  lab: Lab,
  network: Network,
  questions: readonly string[],
): Promise<readonly WireAnswer[]> {
  const plan = compilePlan(network, { publicHosts })
  try {
    const { handles, guestRules } = await lab.ask({ op: 'build', plan })
    const concrete = questions.map(ask)
    const ports = portsOf(
      network,
      concrete.map((question) => ({ question })),
    )
    await lab.ask({ op: 'listen', offers: offersFor(plan, ports) })
    const asks = concrete.map((question, id) => {
      const { from: origin, to: destination, destinationPort: port } = question
      const protocol = wordOf(questions[id])
      const ported = protocol === 'tcp' || protocol === 'udp'
      const ports = ported ? { port, sourcePort: 33_000 + id } : {}
      const placed = placeQuestion(plan, { origin, destination, protocol, ...ports })
      if (placed.kind === 'absent') throw new Error(`${questions[id]}: ${placed.why}`)
      return { id, ...placed.ask }
    })
    const told = await lab.ask({ op: 'ask', asks, timeoutMs: 400, evidence: true })
    const read = journeyReader(plan, handles)
    const evidence = await readEvidence(lab, plan, read, asks, told, guestRules)
    return evidence.map(({ told: { outcome }, journey, blocker }) => ({
      outcome: outcome.kind === 'not_measured' ? outcome.why : outcome.kind,
      ...(blocker ? { blocker: textOf(blocker) } : {}),
      stops: withoutRepeats(stopsOf(plan, journey).map(({ leg, at }) => `${leg} ${at.id}`)),
      balanced: journey.forward.flatMap(({ marks }) =>
        marks.flatMap(({ component, rule }) =>
          component.kind === 'loadBalancer' && rule !== undefined ? [rule] : [],
        ),
      ),
    }))
  } finally {
    await lab.ask({ op: 'clear' })
  }
}

function wordOf(question: string): ProbeProtocol {
  const words = ['tcp', 'udp', 'icmp', 'gre'] as const
  return words.find((word) => question.split(' ').includes(word)) ?? 'tcp'
}

function textOf({ leg, code, component: { kind, id } }: Blocker): string {
  return `${leg} ${code} ${kind} ${id}`
}

function withoutRepeats(items: readonly string[]): readonly string[] {
  return items.filter((item, nth) => item !== items[nth - 1])
}
