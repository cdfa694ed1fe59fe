import type { Fabric, Judge } from '#fabric'
import type { Evidence } from './evidence/evidence.ts'
import { finding } from '#findings'
import type { Answer, Assumption, Component, FindingRecord, Question } from '#model'
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

/** Parts of a question whose findings are given; an answer says so where there are more. */
const EXPLAINED_PARTS = 32

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
      const { assumptions } = walk
      return composeAnswer({ question, resolved, decided, walk, findings, assumptions })
    }
    const telling = partsToExplain(decided)
    const [first, ...more] = telling.slice(0, EXPLAINED_PARTS)
    const shown = explain(first)
    const others = more.map(explain)
    const findings = joinPortRanges([
      ...shown.findings,
      ...others.flatMap((part) => part.findings),
      ...summaries(decided, first, shown.forks),
      ...untold(telling.length),
    ])
    const uniform = decided.boxes.every(({ verdict }) => verdict === decided.verdict)
    const through = uniform ? [] : partsThrough(decided).map(explain)
    const assumptions = eachOnce([shown, ...others, ...through].flatMap((part) => part.assumptions))
    const { walk } = shown
    const material = { question, resolved, decided, walk, findings, assumptions }
    return composeAnswer(
      uniform ? material : { ...material, parts: describeParts(fabric, decided.boxes) },
    )
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
  return [...heads, ...others]
}

/** What gets through beside what does not: nothing stops it, but it takes things for granted. */
const partsThrough = ({ boxes }: DecidedBoxes): readonly DecidedBox[] =>
  boxes.filter(({ verdict }) => verdict === 'reachable').slice(0, EXPLAINED_PARTS)

function untold(parts: number): readonly FindingRecord[] {
  if (parts <= EXPLAINED_PARTS) return []
  const component: Component = { kind: 'question', id: 'question' }
  const facts = { explained: String(EXPLAINED_PARTS), parts: String(parts) }
  return [finding('query.parts-untold', { component, facts })]
}

function eachOnce(assumptions: readonly Assumption[]): readonly Assumption[] {
  const seen = new Map(
    assumptions.map((one) => [JSON.stringify([one.code, one.component, one.facts]), one]),
  )
  return [...seen.values()]
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
