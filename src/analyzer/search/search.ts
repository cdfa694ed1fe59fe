import { createJudge, type Fabric, type Judge, PACKET as P } from '#fabric'
import { createEvidence, type Evidence } from '../evidence/evidence.ts'
import type { AskedPacket } from '../asked-packet.ts'
import { blocks, costOf } from '../cost.ts'
import { emit } from './emit.ts'
import { handOver } from './hand-over.ts'
import { loadPacket } from './header.ts'
import { walkBack } from './reply.ts'
import { createRun, type EndTexts, type Fork, restart, type Run, type Steps } from './run.ts'
import { walkForward } from './start.ts'
import type { LegEnd, Walk } from './walk.ts'

/**
 * The explaining engine: goes on past every refusal, and supposes next hops where routes are
 * missing (docs/decisions/0006).
 */
export interface Searcher {
  /**
   * Walks the low corner of the asked box through the given branch choices and returns the
   * cheapest walk; its `others` are the alternatives, cheapest first.
   */
  search(asked: AskedPacket, choices: readonly number[], texts?: EndTexts): Walk
  /** The last client port for which the last walk holds: what it found may be another thing beyond. */
  clientPortHigh(): number
  /** The forks of the last walk, in its order. */
  forks(): readonly Fork[]
}

/** Alternatives of one walk. */
const MAX_OTHERS = 3

/** A searcher over a fabric. Not for use by two callers at the same time. */
export function createSearcher(
  fabric: Fabric,
  judge: Judge = createJudge(fabric),
  show: Evidence = createEvidence(fabric),
): Searcher {
  const run = createRun(fabric, judge, show, steps)
  let turned = false
  return {
    // On the return leg the client's port is the destination port.
    clientPortHigh: () => run.packet[turned ? P.portHigh : P.sourcePortHigh],
    forks: () => run.forks,
    search(asked, choices, texts = {}) {
      restart(run, asked, choices, texts)
      loadPacket(run, asked)
      const walk = finish(run, walkForward(run))
      turned = run.state.leg === 'return'
      return run.others.length === 0 ? walk : { ...walk, others: run.others.slice(0, MAX_OTHERS) }
    },
  }
}

/** The return leg of a forward leg that ended so, and the walk that both make. */
function finish(run: Run, forward: LegEnd): Walk {
  const back = forward === 'delivered' ? walkBack(run) : undefined
  const { hops, findings, assumptions, state } = run
  const cost = costOf(findings, forward === 'dead' || back === 'dead')
  const walk: Walk = {
    hops,
    findings,
    assumptions: cost[0] === 0 && !findings.some(blocks) ? assumptions : [],
    forward,
    return: back ?? 'not_walked',
    cost,
    others: [],
  }
  return state.via === undefined ? walk : { ...walk, via: state.via }
}

const steps: Steps = { emit, handOver, finish }
