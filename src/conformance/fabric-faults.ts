import { createAnalyzer } from '#analyzer'
import { type AlibabaSemantic, alibabaSemantics, compileFabric } from '#fabric'
import { pairQuestion } from './pair-question.ts'
import type { ProbedSeed } from './run-conformance.ts'

/** How many probes of a run show that a semantic is missing. */
export interface FabricFault {
  readonly semantic: AlibabaSemantic
  readonly says: string
  readonly shownBy: number
}

/**
 * Switches off one packet semantic of the fabric after the other and asks what a run has probed
 * again: how many verdicts then contradict the wire. Semantics without a place in the lab show in
 * no probe.
 */
export function plantFabricFaults(run: readonly ProbedSeed[]): readonly FabricFault[] {
  return semanticNames.map((semantic) => ({
    semantic,
    says: alibabaSemantics[semantic].says,
    shownBy: run.reduce((sum, seed) => sum + contradictions(seed, semantic), 0),
  }))
}

const semanticNames = Object.keys(alibabaSemantics).filter(isSemantic)

function isSemantic(name: string): name is AlibabaSemantic {
  return Object.hasOwn(alibabaSemantics, name)
}

/** The client's port plays no part: networks of a run are asked with one that stands for all. */
const CLIENT_PORT = 33_000

function contradictions({ network, probed }: ProbedSeed, semantic: AlibabaSemantic): number {
  const analyzer = createAnalyzer(compileFabric(network, { off: [semantic] }))
  return probed.filter(({ candidate, comparison }) => {
    const pair = pairQuestion(candidate.question, CLIENT_PORT)
    if (!pair || !comparison.verdict) return false
    const answer = analyzer.verdict(pair.paper)
    return 'verdict' in answer && contradicts(answer.verdict, comparison.wire)
  }).length
}

function contradicts(paper: string, wire: string): boolean {
  return (paper === 'reachable' || paper === 'unreachable') && paper !== wire
}
