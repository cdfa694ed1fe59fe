import { setTimeout as pause } from 'node:timers/promises'
import {
  type Ask,
  type Blocker,
  compilePlan,
  type Evidence,
  type HostAnswers,
  journeyReader,
  type Lab,
  type LabPlan,
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

/** How questions are put. */
export interface WireSettings {
  /** Plants a mistake in the plan. */
  readonly spoil?: (plan: LabPlan) => LabPlan
  /** One after the other, from the same port of their clients. */
  readonly oneByOne?: boolean
}

/**
 * Makes a network real and sends one packet for each question of `ask`. The lab is empty
 * afterwards.
 */
export async function askWire(
  lab: Lab,
  network: Network,
  questions: readonly string[],
  { spoil, oneByOne = false }: WireSettings = {},
): Promise<readonly WireAnswer[]> {
  const compiled = compilePlan(network, { publicHosts })
  const plan = spoil?.(compiled) ?? compiled
  try {
    const names = await lab.ask({ op: 'build', plan })
    const wanted = questions.map((text) => ({ question: ask(text) }))
    await lab.ask({ op: 'listen', offers: offersFor(plan, portsOf(network, wanted)) })
    const standing = { lab, plan, names }
    if (oneByOne) {
      const each: Evidence[] = []
      for (const question of questions) each.push(...(await put(standing, [question], 33_000)))
      return each.map((item) => answerOf(plan, item))
    }
    const found = await put(standing, questions, 33_000)
    const doubtful = questions.filter((_, nth) => isUnheard(found[nth]))
    if (doubtful.length === 0) return found.map((item) => answerOf(plan, item))
    await pause(1_500)
    const again = (await put(standing, doubtful, 34_000)).values()
    return found.map((item) =>
      answerOf(plan, isUnheard(item) ? (again.next().value ?? item) : item),
    )
  } finally {
    await lab.ask({ op: 'clear' })
  }
}

interface Standing {
  readonly lab: Lab
  readonly plan: LabPlan
  readonly names: HostAnswers['build']
}

async function put(
  { lab, plan, names }: Standing,
  questions: readonly string[],
  firstPort: number,
): Promise<readonly Evidence[]> {
  const asks = questions.map((question, id) => ({ id, ...placed(plan, question, firstPort + id) }))
  const told = await lab.ask({ op: 'ask', asks, timeoutMs: 400, evidence: true })
  const read = journeyReader(plan, names.handles)
  return readEvidence(lab, plan, read, asks, told, names.guestRules)
}

function placed(plan: LabPlan, question: string, sourcePort: number): Omit<Ask, 'id'> {
  const { from: origin, to: destination, destinationPort: port } = ask(question)
  const protocol = wordOf(question)
  const ported = protocol === 'tcp' || protocol === 'udp'
  const ports = ported ? { port, sourcePort } : {}
  const found = placeQuestion(plan, { origin, destination, protocol, ...ports })
  if (found.kind === 'absent') throw new Error(`${question}: ${found.why}`)
  return found.ask
}

/**
 * A cable of a busy machine may take a second to come up (decision 0009): a packet that nothing has
 * seen, or that vanished without a reason, is asked for again.
 */
function isUnheard(item: Evidence | undefined): boolean {
  if (!item || item.told.outcome.kind === 'answered') return false
  return item.blocker === undefined || item.journey.forward.length === 0
}

function answerOf(plan: LabPlan, { told: { outcome }, journey, blocker }: Evidence): WireAnswer {
  return {
    outcome: outcome.kind === 'not_measured' ? outcome.why : outcome.kind,
    ...(blocker ? { blocker: textOf(blocker) } : {}),
    stops: withoutRepeats(stopsOf(plan, journey).map(({ leg, at }) => `${leg} ${at.id}`)),
    balanced: journey.forward.flatMap(({ marks }) =>
      marks.flatMap(({ component, rule }) =>
        component.kind === 'loadBalancer' && rule !== undefined ? [rule] : [],
      ),
    ),
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
