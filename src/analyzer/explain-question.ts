import type { Fabric, Judge } from '#fabric'
import type { Evidence } from './evidence/evidence.ts'
import { finding } from '#findings'
import type { Answer, Component, FindingRecord, Question } from '#model'
import { composeAnswer } from './compose-answer.ts'
import {
  type DecidedBox,
  type DecidedBoxes,
  decideBoxes,
  MAX_BRANCHES,
  MAX_WALKS,
} from './decide-boxes.ts'
import { describeParts } from './describe-parts.ts'
import { endTexts } from './end-texts.ts'
import { type ExplainedPart, explainPart } from './explain-part.ts'
import type { Follower } from './follow.ts'
import { joinPortRanges } from './join-port-ranges.ts'
import type { ResolvedQuestion } from './resolve/question-resolution.ts'
import type { Fork } from './search/run.ts'
import { createSearcher } from './search/search.ts'

/** Parts of a question whose findings are given; the rest share them more often than not. */
const EXPLAINED_PARTS = 4

/** The fast engine decides which packets share a fate, the explaining one says why. */
export function createExplainer(
  fabric: Fabric,
  follower: Follower,
  judge: Judge,
  show: Evidence,
): (question: Question, resolved: ResolvedQuestion) => Answer {
  const searcher = createSearcher(fabric, judge, show)
  return (question, resolved) => {
    const explain = (part: DecidedBox): ExplainedPart =>
      explainPart(searcher, part, (box) => endTexts(fabric, show, resolved, box))
    const decided = decideBoxes(follower, resolved.boxes)
    const [only] = decided.boxes
    if (decided.boxes.length === 1 && only.branches === 1) {
      const { walk, findings: met } = explain(only)
      const findings = met.length > walk.findings.length ? joinPortRanges(met) : met
      return composeAnswer({ question, resolved, decided, walk, findings, parts: undefined })
    }
    const [first, ...more] = partsToExplain(decided)
    const { walk, findings: met, forks } = explain(first)
    const findings = joinPortRanges([
      ...met,
      ...more.flatMap((part) => explain(part).findings),
      ...summaries(decided, first, forks),
    ])
    const uniform = decided.boxes.every(({ verdict }) => verdict === decided.verdict)
    const parts = uniform ? undefined : describeParts(fabric, decided.boxes)
    return composeAnswer({ question, resolved, decided, walk, findings, parts })
  }
}

/**
 * What does not get through, and only that where there is any: first one part of each fate, the
 * fate of the whole question before the others, then parts that differ from the first.
 */
function partsToExplain({ boxes, verdict }: DecidedBoxes): readonly DecidedBox[] {
  const failing = boxes.filter((one) => one.verdict !== 'reachable')
  const told = failing.length > 0 ? failing : boxes
  const fates = new Set([verdict, ...fateOrder])
  const heads = [...fates].flatMap((fate) => told.find((one) => one.verdict === fate) ?? [])
  const [first] = heads
  const others = told.filter((one) => !heads.includes(one) && differs(one.box, first.box))
  return [...heads, ...others].slice(0, EXPLAINED_PARTS)
}

const fateOrder = ['unreachable', 'undetermined', 'partial', 'leaves_model', 'reachable'] as const

/** Parts that differ in their branches only share their findings. */
const differs = (a: DecidedBox['box'], b: DecidedBox['box']): boolean =>
  a.protocol !== b.protocol ||
  a.destinationPort !== b.destinationPort ||
  a.sourcePort !== b.sourcePort ||
  a.source !== b.source ||
  a.destination !== b.destination

function summaries(
  decided: DecidedBoxes,
  explained: DecidedBox,
  forks: readonly Fork[],
): readonly FindingRecord[] {
  const component: Component = { kind: 'question', id: 'question' }
  const { branches, failing, isCut } = explained
  const found: FindingRecord[] = []
  if (decided.cut !== undefined) {
    const facts = { walked: String(decided.cut), limit: String(MAX_WALKS) }
    found.push(finding('query.branches-cut', { component, facts }))
  }
  if (isCut) {
    const facts = { walked: String(branches), limit: String(MAX_BRANCHES) }
    found.push(finding('query.branches-cut', { component, facts }))
  }
  if (branches > 1 && failing > 0 && failing < branches) {
    const facts = { failing: String(failing), branches: String(branches) }
    const balancer = onlyBalancer(forks)
    found.push(
      balancer
        ? finding('lb.backends-partial', { component: balancer, facts })
        : finding('route.ecmp-partial', { component, facts }),
    )
  }
  return found
}

/** The load balancer that alone made the branches: else not its backends have to be mended. */
function onlyBalancer(forks: readonly Fork[]): Component | undefined {
  const [first] = forks
  const same = forks.every(({ balancer }) => balancer && balancer.id === first?.balancer?.id)
  return same ? first?.balancer : undefined
}
