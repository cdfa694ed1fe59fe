import type { GuestFlow } from '#fabric'
import type { Assumption, FindingRecord } from '#model'
import type { RecordedHop, Run, Session, WalkState } from './run.ts'

/** A copy of everything that a supposed way may have to take back. */
export interface Snapshot {
  readonly hops: readonly RecordedHop[]
  readonly findings: readonly FindingRecord[]
  readonly assumptions: readonly Assumption[]
  readonly sessions: readonly Session[]
  readonly flows: readonly GuestFlow[]
  readonly state: WalkState
  readonly words: Int32Array
}

export function snapshot(run: Run): Snapshot {
  return {
    hops: copyHops(run.hops),
    findings: [...run.findings],
    assumptions: [...run.assumptions],
    sessions: [...run.sessions],
    flows: [...run.flows],
    state: copyState(run.state),
    words: run.packet.slice(),
  }
}

/** Copies again: one snapshot may be restored more than once. */
export function restore(run: Run, from: Snapshot): void {
  run.hops = copyHops(from.hops)
  run.findings = [...from.findings]
  run.assumptions = [...from.assumptions]
  run.sessions = [...from.sessions]
  run.flows = [...from.flows]
  run.state = copyState(from.state)
  run.packet.set(from.words)
}

const copyHops = (hops: readonly RecordedHop[]): RecordedHop[] =>
  hops.map((hop) => ({ ...hop, stages: [...hop.stages] }))

const copyState = (state: WalkState): WalkState => ({ ...state, relays: [...state.relays] })
