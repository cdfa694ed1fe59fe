import type {
  Component,
  FindingRecord,
  LegName,
  QuestionProtocol,
  StageName,
  Verdict,
} from '#model'

/** The `kind` of a line about a set; a new major changes the number. */
export const reachFormat = 'hopwise.reach/v1'

/** What is asked about a set of pairs. */
export interface ReachQuestion {
  /** `any`: TCP, UDP, ICMP, GRE, what rules name, and one that stands for every other. */
  readonly protocol: QuestionProtocol
  /** Absent: every port. Meaningless without TCP or UDP. */
  readonly port?: number
  /** A VPC id: names and addresses are looked up there. */
  readonly scope?: string
  /** Tells what does not get through as well, and why. */
  readonly why?: boolean
}

/** One side of a line: something of the network at one of its addresses, or the Internet. */
export interface ReachPlace extends Component {
  readonly address?: string
}

/** A rule or route that let packets through, by the provider's id or an answer's word for it. */
export interface ReachReason {
  readonly leg: LegName
  readonly stage: StageName
  readonly component: Component
  readonly rule: string
}

/** Packets between two places that share a verdict and its reasons. */
export interface ReachPart {
  readonly verdict: Verdict
  /** In lower case; `other` stands for every protocol that nothing in the network names. */
  readonly protocol: string
  /** Destination ports in the notation of room net; TCP and UDP only. */
  readonly ports?: string
  /** In the notation of room net: which addresses of a range, where it is not about all of them. */
  readonly sources?: string
  readonly destinations?: string
  /** What takes the packets in the end, where that is not what they were sent to. */
  readonly at?: Component
  /** What let through those that get through. */
  readonly because: readonly ReachReason[]
  /** What stops the others, or leaves them open. */
  readonly findings: readonly FindingRecord[]
}

/** One line: who can send what to whom. */
export interface ReachRow {
  readonly kind: typeof reachFormat
  readonly from: readonly ReachPlace[]
  readonly to: readonly ReachPlace[]
  readonly parts: readonly ReachPart[]
}
