/**
 * What a probe can be sent as. `icmp` is an echo request: ICMPv6 if the destination is IPv6. `gre`
 * has a key and no responder but ours; while a namespace probes an address by GRE itself, its socket
 * swallows GRE from there, so that the other side hears nothing where it would have been refused.
 */
export type ProbeProtocol = 'tcp' | 'udp' | 'icmp' | 'gre'

/** One question to the wire: can this namespace open this flow? */
export interface Probe {
  /** Unique within a batch. */
  readonly id: number
  /** Name of a network namespace of this lab. */
  readonly namespace: string
  /** The namespace's inode as recorded when it was made; another one is never probed from. */
  readonly inode: bigint
  /** The address to bind. Absent: the kernel chooses, as it does for a program that binds nothing. */
  readonly source?: string
  /** The mark that policy rules of the namespace may ask for. Absent: none. */
  readonly mark?: number
  /** The addresses the socket may end up with; with any other one the probe is not measured. */
  readonly locals: readonly string[]
  readonly protocol: ProbeProtocol
  readonly destination: string
  /** The destination port; needed by TCP and UDP. */
  readonly port?: number
  /** Absent: chosen by the prober in 32768-60999, unique in the batch. */
  readonly sourcePort?: number
  /** The TTL or hop limit to send with, 1 to 255. Absent: the namespace's own default. */
  readonly ttl?: number
}

/**
 * What tells a probe's packets from those of the batch's other probes: the client port of TCP and
 * UDP, the id of an ICMP echo, the key of GRE.
 */
export type FlowKey =
  | { readonly kind: 'tcp' | 'udp'; readonly sourcePort: number }
  | { readonly kind: 'icmp'; readonly icmpId: number }
  | { readonly kind: 'gre'; readonly greKey: number }

/** The socket a probe was sent from, and the time until its outcome. */
export interface Sent {
  readonly local: string
  /** TCP and UDP only. */
  readonly localPort?: number
  readonly microseconds: number
}

/** An ICMP or ICMPv6 error that came back, and who sent it. */
export interface IcmpError {
  readonly from: string
  readonly type: number
  readonly code: number
}

/** Where an error came up: before anything was sent (`bind`, `connect`), on sending, or later. */
export type ProbeStage = 'bind' | 'connect' | 'send' | 'wait'

/**
 * What became of a probe.
 *
 * - `answered`: TCP handshake complete, or the UDP, ICMP or GRE answer to this very probe.
 * - `refused`: by a TCP `reset`, or by an ICMP port or protocol `unreachable`; `unknown` where
 *   the prober cannot tell which (that of `processes`).
 * - `error`: the kernel said `errno`; with `icmp` if an ICMP error told it to.
 * - `expired`: the TTL ran out at the router `hop`.
 * - `silent`: nothing came within the timeout.
 * - `not_measured`: a guard failed or the wire could not be asked; never a verdict.
 */
export type ProbeOutcome =
  | ({ readonly kind: 'answered' } & Sent)
  | ({ readonly kind: 'refused'; readonly by: 'reset' | 'unknown' } & Sent)
  | ({ readonly kind: 'refused'; readonly by: 'unreachable'; readonly icmp: IcmpError } & Sent)
  | ({ readonly kind: 'expired'; readonly hop: string } & Sent)
  | ({ readonly kind: 'silent' } & Sent)
  | {
      readonly kind: 'error'
      readonly errno: string
      readonly stage: ProbeStage
      readonly icmp?: IcmpError
    }
  | { readonly kind: 'not_measured'; readonly why: string }

/** A probe's outcome, and its flow if one was chosen; a probe that is not measured sends nothing. */
export interface ProbeResult {
  readonly id: number
  readonly flow?: FlowKey
  readonly outcome: ProbeOutcome
}
