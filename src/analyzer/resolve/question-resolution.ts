import type { Facts } from '#findings'
import type { Component } from '#model'
import type { AskedPacket } from '../asked-packet.ts'

/** What a question is, once its words are understood. */
export type QuestionResolution = ResolvedQuestion | SettledQuestion | UnaskableQuestion

/** A question in the fabric's numbers: the boxes of packets that it asks about. */
export interface ResolvedQuestion {
  readonly kind: 'resolved'
  readonly from: Component & { readonly address?: string }
  readonly to: Component & { readonly address?: string }
  /** Disjoint; together they are every packet of the question. */
  readonly boxes: readonly AskedPacket[]
}

/** A question that has an answer without a walk: one of its ends decides it. */
export type SettledQuestion = Settlement & { readonly from: Component; readonly to: Component }

/** Why an end decides, with the exact facts of the code. */
export type Settlement<C extends SettledCode = SettledCode> = {
  readonly [Code in C]: {
    readonly kind: 'settled'
    readonly code: Code
    readonly component: Component
    readonly facts: Facts<Code>
  }
}[C]

/** Findings of an end of a question that no packet needs to find. */
export type SettledCode =
  | 'query.same-endpoint'
  | 'query.non-routable-address'
  | 'query.no-common-ip-version'
  | 'query.unsupported-feature'
  | 'query.input-missing'
  | 'instance.no-interface'
  | 'address.not-ours'
  | 'address.not-assigned'
  | 'address.holder-unknown'
  | 'havip.no-master'
  | 'eip.not-bound'
  | 'eip.bad-state'
  | 'igw.no-public-mapping.ingress'
  | 'igw.private-destination'

/** A question that cannot be asked. */
export interface UnaskableQuestion {
  readonly kind: 'unaskable'
  readonly code: UnaskableCode
  /** One English sentence or two for a person; `candidates` are what could be meant instead. */
  readonly message: string
  readonly candidates?: readonly string[]
}

/** Why a question cannot be asked: the `error.code` of an answer line. */
export type UnaskableCode =
  | 'question.not-found'
  | 'question.ambiguous'
  | 'question.not-an-endpoint'
  | 'question.unread'
  | 'question.unknown-scope'
  | 'question.not-a-source'
  | 'question.outside'
