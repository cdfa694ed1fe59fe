import type { Answer, Network } from '#model'
import type { ConcreteQuestion } from './draw/concrete-question.ts'
import { type FeatureName, featuresOf } from './features.ts'

/** How often each feature and each verdict has been probed so far. */
export interface Coverage {
  probes: number
  reachable: number
  readonly features: Map<FeatureName, number>
  /** Probes that one thing alone stopped, by its code. */
  readonly blockers: Map<string, number>
}

/** Before the first probe. */
export function emptyCoverage(): Coverage {
  return { probes: 0, reachable: 0, features: new Map(), blockers: new Map() }
}

/** A question that could be probed. */
export interface Candidate {
  readonly question: ConcreteQuestion
  readonly answer: Answer
  readonly features: readonly FeatureName[]
  /** What alone stops the packet. A mistake about it shows; one about several things does not. */
  readonly blocker?: string
}

export function candidateOf(
  network: Network,
  question: ConcreteQuestion,
  answer: Answer,
): Candidate {
  const features = featuresOf({ network, question, answer })
  const [blocker, ...others] = answer.findings.filter(({ effect }) => effect === 'blocks')
  if (!blocker || others.length > 0) return { question, answer, features }
  return { question, answer, features, blocker: `${blocker.leg ?? 'forward'} ${blocker.code}` }
}

/** Every second probe should get through (the issue asks for 40 to 60 %). */
const WANTED_REACHABLE = 0.5

/**
 * Chooses what to probe: rare features and the rarer verdict first. The analyzer's verdict decides
 * which class a question is in; a wrong verdict is found in either.
 */
export function chooseQuestions(
  candidates: readonly Candidate[],
  want: number,
  coverage: Coverage,
): readonly Candidate[] {
  const left = new Set(candidates)
  const chosen: Candidate[] = []
  const flows = new Set<string>()
  while (chosen.length < want && left.size > 0) {
    let best: Candidate | undefined
    let bestScore = -1
    for (const candidate of left) {
      const score = scoreOf(candidate, coverage)
      if (score > bestScore) [best, bestScore] = [candidate, score]
    }
    if (!best) break
    left.delete(best)
    if (!isFresh(best, flows)) continue
    chosen.push(best)
    count(best, coverage)
  }
  return chosen
}

/**
 * GRE has no ports: between two addresses there is one session, and what one probe opened would let
 * the next one pass.
 */
function isFresh({ question, answer }: Candidate, flows: Set<string>): boolean {
  if (question.protocol !== 47) return true
  const own = answer.hops[0]?.address ?? ''
  if (flows.has(`${own} ${question.to}`)) return false
  flows.add(`${own} ${question.to}`).add(`${question.to} ${own}`)
  return true
}

function scoreOf({ answer, features, blocker }: Candidate, coverage: Coverage): number {
  const { probes, reachable } = coverage
  const share = probes === 0 ? WANTED_REACHABLE : reachable / probes
  const wanted = (answer.verdict === 'reachable') === share < WANTED_REACHABLE
  const alone = blocker === undefined ? 0 : rarity(coverage.blockers.get(blocker))
  const rare = features.reduce((sum, name) => sum + rarity(coverage.features.get(name)), alone)
  return (wanted ? WANTED : 0) + rare + features.length / FEATURES
}

/** More than all features and a blocker can be worth together. */
const WANTED = 1000
/** So large that the number of features only decides among questions as rare as each other. */
const FEATURES = 1e6

function rarity(seen = 0): number {
  return 1 / (1 + seen)
}

function count({ answer, features, blocker }: Candidate, coverage: Coverage): void {
  coverage.probes++
  if (answer.verdict === 'reachable') coverage.reachable++
  for (const name of features) coverage.features.set(name, (coverage.features.get(name) ?? 0) + 1)
  if (blocker === undefined) return
  coverage.blockers.set(blocker, (coverage.blockers.get(blocker) ?? 0) + 1)
}
