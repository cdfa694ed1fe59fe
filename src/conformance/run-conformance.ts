import type { Network } from '#model'
import { type Lab, type LabPlan, startLab } from '#lab'
import { type Coverage, emptyCoverage } from './choose-questions.ts'
import type { ConcreteQuestion } from './draw/concrete-question.ts'
import { seededRandom } from './draw/dice.ts'
import { randomNetwork } from './draw/random-network.ts'
import { randomQuestion } from './draw/random-question.ts'
import { realisable } from './draw/realisable.ts'
import { type ExplanationName, explain } from './explanations.ts'
import { type ProbedQuestion, probeNetwork, usualSettings } from './probe-network.ts'

/** What a run is to do. */
export interface RunOptions {
  readonly probes: number
  readonly seed: number
  /** Plants a mistake in the lab, to see whether it is noticed. */
  readonly plan?: (plan: LabPlan) => LabPlan
  /** Told after each network. */
  readonly onNetwork?: (probed: ProbedSeed, report: Report) => void
  /** Whether what was found is enough. Absent: the number of probes decides. */
  readonly enough?: (report: Report) => boolean
}

/** One network of a run, with everything that was probed in it. */
export interface ProbedSeed {
  readonly seed: number
  readonly network: Network
  readonly probed: readonly ProbedQuestion[]
}

/** A packet on which paper and wire do not agree. */
export interface Mismatch {
  readonly seed: number
  readonly network: Network
  readonly question: ConcreteQuestion
  readonly probed: ProbedQuestion
  /** The known reason, where there is one. */
  readonly explained?: ExplanationName
}

/** What a run has found. */
export interface Report {
  readonly coverage: Coverage
  networks: number
  probes: number
  reachable: number
  /** Blocked packets, and those of which the wire's blocker is named, or named first. */
  blocked: number
  sameRule: number
  firstRule: number
  /** Further blocked packets: the answer leaves open what the place does that stopped them. */
  incomparable: number
  /** Packets that got through, and those with the same stops. */
  through: number
  sameHops: number
  readonly mismatches: Mismatch[]
  readonly otherRules: Mismatch[]
  readonly otherHops: Mismatch[]
  readonly passedOver: Map<string, number>
}

/** Questions drawn for each network: enough to choose from. */
const DRAWN = 1500

/** Draws networks and probes them until there are enough probes. The same seed gives the same run. */
export async function runConformance(options: RunOptions): Promise<Report> {
  const { probes, seed, onNetwork, enough = () => false } = options
  const report = emptyReport()
  const lab = await startLab(`conformance-${process.pid}`)
  try {
    for (let nth = 0; report.probes < probes && !enough(report); nth++) {
      const probed = await probeSeed(lab, seed + nth, report, options)
      onNetwork?.(probed, report)
    }
  } finally {
    await lab.end()
  }
  return report
}

/** The network and the questions of a seed. */
export function drawSeed(seed: number): {
  readonly network: Network
  readonly questions: readonly ConcreteQuestion[]
} {
  const random = seededRandom(seed)
  const network = realisable(randomNetwork(random, { gaps: false, classic: false }))
  const questions = Array.from({ length: DRAWN }, () => randomQuestion(network, random))
  return { network, questions }
}

/** Mismatches that no known reason explains. */
export function unexplained({ mismatches }: Report): readonly Mismatch[] {
  return mismatches.filter(({ explained }) => explained === undefined)
}

function emptyReport(): Report {
  return {
    coverage: emptyCoverage(),
    networks: 0,
    probes: 0,
    reachable: 0,
    blocked: 0,
    sameRule: 0,
    firstRule: 0,
    incomparable: 0,
    through: 0,
    sameHops: 0,
    mismatches: [],
    otherRules: [],
    otherHops: [],
    passedOver: new Map(),
  }
}

async function probeSeed(
  lab: Lab,
  seed: number,
  report: Report,
  { probes, plan }: RunOptions,
): Promise<ProbedSeed> {
  const { network, questions } = drawSeed(seed)
  const want = Math.min(usualSettings.want, probes - report.probes)
  const settings = { ...usualSettings, want, ...(plan ? { plan } : {}) }
  const { probed, passedOver } = await probeNetwork(
    lab,
    network,
    questions,
    report.coverage,
    settings,
  )
  report.networks++
  for (const [why, count] of passedOver) {
    report.passedOver.set(why, (report.passedOver.get(why) ?? 0) + count)
  }
  for (const item of probed) {
    note(report, item, { seed, network, question: item.candidate.question, probed: item })
  }
  return { seed, network, probed }
}

function note(report: Report, { comparison }: ProbedQuestion, mismatch: Mismatch): void {
  report.probes++
  if (comparison.wire === 'reachable') report.reachable++
  if (!comparison.verdict) {
    const explained = explain(mismatch)
    report.mismatches.push(explained === undefined ? mismatch : { ...mismatch, explained })
    return
  }
  if (comparison.rule !== undefined) {
    report.blocked++
    if (comparison.rule) report.sameRule++
    else report.otherRules.push(mismatch)
    if (comparison.firstRule) report.firstRule++
  } else if (comparison.wire === 'unreachable') report.incomparable++
  if (comparison.hops !== undefined) {
    report.through++
    if (comparison.hops) report.sameHops++
    else report.otherHops.push(mismatch)
  }
}
