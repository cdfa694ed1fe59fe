import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Probe, ProbeOutcome, ProbeResult } from '../../src/lab/wire/probe.ts'
import { traceHops } from '../../src/lab/wire/trace-hops.ts'

const sent = { local: '10.0.0.1', microseconds: 10 }
const router = (hop: string): ProbeOutcome => ({ kind: 'expired', hop, ...sent })
const silent: ProbeOutcome = { kind: 'silent', ...sent }
const answered: ProbeOutcome = { kind: 'answered', ...sent }

function probe(id: number): Probe {
  return { id, namespace: 'a', inode: 1n, locals: [], protocol: 'icmp', destination: '10.9.0.1' }
}

/** A wire on which the outcome depends on the TTL alone; what lies beyond the last one answers it too. */
function wire(...outcomes: readonly ProbeOutcome[]) {
  return (batch: readonly Probe[]): readonly ProbeResult[] =>
    batch.map(({ id, ttl = 0 }) => ({
      id,
      outcome: outcomes[Math.min(ttl, outcomes.length) - 1],
    }))
}

const options = { maxHops: 5, timeoutMs: 1, inFlight: 1 }

test('a path ends where something other than a router answers', () => {
  const run = wire(router('10.0.0.254'), router('10.0.1.254'), answered)
  expect(traceHops([probe(7)], options, run)).toMatchObject([
    {
      id: 7,
      hops: [
        { kind: 'router', ttl: 1, address: '10.0.0.254', microseconds: 10 },
        { kind: 'router', ttl: 2, address: '10.0.1.254', microseconds: 10 },
      ],
      ttl: 3,
      end: answered,
    },
  ])
})

test('a router that says nothing keeps its place', () => {
  const [{ hops, ttl }] = traceHops(
    [probe(1)],
    options,
    wire(silent, router('10.0.1.254'), answered),
  )
  expect(hops).toMatchObject([
    { kind: 'silent', ttl: 1 },
    { kind: 'router', ttl: 2 },
  ])
  expect(ttl).toBe(3)
})

test('a path that is lost ends silently after the last router', () => {
  const [trace] = traceHops([probe(1)], options, wire(router('10.0.0.254'), silent))
  expect(trace).toMatchObject({ hops: [{ ttl: 1, address: '10.0.0.254' }], ttl: 2, end: silent })
})

test('a path longer than the highest TTL ends at a router', () => {
  const [trace] = traceHops([probe(1)], options, wire(router('10.0.0.254')))
  expect(trace.hops).toHaveLength(5)
  expect(trace.end.kind).toBe('expired')
})

test('more probes than a batch has ports for are traced in parts, ids and order kept', () => {
  let batches = 0
  const run = (batch: readonly Probe[]) => {
    batches++
    expect(batch.length).toBeLessThanOrEqual(28_000)
    return wire(answered)(batch)
  }
  const ids = fc.sample(fc.uniqueArray(fc.nat(), { minLength: 300, maxLength: 300 }), 1)[0]
  const traces = traceHops(ids.map(probe), { ...options, maxHops: 255 }, run)
  expect(traces.map(({ id }) => id)).toEqual(ids)
  expect(batches).toBe(3)
})
