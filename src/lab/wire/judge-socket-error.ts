import type { Bench } from './bench.ts'
import { nameErrno } from './errno-name.ts'
import { parseSocketError } from './parse-control.ts'
import type { SocketError } from './parse-control.ts'
import type { ProbeOutcome, ProbeStage, Sent } from './probe.ts'
import { MESSAGE } from './socket-numbers.ts'

/**
 * Takes the queued errors of a socket until one quotes the probe's own packet.
 * @param isQuoted whether the quoted bytes are of this probe
 */
export function takeSocketError(
  { box }: Bench,
  fd: number,
  isQuoted: (quoted: Buffer) => boolean,
): SocketError | undefined {
  for (let i = 0; i < MOST_QUEUED; i++) {
    const message = box.receive(fd, MESSAGE.errorQueue)
    if (typeof message === 'number') return undefined
    const error = parseSocketError(message.control)
    if (error !== undefined && isQuoted(message.data)) return error
  }
  return undefined
}

/** What an error from the queue says of a probe. */
export function judgeSocketError(error: SocketError, sent: Sent, stage: ProbeStage): ProbeOutcome {
  const { errno, type, code, offender } = error
  if (error.origin !== 'icmp' || offender === undefined)
    return { kind: 'error', errno: nameErrno(errno), stage }
  const known = offender.includes(':') ? icmpErrors.ipv6 : icmpErrors.ipv4
  if (type === known.timeExceeded) return { kind: 'expired', hop: offender, ...sent }
  const icmp = { from: offender, type, code }
  if (known.refusals.some((refusal) => refusal.type === type && refusal.code === code))
    return { kind: 'refused', by: 'unreachable', icmp, ...sent }
  return { kind: 'error', errno: nameErrno(errno), stage, icmp }
}

/** The socket a probe is sent from, and when, in milliseconds of `performance.now`. */
export interface Departure {
  readonly local: string
  readonly localPort?: number
  readonly startedAt: number
}

/** A departure, and the time since. */
export function sentFrom({ local, localPort, startedAt }: Departure): Sent {
  const microseconds = Math.round((performance.now() - startedAt) * 1000)
  return { local, ...(localPort !== undefined && { localPort }), microseconds }
}

/**
 * RFC 792; RFC 4443 §3.3. What refuses is the port of UDP, and the protocol of GRE: protocol
 * unreachable, for IPv6 an unrecognized next header.
 */
const icmpErrors = {
  ipv4: {
    timeExceeded: 11,
    refusals: [
      { type: 3, code: 3 },
      { type: 3, code: 2 },
    ],
  },
  ipv6: {
    timeExceeded: 3,
    refusals: [
      { type: 1, code: 4 },
      { type: 4, code: 1 },
    ],
  },
} as const

/** Far more than a probe's socket can queue; the loop ends all the same. */
const MOST_QUEUED = 64
