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
import { joinAssumptions, joinPortRanges } from './join-port-ranges.ts'
import type { ResolvedQuestion } from './resolve/question-resolution.ts'
import type { Fork } from './search/run.ts'
import { createSearcher } from './search/search.ts'

/** Parts of a question that are explained; an answer says so where there are more. */
const EXPLAINED_PARTS = 64

/** Walks for one explanation: its branches and stretches of client ports multiply. */
const EXPLAINING_WALKS = 512

/** The fast engine decides which packets share a fate, the explaining one says why. */
export function createExplainer(
  fabric: Fabric,
  follower: Follower,
  judge: Judge,
  show: Evidence,
): (question: Question, resolved: ResolvedQuestion) => Answer {
  const searcher = createSearcher(fabric, judge, show)
  return (question, resolved) => {
    const budget = { left: EXPLAINING_WALKS }
    const explain = (part: DecidedBox): ExplainedPart =>
      explainPart(searcher, part, (box) => endTexts(fabric, show, resolved, box), budget)
    const decided = decideBoxes(follower, resolved.boxes)
    const [only] = decided.boxes
    if (decided.boxes.length === 1 && only.branches === 1) {
      const { walk, findings: met } = explain(only)
      const findings = met.length > walk.findings.length ? joinPortRanges(met) : met
      const { assumptions } = walk
      return composeAnswer({ question, resolved, decided, walk, findings, assumptions })
    }
    const uniform = decided.boxes.every(({ verdict }) => verdict === decided.verdict)
    const telling = partsToExplain(decided)
    const planned = uniform ? telling : [...telling, ...partsThrough(decided)]
    const explained = planned.slice(0, EXPLAINED_PARTS).flatMap((part) => {
      return budget.left > 0 ? [{ part, ...explain(part) }] : []
    })
    const [shown] = explained
    const findings = joinPortRanges([
      ...explained.flatMap(({ part, findings: met }) => (telling.includes(part) ? met : [])),
      ...summaries(decided, shown.part, shown.forks),
      ...untold(planned.length, explained.length - (budget.left > 0 ? 0 : 1)),
    ])
    const assumptions = joinAssumptions(explained.flatMap((one) => one.assumptions))
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
  boxes.filter(({ verdict }) => verdict === 'reachable')

function untold(parts: number, explained: number): readonly FindingRecord[] {
  if (parts <= explained) return []
  const component: Component = { kind: 'question', id: 'question' }
  const facts = { explained: String(explained), parts: String(parts) }
  return [finding('query.parts-untold', { component, facts })]
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
