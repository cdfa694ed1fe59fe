import type { FindingRecord, Stage, Verdict } from '#model'
import type { Walk } from '../../src/analyzer/search/walk.ts'

/** What an explained walk amounts to: the verdict that its reader would draw from it. */
export function verdictOfWalk({ forward, return: back, findings, hops }: Walk): Verdict {
  const ends: readonly string[] = [forward, back]
  const stages = hops.flatMap((hop) => hop.stages)
  const says = (effect: FindingRecord['effect'], decision: Stage['decision']): boolean =>
    findings.some((found) => found.effect === effect) ||
    stages.some((stage) => stage.decision === decision)
  if (ends.includes('dead') || says('blocks', 'refuse')) return 'unreachable'
  if (ends.includes('stuck') || says('undecides', 'unknown')) return 'undetermined'
  return ends.includes('left') ? 'leaves_model' : 'reachable'
}
