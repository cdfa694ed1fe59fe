import type { Assumption, FindingRecord } from '#model'
import type { AskedPacket } from './asked-packet.ts'
import { type DecidedBox, MAX_BRANCHES } from './decide-boxes.ts'
import type { EndTexts, Fork } from './search/run.ts'
import type { Searcher } from './search/search.ts'
import type { Walk } from './search/walk.ts'

/** Why one part of a question does not get through, or how it does. */
export interface ExplainedPart {
  /** The branch that is shown. */
  readonly walk: Walk
  /** What it meets, then the other client ports of the part, then its other branches. */
  readonly findings: readonly FindingRecord[]
  /** What any of its branches takes for granted; the same thing may stand here several times. */
  readonly assumptions: readonly Assumption[]
  /** Where its branches part; empty where it has one. */
  readonly forks: readonly Fork[]
}

type Explain = (box: AskedPacket, choices: readonly number[]) => Walk

/** Walks that the explanation of a question may still make. */
export interface WalkBudget {
  left: number
}

/**
 * Every branch that fails is explained, not the first alone: whoever mends one of two equal routes
 * is refused by the other. The fast engine leaves a branch at its first refusal and so knows only
 * the forks before it; the searcher goes on, and its own are followed.
 */
export function explainPart(
  searcher: Searcher,
  { box, choices, verdict }: DecidedBox,
  textsOf: (box: AskedPacket) => EndTexts,
  budget: WalkBudget,
): ExplainedPart {
  const explain: Explain = (part, branch) => {
    budget.left--
    return searcher.search(part, branch, textsOf(part))
  }
  const walk = explain(box, choices)
  const forks = searcher.forks()
  const way: Way = { searcher, explain, box, budget, stops: verdict !== 'reachable' }
  const more = otherPorts(way, choices)
  const findings = more.length === 0 ? walk.findings : [...walk.findings, ...more]
  if (forks.length === 0) return { walk, forks, findings, assumptions: walk.assumptions }
  const all = allBranches(way, choices)
  const assumptions = [...walk.assumptions, ...all.assumptions]
  return {
    walk,
    forks: way.stops ? all.forks : forks,
    findings: [...findings, ...all.findings],
    assumptions,
  }
}

/** A part that is being explained; `stops`: something of it does not get through. */
interface Way {
  readonly searcher: Searcher
  readonly explain: Explain
  readonly box: AskedPacket
  readonly budget: WalkBudget
  readonly stops: boolean
}

/** Stretches of client ports in which a part is explained again. */
const MOST_STRETCHES = 16

/** What the other client ports meet, where the walk of the first ones does not hold for them. */
function otherPorts(
  { searcher, explain, box, budget }: Way,
  choices: readonly number[],
): FindingRecord[] {
  const found: FindingRecord[] = []
  let high = searcher.clientPortHigh()
  for (let nth = 1; nth < MOST_STRETCHES && high < box.sourcePortHigh; nth++) {
    if (budget.left <= 0) break
    found.push(...explain({ ...box, sourcePort: high + 1 }, choices).findings)
    high = searcher.clientPortHigh()
  }
  return found
}

/** The last fork turns fastest; a branch tells itself which forks it has. `shown` is walked already. */
function allBranches(
  way: Way,
  shown: readonly number[],
): Pick<ExplainedPart, 'findings' | 'assumptions' | 'forks'> {
  const { searcher, explain, box, budget } = way
  const findings: FindingRecord[] = []
  const assumptions: Assumption[] = []
  const forks: Fork[] = []
  let choices: readonly number[] | undefined = []
  for (let walked = 0; choices && walked < MAX_BRANCHES && budget.left > 0; walked++) {
    const { findings: met, assumptions: taken } = explain(box, choices)
    const own = searcher.forks()
    assumptions.push(...taken)
    if (way.stops && !isSame(choices, shown)) {
      const all = [...met, ...otherPorts(way, choices)]
      if (all.some(stops)) findings.push(...all)
    }
    forks.push(...own)
    choices = nextChoices(choices, own)
  }
  return { findings, assumptions, forks }
}

/** Choices that are not named are the first ones. */
const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  Array.from({ length: Math.max(a.length, b.length) }).every(
    (_, fork) => (a[fork] ?? 0) === (b[fork] ?? 0),
  )

const stops = ({ effect }: FindingRecord): boolean => effect === 'blocks' || effect === 'undecides'

/** The branch after the one taken; undefined after the last. */
function nextChoices(
  taken: readonly number[],
  forks: readonly Fork[],
): readonly number[] | undefined {
  const open = forks.findLastIndex(({ options }, fork) => (taken[fork] ?? 0) + 1 < options)
  if (open < 0) return undefined
  return forks.slice(0, open + 1).map((_, fork) => (taken[fork] ?? 0) + (fork === open ? 1 : 0))
}
