import type { Assumption, Component, FindingRecord, Hop } from '#model'
import type { Cost } from '../cost.ts'

/**
 * How one leg ended: at its receiver; nowhere, at any price; in a network that the input does not
 * describe; or where the input does not say how it goes on.
 */
export type LegEnd = 'delivered' | 'dead' | 'left' | 'stuck'

/** One complete walk, there and back, with everything it met. */
export interface Walk {
  readonly hops: readonly Hop[]
  readonly findings: readonly FindingRecord[]
  readonly assumptions: readonly Assumption[]
  readonly forward: LegEnd
  readonly return: LegEnd | 'not_walked'
  readonly cost: Cost
  /** What had to be supposed to complete it; absent on the walk the packet really takes. */
  readonly via?: Component
  /** Other walks that would complete it too, cheapest first. */
  readonly others: readonly Walk[]
}
