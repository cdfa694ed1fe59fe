/** Protocol words a question may use; any IANA number is welcome too. */
export const questionProtocols = ['tcp', 'udp', 'icmp', 'gre', 'any'] as const
/** One of `questionProtocols`, or an IANA number for any other protocol. */
export type QuestionProtocol = (typeof questionProtocols)[number] | number

/**
 * Can `from` reach `to`? Both are an id, a unique name, an address, or `internet`
 * (design brief §5.2).
 */
export interface Question {
  readonly id?: string
  readonly from: string
  readonly to: string
  readonly protocol: QuestionProtocol
  /** Destination port, 1–65535; absent: every port. Meaningless without TCP or UDP. */
  readonly port?: number
  /** Absent: the ephemeral ports 1024–65535. */
  readonly sourcePort?: number
  /** A VPC id: names and addresses are looked up there. */
  readonly scope?: string
}

/** The five outcomes (design brief §4). */
export const verdicts = [
  'reachable',
  'unreachable',
  'partial',
  'leaves_model',
  'undetermined',
] as const
/** One of `verdicts`. */
export type Verdict = (typeof verdicts)[number]
