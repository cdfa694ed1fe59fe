import type { Evidence } from '#lab'
import type { Answer, FindingRecord } from '#model'
import type { Comparison } from '../compare-answer.ts'
import type { ConcreteQuestion } from '../draw/concrete-question.ts'

/** What paper and wire may disagree about. */
export type Aspect = 'verdict' | 'rule' | 'stops'

/** One question, asked of paper and wire. */
export type Verified = MeasuredQuestion | UnmeasuredQuestion

/** Both have answered. */
export interface MeasuredQuestion {
  readonly kind: 'measured'
  readonly question: ConcreteQuestion
  readonly answer: Answer
  readonly evidence: Evidence
  readonly comparison: Comparison
  /** Empty: they agree. */
  readonly disagrees: readonly Aspect[]
  /** What both sides spoke of: a wire that only stays silent names no rule. */
  readonly compared: readonly Aspect[]
}

/** No packet was sent, or its fate is not known: this proves nothing. */
export interface UnmeasuredQuestion {
  readonly kind: 'unmeasured'
  readonly question: ConcreteQuestion
  readonly because: Unmeasured
}

/** Why a question was not measured. */
export type Unmeasured =
  /** The analyzer gives no single answer to hold the wire against; `reason` is what it names. */
  | {
      readonly kind: 'open'
      readonly verdict: string
      readonly code?: string
      readonly reason?: FindingRecord
    }
  /** It meets a part of the network that the lab leaves out. */
  | { readonly kind: 'left-out'; readonly id: string; readonly reason: string }
  /** One of the sentences of `unfit`, or what the wire said. */
  | { readonly kind: 'other'; readonly words: string }
