import { compareCosts, type Cost, costOf } from '../cost.ts'
import { reportAbsentLink } from './absent-link.ts'
import { type NextHop, nextHopsOf } from './next-hops.ts'
import { note, RULE } from './record.ts'
import type { Run } from './run.ts'
import { restore, snapshot, type Snapshot } from './snapshot.ts'
import type { LegEnd, Walk } from './walk.ts'

/** Next hops that one walk may suppose, one after the other. */
const MAX_SUPPOSED = 3

/** Alternatives kept at each place where something was supposed. */
const MAX_KEPT = 3

interface Supposed {
  readonly end: LegEnd
  readonly after: Snapshot
  readonly cost: Cost
}

/**
 * The route in force leads nowhere, for the reason at `found`: supposes each next hop that exists
 * and keeps the cheapest way on. The others become alternatives.
 */
export function detour(run: Run, port: number, found: number): LegEnd {
  note(run, 'route', run.show.table(port), 'refuse', run.findings[found].rule, found)
  if (run.state.supposed >= MAX_SUPPOSED) return 'dead'
  const candidates = nextHopsOf(run, port)
  const end =
    candidates.length === 1
      ? supposeOnly(run, port, candidates[0])
      : supposeBest(run, port, candidates)
  if (end === 'dead') reportAbsentLink(run, port)
  return end
}

/** Nothing to compare: a copy is needed only to come back from a dead end. */
function supposeOnly(run: Run, port: number, only: NextHop): LegEnd {
  const before = snapshot(run)
  const end = suppose(run, port, only)
  if (end === 'dead') restore(run, before)
  return end
}

function supposeBest(run: Run, port: number, candidates: readonly NextHop[]): LegEnd {
  const [best, ...rest] = supposeAll(run, port, candidates).filter(({ end }) => end !== 'dead')
  if (!best) return 'dead'
  if (run.state.leg === 'forward') keepOthers(run, rest)
  restore(run, best.after)
  return best.end
}

/** The way on by every next hop that exists, cheapest first. */
function supposeAll(run: Run, port: number, candidates: readonly NextHop[]): Supposed[] {
  if (candidates.length === 0) return []
  const before = snapshot(run)
  const ways = candidates.map((candidate) => {
    const end = suppose(run, port, candidate)
    const way = { end, after: snapshot(run), cost: costOf(run.findings, end === 'dead') }
    restore(run, before)
    return way
  })
  return ways.sort((a, b) => compareCosts(a.cost, b.cost))
}

function suppose(run: Run, port: number, { kind, target, component }: NextHop): LegEnd {
  run.state.supposed++
  run.state.via ??= component
  note(run, 'route', component, 'continue', RULE.supposed)
  return run.steps.handOver(run, port, kind, target, -1)
}

/** Walks the ways that were not taken to their ends. */
function keepOthers(run: Run, rest: readonly Supposed[]): void {
  const kept = snapshot(run)
  const earlier = run.others
  const found: Walk[] = []
  for (const { end, after } of rest.slice(0, MAX_KEPT)) {
    restore(run, after)
    found.push(run.steps.finish(run, end))
  }
  restore(run, kept)
  run.others = [...earlier, ...found].sort((a, b) => compareCosts(a.cost, b.cost))
}
