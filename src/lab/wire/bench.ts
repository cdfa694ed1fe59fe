import type { FlowKeys } from './flow-keys.ts'
import type { Ground } from './ground.ts'
import type { Libc } from './libc.ts'
import type { MessageBox } from './message-box.ts'
import type { FlowKey, ProbeOutcome } from './probe.ts'
import type { ReadyQueue } from './ready-queue.ts'

/** What a resident prober works with. */
export interface Bench {
  readonly libc: Libc
  readonly ground: Ground
  readonly queue: ReadyQueue
  readonly box: MessageBox
  readonly keys: FlowKeys
  /** Tells this prober's payloads from those of another one. */
  readonly nonce: number
}

/** A probe that was sent and whose outcome is still open. */
export interface Flight {
  readonly fd: number
  readonly flow: FlowKey
  /** The events of `READY` after which `judge` may know more. */
  readonly wants: number
  readonly local: string
  readonly localPort?: number
  /** Milliseconds of `performance.now`. */
  readonly startedAt: number
  /** The outcome, once it is known, after these events of `READY`. */
  judge(events: number): ProbeOutcome | undefined
}

/** A probe after its launch: under way, or already decided, its socket closed. */
export type Launch =
  | { readonly kind: 'flying'; readonly flight: Flight }
  | { readonly kind: 'landed'; readonly flow?: FlowKey; readonly outcome: ProbeOutcome }

/** The launch of a probe that no packet was sent for, and no verdict is given on. */
export function notMeasured(why: string, flow?: FlowKey): Launch {
  return { kind: 'landed', ...(flow && { flow }), outcome: { kind: 'not_measured', why } }
}
