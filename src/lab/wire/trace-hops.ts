import type { Probe, ProbeOutcome, ProbeResult } from './probe.ts'
import type { Hop, HopOptions, HopTrace } from './prober.ts'

/** Runs a batch of probes; `id` is theirs to choose. */
export type RunProbes = (batch: readonly Probe[]) => readonly ProbeResult[]

/**
 * Finds the path of each probe with one probe for each TTL, all under way at once: a silent hop
 * then costs one timeout, not one for itself.
 */
export function traceHops(
  batch: readonly Probe[],
  { maxHops }: HopOptions,
  run: RunProbes,
): readonly HopTrace[] {
  const ttls = Array.from({ length: Math.min(Math.max(maxHops, 1), 255) }, (_, i) => i + 1)
  const share = Math.max(1, Math.floor(MOST_FLOWS / ttls.length))
  const traces: HopTrace[] = []
  for (let from = 0; from < batch.length; from += share) {
    const part = batch.slice(from, from + share)
    const results = run(
      part.flatMap((probe, i) =>
        ttls.map((ttl) => ({ ...probe, ttl, id: i * ttls.length + ttl - 1 })),
      ),
    )
    part.forEach(({ id }, i) => {
      const own = results.slice(i * ttls.length, (i + 1) * ttls.length)
      traces.push(conclude(id, own))
    })
  }
  return traces
}

/** Fewer than there are client ports. */
const MOST_FLOWS = 28_000

/** @param sent one result for each TTL from 1 on */
function conclude(id: number, sent: readonly ProbeResult[]): HopTrace {
  const decided = sent.findIndex(({ outcome }) => !isOnTheWay(outcome))
  const lastRouter = sent.findLastIndex(({ outcome }) => outcome.kind === 'expired')
  const before = decided < 0 ? lastRouter + 1 : decided
  const at = Math.min(before, sent.length - 1)
  return {
    id,
    hops: sent.slice(0, before).map(({ outcome }, i) => toHop(outcome, i + 1)),
    ttl: at + 1,
    end: sent[at].outcome,
    sent: sent.map((result) => ({ ...result, id })),
  }
}

function isOnTheWay({ kind }: ProbeOutcome): boolean {
  return kind === 'expired' || kind === 'silent'
}

function toHop(outcome: ProbeOutcome, ttl: number): Hop {
  if (outcome.kind !== 'expired') return { kind: 'silent', ttl }
  return { kind: 'router', ttl, address: outcome.hop, microseconds: outcome.microseconds }
}
