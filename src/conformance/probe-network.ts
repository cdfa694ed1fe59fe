import { type Analyzer, createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import {
  type Ask,
  compilePlan,
  type Evidence,
  journeyReader,
  type Lab,
  type LabPlan,
  offersFor,
  placeQuestion,
  readEvidence,
} from '#lab'
import type { Answer, Network } from '#model'
import { type Candidate, candidateOf, chooseQuestions, type Coverage } from './choose-questions.ts'
import { compareAnswer, type Comparison } from './compare-answer.ts'
import type { ConcreteQuestion } from './draw/concrete-question.ts'
import { pairQuestion } from './pair-question.ts'

/** One packet that was sent, with everything both sides said about it. */
export interface ProbedQuestion {
  readonly candidate: Candidate
  readonly evidence: Evidence
  readonly comparison: Comparison
}

/** What came of one network. */
export interface ProbedNetwork {
  readonly plan: LabPlan
  readonly probed: readonly ProbedQuestion[]
  /** Questions that were not probed, by reason. */
  readonly passedOver: ReadonlyMap<string, number>
}

/** How a network is probed. */
export interface ProbeSettings {
  readonly want: number
  readonly timeoutMs: number
  /** Changes the plan before it is built. */
  readonly plan?: (plan: LabPlan) => LabPlan
}

/** In a lab on one machine, an answer that takes longer does not come. */
export const usualSettings: ProbeSettings = { want: 100, timeoutMs: 300 }

/**
 * Makes a network real in an empty lab, sends the chosen ones of the questions, and compares. The
 * lab is empty again afterwards.
 */
export async function probeNetwork(
  lab: Lab,
  network: Network,
  questions: readonly ConcreteQuestion[],
  coverage: Coverage,
  settings: ProbeSettings = usualSettings,
): Promise<ProbedNetwork> {
  const compiled = compilePlan(network, { publicHosts: publicHosts(network, questions) })
  const plan = settings.plan?.(compiled) ?? compiled
  const passedOver = new Map<string, number>()
  const candidates = candidatesOf(network, plan, questions, (why) =>
    passedOver.set(why, (passedOver.get(why) ?? 0) + 1),
  )
  const chosen = chooseQuestions(candidates, settings.want, coverage)
  try {
    const { handles, guestRules } = await lab.ask({ op: 'build', plan })
    await lab.ask({ op: 'listen', offers: offersFor(plan, portsOf(network, chosen)) })
    const read = journeyReader(plan, handles)
    const probe = async (asked: readonly Candidate[], firstPort: number) => {
      const asks = asked.map((candidate, id) => askOf(plan, candidate, id, firstPort))
      const { timeoutMs } = settings
      const told = await lab.ask({ op: 'ask', asks, timeoutMs, evidence: true })
      const evidence = await readEvidence(lab, plan, read, asks, told, guestRules)
      return compareAll(network, plan, asked, evidence)
    }
    const probed = await probe(chosen, FIRST_PORT)
    const again = await probe(doubtful(probed), FIRST_PORT + chosen.length)
    const settled = new Map(again.map((item) => [item.candidate, item] as const))
    return { plan, probed: probed.map((item) => settled.get(item.candidate) ?? item), passedOver }
  } finally {
    await lab.ask({ op: 'clear' })
  }
}

/** The client's port of the first question; the next ones follow. */
const FIRST_PORT = 33_000

function candidatesOf(
  network: Network,
  plan: LabPlan,
  questions: readonly ConcreteQuestion[],
  passOver: (why: string) => void,
): Candidate[] {
  const analyzer = createAnalyzer(compileFabric(network))
  const leftOut = plan.unrealised.map(({ component }) => `"${component.id}"`)
  return questions.flatMap((question) => {
    const answer = answerOf(analyzer, question)
    if (typeof answer === 'string') {
      passOver(answer)
      return []
    }
    const why = unfit(plan, network, question, answer, leftOut)
    if (why !== undefined) passOver(why)
    return why === undefined ? [candidateOf(network, question, answer)] : []
  })
}

/** Asked with any client port; the one that is sent is put in when the question is chosen. */
function answerOf(analyzer: Analyzer, question: ConcreteQuestion): Answer | string {
  const pair = pairQuestion(question, FIRST_PORT)
  if (!pair) return 'no such packet'
  const answer = analyzer.ask(pair.paper)
  return 'error' in answer ? answer.error.code : answer
}

/** Why a question is not worth a packet, or could not be compared; undefined: it can be sent. */
export function unfit(
  plan: LabPlan,
  network: Network,
  question: ConcreteQuestion,
  answer: Answer,
  leftOut: readonly string[],
): string | undefined {
  const { verdict } = answer
  if (verdict !== 'reachable' && verdict !== 'unreachable') return verdict
  if (answer.hops.length === 0) return 'settled without a packet'
  const text = JSON.stringify([answer.hops, answer.from, answer.to])
  if (leftOut.some((id) => text.includes(id))) return 'meets what the lab leaves out'
  const pair = pairQuestion(question, FIRST_PORT)
  const placed = pair && placeQuestion(plan, pair.wire)
  if (placed?.kind !== 'placed') return 'its sender carries nothing'
  const { space } = placed.ask
  const outside = question.from.kind === 'address' && question.from.vpcId === undefined
  if (outside && !isReachedFromOutside(network, question.to)) {
    return 'names a private address from outside'
  }
  const near = plan.seats.some(
    ({ at, addresses }) => at?.space === space && addresses.includes(question.to),
  )
  return near ? 'it stays inside one guest' : undefined
}

/** From outside, an address of an interface means its public one: another packet than the wire's. */
function isReachedFromOutside(network: Network, address: string): boolean {
  const { publicAddress = [], networkInterface = [], haVip = [], loadBalancer = [] } = network
  if (address.includes(':') || publicAddress.some((item) => item.address === address)) return true
  const owned = networkInterface.some(({ addresses }) => addresses.some((own) => own === address))
  const floating = [...haVip, ...loadBalancer].some((item) => item.address === address)
  return !owned && !floating && !privateRanges.test(address)
}

/**
 * A packet that contradicts its verdict is sent once more, from another port: a busy machine may
 * bring a cable up after the first packets. What is wrong in either reading stays so.
 */
function doubtful(probed: readonly ProbedQuestion[]): readonly Candidate[] {
  return probed.flatMap(({ candidate, comparison }) => (comparison.verdict ? [] : [candidate]))
}

function askOf(plan: LabPlan, { question }: Candidate, id: number, firstPort: number): Ask {
  const pair = pairQuestion(question, FIRST_PORT)
  const placed = pair && placeQuestion(plan, pair.wire)
  if (placed?.kind !== 'placed') throw new Error('a chosen question has lost its place')
  return {
    id,
    ...placed.ask,
    ...(placed.ask.port === undefined ? {} : { sourcePort: firstPort + id }),
  }
}

function compareAll(
  network: Network,
  plan: LabPlan,
  chosen: readonly Candidate[],
  evidence: readonly Evidence[],
): ProbedQuestion[] {
  return chosen.flatMap((candidate, nth) => {
    const item = evidence[nth]
    const comparison = item && compareAnswer(network, plan, candidate.answer, item)
    return comparison ? [{ candidate, evidence: item, comparison }] : []
  })
}

const privateRanges =
  /^(?:10|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^f[cde]/

/** Addresses outside that questions name: whoever is asked for there answers. */
export function publicHosts(
  network: Network,
  questions: readonly ConcreteQuestion[],
): readonly string[] {
  const taken = new Set<string>((network.publicAddress ?? []).map(({ address }) => address))
  const ranges = (network.vpc ?? []).flatMap(({ ipv6Cidrs = [] }) => ipv6Cidrs)
  const own = ranges.map((range) => range.slice(0, range.indexOf('::')))
  const named = questions.flatMap(({ from, to }) => [
    to,
    ...(from.kind === 'address' && from.vpcId === undefined ? [from.address] : []),
  ])
  return [...new Set(named)].filter(
    (address) =>
      !taken.has(address) &&
      !privateRanges.test(address) &&
      !own.some((start) => address.startsWith(`${start}:`)),
  )
}

/** Ports that have to be listened on: those asked for, and those that translations turn them into. */
export function portsOf(network: Network, chosen: readonly Pick<Candidate, 'question'>[]) {
  const wanted = new Map<string, { readonly protocol: 'tcp' | 'udp'; readonly port: number }>()
  const add = (protocol: 'tcp' | 'udp', port: number): void => {
    if (port > 0 && port < 65_536) wanted.set(`${protocol} ${port}`, { protocol, port })
  }
  const entries = (network.natGateway ?? []).flatMap(({ dnat }) => dnat)
  const balanced = (network.loadBalancer ?? []).flatMap(({ listeners = [] }) => listeners)
  for (const { question } of chosen) {
    const { protocol, destinationPort } = question
    if (protocol !== 6 && protocol !== 17) continue
    const name = protocol === 6 ? 'tcp' : 'udp'
    add(name, destinationPort)
    for (const { externalPort, internalPort } of entries) {
      if (externalPort && internalPort) {
        add(name, destinationPort - externalPort.from + internalPort.from)
      }
    }
    for (const { protocol: own, port, backends } of balanced) {
      if (own !== name || port !== destinationPort) continue
      for (const backend of backends) add(name, backend.port)
    }
  }
  return [...wanted.values()]
}
