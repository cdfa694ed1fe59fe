import type { Verdict } from './question.ts'
import type { ResourceKind } from './resource.ts'

/** The `kind` of an answer; a new major changes the number. */
export const answerFormat = 'hopwise.answer/v1'

/** What an answer points at: a resource, or a place outside the network. */
export interface Component {
  readonly kind: ResourceKind | 'internet' | 'service' | 'platform' | 'guest' | 'question'
  readonly id: string
  readonly name?: string
}

/** The way there, or the way back. */
export type LegName = 'forward' | 'return'

/** A named step of the journey; each asks one component. */
export type StageName =
  | 'start'
  | 'group.egress'
  | 'group.ingress'
  | 'acl.egress'
  | 'acl.ingress'
  | 'route'
  | 'gateway'
  | 'translate'
  | 'relay'
  | 'firewall.egress'
  | 'firewall.ingress'
  | 'firewall.forward'
  | 'reverse-path'
  | 'listen'
  | 'deliver'

/** What a component said. `continue`: the packet goes on elsewhere; `exempt`: it was not asked. */
export type Decision = 'admit' | 'refuse' | 'continue' | 'exempt' | 'unknown'

/** What one component said about the packet, and by which of its rules. */
export interface Stage {
  readonly stage: StageName
  readonly component: Component
  readonly decision: Decision
  /**
   * The deciding rule or route by the provider's id; a default is named `default`, a session
   * `session`. A rule of a guest's firewall: `<family> <table> <chain> <position>`, or `policy`.
   */
  readonly rule?: string
  /** Index into the answer's findings, where this stage gave one. */
  readonly finding?: number
  /** The packet after a translation, e.g. `203.0.113.9:40000 → 10.0.1.5:80`. */
  readonly packet?: string
}

/** One stop of the packet with the stages it met there: the trace tree is leg → hop → stage → rule. */
export interface Hop {
  readonly leg: LegName
  readonly at: Component
  /** The network interface, where `at` is an instance that has several. */
  readonly interface?: string
  readonly address?: string
  readonly stages: readonly Stage[]
}

/** A reason as it travels: code and facts; sentences come from the catalogue of room findings. */
export interface FindingRecord {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly effect: 'blocks' | 'warns' | 'informs' | 'undecides'
  readonly leg?: LegName
  readonly component: Component
  readonly rule?: string
  readonly facts: Readonly<Record<string, string>>
}

/** Something the verdict takes for granted; `code` is a catalogue entry of effect `informs`. */
export interface Assumption {
  readonly code: string
  readonly component: Component
  readonly facts: Readonly<Record<string, string>>
}

/** How one leg ended; `not_walked`: an earlier leg had already decided. */
export type LegOutcome =
  | 'admitted'
  | 'refused'
  | 'partial'
  | 'leaves_model'
  | 'undetermined'
  | 'not_walked'

/** The part of a set of packets that shares one verdict, in the notation of room net. */
export interface AnswerPart {
  readonly verdict: Verdict
  readonly source?: string
  readonly destination?: string
  readonly protocol: string
  readonly sourcePorts?: string
  readonly ports?: string
}

/** One way of opening the path: the findings that would all have to be mended. */
export interface Alternative {
  readonly via: Component
  readonly findings: readonly FindingRecord[]
}

/** One end of a question, as it was understood. */
export interface AnswerEnd extends Component {
  readonly address?: string
  /** The question's own text. */
  readonly asked: string
}

/** The answer to one question, with its proof (design brief §5.2). */
export interface Answer {
  readonly kind: typeof answerFormat
  readonly id?: string
  readonly from: AnswerEnd
  readonly to: AnswerEnd
  readonly protocol: string
  readonly port?: number
  readonly verdict: Verdict
  /** By consequence: what blocks first, causes before what they hide. */
  readonly findings: readonly FindingRecord[]
  readonly hops: readonly Hop[]
  readonly legs: { readonly forward: LegOutcome; readonly return: LegOutcome }
  readonly assumptions: readonly Assumption[]
  /** Present when the asked packets or branches do not share one verdict. */
  readonly parts?: readonly AnswerPart[]
  /** Other ways to open the path, cheapest first; `findings` is the cheapest of all. */
  readonly alternatives?: readonly Alternative[]
  /** Branches or parts that were not walked because of a limit. */
  readonly cut?: { readonly walked: number; readonly limit: number }
}

/** A question that could not be asked: a line of its own, the stream goes on. */
export interface AnswerError {
  readonly kind: typeof answerFormat
  readonly id?: string
  readonly error: {
    readonly code: string
    readonly message: string
    readonly candidates?: readonly string[]
  }
}
