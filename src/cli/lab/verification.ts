import type {
  Aspect,
  MeasuredQuestion,
  Unmeasured,
  UnmeasuredQuestion,
  UsualQuestions,
  Verified,
} from '#conformance'

import type { Unrealised } from '#lab'

import type { PassedOver } from './verify-questions.ts'

/** Everything that a verification found out. */
export interface Verification {
  /** The network as it was named; absent: that of the lab. */
  readonly source: string | undefined
  readonly results: readonly Verified[]
  readonly passedOver: readonly PassedOver[]
  /** How the questions were come by, where nobody gave any. */
  readonly usual: UsualQuestions | undefined
  /** Parts of the network that have no place in the lab. */
  readonly leftOut: readonly Unrealised[]
}

/** Figures of a verification. */
export interface Tally {
  readonly asked: number
  /** Packets that were answered. */
  readonly reachable: number
  readonly disagree: number
  readonly unmeasured: number
}

export const aspects = ['verdict', 'rule', 'stops'] as const satisfies readonly Aspect[]

export function tallyOf({ results, passedOver }: Verification): Tally {
  const measured = measuredOf(results)
  return {
    asked: results.length + passedOver.length,
    reachable: measured.filter(({ comparison }) => comparison.wire === 'reachable').length,
    disagree: measured.filter(({ disagrees }) => disagrees.length > 0).length,
    unmeasured: results.length + passedOver.length - measured.length,
  }
}

export function measuredOf(results: readonly Verified[]): readonly MeasuredQuestion[] {
  return results.flatMap((result) => (result.kind === 'measured' ? [result] : []))
}

/** How many spoke of an aspect, and how many of those not alike. */
export function countAspect(measured: readonly MeasuredQuestion[], aspect: Aspect) {
  const compared = measured.filter((one) => one.compared.includes(aspect)).length
  const disagree = measured.filter((one) => one.disagrees.includes(aspect)).length
  return { compared, agree: compared - disagree, disagree }
}

/** Questions that were not measured for one reason. */
export interface UnmeasuredGroup {
  readonly because: Unmeasured
  readonly count: number
  /** One of them. */
  readonly example: UnmeasuredQuestion | PassedOver
}

/** Not measured, by reason, the most frequent first. */
export function unmeasuredGroups({
  results,
  passedOver,
}: Verification): readonly UnmeasuredGroup[] {
  const groups = new Map<string, UnmeasuredGroup>()
  const missed = results.flatMap((one) => (one.kind === 'unmeasured' ? [one] : []))
  for (const example of [...missed, ...passedOver]) {
    const { because } = example
    const key = keyOf(because)
    const known = groups.get(key)
    groups.set(key, { because, example, ...known, count: (known?.count ?? 0) + 1 })
  }
  return [...groups.values()].sort((a, b) => b.count - a.count)
}

/** Facts differ from question to question: what the analyzer leaves open is told apart by its code. */
function keyOf(because: Unmeasured): string {
  return because.kind === 'open'
    ? `${because.verdict} ${because.code ?? ''}`
    : JSON.stringify(because)
}
